// Starts the page: remembered values first (theme and language, so that nothing flashes), then everything else.
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./shared/theme/mantine.css";
import "./shared/theme/tokens.css";
import "./shared/theme/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { type LanguageChoice, resolveLanguage, startI18n } from "./i18n";
import { getPreference, loadPreferences } from "./ipc";

async function start(): Promise<void> {
  await loadPreferences();
  await startI18n(resolveLanguage(getPreference<LanguageChoice>("language", "system")));
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App />);
}

void start();
