// A list's heading: title, how many of how many, how old, refresh, columns, export. Counts that are estimates say "about".
import { ActionIcon, Button, Checkbox, Menu, Popover, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Total } from "../../ipc";
import { AgeLabel } from "../feedback";
import { useFormat } from "../format";
import { Icon } from "../theme";
import { exportAll } from "./actions";
import type { Columns } from "./columns";
import { EXPORT_LIMIT } from "./exporting";
import type { RowSource, RowsState } from "./KeysetRows";

type ListHeadProps<T> = {
  title: string;
  list: string;
  rows: RowSource<T>;
  state: RowsState;
  total: Total | undefined;
  columns: Columns<T>;
  children?: ReactNode;
};

export function ListHead<T>({ title, list, rows, state, total, columns, children }: ListHeadProps<T>) {
  const { t } = useTranslation(["grid", "shared"]);
  return (
    <header className="head">
      <h1>{title}</h1>
      <span className="sub" aria-live="polite">
        <CountWords state={state} total={total} />
      </span>
      <Tooltip label={t("shared:action.refresh")}>
        <ActionIcon
          size="xs"
          aria-label={t("shared:action.refresh")}
          onClick={() => void rows.refresh()}
          disabled={state.refreshing}
        >
          <Icon name="refresh" size={14} />
        </ActionIcon>
      </Tooltip>
      <div className="head-end">
        {children}
        <ColumnsButton columns={columns} />
        <ExportButton list={list} rows={rows} columns={columns} state={state} total={total} />
      </div>
    </header>
  );
}

function CountWords({ state, total }: { state: RowsState; total: Total | undefined }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const loaded = format.integer(state.count);
  if (state.asOf === null) return null;
  const known = state.ended ? { value: state.count, estimated: false } : total;
  const words = !known
    ? t("count.loadedSome", { loaded })
    : t(known.estimated ? "count.loadedOfAbout" : "count.loadedOf", {
        loaded,
        total: format.integer(Math.max(known.value, state.count)),
      });
  return (
    <>
      {words} · <AgeLabel at={state.asOf} />
    </>
  );
}

export function ColumnsButton<T>({ columns }: { columns: Columns<T> }) {
  const { t } = useTranslation("grid");
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Icon name="columns" />} className="head-action">
          {t("columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="grid-columns" role="group" aria-label={t("columns")}>
          {columns.all.map((column) => (
            <Checkbox
              key={column.id}
              label={column.label}
              checked={columns.isShown(column.id)}
              disabled={column.fixed}
              onChange={() => columns.toggle(column.id)}
            />
          ))}
          <Button size="xs" variant="subtle" disabled={!columns.isChanged} onClick={columns.reset}>
            {t("resetColumns")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

type ExportButtonProps<T> = Pick<ListHeadProps<T>, "list" | "rows" | "columns" | "state" | "total">;

function ExportButton<T>({ list, rows, columns, state, total }: ExportButtonProps<T>) {
  const { t } = useTranslation("grid");
  const format = useFormat();
  const known = state.ended ? state.count : total && !total.estimated ? total.value : null;
  const label =
    known === null ? t("export") : t("exportCount", { value: format.integer(Math.min(known, EXPORT_LIMIT)) });
  const limit = t("exportLimit", { count: EXPORT_LIMIT });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" leftSection={<Icon name="download" />} disabled={state.count === 0}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{limit}</Menu.Label>
        <Menu.Item onClick={() => void exportAll(list, "csv", rows, columns.all)}>{t("exportCsv")}</Menu.Item>
        <Menu.Item onClick={() => void exportAll(list, "json", rows, columns.all)}>
          {t("exportJson")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
