// Calls back when a store that was away answers again: what failed for want of it is read anew without anybody asking.
import { useEffect, useRef } from "react";
import { type StoreKind, useStoreHealth } from "../../ipc";

export function useStoreBack(store: StoreKind, onBack: () => void): void {
  const state = useStoreHealth(store)?.state;
  const before = useRef(state);
  const call = useRef(onBack);
  useEffect(() => {
    call.current = onBack;
  });
  useEffect(() => {
    const was = before.current;
    before.current = state;
    const answers = state === "up" || state === "degraded";
    if (answers && (was === "down" || was === "connecting")) call.current();
  }, [state]);
}
