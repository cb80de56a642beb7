// How this desktop behaves, and how it reaches deployments. Four sections; the address names the one in front.
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../shared/theme";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Profiles } from "./Profiles";
import { Shortcuts } from "./Shortcuts";
import "./settings.css";

const route = getRouteApi("/settings");
const SECTIONS = [
  { id: "appearance", icon: "eye" },
  { id: "profiles", icon: "server" },
  { id: "shortcuts", icon: "keyboard" },
  { id: "about", icon: "info" },
] as const satisfies readonly { id: string; icon: IconName }[];

export function SettingsPage() {
  const { t } = useTranslation("settings");
  const { section = "appearance" } = route.useSearch();
  return (
    <div className="screen">
      <div className="head">
        <h1>{t("title")}</h1>
        <span className="sub">{t("remembered")}</span>
      </div>
      <div className="settings">
        <nav className="settings-nav" aria-label={t("sections")}>
          {SECTIONS.map(({ id, icon }) => (
            <route.Link
              key={id}
              to="/settings"
              search={{ section: id }}
              className={section === id ? "active" : undefined}
              aria-current={section === id ? "page" : undefined}
              draggable={false}
            >
              <Icon name={icon} />
              <span>{t(`section.${id}`)}</span>
            </route.Link>
          ))}
        </nav>
        <div className="settings-body">
          {section === "appearance" && <Appearance />}
          {section === "profiles" && <Profiles />}
          {section === "shortcuts" && <Shortcuts />}
          {section === "about" && <About />}
        </div>
      </div>
    </div>
  );
}
