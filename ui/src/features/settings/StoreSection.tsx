// One store's part of the form: its fields, its secret (entered, never shown back; where it is kept is), and what the test said of it.
import { PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type SecretStatus, STORE_TITLE, type StoreHealth, type StoreKind } from "../../ipc";
import { errorWords, STORE_TONE, StateWord, StoreIcon } from "../../shared/feedback";
import { useFormat } from "../../shared/format";

function TestResult({ health }: { health: StoreHealth }) {
  const { t } = useTranslation(["settings", "errors", "shared"]);
  const { t: words } = useTranslation(["errors", "shared"]);
  const format = useFormat();
  if (health.state === "down") {
    const problem = health.problem ? errorWords(words, health.problem) : null;
    return (
      <div className="test-result" role="status">
        <StateWord tone="down">{problem?.title ?? t("shared:state.down")}</StateWord>
        <span className="fg-2 test-detail">{health.problem?.message ?? health.detail}</span>
        {problem && <span className="mut test-detail">{problem.advice}</span>}
      </div>
    );
  }
  const facts = [
    health.version,
    health.role,
    format.latency(health.latency_ms),
    health.tls ? t("settings:test.tls") : t("settings:test.noTls"),
  ].filter(Boolean);
  return (
    <div className="test-result" role="status">
      <StateWord tone={STORE_TONE[health.state]}>{t(`shared:state.${health.state}`)}</StateWord>
      <span className="fg-2 test-detail">{facts.join(" · ")}</span>
      {health.detail && <span className="tone-warn test-detail">{health.detail}</span>}
    </div>
  );
}

type StoreSectionProps = {
  store: StoreKind;
  children: ReactNode;
  secret: string;
  onSecret: (secret: string) => void;
  kept: SecretStatus | undefined;
  result: StoreHealth | undefined;
};

export function StoreSection({ store, children, secret, onSecret, kept, result }: StoreSectionProps) {
  const { t } = useTranslation("settings");
  return (
    <fieldset className="store-section">
      <legend className="sec-title">
        <span className="fg-2">
          <StoreIcon store={store} />
        </span>
        {STORE_TITLE[store]}
      </legend>
      <div className="field-grid">
        {children}
        <PasswordInput
          label={store === "s3" ? t("secret.s3") : t("secret.password")}
          value={secret}
          onChange={(event) => onSecret(event.currentTarget.value)}
          placeholder={kept && kept.place !== "nowhere" ? t("secret.unchanged") : t("secret.enter")}
          autoComplete="off"
        />
        {kept && <div className="mut small field-note">{t(`secret.place.${kept.place}`)}</div>}
      </div>
      {result && <TestResult health={result} />}
    </fieldset>
  );
}
