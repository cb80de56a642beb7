// The list every screen uses: virtual rows of 28 px however many there are, keyboard all the way, selection by ranges, sorting only where
// an index serves it. It fetches nothing: rows come from a source that is told what is in view. Screens bring columns and words.
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { ErrorLine, ErrorState, SkeletonRows } from "../feedback";
import { copyTargets } from "./actions";
import { type Column, type Columns, minWidth, tracks } from "./columns";
import { type Cursor, click, clipCursor, intentOf, START, step, targets } from "./cursor";
import { GridHead, type SortState } from "./GridHead";
import { GridRow } from "./GridRow";
import "./grid.css";
import type { RowSource, RowsState } from "./KeysetRows";
import { has, size } from "./ranges";
import { SelectionBar } from "./SelectionBar";
import { ROW_HEIGHT, reveal, rowsPerPage } from "./scrollMath";
import { usePainted } from "./usePainted";
import { useRowScroll } from "./useRowScroll";

export type EntityGridProps<T> = {
  label: string;
  /** Names files and preferences: `meetings`. */
  list: string;
  columns: Columns<T>;
  rows: RowSource<T>;
  state: RowsState;
  /** How many match in all, where that is known. */
  total?: number | null;
  idOf: (row: T) => string;
  /** Id of the row shown in the pane beside the list. */
  shown?: string | undefined;
  sort: SortState;
  onSort: (sort: SortState) => void;
  onOpen: (row: T) => void;
  /** A click or Space: shows the row in the pane; `null` closes it. */
  onPeek?: (row: T | null) => void;
  onOpenWindow?: (row: T) => void;
  /** The search box, for `/`. */
  searchBox?: RefObject<HTMLInputElement | null>;
  empty: ReactNode;
  errorTitle: string;
  /** Right end of the footer. */
  note?: ReactNode;
  /** A class for whole rows: deleted, failed. */
  rowClass?: (row: T) => string | undefined;
};

export function EntityGrid<T>(props: EntityGridProps<T>) {
  const { columns, rows, state, idOf, shown } = props;
  const { t } = useTranslation("grid");
  const gridId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Cursor>(START);
  const scroll = useRowScroll(state.count, ROW_HEIGHT, rows.want);
  const kept = useMemo(() => clipCursor(cursor, state.count), [cursor, state.count]);

  // A new order makes old places meaningless.
  const generation = useRef(state.generation);
  useEffect(() => {
    if (generation.current === state.generation) return;
    generation.current = state.generation;
    setCursor((old) => ({ ...old, anchor: -1, selected: [] }));
  }, [state.generation]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another list
  useEffect(() => {
    setCursor(START);
    scroll.to(0);
  }, [rows]);

  const go = useCallback(
    (next: Cursor) => {
      setCursor(next);
      if (next.active >= 0) scroll.to(reveal(next.active, scroll.offset(), scroll.extent()));
    },
    [scroll],
  );

  const { onOpen, onOpenWindow, onPeek, searchBox } = props;
  const copyRows = useCallback(async () => {
    await copyTargets(rows, targets(kept), columns.visible as Column<T>[]);
  }, [rows, kept, columns.visible]);

  const peekAt = useCallback(
    (index: number) => {
      const row = rows.rowAt(index);
      if (row !== undefined) onPeek?.(row);
    },
    [rows, onPeek],
  );
  // While the pane is open it follows the cursor, a little behind, so that holding an arrow key reads nothing.
  const following = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(following.current), []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const intent = intentOf({ ...keyOf(event) }, kept, state.count, rowsPerPage(scroll.extent()));
    if (!intent) return;
    if (intent.kind === "copy" && window.getSelection()?.toString()) return;
    event.preventDefault();
    const row = rows.rowAt(kept.active);
    switch (intent.kind) {
      case "open":
        if (row) onOpen(row);
        return;
      case "openWindow":
        if (row) onOpenWindow?.(row);
        return;
      case "peek":
        if (row) onPeek?.(shown !== undefined && idOf(row) === shown ? null : row);
        return;
      case "copy":
        void copyRows();
        return;
      case "filter":
        searchBox?.current?.focus();
        searchBox?.current?.select();
        return;
      case "clear":
        if (kept.selected.length === 0) onPeek?.(null);
        setCursor(step(kept, intent, state.count));
        return;
      default: {
        go(step(kept, intent, state.count));
        if (intent.kind === "move" && !intent.extend && shown !== undefined) {
          clearTimeout(following.current);
          following.current = setTimeout(() => peekAt(intent.to), 120);
        }
      }
    }
  };

  const onRowClick = useCallback(
    (index: number, how: { shift: boolean; command: boolean }) => {
      box.current?.focus({ preventScroll: true });
      setCursor((old) => click(clipCursor(old, rows.snapshot().count), index, how, rows.snapshot().count));
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

  const nothing = state.count === 0;
  usePainted(props.list, !nothing && scroll.window.end > 0);
  if (nothing && state.error !== null) {
    return <ErrorState error={state.error} title={props.errorTitle} onRetry={rows.retry} />;
  }
  if (nothing && state.ended) return <>{props.empty}</>;

  const style = {
    "--tracks": tracks(columns),
    "--row-width": `${minWidth(columns)}px`,
  } as React.CSSProperties;
  const { first, end } = scroll.window;
  // Rows that scroll out lend their elements to those that scroll in: at least as many slots as rows are drawn, and few more.
  const slots = Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, end - first))));
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);
  return (
    <div className="grid-box" style={style}>
      <div
        ref={box}
        className="grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total ?? (state.ended ? state.count : -1)}
        aria-colcount={columns.visible.length}
        aria-multiselectable="true"
        aria-busy={state.loading || state.refreshing}
        aria-activedescendant={kept.active >= 0 ? `${gridId}-${kept.active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && kept.active < 0 && state.count > 0) {
            setCursor((old) => ({ ...old, active: Math.max(0, shownIndex(rows, idOf, shown, first, end)) }));
          }
        }}
      >
        <GridHead columns={columns} sort={props.sort} onSort={props.onSort} scrollRef={scroll.headRef} />
        <div className="grid-scroll" ref={scroll.ref} onScroll={scroll.onScroll}>
          {nothing ? (
            <SkeletonRows columns={columns.visible.map((column) => columns.widthOf(column) - 16)} rows={24} />
          ) : (
            <div className="grid-sizer" style={{ height: scroll.height }}>
              <div className="grid-layer" ref={scroll.layerRef} role="rowgroup">
                {indexes.map((index) => {
                  const row = rows.rowAt(index);
                  return (
                    <GridRow
                      key={index % slots}
                      id={`${gridId}-${index}`}
                      index={index}
                      row={row}
                      columns={columns.visible}
                      className={row === undefined ? undefined : props.rowClass?.(row)}
                      active={index === kept.active}
                      selected={has(kept.selected, index)}
                      shown={row !== undefined && shown !== undefined && idOf(row) === shown}
                      onClick={onRowClick}
                      onOpen={onRowOpen}
                    />
                  );
                })}
              </div>
            </div>
          )}
        </div>
      </div>
      {state.error !== null && !nothing && (
        <div className="grid-trouble">
          <ErrorLine error={state.error} onRetry={rows.retry} />
        </div>
      )}
      {kept.selected.length > 0 ? (
        <SelectionBar
          list={props.list}
          count={size(kept.selected)}
          selected={kept.selected}
          rows={rows}
          columns={columns}
          idOf={idOf}
          onClear={() => setCursor(step(kept, { kind: "clear" }, state.count))}
        />
      ) : (
        <div className="grid-foot">
          <span className="cut">{t(onPeek ? "hints" : "hintsNoPeek")}</span>
          <span className="push cut">{props.note}</span>
        </div>
      )}
    </div>
  );
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

function shownIndex<T>(
  rows: RowSource<T>,
  idOf: (row: T) => string,
  shown: string | undefined,
  first: number,
  end: number,
): number {
  if (shown === undefined) return first;
  for (let index = first; index < end; index++) {
    const row = rows.rowAt(index);
    if (row !== undefined && idOf(row) === shown) return index;
  }
  return first;
}
