// A recording's state and container in words.
import type { useTranslation } from "react-i18next";
import type { Container, Recording } from "../../ipc";
import type { Tone } from "../../shared/feedback";

export type Words = ReturnType<typeof useTranslation<"recordings">>["t"];
export const STATUSES = ["completed", "processing", "failed"] as const;
export const FORMATS = ["mp4", "webm"] as const;

export function recordingStatus(
  t: Words,
  recording: Pick<Recording, "status">,
): { tone: Tone; word: string } {
  const known = STATUSES.find((one) => one === recording.status?.toLowerCase());
  if (known === undefined) return { tone: "mute", word: recording.status ?? t("status.none") };
  const tone: Tone = known === "completed" ? "up" : known === "failed" ? "down" : "warn";
  return { tone, word: t(`status.${known}`) };
}

/** `MP4, moov at the end`. */
export function containerWords(t: Words, container: Container | null): string | null {
  if (container === null) return null;
  if (container.kind === "unknown") return t("container.unknown");
  const kind = container.kind === "fragmented mp4" ? t("container.fragmented") : container.kind.toUpperCase();
  const index = container.index_at === "end" ? t("container.indexAtEnd") : null;
  const silent = container.has_audio === false ? t("container.silent") : null;
  return [kind, index, silent].filter(Boolean).join(t("container.comma"));
}

export const fileName = (key: string) => key.slice(key.lastIndexOf("/") + 1);
