// Whether there is room for a pane beside a list. Narrower, a detail is a page.
import { useSyncExternalStore } from "react";

export const PANE_FROM_PX = 1180;
const query = `(min-width: ${PANE_FROM_PX}px)`;

function subscribe(tell: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", tell);
  return () => media.removeEventListener("change", tell);
}

export const useWide = () => useSyncExternalStore(subscribe, () => window.innerWidth >= PANE_FROM_PX);
