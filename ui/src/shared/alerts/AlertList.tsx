// The alerts, worst first, each with what it means and where to go.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format";
import { Icon } from "../theme";
import "./alerts.css";
import type { Alert } from "./alerts";

function useAlertWords() {
  const { t } = useTranslation("shared");
  return (alert: Alert) => {
    switch (alert.kind) {
      case "store_down":
        return { title: t("alert.storeDown", { store: alert.title }), text: alert.detail };
      case "store_degraded":
        return { title: t("alert.storeDegraded", { store: alert.title }), text: alert.detail };
      case "room_missing":
        return {
          title: t("alert.roomMissing", { id: alert.meetingId }),
          text: t("alert.roomMissingText", { title: alert.title, people: alert.people }),
        };
      case "codec_missing":
        return {
          title: t("alert.codecMissing", { codec: alert.codec }),
          text: t("alert.codecMissingText", { package: alert.package }),
        };
    }
  };
}

export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const words = useAlertWords();
  if (alerts.length === 0) return <p className="mut small alert-none">{t("alert.none")}</p>;
  return (
    <ul>
      {alerts.map((alert) => {
        const { title, text } = words(alert);
        return (
          <li className="alert" key={alert.id}>
            <span className={alert.level === "critical" ? "tone-down" : "tone-warn"}>
              <Icon name={alert.level === "critical" ? "critical" : "warning"} />
            </span>
            <div className="grow">
              <div className="row">
                <b className="mid cut" title={title}>
                  {title}
                </b>
                {alert.since && (
                  <span className="push mut num alert-since">{format.moment(alert.since)}</span>
                )}
              </div>
              {text && <div className="fg-2 alert-text">{text}</div>}
              {alert.kind === "room_missing" && (
                <Link to="/meetings/$id" params={{ id: alert.meetingId }} className="alert-text">
                  {t("alert.openMeeting")}
                </Link>
              )}
              {(alert.kind === "store_down" || alert.kind === "store_degraded") && (
                <Link to="/settings" search={{ section: "profiles" }} className="alert-text">
                  {t("alert.openProfile")}
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
