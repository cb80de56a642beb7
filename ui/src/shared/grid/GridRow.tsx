// One row. Renders only when its own row, place or state changed; a row whose page is not held yet shows bones of its own shape.
import { type MouseEvent, memo } from "react";
import { Bone } from "../feedback";
import type { Column } from "./columns";

type GridRowProps<T> = {
  id: string;
  index: number;
  row: T | undefined;
  columns: readonly Column<T>[];
  className: string | undefined;
  active: boolean;
  selected: boolean;
  shown: boolean;
  onClick: (index: number, how: { shift: boolean; command: boolean }) => void;
  onOpen: (index: number) => void;
};

/** Tooltips are made when the pointer comes: the column's own words, else what an ellipsis hides. */
function tell<T>(event: MouseEvent<HTMLElement>, row: T | undefined, columns: readonly Column<T>[]): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>(".grid-cell");
  if (!cell || row === undefined) return;
  const own = columns[Number(cell.getAttribute("aria-colindex")) - 1]?.title?.(row);
  const cut = [cell, ...cell.querySelectorAll<HTMLElement>(".cut")].some(
    (element) => element.scrollWidth > element.clientWidth,
  );
  // Elements are lent from row to row, so an old tooltip is always replaced.
  const words = own ?? (cut ? cell.textContent : null);
  if (words) cell.title = words;
  else cell.removeAttribute("title");
}

function cellClass<T>(column: Column<T>): string {
  return `grid-cell${column.align === "end" ? " grid-end" : ""}${column.mono ? " mono" : ""}`;
}

function Row<T>({
  id,
  index,
  row,
  columns,
  className,
  active,
  selected,
  shown,
  onClick,
  onOpen,
}: GridRowProps<T>) {
  const state = `${selected ? " is-selected" : ""}${active ? " is-active" : ""}${shown ? " is-shown" : ""}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and its keys act on the active row
    // biome-ignore lint/a11y/useKeyWithMouseEvents: it only sets tooltips of what is cut
    <div
      id={id}
      className={`grid-row${state}${className ? ` ${className}` : ""}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected || shown}
      onMouseDown={(event) => {
        // Shift-click selects rows, not text.
        if (event.shiftKey || event.detail > 1) event.preventDefault();
      }}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("a, button")) return;
        onClick(index, { shift: event.shiftKey, command: event.ctrlKey || event.metaKey });
      }}
      onDoubleClick={(event) => {
        if (!event.shiftKey && !event.ctrlKey && !event.metaKey) onOpen(index);
      }}
      onMouseOver={(event) => tell(event, row, columns)}
    >
      {columns.map((column, n) => (
        <div key={column.id} className={cellClass(column)} role="gridcell" aria-colindex={n + 1}>
          {row === undefined ? <Bone width={`${40 + ((index * 7 + n * 13) % 40)}%`} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;
