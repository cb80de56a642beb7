// The list of meetings, with one of them in a pane beside it where there is room.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, type Meeting, type MeetingField, type MeetingSort, useAppInfo } from "../../ipc";
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
import { meetingColumns } from "./columns";
import { MeetingDetail } from "./MeetingDetail";
import type { Words } from "./words";

const route = getRouteApi("/meetings");
const SORTS: readonly MeetingSort[] = ["start", "id"];
const NEWEST_FIRST = { by: "start", descending: true } as const;
const FIELDS: readonly MeetingField[] = [
  "start",
  "status",
  "live",
  "recorded",
  "creator",
  "participant",
  "deleted",
];

function fieldSpecs(t: Words): FieldSpec<MeetingField>[] {
  const states = ["active", "scheduled", "ended", "cancelled"] as const;
  const label = (field: MeetingField) => t(`field.${field}`);
  return [
    { field: "start", label: label("start"), kind: "period" },
    {
      field: "status",
      label: label("status"),
      kind: "choice",
      open: true,
      choices: states.map((value) => ({ value, label: t(`stateWord.${value}`) })),
    },
    { field: "live", label: label("live"), kind: "flag" },
    { field: "recorded", label: label("recorded"), kind: "flag" },
    { field: "creator", label: label("creator"), kind: "person" },
    { field: "participant", label: label("participant"), kind: "person" },
    { field: "deleted", label: label("deleted"), kind: "flag" },
  ];
}

export function MeetingsPage() {
  const { t } = useTranslation("meetings");
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
  const shipped = useMemo(
    () => [
      { name: t("view.live"), search: { f: ["live=yes"] } },
      { name: t("view.today"), search: { f: ["start=today"] } },
      { name: t("view.past"), search: { f: ["start=30d", "status!=scheduled"] } },
      { name: t("view.recorded"), search: { f: ["recorded=yes"] } },
    ],
    [t],
  );
  const columns = useColumns(
    "meetings",
    useMemo(() => meetingColumns(t, format), [t, format]),
  );
  const { rows, state } = useKeysetRows<Meeting>(
    ["meetings", profile, filter, formatSort(sort)],
    (after, limit) => api.meetingList({ filter, sort, page: { after, limit } }),
    profile !== undefined,
  );
  const total = useQuery({
    queryKey: ["meetings_count", profile, filter],
    queryFn: () => api.meetingCount(filter),
    staleTime: 30_000,
    enabled: profile !== undefined,
  });
  const setSearch = useCallback(
    (next: ListSearch, replace = true) => void navigate({ search: next, replace }),
    [navigate],
  );
  const open = useCallback(
    (meeting: Meeting) => void navigate({ to: "/meetings/$id", params: { id: meeting.id } }),
    [navigate],
  );
  const peek = useCallback(
    (meeting: Meeting | null) => {
      const { show: _, ...rest } = search;
      setSearch(meeting ? { ...rest, show: meeting.id } : rest);
    },
    [search, setSearch],
  );
  const shown = wide ? search.show : undefined;

  return (
    <div className="screen">
      <ListHead
        title={t("title")}
        list="meetings"
        rows={rows}
        state={state}
        total={total.data}
        columns={columns}
      />
      <PartialBanner stores={["postgres"]} missing={{ postgres: t("missing.postgres") }} />
      <div className="list-and-pane">
        <div className="list-side">
          <FilterBar
            list="meetings"
            search={search}
            onSearch={setSearch}
            fields={fields}
            placeholder={t("find")}
            inputRef={searchBox}
            onLeave={gridFocus}
            shipped={shipped}
          />
          <EntityGrid
            label={t("title")}
            list="meetings"
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
            onOpenWindow={(row) => void api.windowOpen(`/meetings/${row.id}`)}
            searchBox={searchBox}
            rowClass={(row) => (row.deleted_at === null ? undefined : "is-faded")}
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
          <aside className="pane" aria-label={t("pane")}>
            <MeetingDetail
              key={shown}
              id={shown}
              variant="pane"
              onClose={() => peek(null)}
              onOpen={() => void navigate({ to: "/meetings/$id", params: { id: shown } })}
            />
          </aside>
        )}
      </div>
    </div>
  );
}
