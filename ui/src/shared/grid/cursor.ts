// The grid's keyboard and selection as a pure model: which row is active, which are selected, what a key or a click makes of them.
import { isComposing } from "../hooks";
import { add, between, clip, NONE, type Ranges, toggle } from "./ranges";

export type Cursor = {
  /** The row that keys act on; -1 before there is one. */
  active: number;
  /** Where a Shift selection began. */
  anchor: number;
  selected: Ranges;
};

export const START: Cursor = { active: -1, anchor: -1, selected: NONE };

export type Intent =
  | { kind: "move"; to: number; extend: boolean }
  | { kind: "toggle"; row: number }
  | { kind: "all" }
  | { kind: "clear" }
  | { kind: "open" }
  | { kind: "openWindow" }
  | { kind: "peek" }
  | { kind: "copy" }
  | { kind: "filter" };

export type Key = {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing?: boolean;
  keyCode?: number;
};

const clamp = (row: number, count: number) => Math.max(0, Math.min(count - 1, row));

/** What a key means in the grid; `null` where it means nothing to it. */
export function intentOf(event: Key, cursor: Cursor, count: number, page: number): Intent | null {
  if (isComposing(event) || event.altKey) return null;
  const command = event.ctrlKey || event.metaKey;
  const move = (to: number): Intent | null =>
    count === 0 ? null : { kind: "move", to: clamp(to, count), extend: event.shiftKey };
  const at = cursor.active;
  switch (event.key) {
    case "ArrowDown":
      return move(command ? count - 1 : at + 1);
    case "ArrowUp":
      return move(command ? 0 : at < 0 ? 0 : at - 1);
    case "PageDown":
      return move(Math.max(at, 0) + page);
    case "PageUp":
      return move(Math.max(at, 0) - page);
    case "Home":
      return move(0);
    case "End":
      return move(count - 1);
    case "Enter":
      if (at < 0) return null;
      return { kind: command ? "openWindow" : "open" };
    case " ":
      if (at < 0) return null;
      return command || event.shiftKey ? { kind: "toggle", row: at } : { kind: "peek" };
    case "Escape":
      return { kind: "clear" };
    case "/":
      return command ? null : { kind: "filter" };
    default:
      if (!command || event.shiftKey) return null;
      if (event.key.toLowerCase() === "a") return { kind: "all" };
      if (event.key.toLowerCase() === "c") return { kind: "copy" };
      return null;
  }
}

export function step(cursor: Cursor, intent: Intent, count: number): Cursor {
  switch (intent.kind) {
    case "move": {
      if (!intent.extend) return { active: intent.to, anchor: intent.to, selected: NONE };
      const anchor = cursor.anchor < 0 ? Math.max(cursor.active, 0) : cursor.anchor;
      return { active: intent.to, anchor, selected: [between(anchor, intent.to)] };
    }
    case "toggle":
      return { active: intent.row, anchor: intent.row, selected: toggle(cursor.selected, intent.row) };
    case "all":
      return { ...cursor, selected: count > 0 ? [[0, count]] : NONE };
    case "clear":
      return { ...cursor, anchor: cursor.active, selected: NONE };
    default:
      return cursor;
  }
}

/** A click: plain selects none and goes there, Ctrl/Cmd adds or takes away one, Shift reaches from the anchor. */
export function click(
  cursor: Cursor,
  row: number,
  how: { shift: boolean; command: boolean },
  count: number,
): Cursor {
  if (how.shift) {
    const anchor = cursor.anchor < 0 ? row : cursor.anchor;
    const reach = between(anchor, row);
    return { active: row, anchor, selected: how.command ? add(cursor.selected, reach) : [reach] };
  }
  if (how.command) {
    const base =
      cursor.selected.length === 0 && cursor.active >= 0 && cursor.active !== row
        ? add(NONE, between(cursor.active, cursor.active))
        : cursor.selected;
    return { active: row, anchor: row, selected: toggle(base, row) };
  }
  return step(cursor, { kind: "move", to: row, extend: false }, count);
}

/** The cursor after the list changed its length. */
export const clipCursor = (cursor: Cursor, count: number): Cursor => ({
  active: Math.min(cursor.active, count - 1),
  anchor: Math.min(cursor.anchor, count - 1),
  selected: clip(cursor.selected, count),
});

/** What an action acts on: the selection, else the active row. */
export const targets = (cursor: Cursor): Ranges =>
  cursor.selected.length > 0
    ? cursor.selected
    : cursor.active >= 0
      ? [[cursor.active, cursor.active + 1]]
      : NONE;
