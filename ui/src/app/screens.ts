// The screens that stand, in the order of the rail. One that is not built is not here, and so is shown nowhere.
import type { IconName } from "../shared/theme";

export const SCREENS = [
  { id: "overview", icon: "overview", group: 0 },
  { id: "people", icon: "people", group: 0 },
  { id: "meetings", icon: "meetings", group: 0 },
  { id: "recordings", icon: "recordings", group: 0 },
  { id: "audit", icon: "audit", group: 1 },
  { id: "settings", icon: "settings", group: 2 },
] as const satisfies readonly { id: string; icon: IconName; group: number }[];

export type ScreenId = (typeof SCREENS)[number]["id"];
