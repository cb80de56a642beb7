// Where one can go. Folds to icons in a narrow window or on demand; then every icon keeps its name and a tooltip.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Fragment, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAppInfo, useStoreHealth } from "../ipc";
import { useFormat } from "../shared/format";
import { Icon } from "../shared/theme";
import { liveMeetingsQuery, peopleTotalQuery } from "./counts";
import { openWindow } from "./openWindow";
import { screenAddress } from "./remember";
import { SCREENS, type ScreenId } from "./screens";

function useCounts(): Partial<Record<ScreenId, string>> {
  const format = useFormat();
  const postgres = useStoreHealth("postgres");
  const profile = useAppInfo().data?.profile;
  const enabled = !!profile && (postgres?.state === "up" || postgres?.state === "degraded");
  const people = useQuery({ ...peopleTotalQuery, enabled });
  const live = useQuery({ ...liveMeetingsQuery, enabled });
  return {
    ...(people.data ? { people: format.count(people.data.value) } : {}),
    ...(live.data && live.data.total > 0 ? { meetings: format.integer(live.data.total) } : {}),
  };
}

export function Rail({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const { t } = useTranslation("app");
  const { pathname } = useLocation();
  const counts = useCounts();
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      {SCREENS.map((screen, at) => {
        const active = pathname === `/${screen.id}` || pathname.startsWith(`/${screen.id}/`);
        const name = t(`screen.${screen.id}`);
        const href = screenAddress(screen.id);
        const inNewWindow = (event: MouseEvent) => {
          if (!event.ctrlKey && !event.metaKey && event.button !== 1) return;
          event.preventDefault();
          openWindow(href);
        };
        return (
          <Fragment key={screen.id}>
            {at > 0 && SCREENS[at - 1]?.group !== screen.group && <hr />}
            <Tooltip label={name} position="right" disabled={!folded} openDelay={100}>
              <Link
                to={href}
                className={active ? "active" : undefined}
                aria-current={active ? "page" : undefined}
                aria-label={folded ? name : undefined}
                onClick={inNewWindow}
                onAuxClick={inNewWindow}
                draggable={false}
              >
                <Icon name={screen.icon} />
                <span>{name}</span>
                {counts[screen.id as ScreenId] && <em>{counts[screen.id as ScreenId]}</em>}
              </Link>
            </Tooltip>
          </Fragment>
        );
      })}
      <Tooltip label={folded ? t("rail.unfold") : t("rail.fold")} position="right">
        <ActionIcon
          className="rail-fold"
          onClick={onFold}
          aria-label={folded ? t("rail.unfold") : t("rail.fold")}
        >
          <Icon name={folded ? "unfoldRail" : "foldRail"} />
        </ActionIcon>
      </Tooltip>
    </nav>
  );
}
