// Which rows are drawn, for lists from nothing to a hundred million rows.
import { describe, expect, it } from "vitest";
import {
  type Extent,
  isScaled,
  MAX_SCROLL_PX,
  maxOffset,
  ROW_HEIGHT,
  reveal,
  rowsInView,
  rowsPerPage,
  scrollHeight,
  toOffset,
  toScrollTop,
} from "../../src/shared/grid/scrollMath";
import { dice } from "./dice";

const list = (rows: number, viewport = 680): Extent => ({ rows, rowHeight: ROW_HEIGHT, viewport });

describe("a list of a million rows", () => {
  const million = list(1_000_000);

  it("gives the browser a height it can take, and scales the scrollbar", () => {
    expect(scrollHeight(million)).toBe(MAX_SCROLL_PX);
    expect(isScaled(million)).toBe(true);
  });

  it("reaches its first and its last row by the scrollbar", () => {
    expect(rowsInView(toOffset(0, million), million).first).toBe(0);
    const bottom = toOffset(scrollHeight(million) - million.viewport, million);
    expect(rowsInView(bottom, million).end).toBe(1_000_000);
    expect(bottom).toBe(maxOffset(million));
  });

  it("comes back to the same offset from the scrollbar, to a part of a row", () => {
    const random = dice(7);
    for (let turn = 0; turn < 2000; turn++) {
      const offset = random.next() * maxOffset(million);
      expect(Math.abs(toOffset(toScrollTop(offset, million), million) - offset)).toBeLessThan(0.01);
    }
  });

  it("never draws more than a screenful and its margin, wherever it stands", () => {
    const random = dice(8);
    for (let turn = 0; turn < 2000; turn++) {
      const { first, end } = rowsInView(random.next() * maxOffset(million), million);
      expect(end - first).toBeLessThanOrEqual(Math.ceil(680 / ROW_HEIGHT) + 30);
    }
  });
});

describe("any list", () => {
  it("draws every row that is in view", () => {
    const random = dice(9);
    for (let turn = 0; turn < 3000; turn++) {
      const extent = list(random.int(3_000_000), 100 + random.int(1200));
      const offset = random.next() * maxOffset(extent);
      const { first, end } = rowsInView(offset, extent);
      if (extent.rows === 0) continue;
      expect(first * ROW_HEIGHT).toBeLessThanOrEqual(offset);
      const bottom = Math.min(offset + extent.viewport, extent.rows * ROW_HEIGHT);
      expect(end * ROW_HEIGHT).toBeGreaterThanOrEqual(bottom);
      expect(end).toBeLessThanOrEqual(extent.rows);
    }
  });

  it("draws nothing where there are no rows or no room", () => {
    expect(rowsInView(0, list(0))).toEqual({ first: 0, end: 0 });
    expect(rowsInView(0, list(10, 0))).toEqual({ first: 0, end: 0 });
  });

  it("does not draw anew for a scroll within a few rows", () => {
    const extent = list(10_000);
    expect(rowsInView(50 * ROW_HEIGHT, extent).first).toBe(rowsInView(50 * ROW_HEIGHT + 20, extent).first);
  });

  it("brings a row wholly into view by the shortest way, and leaves one that is in view alone", () => {
    const extent = list(1000, 280);
    expect(reveal(0, 500, extent)).toBe(0);
    expect(reveal(20, 20 * ROW_HEIGHT, extent)).toBe(20 * ROW_HEIGHT);
    expect(reveal(40, 0, extent)).toBe(41 * ROW_HEIGHT - 280);
    expect(reveal(5, 3, extent)).toBe(3);
  });

  it("pages by what is seen less one row", () => {
    expect(rowsPerPage(list(1000, 280))).toBe(9);
    expect(rowsPerPage(list(1000, 10))).toBe(1);
  });
});
