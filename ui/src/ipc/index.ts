// The page's only door to the shell: types, calls, events, remembered values.
export { api } from "./api";
export type * from "./bindings";
export { onHealth, onRung, onTask } from "./events";
export { ApiFailure, toFailure } from "./failure";
export {
  type HealthHistory,
  type Sample,
  SLOT_MS,
  SLOTS,
  type Slot,
  useHealthHistory,
} from "./healthHistory";
export * from "./live";
export {
  flushPreferences,
  getPreference,
  loadPreferences,
  putPreference,
  resetPreferences,
  usePreference,
} from "./preferences";

export { isMainWindow } from "./window";

import type { StoreKind } from "./bindings";

/** The five stores in the order in which they are shown, with the product's own spelling. */
export const STORES: readonly StoreKind[] = ["postgres", "redis", "mongodb", "s3", "etcd"];
export const STORE_TITLE: Record<StoreKind, string> = {
  postgres: "PostgreSQL",
  redis: "Redis",
  mongodb: "MongoDB",
  s3: "S3",
  etcd: "etcd",
};
