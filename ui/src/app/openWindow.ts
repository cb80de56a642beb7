// Another window at that address; a refusal is told, not swallowed.
import { notifications } from "@mantine/notifications";
import { i18next } from "../i18n";
import { api } from "../ipc";

export function openWindow(href: string): void {
  api.windowOpen(href).catch((error: Error) => {
    notifications.show({
      title: i18next.t("app:window.failed"),
      message: error.message,
      className: "toast-failed",
    });
  });
}
