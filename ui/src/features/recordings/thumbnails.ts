// Thumbnails, asked for when a row has been in view for a moment and two at a time: making one reads video from the store.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../ipc";

const AT_ONCE = 2;
const LOOK_MS = 180;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.pop()?.();
  }
}

export function useThumbnail(id: string): string | null {
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLooked(true), LOOK_MS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ["recording", id, "thumbnail"],
    queryFn: () => inTurn(() => api.recordingThumbnail(id)),
    enabled: looked,
    staleTime: 5 * 60_000,
    gcTime: 60_000,
    retry: false,
  });
  return data ?? null;
}
