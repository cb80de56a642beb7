// Links that can be pasted anywhere and come back through the palette: `greenroom://meetings/48224?t=90`.
const SCHEME = "greenroom://";

/** A route's address (`/meetings/48224`) as a link. */
export const toLink = (href: string) => SCHEME + href.replace(/^\//, "");

/** The address in a link, or in a route as it is; `null` where the text is neither. */
export function fromLink(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.startsWith(SCHEME)) return `/${trimmed.slice(SCHEME.length).replace(/^\/+/, "")}`;
  // The address of a window of ours, on any system.
  const own = /^(?:tauri:\/\/localhost|https?:\/\/tauri\.localhost)(\/[a-z]+(?:[/?].*)?)$/.exec(trimmed);
  if (own?.[1]) return own[1];
  return /^\/(overview|people|meetings|recordings|audit|settings)(?:[/?]|$)/.test(trimmed) ? trimmed : null;
}
