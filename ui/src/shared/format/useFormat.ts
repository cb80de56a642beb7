// The formats of the language and time mode in use; the same object until one of them changes, and shared by all that ask: making one
// costs a dozen Intl objects, far too much for each row of a list.
import { useTranslation } from "react-i18next";
import type { Language } from "../../i18n";
import { useMeetingClock, useTimeMode } from "../time";
import { createFormat, type Format } from "./format";

const made = new Map<string, Format>();
const KEPT = 8;

export function useFormat(): Format {
  const { t, i18n } = useTranslation("shared");
  const [mode] = useTimeMode();
  const meetingStart = useMeetingClock();
  const language = i18n.language as Language;
  const key = `${language} ${mode} ${mode === "meeting" ? meetingStart : ""}`;
  let format = made.get(key);
  if (!format) {
    format = createFormat({ t, language, mode, meetingStart });
    if (made.size >= KEPT) made.delete(made.keys().next().value ?? "");
    made.set(key, format);
  }
  return format;
}
