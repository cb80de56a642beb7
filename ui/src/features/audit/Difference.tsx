// What a change changed: its fields before and after. What stayed is folded away.
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { differences } from "./difference";

export function Difference({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation("audit");
  const [all, setAll] = useState(false);
  const rows = useMemo(() => differences(before, after), [before, after]);
  const same = rows.filter(({ changed }) => !changed).length;
  const shown = all ? rows : rows.filter(({ changed }) => changed);
  if (rows.length === 0) return <p className="mut small">{t("diff.none")}</p>;
  return (
    <>
      {shown.length > 0 && (
        <div className="diff" role="table" aria-label={t("diff.label")}>
          {shown.map((row) => (
            <div className={row.changed ? "diff-row" : "diff-row same"} role="row" key={row.path}>
              <span className="mono mut" role="rowheader">
                {row.path || "·"}
              </span>
              <span role="cell">
                {row.changed && row.before !== null && <del className="mono">{row.before}</del>}
                {row.changed && row.after !== null && <ins className="mono">{row.after}</ins>}
                {!row.changed && <span className="mono fg-2">{row.after}</span>}
              </span>
            </div>
          ))}
        </div>
      )}
      {same > 0 && (
        <button type="button" className="link small" onClick={() => setAll((was) => !was)}>
          {all ? t("diff.fold") : t("diff.unchanged", { count: same })}
        </button>
      )}
    </>
  );
}
