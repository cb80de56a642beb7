// What can be done with the selected rows. Stands where the hints were, so that nothing moves.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { copyIds, copyTargets, exportRanges } from "./actions";
import type { Columns } from "./columns";
import type { RowSource } from "./KeysetRows";
import type { Ranges } from "./ranges";

type SelectionBarProps<T> = {
  list: string;
  count: number;
  selected: Ranges;
  rows: RowSource<T>;
  columns: Columns<T>;
  idOf: (row: T) => string;
  onClear: () => void;
};

export function SelectionBar<T>({
  list,
  count,
  selected,
  rows,
  columns,
  idOf,
  onClear,
}: SelectionBarProps<T>) {
  const { t } = useTranslation("grid");
  return (
    <div className="grid-foot grid-selection" role="toolbar" aria-label={t("selection")}>
      <span className="mid num" aria-live="polite">
        {t("selected", { count })}
      </span>
      <Button size="xs" variant="subtle" onClick={() => void copyIds(rows, selected, idOf)}>
        {t("copyIds")}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => void copyTargets(rows, selected, columns.visible)}>
        {t("copyRows")}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => void exportRanges(list, "csv", rows, selected, columns.all)}
      >
        {t("exportCsv")}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => void exportRanges(list, "json", rows, selected, columns.all)}
      >
        {t("exportJson")}
      </Button>
      <Button size="xs" variant="subtle" className="push" onClick={onClear}>
        {t("clearSelection")}
      </Button>
    </div>
  );
}
