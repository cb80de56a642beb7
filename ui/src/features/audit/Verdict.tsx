// What the walk over the chain found, in one line; the breaks lead to their entries.
import { useTranslation } from "react-i18next";
import type { AuditVerification } from "../../ipc";
import { AgeLabel, CopyButton, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";

const BREAKS_SHOWN = 6;

export function Verdict({
  verification,
  onShow,
}: {
  verification: AuditVerification;
  onShow: (seq: string) => void;
}) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const checked = format.integer(verification.checked);
  return (
    <div className={verification.intact ? "audit-verdict" : "audit-verdict broken"} role="status">
      <StateWord tone={verification.intact ? "up" : "down"}>
        {verification.intact
          ? t("verify.intact", { checked })
          : t("verify.broken", { count: verification.breaks.length, checked })}
      </StateWord>
      {verification.breaks.slice(0, BREAKS_SHOWN).map(({ seq, kind }) => (
        <button type="button" className="link" key={`${seq}${kind}`} onClick={() => onShow(seq)}>
          {t(`verify.kind.${kind}`, { seq })}
        </button>
      ))}
      {verification.breaks.length > BREAKS_SHOWN && (
        <span className="mut">{t("verify.more", { count: verification.breaks.length - BREAKS_SHOWN })}</span>
      )}
      {verification.head_hash && (
        <span className="push row mut cut">
          {t("verify.head", { seq: verification.head ?? "" })}
          <span className="mono cut" title={verification.head_hash}>
            {verification.head_hash.slice(0, 12)}
          </span>
          <CopyButton text={verification.head_hash} />
        </span>
      )}
      <AgeLabel at={verification.as_of} className="mut num" />
    </div>
  );
}
