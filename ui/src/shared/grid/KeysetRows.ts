// The rows of one list, read page by page along its cursors, with bounded memory: only the pages around what is in view are held, any
// other is read again by its cursor when it comes back into view. It knows nothing of React and shows nothing.
import type { Page } from "../../ipc";

export type RowsState = {
  /** Rows whose place is known; at least this many match. */
  count: number;
  /** True when there is nothing after them. */
  ended: boolean;
  /** A page is being read for the first time. */
  loading: boolean;
  /** Known rows are being read again. */
  refreshing: boolean;
  /** Why the last reading failed; rows that were read before stay. */
  error: unknown;
  /** When the oldest of the shown pages was read. */
  asOf: string | null;
  /** Grows whenever anything changed. */
  version: number;
  /** Grows when the order of rows may have changed: selections no longer hold. */
  generation: number;
};

type Held<T> = { items: T[]; asOf: string };
export type FetchPage<T> = (after: string | null, limit: number) => Promise<Page<T>>;

/** What a grid needs of its rows, wherever they come from. */
export type RowSource<T> = Pick<
  KeysetRows<T>,
  "subscribe" | "snapshot" | "rowAt" | "want" | "retry" | "refresh" | "read" | "readAll"
>;

export const PAGE_ROWS = 200;
export const PAGES_HELD = 12;
const PAGES_REFRESHED = 10;

export class KeysetRows<T> {
  #fetch: FetchPage<T>;
  #limit: number;
  #held: number;
  #cursors: (string | null)[] = [null];
  #offsets: number[] = [0];
  #pages = new Map<number, Held<T>>();
  #pending = new Map<number, Promise<void>>();
  #wanted: [number, number] = [0, 0];
  #listeners = new Set<() => void>();
  #epoch = 0;
  #state: RowsState = {
    count: 0,
    ended: false,
    loading: false,
    refreshing: false,
    error: null,
    asOf: null,
    version: 0,
    generation: 0,
  };

  constructor(fetch: FetchPage<T>, limit = PAGE_ROWS, held = PAGES_HELD) {
    this.#fetch = fetch;
    this.#limit = limit;
    this.#held = held;
  }

  subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  snapshot = (): RowsState => this.#state;

  get pagesHeld(): number {
    return this.#pages.size;
  }

  #set(change: Partial<RowsState>): void {
    const oldest = [...this.#pages.values()].reduce<string | null>(
      (found, page) => (found === null || page.asOf < found ? page.asOf : found),
      null,
    );
    this.#state = { ...this.#state, asOf: oldest, ...change, version: this.#state.version + 1 };
    for (const tell of this.#listeners) tell();
  }

  #pageOf(row: number): number {
    let low = 0;
    let high = this.#cursors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] as number) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The row, or `undefined` while its page is not held. */
  rowAt = (row: number): T | undefined => {
    if (row < 0 || row >= this.#state.count) return undefined;
    const page = this.#pageOf(row);
    return this.#pages.get(page)?.items[row - (this.#offsets[page] as number)];
  };

  /** Says which rows are in view: reads what is missing there, reads ahead, lets go of what is far. */
  want = (first: number, end: number): void => {
    this.#wanted = [first, end];
    const last = Math.max(first, end - 1);
    for (let page = this.#pageOf(first); page <= this.#pageOf(last); page++) void this.#load(page);
    const { count, ended, error } = this.#state;
    if (!ended && error === null && end >= count - this.#limit / 2) void this.#load(this.#cursors.length - 1);
  };

  /** Tries again what failed. */
  retry = (): void => {
    this.#set({ error: null });
    this.want(...this.#wanted);
  };

  #letGo(): void {
    if (this.#pages.size <= this.#held) return;
    const [first, end] = this.#wanted;
    const middle = this.#pageOf(Math.floor((first + end) / 2));
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, this.#pages.size - this.#held)) this.#pages.delete(page);
  }

  #load(page: number): Promise<void> {
    if (page >= this.#cursors.length || this.#pages.has(page)) return Promise.resolve();
    const waiting = this.#pending.get(page);
    if (waiting) return waiting;
    const epoch = this.#epoch;
    const isNew = page === this.#cursors.length - 1 && !this.#state.ended;
    if (isNew) this.#set({ loading: true });
    const read = this.#fetch(this.#cursors[page] ?? null, this.#limit).then(
      (answer) => {
        if (epoch !== this.#epoch) return;
        this.#pending.delete(page);
        this.#take(page, answer, isNew);
      },
      (error: unknown) => {
        if (epoch !== this.#epoch) return;
        this.#pending.delete(page);
        this.#set({ error, loading: isNew ? false : this.#state.loading });
      },
    );
    this.#pending.set(page, read);
    return read;
  }

  #take(page: number, answer: Page<T>, isNew: boolean): void {
    const place = (this.#offsets[page + 1] ?? Number.POSITIVE_INFINITY) - (this.#offsets[page] as number);
    this.#pages.set(page, { items: answer.items, asOf: answer.as_of });
    this.#letGo();
    if (isNew) {
      const end = (this.#offsets[page] as number) + answer.items.length;
      if (answer.next !== null) {
        this.#cursors.push(answer.next);
        this.#offsets.push(end);
      }
      this.#set({ count: end, ended: answer.next === null, loading: false, error: null });
      return;
    }
    this.#set({ error: null });
    // The page is shorter than it was: rows were deleted. Only a new reading from the start puts everything in its place.
    if (Number.isFinite(place) && answer.items.length < place) void this.refresh();
  }

  /** Reads the known rows again, in order, and swaps them in at once; far down a long list only the first pages. */
  async refresh(): Promise<void> {
    const epoch = ++this.#epoch;
    this.#pending.clear();
    this.#set({ refreshing: true, loading: false });
    const depth = Math.min(this.#cursors.length, PAGES_REFRESHED);
    const cursors: (string | null)[] = [null];
    const offsets = [0];
    const pages = new Map<number, Held<T>>();
    let ended = false;
    let count = 0;
    try {
      for (let page = 0; page < depth && !ended; page++) {
        const answer = await this.#fetch(cursors[page] ?? null, this.#limit);
        if (epoch !== this.#epoch) return;
        pages.set(page, { items: answer.items, asOf: answer.as_of });
        count += answer.items.length;
        ended = answer.next === null;
        if (answer.next !== null) {
          cursors.push(answer.next);
          offsets.push(count);
        }
      }
    } catch (error) {
      if (epoch === this.#epoch) this.#set({ error, refreshing: false });
      return;
    }
    this.#cursors = cursors;
    this.#offsets = offsets;
    this.#pages = pages;
    this.#letGo();
    const generation = this.#state.generation + 1;
    this.#set({ count, ended, error: null, refreshing: false, generation });
  }

  /** The rows of some places, in order, read where they are not held; at most `limit`. */
  async read(places: Iterable<number>, limit: number): Promise<T[]> {
    const out: T[] = [];
    const memo = new Map<number, T[]>();
    for (const row of places) {
      if (out.length >= limit) break;
      const page = this.#pageOf(row);
      let items = this.#pages.get(page)?.items ?? memo.get(page);
      if (!items) {
        items = (await this.#fetch(this.#cursors[page] ?? null, this.#limit)).items;
        memo.clear();
        memo.set(page, items);
      }
      const found = items[row - (this.#offsets[page] as number)];
      if (found !== undefined) out.push(found);
    }
    return out;
  }

  /** All matching rows from the start, whether shown or not, at most `limit`; `more` where there were more. */
  async readAll(limit: number): Promise<{ rows: T[]; more: boolean }> {
    const rows: T[] = [];
    let after: string | null = null;
    while (rows.length < limit) {
      const answer: Page<T> = await this.#fetch(after, Math.min(1000, limit - rows.length));
      rows.push(...answer.items);
      after = answer.next;
      if (after === null) break;
    }
    return { rows, more: after !== null };
  }
}
