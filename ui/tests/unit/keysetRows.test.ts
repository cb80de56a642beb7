// Rows along cursors: read ahead, bounded memory, read again when they come back, a failure that leaves what was read.
import { describe, expect, it } from "vitest";
import { KeysetRows } from "../../src/shared/grid/KeysetRows";

type Row = { id: number };

/** A store of `count` rows whose cursors are the last id; counts its readings and can fail. */
function store(count: number) {
  const state = { count, reads: 0, failing: false, after: [] as (string | null)[] };
  const fetch = async (after: string | null, limit: number) => {
    state.reads++;
    state.after.push(after);
    await Promise.resolve();
    if (state.failing) throw new Error("store down");
    const from = after === null ? 0 : Number(after);
    const items = Array.from(
      { length: Math.max(0, Math.min(limit, state.count - from)) },
      (_, n): Row => ({ id: from + n }),
    );
    const end = from + items.length;
    return {
      items,
      next: end < state.count ? String(end) : null,
      total: null,
      estimated: false,
      as_of: "2026-03-12T06:00:00Z",
    };
  };
  return { state, fetch };
}

const settle = async () => {
  for (let n = 0; n < 40; n++) await Promise.resolve();
};
async function walkTo(rows: KeysetRows<Row>, target: number) {
  for (let turn = 0; rows.snapshot().count <= target && turn < 20_000; turn++) {
    rows.want(Math.max(0, rows.snapshot().count - 1), rows.snapshot().count);
    await settle();
  }
}

describe("rows along a cursor", () => {
  it("read the first page, then on as the end comes near, each page once", async () => {
    const { state, fetch } = store(250);
    const rows = new KeysetRows(fetch, 100);
    rows.want(0, 1);
    rows.want(0, 1);
    await settle();
    expect(rows.snapshot()).toMatchObject({ count: 100, ended: false, loading: false });
    rows.want(60, 90);
    await settle();
    rows.want(160, 190);
    await settle();
    expect(rows.snapshot()).toMatchObject({ count: 250, ended: true });
    expect(state.after).toEqual([null, "100", "200"]);
    expect(rows.rowAt(249)).toEqual({ id: 249 });
    expect(rows.rowAt(250)).toBeUndefined();
  });

  it("hold a bounded number of pages however far one goes, and read a dropped one again by its cursor", async () => {
    const { state, fetch } = store(100_000);
    const rows = new KeysetRows(fetch, 100, 6);
    await walkTo(rows, 20_000);
    expect(rows.snapshot().count).toBeGreaterThan(20_000);
    expect(rows.pagesHeld).toBeLessThanOrEqual(6);
    expect(rows.rowAt(50)).toBeUndefined();
    rows.want(40, 70);
    await settle();
    expect(rows.rowAt(50)).toEqual({ id: 50 });
    expect(state.after.at(-1)).toBeNull();
    expect(rows.pagesHeld).toBeLessThanOrEqual(6);
  });

  it("keep what was read when a page fails, say why, and go on after a retry", async () => {
    const { state, fetch } = store(300);
    const rows = new KeysetRows(fetch, 100);
    rows.want(0, 1);
    await settle();
    state.failing = true;
    rows.want(80, 100);
    await settle();
    expect(rows.snapshot()).toMatchObject({ count: 100, loading: false, error: new Error("store down") });
    expect(rows.rowAt(99)).toEqual({ id: 99 });
    const reads = state.reads;
    rows.want(80, 100);
    await settle();
    expect(state.reads).toBe(reads);
    state.failing = false;
    rows.retry();
    await settle();
    expect(rows.snapshot()).toMatchObject({ count: 200, error: null });
  });

  it("swap in a new reading at once, and keep the old rows until it is there", async () => {
    const { state, fetch } = store(150);
    const rows = new KeysetRows(fetch, 100);
    rows.want(0, 1);
    await settle();
    state.count = 60;
    const done = rows.refresh();
    expect(rows.snapshot().refreshing).toBe(true);
    expect(rows.rowAt(99)).toEqual({ id: 99 });
    await done;
    expect(rows.snapshot()).toMatchObject({ count: 60, ended: true, refreshing: false, generation: 1 });
  });

  it("find out that rows were deleted when a page comes back shorter", async () => {
    const { state, fetch } = store(5000);
    const rows = new KeysetRows(fetch, 100, 2);
    await walkTo(rows, 900);
    state.count = 50;
    rows.want(0, 20);
    await settle();
    expect(rows.snapshot()).toMatchObject({ count: 50, ended: true });
  });

  it("read selected rows that are no longer held, and never more than asked for", async () => {
    const { fetch } = store(5000);
    const rows = new KeysetRows(fetch, 100, 2);
    await walkTo(rows, 1500);
    const places = [3, 4, 250, 1480];
    expect((await rows.read(places, 100)).map((row) => row.id)).toEqual(places);
    expect(await rows.read([1, 2, 3], 2)).toHaveLength(2);
  });

  it("export exactly the list from its start, and say when there is more", async () => {
    const { fetch } = store(2500);
    const rows = new KeysetRows(fetch, 100);
    expect(await rows.readAll(10_000)).toMatchObject({ more: false, rows: { length: 2500 } });
    expect(await rows.readAll(1200)).toMatchObject({ more: true, rows: { length: 1200 } });
  });

  it("forget an answer that comes after a newer reading began", async () => {
    let release: (() => void) | undefined;
    let slow = true;
    const rows = new KeysetRows<Row>(async () => {
      if (slow) {
        slow = false;
        await new Promise<void>((go) => {
          release = go;
        });
        return {
          items: [{ id: 1 }],
          next: null,
          total: null,
          estimated: false,
          as_of: "2026-03-12T06:00:00Z",
        };
      }
      return { items: [{ id: 2 }], next: null, total: null, estimated: false, as_of: "2026-03-12T06:00:01Z" };
    }, 10);
    rows.want(0, 1);
    await rows.refresh();
    release?.();
    await settle();
    expect(rows.rowAt(0)).toEqual({ id: 2 });
  });
});
