// A person's status and role in words; what the platform keeps there beyond the usual is shown as it is.
import type { useTranslation } from "react-i18next";
import type { User } from "../../ipc";
import type { Tone } from "../../shared/feedback";

export type Words = ReturnType<typeof useTranslation<"people">>["t"];

export const STATUSES = ["active", "suspended", "inactive", "pending"] as const;
export const ROLES = ["user", "admin", "moderator", "host", "support"] as const;

export function personStatus(
  t: Words,
  user: Pick<User, "status" | "deleted_at">,
): { tone: Tone; word: string } {
  if (user.deleted_at !== null) return { tone: "down", word: t("status.deleted") };
  const known = STATUSES.find((one) => one === user.status?.toLowerCase());
  if (known === undefined) return { tone: "mute", word: user.status ?? t("status.none") };
  const tone: Tone = known === "active" ? "up" : known === "suspended" ? "warn" : "idle";
  return { tone, word: t(`status.${known}`) };
}

export function personRole(t: Words, role: string | null): string {
  const known = ROLES.find((one) => one === role?.toLowerCase());
  return known ? t(`role.${known}`) : (role ?? "–");
}

export const personName = (user: Pick<User, "full_name" | "username">) => user.full_name ?? user.username;

/** One or two letters that stand for a person without a picture. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s.·_-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "?")];
  if (/\p{Script=Han}/u.test(first[0] ?? "")) return first.slice(-2).join("").slice(0, 2);
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return `${first[0] ?? "?"}${last}`.toUpperCase();
}
