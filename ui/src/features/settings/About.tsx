// What this program is, where it writes its log, what the player lacks here.
import { useTranslation } from "react-i18next";
import { useAppInfo } from "../../ipc";
import { CopyButton, ErrorState, SkeletonLines, StateWord } from "../../shared/feedback";

export function About() {
  const { t } = useTranslation("settings");
  const info = useAppInfo();
  if (info.isError) return <ErrorState error={info.error} onRetry={() => info.refetch()} />;
  if (!info.data) return <SkeletonLines lines={4} />;
  const { version, os_user, host, log_dir, missing_codecs } = info.data;
  const packages = [...new Set(missing_codecs.map((codec) => codec.package))];
  const install = `sudo apt-get install ${packages.join(" ")}`;
  return (
    <section className="settings-section" aria-label={t("section.about")}>
      <dl className="facts">
        <dt>{t("about.version")}</dt>
        <dd className="num">Greenroom {version}</dd>
        <dt>{t("about.you")}</dt>
        <dd>{t("about.userAt", { user: os_user, host })}</dd>
        <dt>{t("about.logs")}</dt>
        <dd className="wrap">
          <span className="mono">{log_dir}</span> <CopyButton text={log_dir} />
        </dd>
      </dl>
      <p className="mut small settings-example">{t("about.logsText")}</p>
      <h2 className="sec-title settings-subtitle">{t("about.codecs")}</h2>
      {missing_codecs.length === 0 ? (
        <StateWord tone="up">{t("about.codecsComplete")}</StateWord>
      ) : (
        <>
          <ul>
            {missing_codecs.map(({ codec, package: name }) => (
              <li key={codec}>
                <StateWord tone="warn">{t("about.codecMissing", { codec })}</StateWord>{" "}
                <span className="mono mut">{name}</span>
              </li>
            ))}
          </ul>
          <div className="command settings-command">
            <span className="cut">{install}</span>
            <CopyButton text={install} />
          </div>
        </>
      )}
    </section>
  );
}
