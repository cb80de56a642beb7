// Which of our windows this is. The first one is `main`; those opened beside it are views, and remember no address of their own.
import { getCurrentWindow } from "@tauri-apps/api/window";

export function isMainWindow(): boolean {
  try {
    return getCurrentWindow().label === "main";
  } catch {
    // A plain browser.
    return true;
  }
}
