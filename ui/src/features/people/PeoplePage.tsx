// The list of people, with one of them in a pane beside it where there is room.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, type User, type UserField, type UserSort, useAppInfo } from "../../ipc";
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
import { peopleColumns } from "./columns";
import { PersonDetail } from "./PersonDetail";
import { ROLES, STATUSES, type Words } from "./words";

const route = getRouteApi("/people");
const SORTS: readonly UserSort[] = ["id", "username", "email"];
const NEWEST_FIRST = { by: "id", descending: true } as const;
const FIELDS: readonly UserField[] = ["status", "role", "created", "deleted"];

function fieldSpecs(t: Words): FieldSpec<UserField>[] {
  return [
    {
      field: "status",
      label: t("field.status"),
      kind: "choice",
      open: true,
      choices: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
    },
    {
      field: "role",
      label: t("field.role"),
      kind: "choice",
      open: true,
      choices: ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
    },
    { field: "created", label: t("field.created"), kind: "period" },
    { field: "deleted", label: t("field.deleted"), kind: "flag" },
  ];
}

export function PeoplePage() {
  const { t } = useTranslation("people");
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
    "people",
    useMemo(() => peopleColumns(t, format), [t, format]),
  );
  const { rows, state } = useKeysetRows<User>(
    ["people", profile, filter, formatSort(sort)],
    (after, limit) => api.userList({ filter, sort, page: { after, limit } }),
    profile !== undefined,
  );
  const total = useQuery({
    queryKey: ["people_count", profile, filter],
    queryFn: () => api.userCount(filter),
    staleTime: 30_000,
    enabled: profile !== undefined,
  });
  const setSearch = useCallback(
    (next: ListSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const open = useCallback(
    (user: User) => void navigate({ to: "/people/$id", params: { id: user.id } }),
    [navigate],
  );
  const peek = useCallback(
    (user: User | null) => {
      const { show: _, ...rest } = search;
      setSearch(user ? { ...rest, show: user.id } : rest);
    },
    [search, setSearch],
  );
  const shown = wide ? search.show : undefined;

  return (
    <div className="screen">
      <ListHead
        title={t("title")}
        list="people"
        rows={rows}
        state={state}
        total={total.data}
        columns={columns}
      />
      <PartialBanner stores={["postgres"]} missing={{ postgres: t("missing.postgres") }} />
      <div className="list-and-pane">
        <div className="list-side">
          <FilterBar
            list="people"
            search={search}
            onSearch={setSearch}
            fields={fields}
            placeholder={t("find")}
            inputRef={searchBox}
            onLeave={gridFocus}
          />
          <EntityGrid
            label={t("title")}
            list="people"
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
            onOpenWindow={(row) => void api.windowOpen(`/people/${row.id}`)}
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
            <PersonDetail
              key={shown}
              id={shown}
              variant="pane"
              onClose={() => peek(null)}
              onOpen={() => void navigate({ to: "/people/$id", params: { id: shown } })}
            />
          </aside>
        )}
      </div>
    </div>
  );
}
