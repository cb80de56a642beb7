// Profile, way back and forth, where we are, the box that finds everything, the rung, the time mode, long work.
import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import { Link, useCanGoBack, useLocation, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Keys } from "../shared/hooks";
import { Icon } from "../shared/theme";
import { TIME_MODES, type TimeMode, useTimeMode } from "../shared/time";
import { Alerts } from "./Alerts";
import { ProfileMenu } from "./ProfileMenu";
import { RungSwitch } from "./RungSwitch";
import { screenAddress } from "./remember";
import { SCREENS } from "./screens";
import { TaskCentre } from "./tasks/TaskCentre";

function Crumbs() {
  const { t } = useTranslation("app");
  const { pathname } = useLocation();
  const [, first = "", ...rest] = pathname.split("/");
  const screen = SCREENS.find(({ id }) => id === first);
  if (!screen) return null;
  const name = t(`screen.${screen.id}`);
  const id = rest.join("/");
  return (
    <nav className="crumbs" aria-label={t("crumbs")}>
      {id ? (
        <>
          <Link to={screenAddress(screen.id)} draggable={false}>
            {name}
          </Link>
          <Icon name="right" size={12} />
          <b className="num">{decodeURIComponent(id)}</b>
        </>
      ) : (
        <b>{name}</b>
      )}
    </nav>
  );
}

export function TopBar({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation("app");
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const [mode, setMode] = useTimeMode();
  return (
    <header className="top">
      <ProfileMenu />
      <div className="top-left">
        <Tooltip label={t("back")}>
          <ActionIcon aria-label={t("back")} onClick={() => router.history.back()} disabled={!canGoBack}>
            <Icon name="left" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("forward")}>
          <ActionIcon aria-label={t("forward")} onClick={() => router.history.forward()}>
            <Icon name="right" />
          </ActionIcon>
        </Tooltip>
        <Crumbs />
      </div>
      <button type="button" className="omni" onClick={onFind}>
        <Icon name="search" size={14} />
        <span className="cut">{t("omni")}</span>
        <Keys keys="mod+k" />
      </button>
      <div className="top-right">
        <RungSwitch />
        <SegmentedControl
          aria-label={t("timeMode.label")}
          value={mode}
          onChange={(value) => setMode(value as TimeMode)}
          data={TIME_MODES.map((value) => ({ value, label: t(`timeMode.${value}`) }))}
        />
        <TaskCentre />
        <Alerts />
      </div>
    </header>
  );
}
