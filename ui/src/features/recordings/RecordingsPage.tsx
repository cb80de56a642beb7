// The list of recordings, with the facts of one of them in a pane beside it where there is room; Enter plays.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, type Recording, type RecordingField, type RecordingSort, useAppInfo } from "../../ipc";
import { useWide } from "../../shared/detail";
import { PartialBanner } from "../../shared/feedback";
import {
  type FieldSpec,
  FilterBar,
  formatSort,
  NothingMatches,
  sortOf,
  useFilter,
} from "../../shared/filters";
import { useFormat } from "../../shared/format";
import { EntityGrid, ListHead, useColumns, useGridKeys, useKeysetRows } from "../../shared/grid";
import type { ListSearch } from "../../shared/hooks/listSearch";
import { recordingColumns } from "./columns";
import { RecordingPane } from "./RecordingPane";
import "./recordings.css";
import { FORMATS, STATUSES, type Words } from "./words";

const route = getRouteApi("/recordings");
const SORTS: readonly RecordingSort[] = ["id"];
const NEWEST_FIRST = { by: "id", descending: true } as const;
const FIELDS: readonly RecordingField[] = ["status", "format", "created", "meeting"];

function fieldSpecs(t: Words): FieldSpec<RecordingField>[] {
  return [
    {
      field: "status",
      label: t("field.status"),
      kind: "choice",
      open: true,
      choices: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
    },
    {
      field: "format",
      label: t("field.format"),
      kind: "choice",
      open: true,
      choices: FORMATS.map((value) => ({ value, label: value })),
    },
    { field: "created", label: t("field.created"), kind: "period" },
    { field: "meeting", label: t("field.meeting"), kind: "ids" },
  ];
}

export function RecordingsPage() {
  const { t } = useTranslation("recordings");
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const wide = useWide();
  const searchBox = useRef<HTMLInputElement>(null);
  const gridFocus = useGridKeys(searchBox);
  const profile = useAppInfo().data?.profile?.name;
  const filter = useFilter(search, FIELDS);
  const sort = sortOf(search.sort, SORTS, NEWEST_FIRST);
  const fields = useMemo(() => fieldSpecs(t), [t]);
  const columns = useColumns(
    "recordings",
    useMemo(() => recordingColumns(t, format), [t, format]),
  );
  const { rows, state } = useKeysetRows<Recording>(
    ["recordings", profile, filter, formatSort(sort)],
    (after, limit) => api.recordingList({ filter, sort, page: { after, limit } }),
    profile !== undefined,
  );
  const total = useQuery({
    queryKey: ["recordings_count", profile, filter],
    queryFn: () => api.recordingCount(filter),
    staleTime: 30_000,
    enabled: profile !== undefined,
  });
  const setSearch = useCallback(
    (next: ListSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const openId = useCallback(
    (id: string) => void navigate({ to: "/recordings/$id", params: { id } }),
    [navigate],
  );
  const open = useCallback((recording: Recording) => openId(recording.id), [openId]);
  const peek = useCallback(
    (recording: Recording | null) => {
      const { show: _, ...rest } = search;
      setSearch(recording ? { ...rest, show: recording.id } : rest);
    },
    [search, setSearch],
  );
  const shown = wide ? search.show : undefined;

  return (
    <div className="screen">
      <ListHead
        title={t("title")}
        list="recordings"
        rows={rows}
        state={state}
        total={total.data}
        columns={columns}
      />
      <PartialBanner
        stores={["postgres", "s3"]}
        missing={{ postgres: t("missing.postgres"), s3: t("missing.s3") }}
      />
      <div className="list-and-pane">
        <div className="list-side">
          <FilterBar
            list="recordings"
            search={search}
            onSearch={setSearch}
            fields={fields}
            placeholder={t("find")}
            inputRef={searchBox}
            onLeave={gridFocus}
          />
          <EntityGrid
            label={t("title")}
            list="recordings"
            columns={columns}
            rows={rows}
            state={state}
            total={total.data && !total.data.estimated ? total.data.value : null}
            idOf={(row) => row.id}
            shown={shown}
            sort={sort}
            onSort={(next) => setSearch({ ...search, sort: formatSort(next) })}
            onOpen={open}
            onPeek={wide ? peek : undefined}
            onOpenWindow={(row) => void api.windowOpen(`/recordings/${row.id}`)}
            searchBox={searchBox}
            errorTitle={t("failed")}
            note={t(`sorted.${sort.by}.${sort.descending ? "descending" : "ascending"}`)}
            empty={
              <NothingMatches
                search={search}
                onSearch={setSearch}
                fields={fields}
                none={t("none")}
                noneText={t("noneText")}
              />
            }
          />
        </div>
        {shown !== undefined && (
          <aside className="pane pane-narrow" aria-label={t("pane")}>
            <RecordingPane key={shown} id={shown} onClose={() => peek(null)} onOpen={() => openId(shown)} />
          </aside>
        )}
      </div>
    </div>
  );
}
