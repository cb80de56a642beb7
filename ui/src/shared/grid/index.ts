// Lists: the virtual grid, its heading, its rows along keyset pages.
export { copyText } from "./clipboard";
export { type Column, type Columns, useColumns } from "./columns";
export { EntityGrid, type EntityGridProps } from "./EntityGrid";
export type { SortState } from "./GridHead";
export { type FetchPage, KeysetRows, type RowSource, type RowsState } from "./KeysetRows";
export { ColumnsButton, ListHead } from "./ListHead";
export { refreshLists } from "./refreshLists";
export { useGridKeys } from "./useGridKeys";
export { useKeysetRows } from "./useKeysetRows";
export { type RowScroll, useRowScroll } from "./useRowScroll";
