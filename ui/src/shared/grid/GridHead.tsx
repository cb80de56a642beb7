// Column headings: sorting where an index serves it, width by dragging or by arrow keys on the edge.
import { Tooltip } from "@mantine/core";
import { type PointerEvent, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Column, Columns } from "./columns";

export type SortState = { by: string; descending: boolean };

type GridHeadProps<T> = {
  columns: Columns<T>;
  sort: SortState;
  onSort: (sort: SortState) => void;
  scrollRef: RefObject<HTMLDivElement | null>;
};

export function GridHead<T>({ columns, sort, onSort, scrollRef }: GridHeadProps<T>) {
  return (
    <div className="grid-head-clip" ref={scrollRef} role="rowgroup">
      <div className="grid-head" role="row" aria-rowindex={1}>
        {columns.visible.map((column, n) => (
          <Heading key={column.id} column={column} index={n} columns={columns} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

type HeadingProps<T> = Omit<GridHeadProps<T>, "scrollRef"> & { column: Column<T>; index: number };

function Heading<T>({ column, index, columns, sort, onSort }: HeadingProps<T>) {
  const { t } = useTranslation("grid");
  const sorted = column.sort !== undefined && column.sort === sort.by;
  const direction = sorted ? (sort.descending ? "descending" : "ascending") : undefined;
  const label = column.quietHeading ? (
    <span className="visually-hidden">{column.label}</span>
  ) : (
    <span className="cut">{column.label}</span>
  );
  return (
    <div
      className={`grid-heading${column.align === "end" ? " grid-end" : ""}`}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={direction}
    >
      {column.sort === undefined ? (
        <Tooltip label={column.quietHeading ? column.label : t("notSortable", { column: column.label })}>
          <span className="grid-heading-text">{label}</span>
        </Tooltip>
      ) : (
        <button
          type="button"
          className="grid-heading-text grid-sort"
          onClick={() =>
            onSort({ by: column.sort as string, descending: sorted ? !sort.descending : sort.descending })
          }
        >
          {label}
          {sorted && <span aria-hidden="true">{sort.descending ? "↓" : "↑"}</span>}
        </button>
      )}
      <Edge column={column} columns={columns} />
    </div>
  );
}

function Edge<T>({ column, columns }: { column: Column<T>; columns: Columns<T> }) {
  const { t } = useTranslation("grid");
  const drag = useRef<{ x: number; width: number } | null>(null);
  const widthNow = (element: Element) =>
    element.parentElement?.getBoundingClientRect().width ?? columns.widthOf(column);
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: widthNow(event.currentTarget) };
  };
  return (
    <span
      className="grid-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t("resize", { column: column.label })}
      aria-valuenow={columns.widthOf(column)}
      tabIndex={-1}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag.current) columns.resize(column.id, drag.current.width + event.clientX - drag.current.x);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={() => columns.resize(column.id, column.width)}
    />
  );
}
