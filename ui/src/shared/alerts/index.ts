// What wants attention: derivation, the hook over what is read anyway, and the list.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, useAppInfo, useHealth } from "../../ipc";
import { deriveAlerts } from "./alerts";

export { AlertList } from "./AlertList";
export { type Alert, deriveAlerts } from "./alerts";

/** The alerts of what this window has read. It never asks a store on its own account. */
export function useAlerts() {
  const { data: health } = useHealth();
  const { data: info } = useAppInfo();
  const { data: live } = useQuery({ queryKey: ["meeting_live"], queryFn: api.meetingLive, enabled: false });
  return useMemo(() => deriveAlerts(health, live, info), [health, live, info]);
}
