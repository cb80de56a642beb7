// Where the window was: the last address of the whole window and of each screen, written through by the preferences.
import { getPreference, putPreference } from "../ipc";

const LAST = "window.route";
const screenKey = (screen: string) => `window.screen.${screen}`;
const SCREENS = new Set(["overview", "people", "meetings", "recordings", "audit", "settings"]);

const screenOf = (href: string) => href.split(/[/?#]/, 2)[1] ?? "";

/** Where to begin: where the window was closed, else the overview. */
export function startAddress(): string {
  const last = getPreference<string>(LAST, "");
  return SCREENS.has(screenOf(last)) ? last : "/overview";
}

/** Called at every change of address. */
export function rememberAddress(href: string): void {
  const screen = screenOf(href);
  if (!SCREENS.has(screen)) return;
  putPreference(LAST, href);
  // A detail page is no place to land by a click on the rail: only a screen's own list state is kept for it.
  if (href.split("?")[0] === `/${screen}`) putPreference(screenKey(screen), href);
}

/** Where a click on the rail leads: the screen as it was left, filters and all. */
export function screenAddress(screen: string): string {
  const kept = getPreference<string>(screenKey(screen), "");
  return kept.startsWith(`/${screen}`) ? kept : `/${screen}`;
}
