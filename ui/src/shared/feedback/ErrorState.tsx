// What failed, what became of the change, what to do next, and an id to copy. For a whole region; `ErrorLine` for one block.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../theme";
import { CopyButton } from "./CopyButton";
import { errorWords } from "./errorWords";

type ErrorStateProps = {
  error: unknown;
  onRetry?: () => void;
  /** What failed, in the screen's words: "Meetings could not be read". The code's own title where left out. */
  title?: string;
  actions?: ReactNode;
};

export function ErrorState({ error, onRetry, title, actions }: ErrorStateProps) {
  const { t } = useTranslation(["errors", "shared"]);
  const words = errorWords(t, error);
  const { api } = words;
  return (
    <div className="centred">
      <div className="error-block" role="alert">
        <span className="tone-down error-sign">
          <Icon name="critical" />
        </span>
        <div className="grow">
          <h2 className="centred-title">{title ? `${title}: ${words.title}` : words.title}</h2>
          <p className="centred-text">{words.advice}</p>
          <dl className="facts error-facts">
            {words.store && (
              <>
                <dt>{t("shared:error.store")}</dt>
                <dd>{words.store}</dd>
              </>
            )}
            {words.outcome && (
              <>
                <dt>{t("shared:error.outcome")}</dt>
                <dd className="wrap">{words.outcome}</dd>
              </>
            )}
            <dt>{t("shared:error.detail")}</dt>
            <dd className="wrap">{api.message}</dd>
            {api.hint && (
              <>
                <dt>{t("shared:error.advice")}</dt>
                <dd className="wrap">{api.hint}</dd>
              </>
            )}
            {api.diagnostic_id && (
              <>
                <dt>{t("shared:error.id")}</dt>
                <dd>
                  <span className="mono">{api.diagnostic_id}</span> <CopyButton text={api.diagnostic_id} />
                </dd>
              </>
            )}
          </dl>
          <div className="centred-actions">
            {onRetry && (
              <Button variant="filled" leftSection={<Icon name="refresh" size={14} />} onClick={onRetry}>
                {t("shared:action.retry")}
              </Button>
            )}
            {actions}
          </div>
        </div>
      </div>
    </div>
  );
}

/** One block's failure, in one line, with the rest of the screen still standing. */
export function ErrorLine({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation(["errors", "shared"]);
  const words = errorWords(t, error);
  return (
    <div className="error-line" role="alert">
      <span className="tone-down">
        <Icon name="critical" size={14} />
      </span>
      <span className="cut" title={`${words.api.message}\n${words.advice}`}>
        <span className="mid">{words.title}</span> <span className="mut">{words.api.message}</span>
      </span>
      {words.api.diagnostic_id && (
        <CopyButton text={words.api.diagnostic_id} label={words.api.diagnostic_id} />
      )}
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          {t("shared:action.retry")}
        </button>
      )}
    </div>
  );
}
