// The list every screen uses: virtual rows of 28 px however many there are, keyboard all the way, selection by ranges, sorting only where
// an index serves it. It fetches nothing: rows come from a source that is told what is in view. Screens bring columns and words.
import { type ReactNode, type RefObject, useId } from "react";
import { useTranslation } from "react-i18next";
import { ErrorLine, ErrorState, SkeletonRows } from "../feedback";
import { type Columns, minWidth, tracks } from "./columns";
import { GridHead, type SortState } from "./GridHead";
import { GridRow } from "./GridRow";
import "./grid.css";
import type { RowSource, RowsState } from "./KeysetRows";
import { has, size } from "./ranges";
import { SelectionBar } from "./SelectionBar";
import { ROW_HEIGHT } from "./scrollMath";
import { type GridCursor, useGridCursor } from "./useGridCursor";
import { usePainted } from "./usePainted";
import { type RowScroll, useRowScroll } from "./useRowScroll";

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
  const { columns, rows, state } = props;
  const gridId = useId();
  const scroll = useRowScroll(state.count, ROW_HEIGHT, rows.want);
  const grid = useGridCursor(props, scroll);
  const { cursor } = grid;
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
  return (
    <div className="grid-box" style={style}>
      <div
        ref={grid.box}
        className="grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total ?? (state.ended ? state.count : -1)}
        aria-colcount={columns.visible.length}
        aria-multiselectable="true"
        aria-busy={state.loading || state.refreshing}
        aria-activedescendant={cursor.active >= 0 ? `${gridId}-${cursor.active}` : undefined}
        tabIndex={0}
        onKeyDown={grid.onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget) grid.begin();
        }}
      >
        <GridHead columns={columns} sort={props.sort} onSort={props.onSort} scrollRef={scroll.headRef} />
        <div className="grid-scroll" ref={scroll.attach} onScroll={scroll.onScroll}>
          {nothing ? (
            <SkeletonRows columns={columns.visible.map((column) => columns.widthOf(column) - 16)} rows={24} />
          ) : (
            <Rows gridId={gridId} props={props} scroll={scroll} grid={grid} />
          )}
        </div>
      </div>
      {state.error !== null && !nothing && (
        <div className="grid-trouble">
          <ErrorLine error={state.error} onRetry={rows.retry} />
        </div>
      )}
      <Foot props={props} grid={grid} />
    </div>
  );
}

type PartProps<T> = { props: EntityGridProps<T>; grid: GridCursor };

function Rows<T>({ gridId, props, scroll, grid }: PartProps<T> & { gridId: string; scroll: RowScroll }) {
  const { rows, columns, idOf, shown } = props;
  const { first, end } = scroll.window;
  // Rows that scroll out lend their elements to those that scroll in: at least as many slots as rows are drawn, and few more.
  const slots = Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, end - first))));
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);
  return (
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
              active={index === grid.cursor.active}
              selected={has(grid.cursor.selected, index)}
              shown={row !== undefined && shown !== undefined && idOf(row) === shown}
              onClick={grid.onRowClick}
              onOpen={grid.onRowOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Hints, or what can be done with the selected rows: in one place, so that nothing moves. */
function Foot<T>({ props, grid }: PartProps<T>) {
  const { t } = useTranslation("grid");
  const { selected } = grid.cursor;
  if (selected.length > 0) {
    return (
      <SelectionBar
        list={props.list}
        count={size(selected)}
        selected={selected}
        rows={props.rows}
        columns={props.columns}
        idOf={props.idOf}
        onClear={grid.clear}
      />
    );
  }
  return (
    <div className="grid-foot">
      <span className="cut">{t(props.onPeek ? "hints" : "hintsNoPeek")}</span>
      <span className="push cut">{props.note}</span>
    </div>
  );
}
