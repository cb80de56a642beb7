// Every key in force, each changeable: press the new one. A key another shortcut has is refused, with its name.
import { Button } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreference } from "../../ipc";
import {
  changeKeys,
  isComposing,
  Keys,
  keysFrom,
  keysOf,
  type Shortcut,
  useActiveShortcuts,
} from "../../shared/hooks";

const NONE: Record<string, string> = {};

function ShortcutRow({ shortcut, others }: { shortcut: Shortcut; others: readonly Shortcut[] }) {
  const { t } = useTranslation("settings");
  const [waiting, setWaiting] = useState(false);
  const [taken, setTaken] = useState<string | null>(null);
  const keys = keysOf(shortcut);
  const press = (event: KeyboardEvent) => {
    if (!waiting || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = keysFrom(event.nativeEvent);
    if (next === null) return;
    setWaiting(false);
    if (next === "escape") return;
    const holder = others.find((other) => other.id !== shortcut.id && keysOf(other) === next);
    setTaken(holder?.label ?? null);
    if (!holder) changeKeys(shortcut.id, next === shortcut.keys ? null : next);
  };
  return (
    <div className="shortcut-row">
      <span className="grow cut">{shortcut.label}</span>
      {taken && <span className="tone-warn small cut">{t("shortcuts.taken", { name: taken })}</span>}
      {keys !== shortcut.keys && (
        <button type="button" className="link small" onClick={() => changeKeys(shortcut.id, null)}>
          {t("shortcuts.reset")}
        </button>
      )}
      <Button
        size="xs"
        variant={waiting ? "light" : "subtle"}
        onClick={() => {
          setTaken(null);
          setWaiting(true);
        }}
        onKeyDownCapture={press}
        onBlur={() => setWaiting(false)}
        aria-label={t("shortcuts.change", { name: shortcut.label })}
      >
        {waiting ? t("shortcuts.press") : <Keys keys={keys} />}
      </Button>
    </div>
  );
}

export function Shortcuts() {
  const { t } = useTranslation("settings");
  usePreference("shortcuts", NONE);
  const active = useActiveShortcuts();
  const groups = [...new Set(active.map(({ group }) => group))];
  return (
    <section className="settings-section" aria-label={t("section.shortcuts")}>
      <p className="fg-2 settings-intro">{t("shortcuts.text")}</p>
      {groups.map((group) => (
        <div key={group} className="shortcut-group">
          <h2 className="sec-title">{group}</h2>
          {active
            .filter((shortcut) => shortcut.group === group)
            .map((shortcut) => (
              <ShortcutRow key={shortcut.id} shortcut={shortcut} others={active} />
            ))}
        </div>
      ))}
    </section>
  );
}
