// Media streams: whose, of what kind, codec, rate, size of picture.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../../ipc";
import { Part, Stopped } from "../../../shared/detail";
import { useFormat } from "../../../shared/format";
import { streamsQuery } from "../queries";

export function Streams({ meeting, lines }: { meeting: Meeting; lines: number }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const query = useQuery(streamsQuery(meeting.id, meeting.live));
  const [all, setAll] = useState(false);
  return (
    <Part
      title={t("part.streams")}
      store="postgres"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t("streams", { count: data.items.length })}{" "}
          <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      lines={2}
    >
      {(data) => (
        <>
          {(all ? data.items : data.items.slice(0, lines)).map((one) => (
            <div className="stream-line" key={one.id}>
              <span className="cut" dir="auto">
                {one.participant_name ?? one.participant_id}
              </span>
              <span className="mut cut">{one.stream_type ?? format.dash}</span>
              <span className="mono cut">{one.codec ?? format.dash}</span>
              <span className="num fg-2 cut">{one.resolution?.replace("x", "×") ?? format.dash}</span>
              <span className="num end-aligned fg-2 cut">
                {one.bitrate_bps === null
                  ? format.dash
                  : t("kbps", { value: format.integer(Math.round(one.bitrate_bps / 1000)) })}
              </span>
            </div>
          ))}
          {data.items.length === 0 && <p className="mut small">{t("noStreams")}</p>}
          {data.items.length > lines && (
            <div className="more-line">
              <button type="button" className="link" onClick={() => setAll(!all)}>
                {all ? t("less") : t("allStreams", { count: data.items.length })}
              </button>
            </div>
          )}
        </>
      )}
    </Part>
  );
}
