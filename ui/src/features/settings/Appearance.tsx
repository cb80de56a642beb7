// Theme, language, times, the rail. All take effect at once and are remembered.
import { SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { detectLanguage, LANGUAGE_NAME, LANGUAGES, type LanguageChoice } from "../../i18n";
import { usePreference } from "../../ipc";
import { useFormat } from "../../shared/format";
import { TIME_MODES, type TimeMode, useNow, useTimeMode } from "../../shared/time";
import { Setting } from "./Setting";

type Scheme = "light" | "dark" | "auto";

export function Appearance() {
  const { t } = useTranslation(["settings", "app"]);
  const format = useFormat();
  const now = useNow();
  const [scheme, setScheme] = usePreference<Scheme>("theme", "auto");
  const [language, setLanguage] = usePreference<LanguageChoice>("language", "system");
  const [mode, setMode] = useTimeMode();
  const themes = t("settings:theme.title");
  return (
    <section className="settings-section" aria-label={t("settings:section.appearance")}>
      <Setting title={themes} text={t("settings:theme.text")}>
        <SegmentedControl
          size="sm"
          aria-label={themes}
          value={scheme}
          onChange={(value) => setScheme(value as Scheme)}
          data={(["auto", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`settings:theme.${value}`),
          }))}
        />
      </Setting>
      <Setting title={t("settings:language.title")} text={t("settings:language.text")}>
        <Select
          aria-label={t("settings:language.title")}
          value={language}
          onChange={(value) => value && setLanguage(value as LanguageChoice)}
          data={[
            {
              value: "system",
              label: t("settings:language.system", { language: LANGUAGE_NAME[detectLanguage()] }),
            },
            ...LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAME[one] })),
          ]}
        />
      </Setting>
      <Setting title={t("settings:time.title")} text={t(`settings:time.${mode}`)}>
        <SegmentedControl
          size="sm"
          aria-label={t("settings:time.title")}
          value={mode}
          onChange={(value) => setMode(value as TimeMode)}
          data={TIME_MODES.map((value) => ({ value, label: t(`app:timeMode.${value}`) }))}
        />
      </Setting>
      <p className="mut small num settings-example">
        {t("settings:time.example", { moment: format.exact(now) })}
      </p>
    </section>
  );
}
