// What of the meeting lies in S3: recordings (their rows from PostgreSQL) and documents.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Meeting, Recording } from "../../../ipc";
import { Part, Stopped } from "../../../shared/detail";
import { useFormat } from "../../../shared/format";
import { Icon } from "../../../shared/theme";
import { documentsQuery, recordingsQuery } from "../queries";

const nameOf = (key: string) => key.slice(key.lastIndexOf("/") + 1);

export function Recordings({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("meetings");
  const query = useQuery(recordingsQuery(meeting.id, meeting.live));
  return (
    <Part
      title={t("part.recordings")}
      store="postgres"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => <Stopped at={data.items.length} when={data.truncated} />}
      lines={1}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t("noRecordings")}</p>
        ) : (
          data.items.map((one) => <RecordingLine key={one.id} recording={one} />)
        )
      }
    </Part>
  );
}

function RecordingLine({ recording }: { recording: Recording }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const usual = recording.status === "completed";
  const tone = recording.status === "failed" ? "tag tag-down" : "tag tag-warn";
  const known = ["processing", "failed"] as const;
  const word = known.find((one) => one === recording.status);
  return (
    <Link
      to="/recordings/$id"
      params={{ id: recording.id }}
      className="file-line"
      title={recording.file_path}
    >
      <span className="tone-down">
        <Icon name="recordings" size={14} />
      </span>
      <span className="mono cut">{nameOf(recording.file_path)}</span>
      <span className="mut num">
        {format.duration(recording.duration_s)} · {format.size(recording.size_bytes)}
      </span>
      {!usual && recording.status && (
        <span className={tone}>{word ? t(`recordingState.${word}`) : recording.status}</span>
      )}
    </Link>
  );
}

export function Documents({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const query = useQuery(documentsQuery(meeting.id));
  return (
    <Part
      title={t("part.documents")}
      store="s3"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {data.items.length > 0 && t("objects", { count: data.items.length })}{" "}
          <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      lines={1}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t("noDocuments")}</p>
        ) : (
          data.items.map((one) => (
            <div key={one.key} className="file-line" title={one.key}>
              <span className="mut">
                <Icon name="file" size={14} />
              </span>
              <span className="mono cut">{nameOf(one.key)}</span>
              <span className="mut num">{format.size(one.size_bytes)}</span>
            </div>
          ))
        )
      }
    </Part>
  );
}
