// Which of the stores a screen needs is away, since when, what is missing for it, when it is tried again. Nothing when all answer.
import { Trans, useTranslation } from "react-i18next";
import { healthOf, STORE_TITLE, type StoreKind, useHealth } from "../../ipc";
import { useFormat } from "../format";
import { Icon } from "../theme";
import { NextAttempt } from "./NextAttempt";

type PartialBannerProps = {
  stores: readonly StoreKind[];
  /** What a missing store leaves blank here, in the screen's words. */
  missing?: Partial<Record<StoreKind, string>>;
};

export function PartialBanner({ stores, missing }: PartialBannerProps) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const { data: health } = useHealth();
  const down = stores.map((store) => healthOf(health, store)).filter((one) => one?.state === "down");
  return down.map(
    (one) =>
      one && (
        <div className="banner" role="status" key={one.store}>
          <Icon name="warning" />
          <span className="cut">
            <Trans
              t={t}
              i18nKey="partial.downSince"
              values={{ store: STORE_TITLE[one.store], since: format.timeS(one.since) }}
              components={{ b: <b className="mid" /> }}
            />{" "}
            {missing?.[one.store] ?? t("partial.rest")}
          </span>
          {one.next_attempt_at && (
            <span className="push mut num small">
              <NextAttempt at={one.next_attempt_at} />
            </span>
          )}
        </div>
      ),
  );
}
