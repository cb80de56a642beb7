// A list's columns: what there is, which are shown, how wide; choice and widths are remembered per list.
import { type ReactNode, useMemo } from "react";
import { usePreference } from "../../ipc";

export type Column<T> = {
  id: string;
  label: string;
  /** Width in px as it ships. */
  width: number;
  /** Takes what is left of the width; one or two per list. */
  grow?: boolean;
  align?: "end";
  mono?: boolean;
  /** Not shown until chosen. */
  optional?: boolean;
  /** Cannot be hidden. */
  fixed?: boolean;
  /** The order an index serves; without it the list cannot be sorted by this column. */
  sort?: string;
  /** For columns that show a sign only: no visible heading, the label still names it. */
  quietHeading?: boolean;
  cell: (row: T) => ReactNode;
  /** What a tooltip tells; asked for only when the pointer comes. Without it, what an ellipsis hides. */
  title?: (row: T) => string | undefined;
  /** What is copied and exported: exact, not rounded; moments in ISO 8601. */
  text: (row: T) => string;
};

type Remembered = { shown?: string[]; widths?: Record<string, number> };
const NOTHING: Remembered = {};
export const MIN_WIDTH = 44;
const MAX_WIDTH = 900;

export type Columns<T> = {
  all: readonly Column<T>[];
  visible: readonly Column<T>[];
  widthOf: (column: Column<T>) => number;
  isShown: (id: string) => boolean;
  toggle: (id: string) => void;
  resize: (id: string, width: number) => void;
  reset: () => void;
  isChanged: boolean;
};

export function useColumns<T>(list: string, all: readonly Column<T>[]): Columns<T> {
  const [kept, keep] = usePreference<Remembered>(`grid.${list}`, NOTHING);
  return useMemo(() => {
    const shown = new Set(kept.shown ?? all.filter((column) => !column.optional).map((column) => column.id));
    const isShown = (id: string) => shown.has(id) || all.some((column) => column.id === id && column.fixed);
    return {
      all,
      visible: all.filter((column) => isShown(column.id)),
      isShown,
      widthOf: (column) => kept.widths?.[column.id] ?? column.width,
      toggle(id) {
        const next = new Set(shown);
        if (!next.delete(id)) next.add(id);
        keep({ ...kept, shown: all.map((column) => column.id).filter((one) => next.has(one)) });
      },
      resize(id, width) {
        const bounded = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
        keep({ ...kept, widths: { ...kept.widths, [id]: bounded } });
      },
      reset: () => keep({}),
      isChanged: kept.shown !== undefined || kept.widths !== undefined,
    };
  }, [all, kept, keep]);
}

const GROW_FROM = 112;
/** A column that takes what is left also gives way where little is left. */
const growFrom = (width: number) => Math.min(width, GROW_FROM);

/** The grid's tracks. */
export function tracks<T>(columns: Columns<T>): string {
  const grows = columns.visible.some((column) => column.grow);
  const sizes = columns.visible.map((column) => {
    const width = columns.widthOf(column);
    return column.grow ? `minmax(${growFrom(width)}px, ${width}fr)` : `${width}px`;
  });
  return grows ? sizes.join(" ") : `${sizes.join(" ")} 1fr`;
}

/** The narrowest the rows can be before they scroll sideways. */
export const minWidth = <T>(columns: Columns<T>): number =>
  columns.visible.reduce((sum, column) => {
    const width = columns.widthOf(column);
    return sum + (column.grow ? growFrom(width) : width);
  }, 0);
