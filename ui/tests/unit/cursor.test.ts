// The grid's keys and selection, without a page.
import { describe, expect, it } from "vitest";
import {
  type Cursor,
  click,
  clipCursor,
  intentOf,
  type Key,
  START,
  step,
  targets,
} from "../../src/shared/grid/cursor";
import { add, between, has, type Ranges, remove, rowsOf, size, toggle } from "../../src/shared/grid/ranges";
import { dice } from "./dice";

const key = (name: string, held: Partial<Key> = {}): Key => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const COUNT = 1_000_000;
const press = (cursor: Cursor, pressed: Key, count = COUNT): Cursor => {
  const intent = intentOf(pressed, cursor, count, 20);
  return intent ? step(cursor, intent, count) : cursor;
};

describe("a key in the grid", () => {
  it("goes up and down by rows, pages and to both ends, never beyond", () => {
    let cursor = press(START, key("ArrowDown"));
    expect(cursor.active).toBe(0);
    cursor = press(cursor, key("ArrowUp"));
    expect(cursor.active).toBe(0);
    cursor = press(cursor, key("PageDown"));
    expect(cursor.active).toBe(20);
    cursor = press(cursor, key("End"));
    expect(cursor.active).toBe(COUNT - 1);
    cursor = press(cursor, key("PageDown"));
    expect(cursor.active).toBe(COUNT - 1);
    cursor = press(cursor, key("Home"));
    expect(cursor.active).toBe(0);
  });

  it("selects from the anchor with Shift, in either direction", () => {
    let cursor: Cursor = { active: 10, anchor: 10, selected: [] };
    cursor = press(cursor, key("ArrowDown", { shiftKey: true }));
    cursor = press(cursor, key("ArrowDown", { shiftKey: true }));
    expect(cursor.selected).toEqual([[10, 13]]);
    for (let n = 0; n < 4; n++) cursor = press(cursor, key("ArrowUp", { shiftKey: true }));
    expect(cursor.selected).toEqual([[8, 11]]);
    expect(press(cursor, key("ArrowDown")).selected).toEqual([]);
  });

  it("selects a million rows as one range", () => {
    const cursor = press(START, key("a", { ctrlKey: true }));
    expect(cursor.selected).toEqual([[0, COUNT]]);
    expect(press(START, key("a", { metaKey: true })).selected).toEqual([[0, COUNT]]);
  });

  it("opens, peeks, copies and goes to the filter", () => {
    const at: Cursor = { active: 3, anchor: 3, selected: [] };
    expect(intentOf(key("Enter"), at, 10, 5)).toEqual({ kind: "open" });
    expect(intentOf(key("Enter", { metaKey: true }), at, 10, 5)).toEqual({ kind: "openWindow" });
    expect(intentOf(key(" "), at, 10, 5)).toEqual({ kind: "peek" });
    expect(intentOf(key(" ", { ctrlKey: true }), at, 10, 5)).toEqual({ kind: "toggle", row: 3 });
    expect(intentOf(key("c", { ctrlKey: true }), at, 10, 5)).toEqual({ kind: "copy" });
    expect(intentOf(key("/"), at, 10, 5)).toEqual({ kind: "filter" });
    expect(intentOf(key("Enter"), START, 10, 5)).toBeNull();
  });

  it("means nothing while an input method is composing, nor with Alt", () => {
    expect(intentOf(key("Enter", { isComposing: true }), START, 10, 5)).toBeNull();
    expect(intentOf(key("ArrowDown", { keyCode: 229 }), START, 10, 5)).toBeNull();
    expect(intentOf(key("ArrowDown", { altKey: true }), START, 10, 5)).toBeNull();
  });

  it("does nothing to an empty list", () => {
    for (const name of ["ArrowDown", "ArrowUp", "PageDown", "Home", "End"]) {
      expect(intentOf(key(name), START, 0, 5)).toBeNull();
    }
  });
});

describe("a click", () => {
  it("goes to a row; with Ctrl adds and takes away; with Shift reaches from the anchor", () => {
    const plain = { shift: false, command: false };
    let cursor = click(START, 5, plain, 100);
    expect(cursor).toEqual({ active: 5, anchor: 5, selected: [] });
    cursor = click(cursor, 8, { shift: false, command: true }, 100);
    expect(cursor.selected).toEqual([
      [5, 6],
      [8, 9],
    ]);
    cursor = click(cursor, 5, { shift: false, command: true }, 100);
    expect(cursor.selected).toEqual([[8, 9]]);
    cursor = click(click(START, 5, plain, 100), 9, { shift: true, command: false }, 100);
    expect(cursor.selected).toEqual([[5, 10]]);
  });
});

describe("a cursor", () => {
  it("shrinks with its list", () => {
    const cursor: Cursor = {
      active: 9,
      anchor: 8,
      selected: [
        [2, 4],
        [7, 10],
      ],
    };
    expect(clipCursor(cursor, 8)).toEqual({
      active: 7,
      anchor: 7,
      selected: [
        [2, 4],
        [7, 8],
      ],
    });
    expect(clipCursor(cursor, 0)).toEqual({ active: -1, anchor: -1, selected: [] });
  });

  it("acts on the selection, else on the active row, else on nothing", () => {
    expect(targets({ active: 2, anchor: 2, selected: [[5, 7]] })).toEqual([[5, 7]]);
    expect(targets({ active: 2, anchor: 2, selected: [] })).toEqual([[2, 3]]);
    expect(targets(START)).toEqual([]);
  });
});

describe("ranges", () => {
  it("hold what a set would hold, after any number of changes", () => {
    const random = dice(3);
    let ranges: Ranges = [];
    const set = new Set<number>();
    for (let turn = 0; turn < 800; turn++) {
      const range = between(random.int(60), random.int(60));
      const kind = random.int(3);
      if (kind === 0) {
        ranges = add(ranges, range);
        for (let row = range[0]; row < range[1]; row++) set.add(row);
      } else if (kind === 1) {
        ranges = remove(ranges, range);
        for (let row = range[0]; row < range[1]; row++) set.delete(row);
      } else {
        ranges = toggle(ranges, range[0]);
        if (!set.delete(range[0])) set.add(range[0]);
      }
      expect([...rowsOf(ranges)]).toEqual([...set].sort((a, b) => a - b));
      expect(size(ranges)).toBe(set.size);
      expect(has(ranges, range[0])).toBe(set.has(range[0]));
      for (let n = 1; n < ranges.length; n++)
        expect(ranges[n]?.[0]).toBeGreaterThan(ranges[n - 1]?.[1] as number);
    }
  });
});
