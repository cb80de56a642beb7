// An empty list says why and what can be done: which filters stand in the way, and a way to switch one off. Without any filter, the
// screen's own words.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../feedback";
import type { ListSearch } from "../hooks/listSearch";
import { formatChip, parseChips } from "./chips";
import type { FieldSpec } from "./fields";

type NothingMatchesProps<F extends string> = {
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  fields: readonly FieldSpec<F>[];
  /** Words for a list that is empty as it is. */
  none: string;
  noneText: string;
};

export function NothingMatches<F extends string>(props: NothingMatchesProps<F>) {
  const { search, onSearch, fields } = props;
  const { t } = useTranslation("grid");
  const chips = parseChips(
    search.f,
    fields.map((one) => one.field),
  );
  const on = chips.filter((chip) => !chip.off && chip.values.length > 0);
  if (on.length === 0 && !search.q) return <EmptyState title={props.none}>{props.noneText}</EmptyState>;
  const last = on.at(-1);
  const label = fields.find((one) => one.field === last?.field)?.label ?? "";
  return (
    <EmptyState
      title={t("none.title")}
      actions={
        <>
          {last && (
            <Button
              onClick={() =>
                onSearch({
                  ...search,
                  f: chips.map((chip) => formatChip(chip === last ? { ...chip, off: true } : chip)),
                })
              }
            >
              {t("none.switchOff", { filter: label })}
            </Button>
          )}
          <Button
            variant="subtle"
            onClick={() => {
              const { q: _q, f: _f, ...rest } = search;
              onSearch(rest);
            }}
          >
            {t("none.clear")}
          </Button>
        </>
      }
    >
      {t("none.filters", { count: on.length })}
    </EmptyState>
  );
}
