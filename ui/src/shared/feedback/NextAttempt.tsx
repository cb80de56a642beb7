// When a store that is away is tried again: "in 8 s", and "trying now" once that has come.
import { useTranslation } from "react-i18next";
import { useFormat } from "../format";
import { useNow } from "../time";

export function NextAttempt({ at }: { at: string }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const now = useNow();
  const isDue = new Date(at).getTime() - now < 1000;
  return (
    <span title={format.exact(at)}>
      {isDue ? t("partial.tryingNow") : t("partial.retryIn", { when: format.ago(at, now) })}
    </span>
  );
}
