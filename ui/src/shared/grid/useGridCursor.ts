// The grid's cursor and selection as React holds them, and what keys and clicks do with them: the pure model is in cursor.ts.
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { copyTargets } from "./actions";
import { type Cursor, click, clipCursor, type Intent, intentOf, START, step, targets } from "./cursor";
import type { EntityGridProps } from "./EntityGrid";
import { reveal, rowsPerPage } from "./scrollMath";
import type { RowScroll } from "./useRowScroll";

/** While the pane is open it follows the cursor, a little behind, so that holding an arrow key reads nothing. */
const FOLLOW_MS = 120;

export type GridCursor = {
  box: RefObject<HTMLDivElement | null>;
  cursor: Cursor;
  /** The focus came: where there is no active row yet, the shown one becomes it, else the first in view. */
  begin: () => void;
  clear: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  onRowClick: (index: number, how: { shift: boolean; command: boolean }) => void;
  onRowOpen: (index: number) => void;
};

export function useGridCursor<T>(props: EntityGridProps<T>, scroll: RowScroll): GridCursor {
  const { rows, state, idOf, shown, columns, onOpen, onPeek } = props;
  const box = useRef<HTMLDivElement>(null);
  const [held, setCursor] = useState<Cursor>(START);
  const cursor = useMemo(() => clipCursor(held, state.count), [held, state.count]);

  // A new order makes old places meaningless; another source is another list.
  const generation = useRef(state.generation);
  useEffect(() => {
    if (generation.current === state.generation) return;
    generation.current = state.generation;
    setCursor((old) => ({ ...old, anchor: -1, selected: [] }));
  }, [state.generation]);
  const source = useRef(rows);
  const { to } = scroll;
  useEffect(() => {
    if (source.current === rows) return;
    source.current = rows;
    setCursor(START);
    to(0);
  }, [rows, to]);

  const peekAt = useCallback(
    (index: number) => {
      const row = rows.rowAt(index);
      if (row !== undefined) onPeek?.(row);
    },
    [rows, onPeek],
  );
  const following = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(following.current), []);

  const move = (intent: Intent) => {
    const next = step(cursor, intent, state.count);
    setCursor(next);
    if (next.active >= 0) to(reveal(next.active, scroll.offset(), scroll.extent()));
    if (intent.kind !== "move" || intent.extend || shown === undefined) return;
    clearTimeout(following.current);
    following.current = setTimeout(() => peekAt(intent.to), FOLLOW_MS);
  };
  const act = (intent: Intent) => {
    const row = rows.rowAt(cursor.active);
    switch (intent.kind) {
      case "open":
        return row && onOpen(row);
      case "openWindow":
        return row && props.onOpenWindow?.(row);
      case "peek":
        return row && onPeek?.(shown !== undefined && idOf(row) === shown ? null : row);
      case "copy":
        return void copyTargets(rows, targets(cursor), columns.visible);
      case "filter":
        props.searchBox?.current?.focus();
        return props.searchBox?.current?.select();
      case "clear":
        if (cursor.selected.length === 0) onPeek?.(null);
        return setCursor(step(cursor, intent, state.count));
      default:
        return move(intent);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const intent = intentOf(keyOf(event), cursor, state.count, rowsPerPage(scroll.extent()));
    // Text that was marked by hand is what Ctrl-C copies.
    if (!intent || (intent.kind === "copy" && window.getSelection()?.toString())) return;
    event.preventDefault();
    act(intent);
  };
  const onRowClick = useCallback(
    (index: number, how: { shift: boolean; command: boolean }) => {
      box.current?.focus({ preventScroll: true });
      const { count } = rows.snapshot();
      setCursor((old) => click(clipCursor(old, count), index, how, count));
      if (!how.shift && !how.command) peekAt(index);
    },
    [rows, peekAt],
  );
  const onRowOpen = useCallback(
    (index: number) => {
      const row = rows.rowAt(index);
      if (row !== undefined) onOpen(row);
    },
    [rows, onOpen],
  );
  const begin = () => {
    if (cursor.active >= 0 || state.count === 0) return;
    const { first, end } = scroll.window;
    const inView = Array.from({ length: end - first }, (_, n) => first + n);
    const found = inView.find((index) => {
      const row = rows.rowAt(index);
      return row !== undefined && idOf(row) === shown;
    });
    setCursor((old) => ({ ...old, active: found ?? first }));
  };
  const clear = () => setCursor(step(cursor, { kind: "clear" }, state.count));
  return { box, cursor, begin, clear, onKeyDown, onRowClick, onRowOpen };
}

const keyOf = (event: KeyboardEvent) => ({
  key: event.key,
  shiftKey: event.shiftKey,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
  isComposing: event.nativeEvent.isComposing,
  keyCode: event.keyCode,
});
