// Every key of the page goes through this registry: so the `?` sheet can show those of the screen in front, so a person can change
// them, and so that none fires while an input method is composing. `mod` is Ctrl and Cmd alike, on every system.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { getPreference, putPreference } from "../../ipc";

export type Shortcut = {
  /** Stable name; what a changed key is remembered under. */
  id: string;
  /** `mod+k`, `shift+arrowdown`, `/`, `?`. */
  keys: string;
  /** In the language in use. */
  label: string;
  /** Heading in the sheet, in the language in use. */
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Fires in text fields too. Keys with `mod` always do. */
  inFields?: boolean;
};

const PREFERENCE = "shortcuts";
const stack: { current: Shortcut }[] = [];
const listeners = new Set<() => void>();
let seen: readonly Shortcut[] = [];

/** The key in use: the person's own, else the default. */
export function keysOf(shortcut: Pick<Shortcut, "id" | "keys">): string {
  return getPreference<Record<string, string>>(PREFERENCE, {})[shortcut.id] ?? shortcut.keys;
}

/** Changes a key for good; `null` goes back to the default. */
export function changeKeys(id: string, keys: string | null): void {
  const { [id]: _, ...others } = getPreference<Record<string, string>>(PREFERENCE, {});
  putPreference(PREFERENCE, keys === null ? others : { ...others, [id]: keys });
  publish();
}

function publish(): void {
  const byId = new Map<string, Shortcut>();
  for (const { current } of stack) byId.set(current.id, current);
  seen = [...byId.values()];
  for (const tell of listeners) tell();
}

/** True while an input method is at work: WebKit ends a composition with a keydown of code 229. */
export const isComposing = (event: { isComposing?: boolean; keyCode?: number }) =>
  event.isComposing === true || event.keyCode === 229;

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.closest("input, textarea, select") !== null &&
      !target.matches("input[type=checkbox], input[type=radio]")));

/** Whether a key press is what `keys` says. */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.toLowerCase().split("+");
  const key = parts.pop() ?? "";
  const wanted = new Set(parts);
  if (wanted.has("mod") !== (event.ctrlKey || event.metaKey)) return false;
  if (wanted.has("alt") !== event.altKey) return false;
  const pressed = event.key.toLowerCase();
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  // A sign such as `?` brings its own Shift on most keyboards.
  if (!isSign && wanted.has("shift") !== event.shiftKey) return false;
  if (pressed === (key === "space" ? " " : key)) return true;
  // With a non-Latin layout the letter differs but the key is the same.
  return /^[a-z]$/.test(key) && /[^\x20-\x7f]/.test(pressed) && event.code === `Key${key.toUpperCase()}`;
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const dialog = event.target instanceof HTMLElement ? event.target.closest("[role=dialog]") : null;
  const withMod = event.ctrlKey || event.metaKey;
  for (let at = stack.length - 1; at >= 0; at--) {
    const shortcut = stack[at]?.current;
    if (!shortcut || !matches(event, keysOf(shortcut))) continue;
    if (!withMod && (dialog !== null || (inField(event.target) && !shortcut.inFields))) continue;
    event.preventDefault();
    shortcut.run(event);
    return;
  }
}

/** Registers shortcuts while the component is mounted; the last one mounted wins a key. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const slots = useRef<{ current: Shortcut }[]>([]);
  const signature = shortcuts.map(({ id, keys, label }) => `${id}\n${keys}\n${label}`).join("\n\n");
  useEffect(() => {
    shortcuts.forEach((shortcut, at) => {
      const slot = slots.current[at];
      if (slot) slot.current = shortcut;
    });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: re-registered when what can be seen changes; what runs is kept fresh above.
  useEffect(() => {
    const mine = shortcuts.map((shortcut) => ({ current: shortcut }));
    slots.current = mine;
    if (stack.length === 0) window.addEventListener("keydown", dispatch);
    stack.push(...mine);
    publish();
    return () => {
      for (const slot of mine) stack.splice(stack.indexOf(slot), 1);
      if (stack.length === 0) window.removeEventListener("keydown", dispatch);
      publish();
    };
  }, [signature]);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The shortcuts in force just now. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => seen);
}

const isApple = /mac|iphone|ipad/i.test(navigator.platform);
const NAMES: Record<string, string> = {
  mod: isApple ? "⌘" : "Ctrl",
  shift: isApple ? "⇧" : "Shift",
  alt: isApple ? "⌥" : "Alt",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
  backspace: "⌫",
};

/** The keys as they are printed on the keyboard. */
export function keyNames(keys: string): string[] {
  return keys
    .split("+")
    .map((key) => NAMES[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** What a key press would be written as; `null` for a bare modifier. */
export function keysFrom(event: KeyboardEvent): string | null {
  const key = event.key.toLowerCase();
  if (["control", "meta", "shift", "alt"].includes(key)) return null;
  const sign = key.length === 1 && !/[a-z0-9]/.test(key);
  const parts = [
    event.ctrlKey || event.metaKey ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && !sign ? "shift" : "",
    key === " " ? "space" : key,
  ];
  return parts.filter(Boolean).join("+");
}
