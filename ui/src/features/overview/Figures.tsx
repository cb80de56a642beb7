// The span's figures, each with its change against the span before and its course. A figure whose store is away says so in its place.
import { Tooltip } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ApiFailure, Figure, Overview, OverviewSpan } from "../../ipc";
import { Spark } from "../../shared/charts";
import { Bone, Delayed, ErrorLine, errorWords, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";

const KINDS = [
  "meetings",
  "people_in_rooms",
  "recordings",
  "chat_messages",
  "ai_results",
  "error_lines",
] as const;
/** Up to here the figure is written out; past it, in thousands. */
const WRITTEN_OUT = 100_000;
const SPARK = { width: 112, height: 22 };

function Change({ figure }: { figure: Figure }) {
  const format = useFormat();
  const { t } = useTranslation("overview");
  if (figure.kind === "people_in_rooms") return <span>{t("figure.now")}</span>;
  if (figure.size_bytes !== null) return <span>{format.size(figure.size_bytes)}</span>;
  if (figure.value === null || figure.previous === null || figure.previous === 0) return null;
  return (
    <Tooltip label={t("figure.before", { value: format.integer(figure.previous) })}>
      <span>{format.change(figure.value / figure.previous - 1)}</span>
    </Tooltip>
  );
}

function FigureCell({ figure, label }: { figure: Figure; label: string }) {
  const { t } = useTranslation(["overview", "errors", "shared"]);
  const { t: words } = useTranslation(["errors", "shared"]);
  const format = useFormat();
  const written = (value: number) => (value < WRITTEN_OUT ? format.integer(value) : format.count(value));
  const colour = figure.kind === "error_lines" && (figure.value ?? 0) > 0 ? "var(--down-fill)" : "var(--c1)";
  return (
    <div className="figure">
      <span className="mut cut">{label}</span>
      {figure.problem ? (
        <Tooltip label={`${errorWords(words, figure.problem).title}. ${figure.problem.message}`} multiline>
          <span className="figure-away">
            <StateWord tone="down">{t("shared:unavailable")}</StateWord>
          </span>
        </Tooltip>
      ) : (
        <div className="figure-line">
          <b>
            {figure.value === null
              ? format.dash
              : figure.at_least
                ? `≥ ${written(figure.value)}`
                : written(figure.value)}
          </b>
          <span className="mut num figure-change cut">
            <Change figure={figure} />
          </span>
        </div>
      )}
      {figure.problem ? (
        <div className="hatch" style={{ ...SPARK, maxWidth: "100%" }} />
      ) : (
        figure.course.length > 1 && (
          <Spark
            values={figure.course}
            {...SPARK}
            colour={colour}
            label={t("overview:figure.course", { figure: label })}
          />
        )
      )}
    </div>
  );
}

function QueueCell({ overview }: { overview: Overview }) {
  const { t } = useTranslation(["overview", "shared"]);
  const format = useFormat();
  return (
    <div className="figure">
      <span className="mut cut">{t("overview:figure.queue")}</span>
      {overview.queue_problem ? (
        <Tooltip label={overview.queue_problem.message} multiline>
          <span className="figure-away">
            <StateWord tone="down">{t("shared:unavailable")}</StateWord>
          </span>
        </Tooltip>
      ) : (
        <div className="figure-line">
          <b>
            {overview.queue_length === null
              ? format.dash
              : (overview.queue_length < WRITTEN_OUT ? format.integer : format.count)(overview.queue_length)}
          </b>
          <span className="mut figure-change cut">{t("overview:figure.waiting")}</span>
        </div>
      )}
      {overview.queue_problem ? (
        <div className="hatch" style={{ ...SPARK, maxWidth: "100%" }} />
      ) : (
        <span className="mut cut" title="queue:notifications">
          {t("overview:figure.notifications")}
        </span>
      )}
    </div>
  );
}

type FiguresProps = { query: UseQueryResult<Overview, ApiFailure>; span: OverviewSpan };

export function Figures({ query, span }: FiguresProps) {
  const { t } = useTranslation("overview");
  const label = (kind: (typeof KINDS)[number]) =>
    kind === "meetings" ? t(`figure.meetings.${span}`) : t(`figure.${kind}`);
  if (query.isError && !query.data) {
    return (
      <div className="sec figures-error">
        <ErrorLine error={query.error} onRetry={() => query.refetch()} />
      </div>
    );
  }
  return (
    <section className="figures" aria-label={t("figure.label")}>
      {KINDS.map((kind) => {
        const figure = query.data?.figures.find((one) => one.kind === kind);
        if (figure) return <FigureCell key={kind} figure={figure} label={label(kind)} />;
        return (
          <div className="figure" key={kind}>
            <span className="mut cut">{label(kind)}</span>
            <div className="figure-line">
              <Delayed>
                <Bone width={56} height={14} />
              </Delayed>
            </div>
          </div>
        );
      })}
      {query.data && <QueueCell overview={query.data} />}
    </section>
  );
}
