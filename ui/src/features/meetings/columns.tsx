// The columns of the list of meetings.
import type { Meeting } from "../../ipc";
import { StateWord } from "../../shared/feedback";
import type { Format } from "../../shared/format";
import type { Column } from "../../shared/grid";
import { Icon } from "../../shared/theme";
import { Lasted } from "./Lasted";
import { lasted, meetingState, type Words } from "./words";

export function meetingColumns(t: Words, format: Format): Column<Meeting>[] {
  // A screenful has a handful of states: each is put in words once.
  const states = new Map<string, ReturnType<typeof meetingState>>();
  const stateOf = (row: Meeting) => {
    const key = `${row.live} ${row.status}`;
    const found = states.get(key) ?? meetingState(t, row);
    states.set(key, found);
    return found;
  };
  const moment = (at: string | null) => (at === null ? "" : format.iso(at));
  return [
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
      id: "title",
      label: t("column.title"),
      width: 176,
      grow: true,
      fixed: true,
      cell: (row) => (
        <span className="cut" dir="auto">
          {row.title}
        </span>
      ),
      text: (row) => row.title,
    },
    {
      id: "status",
      label: t("column.state"),
      width: 96,
      cell: (row) => {
        const { tone, word } = stateOf(row);
        return <StateWord tone={tone}>{word}</StateWord>;
      },
      text: (row) => row.status ?? "",
    },
    {
      id: "start",
      label: t("column.start"),
      width: 112,
      sort: "start",
      cell: (row) => (
        <time className="cut fg-2" dateTime={row.start_time}>
          {format.moment(row.start_time)}
        </time>
      ),
      title: (row) => format.exact(row.start_time),
      text: (row) => format.iso(row.start_time),
    },
    {
      id: "lasted",
      label: t("column.lasted"),
      width: 84,
      align: "end",
      cell: (row) => (row.live ? <Lasted meeting={row} /> : format.duration(lasted(row, Date.now()))),
      text: (row) =>
        row.end_time === null
          ? ""
          : String((new Date(row.end_time).getTime() - new Date(row.start_time).getTime()) / 1000),
    },
    {
      id: "people",
      label: t("column.people"),
      width: 56,
      align: "end",
      cell: (row) => <>{row.participant_count === 0 ? format.dash : format.integer(row.participant_count)}</>,
      text: (row) => String(row.participant_count),
    },
    {
      id: "recorded",
      label: t("column.recorded"),
      quietHeading: true,
      width: 38,
      cell: (row) => <RecordedSign t={t} meeting={row} />,
      text: (row) => String(row.recording_count),
    },
    {
      id: "creator",
      label: t("column.creator"),
      width: 98,
      grow: true,
      cell: (row) => (
        <span className="cut" dir="auto">
          {row.creator_name ?? row.creator_id}
        </span>
      ),
      text: (row) => row.creator_name ?? row.creator_id,
    },
    {
      id: "end",
      label: t("column.end"),
      width: 112,
      optional: true,
      cell: (row) => <span className="cut fg-2">{format.moment(row.end_time)}</span>,
      text: (row) => moment(row.end_time),
    },
    {
      id: "seats",
      label: t("column.seats"),
      width: 66,
      align: "end",
      optional: true,
      cell: (row) => (
        <>{row.max_participants === null ? format.dash : format.integer(row.max_participants)}</>
      ),
      text: (row) => String(row.max_participants ?? ""),
    },
    {
      id: "updated",
      label: t("column.updated"),
      width: 112,
      optional: true,
      cell: (row) => <span className="cut fg-2">{format.moment(row.updated_at)}</span>,
      text: (row) => moment(row.updated_at),
    },
  ];
}

function RecordedSign({ t, meeting }: { t: Words; meeting: Meeting }) {
  if (meeting.recording_count === 0 && !meeting.is_recording) return null;
  const has = meeting.recording_count > 0;
  const words = has ? t("recordings", { count: meeting.recording_count }) : t("toBeRecorded");
  return (
    <span className={has ? "tone-down" : "mut"} title={words}>
      <Icon name="recordings" size={14} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
