// `?`: the keys of the screen in front and those that work everywhere.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Keys, keysOf, useActiveShortcuts } from "../shared/hooks";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const active = useActiveShortcuts();
  const groups = [...new Set(active.map(({ group }) => group))];
  return (
    <Modal opened onClose={onClose} title={t("keys.title")} size={620}>
      <div className="sheet-columns">
        {groups.map((group) => (
          <section key={group} className="sheet-group">
            <h3 className="mut small">{group}</h3>
            {active
              .filter((shortcut) => shortcut.group === group)
              .map((shortcut) => (
                <div key={shortcut.id} className="sheet-row">
                  <span>{shortcut.label}</span>
                  <Keys keys={keysOf(shortcut)} />
                </div>
              ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
