// Placeholders in the real shape: lines of text and rows of a table. Shown after 150 ms only.
import { useTranslation } from "react-i18next";
import { Delayed } from "./Delayed";

export function Bone({ width, height }: { width: number | string; height?: number }) {
  return <span className="bone" style={{ width, height }} aria-hidden="true" />;
}

/** Widths that look like text and are the same at every render. */
const width = (row: number, column: number, base: number) =>
  Math.round(base * (0.55 + (((row * 7 + column * 13) % 9) / 9) * 0.45));

type SkeletonRowsProps = {
  rows?: number /** Column widths in px. */;
  columns: readonly number[];
  rowHeight?: number;
};

export function SkeletonRows({ rows = 12, columns, rowHeight = 28 }: SkeletonRowsProps) {
  const { t } = useTranslation("shared");
  return (
    <Delayed>
      <div role="status" aria-label={t("loading")} className="skeleton-rows">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="skeleton-row" style={{ height: rowHeight }}>
            {columns.map((base, column) => (
              <span key={column} style={{ width: base, flex: "none" }}>
                <Bone width={width(row, column, base)} />
              </span>
            ))}
          </div>
        ))}
      </div>
    </Delayed>
  );
}

export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation("shared");
  return (
    <Delayed>
      <div role="status" aria-label={t("loading")} className="col" style={{ gap: 12, padding: "6px 0" }}>
        {Array.from({ length: lines }, (_, line) => (
          <Bone key={line} width={`${width(line, 1, 92)}%`} />
        ))}
      </div>
    </Delayed>
  );
}
