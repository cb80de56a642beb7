// The columns of the list of recordings.
import { Link } from "@tanstack/react-router";
import type { Recording } from "../../ipc";
import { StateWord } from "../../shared/feedback";
import type { Format } from "../../shared/format";
import type { Column } from "../../shared/grid";
import { Thumbnail } from "./Thumbnail";
import { fileName, recordingStatus, type Words } from "./words";

export function recordingColumns(t: Words, format: Format): Column<Recording>[] {
  return [
    {
      id: "thumbnail",
      label: t("column.thumbnail"),
      quietHeading: true,
      width: 66,
      cell: (row) => <Thumbnail key={row.id} id={row.id} />,
      text: () => "",
    },
    {
      id: "id",
      label: t("column.id"),
      width: 70,
      mono: true,
      sort: "id",
      cell: (row) => <span className="cut">{row.id}</span>,
      text: (row) => row.id,
    },
    {
      id: "meeting",
      label: t("column.meeting"),
      width: 200,
      grow: true,
      fixed: true,
      cell: (row) => (
        <span className="cut" dir="auto">
          {row.meeting_title ?? row.meeting_id}
        </span>
      ),
      text: (row) => row.meeting_title ?? "",
    },
    {
      id: "file",
      label: t("column.file"),
      width: 220,
      grow: true,
      mono: true,
      cell: (row) => <span className="cut fg-2">{fileName(row.file_path)}</span>,
      title: (row) => row.file_path,
      text: (row) => row.file_path,
    },
    {
      id: "duration",
      label: t("column.duration"),
      width: 84,
      align: "end",
      cell: (row) => <>{row.duration_s === null ? format.dash : format.clock(row.duration_s)}</>,
      text: (row) => String(row.duration_s ?? ""),
    },
    {
      id: "size",
      label: t("column.size"),
      width: 82,
      align: "end",
      cell: (row) => <>{format.size(row.size_bytes)}</>,
      text: (row) => String(row.size_bytes ?? ""),
    },
    {
      id: "format",
      label: t("column.format"),
      width: 66,
      cell: (row) => <span className="cut fg-2">{row.format ?? format.dash}</span>,
      text: (row) => row.format ?? "",
    },
    {
      id: "status",
      label: t("column.status"),
      width: 108,
      cell: (row) => {
        const { tone, word } = recordingStatus(t, row);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
      text: (row) => row.status ?? "",
    },
    {
      id: "created",
      label: t("column.created"),
      width: 116,
      cell: (row) => (
        <time className="cut fg-2" dateTime={row.created_at ?? undefined}>
          {format.moment(row.created_at)}
        </time>
      ),
      title: (row) => (row.created_at === null ? undefined : format.exact(row.created_at)),
      text: (row) => (row.created_at === null ? "" : format.iso(row.created_at)),
    },
    {
      id: "meetingId",
      label: t("column.meetingId"),
      width: 84,
      mono: true,
      optional: true,
      cell: (row) => (
        <Link to="/meetings/$id" params={{ id: row.meeting_id }} className="quiet-link cut">
          {row.meeting_id}
        </Link>
      ),
      text: (row) => row.meeting_id,
    },
    {
      id: "updated",
      label: t("column.updated"),
      width: 116,
      optional: true,
      cell: (row) => <span className="cut fg-2">{format.moment(row.updated_at)}</span>,
      text: (row) => (row.updated_at === null ? "" : format.iso(row.updated_at)),
    },
  ];
}
