// What the platform's services logged about the meeting, newest first. A line opens to its further fields.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LogLine, Meeting } from "../../../ipc";
import { Part, Stopped } from "../../../shared/detail";
import { useFormat } from "../../../shared/format";
import { levelWeight } from "../../../shared/timeline";
import { logsQuery } from "../queries";

const newestFirst = (a: LogLine, b: LogLine) => (b.timestamp ?? "").localeCompare(a.timestamp ?? "");

export function Logs({ meeting, lines }: { meeting: Meeting; lines: number }) {
  const { t } = useTranslation("meetings");
  const query = useQuery(logsQuery(meeting.id, meeting.live));
  const [all, setAll] = useState(false);
  return (
    <Part
      title={t("part.logs")}
      store="mongodb"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t("lines", {
            count: data.items.length,
            errors: data.items.filter((line) => levelWeight(line.level) >= 3).length,
          })}{" "}
          <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      lines={lines}
    >
      {(data) => {
        if (data.items.length === 0) return <p className="mut small">{t("noLogs")}</p>;
        const sorted = [...data.items].sort(newestFirst);
        return (
          <>
            {(all ? sorted : sorted.slice(0, lines)).map((line) => (
              <Line key={line.id} line={line} />
            ))}
            {sorted.length > lines && (
              <div className="more-line">
                <button type="button" className="link" onClick={() => setAll(!all)}>
                  {all ? t("less") : t("allLines", { count: sorted.length })}
                </button>
              </div>
            )}
          </>
        );
      }}
    </Part>
  );
}

const LEVEL_TONE = ["mut", "", "tone-warn", "tone-down", "tone-down"] as const;

function Line({ line }: { line: LogLine }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const level = levelWeight(line.level);
  return (
    <>
      <button type="button" className="log-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="mut" title={line.timestamp ? format.exact(line.timestamp) : undefined}>
          {line.timestamp ? format.timeS(line.timestamp) : format.dash}
        </span>
        <span className={LEVEL_TONE[level]} style={level === 1 ? { color: "var(--info)" } : undefined}>
          {line.level}
        </span>
        <span className="fg-2 cut" title={line.service}>
          {line.service}
        </span>
        <span className="cut" dir="auto" title={line.message}>
          {line.message}
        </span>
      </button>
      {open && (
        <pre className="raw">
          {line.message}
          {line.fields !== null && `\n${JSON.stringify(line.fields, null, 2)}`}
        </pre>
      )}
    </>
  );
}
