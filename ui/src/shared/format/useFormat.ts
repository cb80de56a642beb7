// The formats of the language and time mode in use; the same object until one of them changes.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../i18n";
import { useMeetingClock, useTimeMode } from "../time";
import { createFormat, type Format } from "./format";

export function useFormat(): Format {
  const { t, i18n } = useTranslation("shared");
  const [mode] = useTimeMode();
  const meetingStart = useMeetingClock();
  const language = i18n.language as Language;
  return useMemo(() => createFormat({ t, language, mode, meetingStart }), [t, language, mode, meetingStart]);
}
