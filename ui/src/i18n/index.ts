// Two first languages, ICU messages, one namespace per file of src/i18n/{en,zh-CN}. A key is checked by the compiler against
// the English catalogue; tests/i18n.test.ts holds both languages to the same keys and the same ICU arguments.
// Only the language in use is loaded.
import i18next, { type i18n } from "i18next";
import ICU from "i18next-icu";
import { initReactI18next } from "react-i18next";
import type en from "./en";

export type Catalogues = typeof en;
export type Language = "en" | "zh-CN";
export type LanguageChoice = Language | "system";
export const LANGUAGES: readonly Language[] = ["en", "zh-CN"];
/** In its own words, whatever the language in use. */
export const LANGUAGE_NAME: Record<Language, string> = { en: "English", "zh-CN": "简体中文" };

const load: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import("./en"),
  "zh-CN": () => import("./zh-CN"),
};

/** The best of ours for what the system prefers, in its order. */
export function detectLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower.startsWith("zh")) return "zh-CN";
    if (lower.startsWith("en")) return "en";
  }
  return "en";
}

export const resolveLanguage = (choice: LanguageChoice): Language =>
  choice === "system" ? detectLanguage() : choice;

async function addCatalogues(instance: i18n, language: Language): Promise<void> {
  if (instance.hasResourceBundle(language, "app")) return;
  const { default: catalogues } = await load[language]();
  for (const [namespace, words] of Object.entries(catalogues as Record<string, object>)) {
    instance.addResourceBundle(language, namespace, words, true, true);
  }
}

/** Makes `t` ready in one language. */
export async function startI18n(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next
      .use(ICU)
      .use(initReactI18next)
      .init({
        lng: language,
        fallbackLng: false,
        defaultNS: "app",
        ns: ["app"],
        resources: {},
        interpolation: { escapeValue: false },
        react: { useSuspense: false },
      });
  }
  await switchLanguage(language);
}

/** Loads the language where it is not yet, and turns the page to it. */
export async function switchLanguage(language: Language): Promise<void> {
  await addCatalogues(i18next, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export { i18next };
