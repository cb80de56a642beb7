// Saved views of a list: a name for what the address holds. Remembered per list, at most 30.
import { usePreference } from "../../ipc";
import type { ListSearch } from "../hooks/listSearch";

export type SavedView = { name: string; search: Omit<ListSearch, "show"> };
const NONE: SavedView[] = [];
const MOST = 30;

export function useViews(list: string) {
  const [views, keep] = usePreference<SavedView[]>(`views.${list}`, NONE);
  return {
    views,
    save: (name: string, { q, f, sort }: ListSearch) => {
      const search = { ...(q ? { q } : {}), ...(f ? { f } : {}), ...(sort ? { sort } : {}) };
      const others = views.filter((view) => view.name !== name);
      keep([...others, { name, search }].slice(-MOST));
    },
    forget: (name: string) => keep(views.filter((view) => view.name !== name)),
  };
}

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
  (a ?? []).join("\n") === (b ?? []).join("\n");

/** The saved view that the list shows just now. */
export const viewShown = (views: readonly SavedView[], now: ListSearch) =>
  views.find(
    ({ search }) => search.q === now.q && same(search.f, now.f) && (search.sort ?? "") === (now.sort ?? ""),
  );
