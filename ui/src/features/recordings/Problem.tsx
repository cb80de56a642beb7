// Why a recording does not play, in the place of the picture: what failed, which package is missing, and what can be done instead.
import { useTranslation } from "react-i18next";
import { type ApiError, type MissingCodec, useAppInfo } from "../../ipc";
import { CopyButton, ErrorState, errorWords } from "../../shared/feedback";
import type { MediaFailure } from "../../shared/player";
import { Icon } from "../../shared/theme";
import { FileActions } from "./FileActions";

type ProblemProps = { id: string; problem: ApiError; onRetry: () => void };

export function Problem({ id, problem, onRetry }: ProblemProps) {
  const missing = useAppInfo().data?.missing_codecs ?? [];
  const needsCodec = problem.code === "media_unplayable" && missing.length > 0;
  return (
    <div className="stage-problem">
      <ErrorState
        error={problem}
        onRetry={onRetry}
        actions={
          <>
            {problem.code !== "object_missing" && <FileActions id={id} />}
            {needsCodec && <MissingCodecs missing={missing} />}
          </>
        }
      />
    </div>
  );
}

/** The package that brings what is missing, and the command that installs it. */
function MissingCodecs({ missing }: { missing: readonly MissingCodec[] }) {
  const { t } = useTranslation("recordings");
  const packages = [...new Set(missing.map((one) => one.package))].join(" ");
  const command = `sudo apt install ${packages}`;
  return (
    <div className="codec-help">
      <div>{t("codecMissing", { codecs: missing.map((one) => one.codec).join(", ") })}</div>
      <div className="row">
        <code className="mono codec-command">{command}</code>
        <CopyButton text={command} />
      </div>
    </div>
  );
}

/** What the page's own player says, as one of the errors the window knows. */
export function toProblem(failure: MediaFailure, file: string): ApiError {
  const network = failure.code === 2;
  return {
    code: network ? "store_unreachable" : "media_unplayable",
    message: `${file}: ${failure.message || `media error ${failure.code}`}`,
    retryable: true,
    hint: null,
    diagnostic_id: "",
    store: network ? "s3" : null,
    outcome: null,
  };
}

/** A file that plays but is not whole, said above the picture. */
export function Warning({ problem }: { problem: ApiError }) {
  const { t } = useTranslation(["recordings", "errors", "shared"]);
  const words = errorWords(t as never, problem);
  return (
    <div className="banner" role="status">
      <Icon name="warning" />
      <span className="cut" title={problem.message}>
        <b className="mid">{words.title}</b> <span className="fg-2">{problem.message}</span>
      </span>
    </div>
  );
}
