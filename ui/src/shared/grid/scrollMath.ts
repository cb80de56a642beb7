// Which rows of a list a viewport shows, for any number of rows. Browsers cap an element's height (WebKit near 33 M px, Firefox near
// 17.8 M px), and 1 M rows of 28 px are 28 M: past MAX_SCROLL_PX the scrollbar is scaled, while the virtual offset stays exact.
// Pure numbers; the element that scrolls is the grid's affair.
export const ROW_HEIGHT = 28;
export const MAX_SCROLL_PX = 8_000_000;

export type Extent = { rows: number; rowHeight: number; viewport: number };

const virtualHeight = ({ rows, rowHeight }: Extent) => rows * rowHeight;
const clamp = (value: number, low: number, high: number) =>
  Math.min(Math.max(value, low), Math.max(low, high));

/** The height the scrolled element is given. */
export const scrollHeight = (extent: Extent) => Math.min(virtualHeight(extent), MAX_SCROLL_PX);

/** Whether a pixel of the scrollbar stands for more than a pixel of rows. */
export const isScaled = (extent: Extent) => virtualHeight(extent) > MAX_SCROLL_PX;

/** The furthest virtual offset. */
export const maxOffset = (extent: Extent) => Math.max(0, virtualHeight(extent) - extent.viewport);

/** From the element's scrollTop to the offset into all rows. */
export function toOffset(scrollTop: number, extent: Extent): number {
  if (!isScaled(extent)) return clamp(scrollTop, 0, maxOffset(extent));
  const span = scrollHeight(extent) - extent.viewport;
  return clamp((scrollTop / span) * maxOffset(extent), 0, maxOffset(extent));
}

/** From an offset into all rows to the element's scrollTop. */
export function toScrollTop(offset: number, extent: Extent): number {
  const kept = clamp(offset, 0, maxOffset(extent));
  if (!isScaled(extent)) return kept;
  return (kept / maxOffset(extent)) * (scrollHeight(extent) - extent.viewport);
}

export type RowWindow = { first: number; end: number };

/** Rows to draw: those in view and `overscan` around them, `first` in steps so that a small scroll draws nothing anew. */
export function rowsInView(offset: number, extent: Extent, overscan = 6, step = 4): RowWindow {
  if (extent.rows === 0 || extent.viewport <= 0) return { first: 0, end: 0 };
  const top = Math.floor(offset / extent.rowHeight);
  const shown = Math.ceil(extent.viewport / extent.rowHeight) + 1;
  const first = Math.max(0, Math.floor((top - overscan) / step) * step);
  return { first, end: Math.min(extent.rows, top + shown + overscan + step) };
}

/** Whole rows that fit: what PageDown moves by. */
export const rowsPerPage = ({ viewport, rowHeight }: Extent) =>
  Math.max(1, Math.floor(viewport / rowHeight) - 1);

/** The offset nearest to `offset` at which `row` is wholly in view. */
export function reveal(row: number, offset: number, extent: Extent): number {
  const top = row * extent.rowHeight;
  if (top < offset) return clamp(top, 0, maxOffset(extent));
  const bottom = top + extent.rowHeight;
  return bottom > offset + extent.viewport ? clamp(bottom - extent.viewport, 0, maxOffset(extent)) : offset;
}
