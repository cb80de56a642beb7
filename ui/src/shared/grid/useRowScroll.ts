// The scrolling element of a virtual list: keeps the exact offset into all rows (also where the scrollbar is scaled), and says which rows
// to draw. The layer's place is set without rendering; only a new window of rows renders.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import {
  type Extent,
  isScaled,
  maxOffset,
  type RowWindow,
  rowsInView,
  scrollHeight,
  toOffset,
  toScrollTop,
} from "./scrollMath";

export type RowScroll = {
  /** The ref of the element that scrolls. */
  attach: (box: HTMLDivElement | null) => (() => void) | undefined;
  layerRef: RefObject<HTMLDivElement | null>;
  headRef: RefObject<HTMLDivElement | null>;
  height: number;
  window: RowWindow;
  onScroll: () => void;
  offset: () => number;
  extent: () => Extent;
  to: (offset: number) => void;
};

export function useRowScroll(
  rows: number,
  rowHeight: number,
  want: (first: number, end: number) => void,
): RowScroll {
  const ref = useRef<HTMLDivElement>(null);
  const layerRef = useRef<HTMLDivElement>(null);
  const headRef = useRef<HTMLDivElement>(null);
  const offset = useRef(0);
  /** The element's scrollTop as it was last set or seen: reading it from the element would lay out the page. */
  const scrollTop = useRef(0);
  const ownScroll = useRef(-1);
  const [viewport, setViewport] = useState(0);
  const [drawn, setDrawn] = useState<RowWindow>({ first: 0, end: 0 });
  const drawnRef = useRef(drawn);
  const extent = useMemo<Extent>(() => ({ rows, rowHeight, viewport }), [rows, rowHeight, viewport]);
  const extentRef = useRef(extent);
  extentRef.current = extent;
  const drawWindow = useMemo<RowWindow>(
    () => ({ first: Math.min(drawn.first, rows), end: Math.min(drawn.end, rows) }),
    [drawn, rows],
  );

  const place = useCallback(() => {
    const layer = layerRef.current;
    if (!layer) return;
    const top = drawnRef.current.first * rowHeight;
    const y = isScaled(extentRef.current) ? scrollTop.current - (offset.current - top) : top;
    layer.style.transform = `translate3d(0, ${y}px, 0)`;
  }, [rowHeight]);

  const update = useCallback(() => {
    const next = rowsInView(offset.current, extentRef.current);
    if (next.first !== drawnRef.current.first || next.end !== drawnRef.current.end) {
      drawnRef.current = next;
      setDrawn(next);
    }
    place();
  }, [place]);

  const to = useCallback(
    (next: number) => {
      const box = ref.current;
      offset.current = Math.max(0, Math.min(next, maxOffset(extentRef.current)));
      if (box) {
        scrollTop.current = toScrollTop(offset.current, extentRef.current);
        ownScroll.current = scrollTop.current;
        box.scrollTop = scrollTop.current;
      }
      update();
    },
    [update],
  );

  const onScroll = useCallback(() => {
    const box = ref.current;
    if (!box) return;
    const now = box.scrollTop;
    if (headRef.current && headRef.current.scrollLeft !== box.scrollLeft) {
      headRef.current.scrollLeft = box.scrollLeft;
    }
    // Our own move comes back as an event, rounded: the exact offset stays.
    if (Math.abs(now - ownScroll.current) >= 1) {
      ownScroll.current = -1;
      offset.current = toOffset(now, extentRef.current);
    }
    scrollTop.current = now;
    update();
  }, [update]);

  // The element comes and goes (an empty list has none): what listens to it comes and goes with it.
  const attach = useCallback(
    (box: HTMLDivElement | null) => {
      ref.current = box;
      if (!box) return;
      const measure = () => {
        setViewport(box.clientHeight);
        // The heading keeps clear of the scrollbar, so that its columns stay above the rows'.
        box.parentElement?.style.setProperty("--gutter", `${box.offsetWidth - box.clientWidth}px`);
      };
      // Where the scrollbar is scaled, a turn of the wheel still moves by its own pixels.
      const onWheel = (event: WheelEvent) => {
        if (!isScaled(extentRef.current) || event.ctrlKey || event.deltaY === 0) return;
        event.preventDefault();
        const unit =
          event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? extentRef.current.viewport : 1;
        to(offset.current + event.deltaY * unit);
      };
      measure();
      box.scrollTop = toScrollTop(offset.current, extentRef.current);
      const observer = new ResizeObserver(measure);
      observer.observe(box);
      box.addEventListener("wheel", onWheel, { passive: false });
      return () => {
        ref.current = null;
        observer.disconnect();
        box.removeEventListener("wheel", onWheel);
      };
    },
    [rowHeight, to],
  );

  useLayoutEffect(() => {
    offset.current = Math.min(offset.current, maxOffset(extent));
    update();
  }, [extent, update]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every drawing
  useLayoutEffect(place, [drawWindow, place]);
  useEffect(() => {
    if (drawWindow.end > drawWindow.first) want(drawWindow.first, drawWindow.end);
  }, [drawWindow, want]);

  return useMemo(
    () => ({
      attach,
      layerRef,
      headRef,
      height: scrollHeight(extent),
      window: drawWindow,
      onScroll,
      offset: () => offset.current,
      extent: () => extentRef.current,
      to,
    }),
    [extent, drawWindow, attach, onScroll, to],
  );
}
