// Tells the shell when a list's first rows are on the screen: what start-up times are counted to.
import { useEffect } from "react";
import { api } from "../../ipc";

const told = new Set<string>();

export function usePainted(list: string, hasRows: boolean): void {
  useEffect(() => {
    if (!hasRows || told.has(list)) return;
    told.add(list);
    // The frame after the next one begins once the rows are painted.
    requestAnimationFrame(() => requestAnimationFrame(() => void api.pagePainted(list).catch(() => {})));
  }, [list, hasRows]);
}
