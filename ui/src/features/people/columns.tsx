// The columns of the list of people.
import type { User } from "../../ipc";
import { StateWord } from "../../shared/feedback";
import type { Format } from "../../shared/format";
import type { Column } from "../../shared/grid";
import { personRole, personStatus, type Words } from "./words";

export function peopleColumns(t: Words, format: Format): Column<User>[] {
  const moment = (at: string | null) => (at === null ? "" : format.iso(at));
  const exact = (at: string | null) => (at === null ? undefined : format.exact(at));
  const day = (at: string | null) => (
    <time className="cut fg-2" dateTime={at ?? undefined}>
      {at ? format.day(at) : format.dash}
    </time>
  );
  return [
    {
      id: "id",
      label: t("column.id"),
      width: 62,
      mono: true,
      sort: "id",
      cell: (row) => <span className="cut">{row.id}</span>,
      text: (row) => row.id,
    },
    {
      id: "username",
      label: t("column.username"),
      width: 118,
      mono: true,
      fixed: true,
      sort: "username",
      cell: (row) => <span className="cut">{row.username}</span>,
      text: (row) => row.username,
    },
    {
      id: "name",
      label: t("column.name"),
      width: 112,
      grow: true,
      cell: (row) => (
        <span className="cut" dir="auto">
          {row.full_name ?? <span className="mut">{format.dash}</span>}
        </span>
      ),
      text: (row) => row.full_name ?? "",
    },
    {
      id: "email",
      label: t("column.email"),
      width: 170,
      grow: true,
      sort: "email",
      cell: (row) => <span className="cut fg-2">{row.email}</span>,
      text: (row) => row.email,
    },
    {
      id: "status",
      label: t("column.status"),
      width: 98,
      cell: (row) => {
        const { tone, word } = personStatus(t, row);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
      text: (row) => row.status ?? "",
    },
    {
      id: "role",
      label: t("column.role"),
      width: 76,
      cell: (row) => <span className="cut">{personRole(t, row.role)}</span>,
      text: (row) => row.role ?? "",
    },
    {
      id: "created",
      label: t("column.created"),
      width: 96,
      cell: (row) => day(row.created_at),
      title: (row) => exact(row.created_at),
      text: (row) => moment(row.created_at),
    },
    {
      id: "updated",
      label: t("column.updated"),
      width: 96,
      optional: true,
      cell: (row) => day(row.updated_at),
      title: (row) => exact(row.updated_at),
      text: (row) => moment(row.updated_at),
    },
    {
      id: "deleted",
      label: t("column.deleted"),
      width: 96,
      optional: true,
      cell: (row) => day(row.deleted_at),
      title: (row) => exact(row.deleted_at),
      text: (row) => moment(row.deleted_at),
    },
  ];
}
