// What can be done with rows of any list: copied, exported. Bounded; says what it did.
import { notifications } from "@mantine/notifications";
import { i18next } from "../../i18n";
import { copyText } from "./clipboard";
import type { Column } from "./columns";
import { EXPORT_LIMIT, type ExportFormat, saveAsFile, toFile, toTsv } from "./exporting";
import type { RowSource } from "./KeysetRows";
import { type Ranges, rowsOf, size } from "./ranges";

function say(
  key: "copiedRows" | "copiedIds" | "exported" | "stoppedAt",
  values: Record<string, unknown>,
): void {
  notifications.show({ message: i18next.t(`grid:${key}`, values) });
}

const ofRanges = <T>(rows: RowSource<T>, ranges: Ranges) => rows.read(rowsOf(ranges), EXPORT_LIMIT);

function sayHowMany(key: "copiedRows" | "copiedIds" | "exported", count: number, more: boolean): void {
  say(key, { count });
  if (more) say("stoppedAt", { count });
}

export async function copyTargets<T>(
  rows: RowSource<T>,
  ranges: Ranges,
  columns: readonly Column<T>[],
): Promise<void> {
  const found = await ofRanges(rows, ranges);
  if (found.length === 0) return;
  await copyText(toTsv(found, columns, found.length > 1));
  sayHowMany("copiedRows", found.length, size(ranges) > EXPORT_LIMIT);
}

export async function copyIds<T>(
  rows: RowSource<T>,
  ranges: Ranges,
  idOf: (row: T) => string,
): Promise<void> {
  const found = await ofRanges(rows, ranges);
  await copyText(found.map(idOf).join("\n"));
  sayHowMany("copiedIds", found.length, size(ranges) > EXPORT_LIMIT);
}

function save<T>(
  list: string,
  format: ExportFormat,
  rows: T[],
  columns: readonly Column<T>[],
  more: boolean,
) {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const type = format === "csv" ? "text/csv" : "application/json";
  saveAsFile(`greenroom-${list}-${stamp}.${format}`, toFile(format, rows, columns), type);
  sayHowMany("exported", rows.length, more);
}

export async function exportRanges<T>(
  list: string,
  format: ExportFormat,
  rows: RowSource<T>,
  ranges: Ranges,
  columns: readonly Column<T>[],
): Promise<void> {
  save(list, format, await ofRanges(rows, ranges), columns, size(ranges) > EXPORT_LIMIT);
}

/** Exactly what is filtered, in the list's order, from the first row on. */
export async function exportAll<T>(
  list: string,
  format: ExportFormat,
  rows: RowSource<T>,
  columns: readonly Column<T>[],
): Promise<void> {
  const { rows: found, more } = await rows.readAll(EXPORT_LIMIT);
  save(list, format, found, columns, more);
}
