// What is copied and exported: exact values, one row a line, nothing a spreadsheet would run.
import { describe, expect, it } from "vitest";
import type { Column } from "../../src/shared/grid";
import { toCsv, toTsv } from "../../src/shared/grid/exporting";

type Row = { id: string; name: string };
const columns: Column<Row>[] = [
  { id: "id", label: "Id", width: 50, cell: (row) => row.id, text: (row) => row.id },
  { id: "name", label: "Name", width: 50, cell: (row) => row.name, text: (row) => row.name },
];

describe("CSV", () => {
  it("quotes what would break a line and keeps the rest", () => {
    const csv = toCsv([{ id: "9007199254740993", name: 'a "b",\nc' }], columns);
    expect(csv).toBe('id,name\r\n9007199254740993,"a ""b"",\nc"\r\n');
  });

  it("does not let a spreadsheet run a name", () => {
    expect(toCsv([{ id: "1", name: "=HYPERLINK(1)" }], columns)).toContain("'=HYPERLINK(1)");
    expect(toCsv([{ id: "-1", name: "-5.2" }], columns)).toContain("-1,-5.2");
  });
});

describe("TSV", () => {
  it("keeps a row on its line", () => {
    expect(toTsv([{ id: "1", name: "a\tb\nc" }], columns, true)).toBe("Id\tName\n1\ta b c");
  });
});
