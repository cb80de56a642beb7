// The state of a <video> as React sees it, and its playhead. It commands nothing.
import { type RefObject, useEffect, useState } from "react";
import type { Playhead } from "./playhead";

export type MediaState = {
  paused: boolean;
  ended: boolean;
  /** Wants to go on but has no data. */
  waiting: boolean;
  ready: boolean;
  duration: number;
  rate: number;
  volume: number;
  muted: boolean;
  buffered: readonly (readonly [number, number])[];
  width: number;
  height: number;
};

const FRESH: MediaState = {
  paused: true,
  ended: false,
  waiting: false,
  ready: false,
  duration: Number.NaN,
  rate: 1,
  volume: 1,
  muted: false,
  buffered: [],
  width: 0,
  height: 0,
};

function read(video: HTMLVideoElement, waiting: boolean): MediaState {
  const buffered = Array.from(
    { length: video.buffered.length },
    (_, n) => [video.buffered.start(n), video.buffered.end(n)] as const,
  );
  return {
    paused: video.paused,
    ended: video.ended,
    waiting: waiting && !video.paused,
    ready: video.readyState >= 1,
    duration: video.duration,
    rate: video.playbackRate,
    volume: video.volume,
    muted: video.muted,
    buffered,
    width: video.videoWidth,
    height: video.videoHeight,
  };
}

const EVENTS = [
  "loadedmetadata",
  "durationchange",
  "play",
  "pause",
  "playing",
  "ended",
  "ratechange",
  "volumechange",
  "progress",
  "canplay",
  "emptied",
  "seeked",
] as const;
const PLAYHEAD_MS = 66;

export function useMedia(ref: RefObject<HTMLVideoElement | null>, playhead: Playhead): MediaState {
  const [state, setState] = useState(FRESH);
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    let waiting = false;
    const look = () => setState(read(video, waiting));
    const wait = () => {
      waiting = true;
      look();
    };
    const go = () => {
      waiting = false;
      look();
    };
    const tell = () => playhead.set(video.currentTime);
    for (const name of EVENTS) video.addEventListener(name, look);
    for (const name of ["waiting", "seeking"]) video.addEventListener(name, wait);
    for (const name of ["playing", "canplay", "seeked", "timeupdate"]) video.addEventListener(name, go);
    for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata"])
      video.addEventListener(name, tell);
    const timer = setInterval(() => {
      if (!video.paused && !document.hidden) tell();
    }, PLAYHEAD_MS);
    return () => {
      clearInterval(timer);
      for (const name of EVENTS) video.removeEventListener(name, look);
      for (const name of ["waiting", "seeking"]) video.removeEventListener(name, wait);
      for (const name of ["playing", "canplay", "seeked", "timeupdate"]) video.removeEventListener(name, go);
      for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata"])
        video.removeEventListener(name, tell);
    };
  }, [ref, playhead]);
  return state;
}
