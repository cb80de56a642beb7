// The bell: how many things want attention, and which. Quiet when nothing does.
import { Popover, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AlertList, useAlerts } from "../shared/alerts";
import { Icon } from "../shared/theme";

export function Alerts() {
  const { t } = useTranslation("app");
  const alerts = useAlerts();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t("alerts.title")} disabled={opened}>
          <button
            type="button"
            className="top-button"
            onClick={() => setOpened((was) => !was)}
            aria-label={t("alerts.button", { count: alerts.length })}
            aria-expanded={opened}
          >
            <Icon name="bell" />
            {alerts.length > 0 && <span>{alerts.length}</span>}
          </button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="float" p={12}>
        <AlertList alerts={alerts} />
      </Popover.Dropdown>
    </Popover>
  );
}
