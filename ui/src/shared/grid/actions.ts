// What can be done with rows of any list: copied, exported. Bounded; says what it did.
import { notifications } from "@mantine/notifications";
import { i18next } from "../../i18n";
import { api, toFailure } from "../../ipc";
import { copyText } from "./clipboard";
import type { Column } from "./columns";
import { EXPORT_LIMIT, type ExportFormat, toFile, toTsv } from "./exporting";
import type { RowSource } from "./KeysetRows";
import { type Ranges, rowsOf, size } from "./ranges";

function say(
  key: "copiedRows" | "copiedIds" | "exported" | "stoppedAt",
  values: Record<string, unknown>,
): void {
  notifications.show({ message: i18next.t(`grid:${key}`, values) });
}

const ofRanges = <T>(rows: RowSource<T>, ranges: Ranges) => rows.read(rowsOf(ranges), EXPORT_LIMIT);

function sayHowMany(key: "copiedRows" | "copiedIds", count: number, more: boolean): void {
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

/** Asks where to save; says where it went and how much, or why it did not. */
async function save<T>(
  list: string,
  format: ExportFormat,
  rows: T[],
  columns: readonly Column<T>[],
  more: boolean,
): Promise<void> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  try {
    const path = await api.listSave(`greenroom-${list}-${stamp}.${format}`, toFile(format, rows, columns));
    if (path === null) return;
    say("exported", { count: rows.length, path });
    if (more) say("stoppedAt", { count: rows.length });
  } catch (thrown) {
    const { api: problem } = toFailure(thrown);
    notifications.show({
      title: i18next.t(`errors:${problem.code}.title`),
      message: problem.message,
      color: "down",
    });
  }
}

export async function exportRanges<T>(
  list: string,
  format: ExportFormat,
  rows: RowSource<T>,
  ranges: Ranges,
  columns: readonly Column<T>[],
): Promise<void> {
  await save(list, format, await ofRanges(rows, ranges), columns, size(ranges) > EXPORT_LIMIT);
}

/** Exactly what is filtered, in the list's order, from the first row on. */
export async function exportAll<T>(
  list: string,
  format: ExportFormat,
  rows: RowSource<T>,
  columns: readonly Column<T>[],
): Promise<void> {
  const { rows: found, more } = await rows.readAll(EXPORT_LIMIT);
  await save(list, format, found, columns, more);
}
