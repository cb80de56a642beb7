// AI results and their roll-ups. Results differ by type and roll-ups have no published shape: emotions are put in words, the rest is shown as
// it is held.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AiResult, Meeting } from "../../../ipc";
import { Part, Stopped } from "../../../shared/detail";
import { useFormat } from "../../../shared/format";
import { emotionsOf, useEmotionWord } from "../../../shared/timeline";
import { aiResultsQuery, analysisQuery } from "../queries";

export function AiResults({ meeting, lines }: { meeting: Meeting; lines: number }) {
  const { t } = useTranslation("meetings");
  const query = useQuery(aiResultsQuery(meeting.id, meeting.live));
  const [all, setAll] = useState(false);
  return (
    <Part
      title={t("part.ai")}
      store="mongodb"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => (
        <>
          {t("results", { count: data.items.length })}{" "}
          <Stopped at={data.items.length} when={data.truncated} />
        </>
      )}
      lines={2}
    >
      {(data) => (
        <>
          {(all ? data.items : data.items.slice(0, lines)).map((one) => (
            <Result key={one.id} result={one} />
          ))}
          {data.items.length === 0 && <p className="mut small">{t("noResults")}</p>}
          {data.items.length > lines && (
            <div className="more-line">
              <button type="button" className="link" onClick={() => setAll(!all)}>
                {all ? t("less") : t("allResults", { count: data.items.length })}
              </button>
            </div>
          )}
        </>
      )}
    </Part>
  );
}

function Result({ result }: { result: AiResult }) {
  const emotionWord = useEmotionWord();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [emotion] = emotionsOf([result]);
  const raw = JSON.stringify(result.result);
  return (
    <>
      <div className="ai-line">
        <span className="mut num" title={result.created_at ? format.exact(result.created_at) : undefined}>
          {result.created_at ? format.timeS(result.created_at) : format.dash}
        </span>
        <span className="cut" dir="auto">
          {result.participant_name ?? result.participant_id ?? format.dash}
        </span>
        <button
          type="button"
          className="link cut"
          style={{ textAlign: "left", color: "inherit" }}
          aria-expanded={open}
          title={raw}
          onClick={() => setOpen(!open)}
        >
          {emotion ? (
            <>
              {emotionWord(emotion.key)}{" "}
              {emotion.confidence !== null && (
                <span className="mut num">{emotion.confidence.toFixed(2)}</span>
              )}
            </>
          ) : (
            <>
              <span className="mono">{result.analysis_type}</span> <span className="mut mono">{raw}</span>
            </>
          )}
        </button>
      </div>
      {open && <pre className="raw">{JSON.stringify(result.result, null, 2)}</pre>}
    </>
  );
}

export function Analysis({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("meetings");
  const query = useQuery(analysisQuery(meeting.id));
  return (
    <Part
      title={t("part.analysis")}
      store="mongodb"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => <Stopped at={data.items.length} when={data.truncated} />}
      lines={2}
    >
      {(data) =>
        data.items.length === 0 ? (
          <p className="mut small">{t("noAnalysis")}</p>
        ) : (
          data.items.map((one) => (
            <pre className="raw" key={one.id}>
              {JSON.stringify(one.document, null, 2)}
            </pre>
          ))
        )
      }
    </Part>
  );
}
