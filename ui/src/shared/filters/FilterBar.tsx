// Search box, chips, "add a filter", saved views. Its whole state is the address: it holds none of its own but which chip was just added.
import { ActionIcon, Button, Menu, Popover, TextInput, Tooltip } from "@mantine/core";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../hooks";
import type { ListSearch } from "../hooks/listSearch";
import { Icon } from "../theme";
import { type Chip, formatChip, parseChips, withChip, withoutChip } from "./chips";
import { FilterChip } from "./FilterChip";
import type { FieldSpec } from "./fields";
import "./filters.css";
import { SearchBox } from "./SearchBox";
import { type SavedView, useViews, viewShown } from "./views";

type FilterBarProps<F extends string> = {
  list: string;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  fields: readonly FieldSpec<F>[];
  placeholder: string;
  inputRef?: RefObject<HTMLInputElement | null>;
  onLeave?: () => void;
  /** Views that ship with the list. */
  shipped?: readonly SavedView[];
};

export function FilterBar<F extends string>(props: FilterBarProps<F>) {
  const { search, onSearch, fields } = props;
  const { t } = useTranslation("grid");
  const [fresh, setFresh] = useState(-1);
  const chips = parseChips(
    search.f,
    fields.map((one) => one.field),
  );
  const set = (next: readonly Chip[]) => {
    const { f: _, ...rest } = search;
    onSearch(next.length === 0 ? rest : { ...rest, f: next.map(formatChip) });
  };
  const add = (spec: FieldSpec<F>) => {
    setFresh(chips.length);
    const values = spec.kind === "flag" ? ["yes"] : spec.kind === "period" ? ["today"] : [];
    set([...chips, { field: spec.field, negated: false, off: false, values }]);
  };
  return (
    <div className="filters" role="toolbar" aria-label={t("filters")}>
      <SearchBox
        value={search.q ?? ""}
        placeholder={props.placeholder}
        inputRef={props.inputRef}
        onLeave={props.onLeave}
        onSearch={(text) => {
          const { q: _, ...rest } = search;
          onSearch(text === "" ? rest : { ...rest, q: text });
        }}
      />
      {chips.map((chip, n) => {
        const spec = fields.find((one) => one.field === chip.field);
        return (
          spec && (
            <FilterChip
              key={`${n}-${chip.field}`}
              chip={chip}
              spec={spec}
              fresh={n === fresh}
              onChange={(next) => set(withChip(chips, n, next as Chip<F>))}
              onRemove={() => {
                setFresh(-1);
                set(withoutChip(chips, n));
              }}
            />
          )
        );
      })}
      <Menu>
        <Menu.Target>
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} className="filters-add">
            {t("addFilter")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {fields.map((spec) => (
            <Menu.Item key={spec.field} onClick={() => add(spec)}>
              {spec.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Views list={props.list} search={search} onSearch={onSearch} shipped={props.shipped} />
    </div>
  );
}

const NONE: readonly SavedView[] = [];

function Views({
  list,
  search,
  onSearch,
  shipped = NONE,
}: Pick<FilterBarProps<string>, "list" | "search" | "onSearch" | "shipped">) {
  const { t } = useTranslation("grid");
  const { views, save, forget } = useViews(list);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const shown = viewShown([...shipped, ...views], search);
  const show = (view: SavedView) => {
    onSearch({ ...view.search, ...(search.show ? { show: search.show } : {}) });
    setOpen(false);
  };
  const keep = () => {
    if (name.trim() === "") return;
    save(name.trim(), search);
    setName("");
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <span className="push views">
          {shown && <span className="mid small cut">{shown.name}</span>}
          <Tooltip label={t("views")}>
            <ActionIcon aria-label={t("views")} aria-expanded={open} onClick={() => setOpen(!open)}>
              <Icon name="bookmark" />
            </ActionIcon>
          </Tooltip>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="picker views-list">
          {shipped.map((view) => (
            <button type="button" className="picker-row" key={view.name} onClick={() => show(view)}>
              <span className="cut">{view.name}</span>
            </button>
          ))}
          {views.map((view) => (
            <div className="picker-row-of" key={view.name}>
              <button type="button" className="picker-row grow" onClick={() => show(view)}>
                <span className="cut">{view.name}</span>
              </button>
              <ActionIcon
                size="xs"
                aria-label={t("forgetView", { name: view.name })}
                onClick={() => forget(view.name)}
              >
                <Icon name="trash" size={12} />
              </ActionIcon>
            </div>
          ))}
          {views.length + shipped.length === 0 && <div className="mut small">{t("noViews")}</div>}
          <div className="picker-row-of">
            <TextInput
              className="grow"
              aria-label={t("viewName")}
              placeholder={t("viewName")}
              value={name}
              maxLength={60}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !isComposing(event.nativeEvent)) keep();
              }}
            />
            <Button onClick={keep} disabled={name.trim() === ""}>
              {t("saveView")}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
