// Rows as text to take away: TSV for the clipboard, CSV and JSON for files. Values are a column's exact text, not what is drawn.
import type { Column } from "./columns";

/** The most rows one copy or export takes; beyond it, the window says where it stopped. */
export const EXPORT_LIMIT = 10_000;
export type ExportFormat = "csv" | "json";

const csvCell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** A cell that begins like a formula would be run by a spreadsheet: it gets an apostrophe before it. */
const defused = (text: string) => (/^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text);
const tsvCell = (text: string) => text.replaceAll(/[\t\r\n]+/g, " ");

export function toTsv<T>(rows: readonly T[], columns: readonly Column<T>[], heading: boolean): string {
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row))).join("\t"));
  if (heading) lines.unshift(columns.map((column) => tsvCell(column.label)).join("\t"));
  return lines.join("\n");
}

export function toCsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const head = columns.map((column) => csvCell(column.id)).join(",");
  const lines = rows.map((row) => columns.map((column) => csvCell(defused(column.text(row)))).join(","));
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

export const toJson = <T>(rows: readonly T[]): string => `${JSON.stringify(rows, null, 2)}\n`;

export const toFile = <T>(format: ExportFormat, rows: readonly T[], columns: readonly Column<T>[]) =>
  format === "csv" ? toCsv(rows, columns) : toJson(rows);
