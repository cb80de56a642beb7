// The list's keys that work wherever the focus is, listed in the sheet of keys: `/` to the search, arrows to the rows.
import { type RefObject, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../hooks";

const focusGrid = () =>
  document.querySelector<HTMLElement>(".main [role=grid]")?.focus({ preventScroll: true });

/** Returns what brings the focus to the list. */
export function useGridKeys(searchBox: RefObject<HTMLInputElement | null>): () => void {
  const { t } = useTranslation("grid");
  const group = t("keys.list");
  const toGrid = useCallback(() => focusGrid(), []);
  useShortcuts([
    {
      id: "list.filter",
      keys: "/",
      label: t("keys.filter"),
      group,
      run: () => {
        searchBox.current?.focus();
        searchBox.current?.select();
      },
    },
    { id: "list.find", keys: "mod+f", label: t("keys.filter"), group, run: () => searchBox.current?.focus() },
    { id: "list.down", keys: "arrowdown", label: t("keys.rows"), group, run: focusGrid },
    { id: "list.open", keys: "enter", label: t("keys.open"), group, run: focusGrid },
    { id: "list.peek", keys: "space", label: t("keys.peek"), group, run: focusGrid },
    { id: "list.all", keys: "mod+a", label: t("keys.all"), group, run: focusGrid },
  ]);
  return toGrid;
}
