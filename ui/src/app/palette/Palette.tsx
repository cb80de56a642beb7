// Ctrl/Cmd-K: everything by name, id or link. The field keeps the focus; the rows are an ARIA listbox driven from it.
// While an input method composes, no key is ours.
import { FocusTrap, Portal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorLine } from "../../shared/feedback";
import { isComposing, Keys } from "../../shared/hooks";
import { Icon } from "../../shared/theme";
import { openWindow } from "../openWindow";
import { type PaletteGroup, type PaletteItem, withRecent } from "./items";
import { usePaletteGroups, useRecents } from "./useGroups";

const SEARCH_AFTER_MS = 120;

/** What is typed, marked where it occurs. */
function Marked({ text, find }: { text: string; find: string }) {
  const at = find ? text.toLowerCase().indexOf(find.toLowerCase()) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + find.length)}</mark>
      {text.slice(at + find.length)}
    </>
  );
}

type RowProps = {
  item: PaletteItem;
  id: string;
  selected: boolean;
  find: string;
  onPoint: () => void;
  onPick: (newWindow: boolean) => void;
};

function Row({ item, id, selected, find, onPoint, onPick }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard; this is its aria-activedescendant.
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-label={[item.label, item.detail, item.disabled].filter(Boolean).join(", ")}
      aria-selected={selected}
      aria-disabled={item.disabled !== undefined}
      className="palette-row"
      onMouseMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onPick(event.ctrlKey || event.metaKey)}
    >
      <Icon name={item.icon} />
      <span className="label" title={item.label}>
        <Marked text={item.label} find={find} />
      </span>
      {item.detail && (
        <span className="detail cut">
          <Marked text={item.detail} find={find} />
        </span>
      )}
      <span className="push row">
        {item.disabled && <span className="tag">{item.disabled}</span>}
        {item.keys && <Keys keys={item.keys} />}
        {selected && !item.keys && <Keys keys="enter" />}
      </span>
    </div>
  );
}

type PaletteProps = { onClose: () => void; actions: PaletteItem[] };

export function Palette({ onClose, actions }: PaletteProps) {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const base = useId();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, SEARCH_AFTER_MS);
  const [inside, setInside] = useState<PaletteItem | null>(null);
  const [place, setPlace] = useState(0);
  const [recents, setRecents] = useRecents();
  const { groups: all, searching, problems } = usePaletteGroups(text, asked, actions);
  const groups: PaletteGroup[] = inside
    ? [
        {
          id: "inside",
          title: t("palette.group.actionsOn", { name: inside.label }),
          items: inside.actions ?? [],
        },
      ]
    : all;
  const rows = groups.flatMap(({ items }) => items);
  const at = Math.min(place, Math.max(0, rows.length - 1));
  const current = rows[at];

  const pick = (item: PaletteItem | undefined, newWindow: boolean) => {
    if (!item || item.disabled !== undefined) return;
    if (item.href && newWindow) openWindow(item.href);
    else if (item.href) void navigate({ href: item.href });
    else item.run?.();
    if (item.href && /^\/(people|meetings|recordings)\/\d/.test(item.href)) {
      setRecents(
        withRecent(recents, { href: item.href, icon: item.icon, label: item.label, detail: item.detail }),
      );
    }
    onClose();
  };
  const leaveInside = () => {
    setInside(null);
    setPlace(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return;
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = moves[event.key];
    if (step !== undefined && rows.length > 0) {
      const next =
        Math.abs(step) === 1
          ? (at + step + rows.length) % rows.length
          : Math.min(rows.length - 1, Math.max(0, at + step));
      setPlace(next);
    } else if (event.key === "Enter") pick(current, event.ctrlKey || event.metaKey);
    else if (event.key === "Escape" && inside) leaveInside();
    else if (event.key === "Escape") onClose();
    else if (event.key === "Backspace" && text === "" && inside) leaveInside();
    else if (event.key === "Tab") {
      if (!event.shiftKey && current?.actions) {
        setInside(current);
        setText("");
        setPlace(0);
      } else if (event.shiftKey && inside) leaveInside();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  let index = -1;
  return (
    <Portal>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the dialog closes it; Escape does from the keyboard. */}
      <div
        className="palette-veil"
        onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      >
        <FocusTrap active>
          <div className="palette" role="dialog" aria-modal="true" aria-label={t("palette.title")}>
            <div className="palette-input">
              <Icon name="search" />
              {inside && <span className="tag tag-accent cut">{inside.label}</span>}
              <input
                data-autofocus
                role="combobox"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls={`${base}-list`}
                aria-activedescendant={current ? `${base}-${at}` : undefined}
                aria-label={t("palette.title")}
                placeholder={t("omni")}
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  setPlace(0);
                }}
                onKeyDown={onKeyDown}
              />
            </div>
            <div
              className="palette-list"
              role="listbox"
              id={`${base}-list`}
              aria-label={t("palette.results")}
              aria-busy={searching}
            >
              {groups.map((group) => (
                <div key={group.id} role="group" aria-label={group.title}>
                  <div className="palette-group" aria-hidden="true">
                    {group.title}
                  </div>
                  {group.items.map((item) => {
                    index += 1;
                    const mine = index;
                    return (
                      <Row
                        key={item.key}
                        id={`${base}-${mine}`}
                        item={item}
                        selected={mine === at}
                        find={text.trim()}
                        onPoint={() => setPlace(mine)}
                        onPick={(newWindow) => pick(item, newWindow)}
                      />
                    );
                  })}
                </div>
              ))}
              {rows.length === 0 && (
                <div className="palette-note">
                  {searching ? t("palette.searching") : t("palette.nothing", { text: text.trim() })}
                </div>
              )}
              {problems.map((problem) => (
                <div key={problem.diagnostic_id + problem.message} style={{ padding: "0 14px" }}>
                  <ErrorLine error={problem} />
                </div>
              ))}
            </div>
            <div className="palette-foot">
              <span>
                <Keys keys="arrowup" /> <Keys keys="arrowdown" /> {t("palette.foot.move")}
              </span>
              <span>
                <kbd>Tab</kbd> {t("palette.foot.actions")}
              </span>
              <span>
                <Keys keys="mod+enter" /> {t("palette.foot.newWindow")}
              </span>
              <span className="push">{t("palette.foot.paste")}</span>
            </div>
          </div>
        </FocusTrap>
      </div>
    </Portal>
  );
}
