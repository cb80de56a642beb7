// Commands for the <video>: play, seek, step by frame, speed, volume, full screen, picture in picture. Volume and speed are remembered.
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { getPreference, putPreference } from "../../ipc";
import { clampTime, frameLength, nextSpeed, type PlayerAction } from "./keys";

export type Player = {
  act: (action: PlayerAction) => void;
  seek: (seconds: number) => void;
  play: () => void;
  setSpeed: (speed: number) => void;
  setVolume: (volume: number) => void;
};

type Sound = { volume: number; muted: boolean };
const LOUD: Sound = { volume: 1, muted: false };
const FRAMES_SEEN = 24;

type Framed = HTMLVideoElement & {
  requestVideoFrameCallback?: (tell: (now: number, frame: { mediaTime: number }) => void) => number;
  cancelVideoFrameCallback?: (handle: number) => void;
};

export function usePlayer(
  ref: RefObject<HTMLVideoElement | null>,
  stage: RefObject<HTMLElement | null>,
  onLink: (seconds: number) => void,
): Player {
  const frames = useRef<number[]>([]);
  const link = useRef(onLink);
  link.current = onLink;

  useEffect(() => {
    const video = ref.current as Framed | null;
    if (!video) return;
    const sound = getPreference<Sound>("player.sound", LOUD);
    video.volume = Math.min(1, Math.max(0, sound.volume));
    video.muted = sound.muted;
    let handle = 0;
    const look = (_: number, frame: { mediaTime: number }) => {
      frames.current = [...frames.current.slice(1 - FRAMES_SEEN), frame.mediaTime];
      // Enough was seen to know a frame's length; watching on would only cost.
      if (frames.current.length < FRAMES_SEEN) handle = video.requestVideoFrameCallback?.(look) ?? 0;
    };
    handle = video.requestVideoFrameCallback?.(look) ?? 0;
    return () => video.cancelVideoFrameCallback?.(handle);
  }, [ref]);

  return useMemo(() => {
    const video = () => ref.current;
    const seek = (seconds: number) => {
      const one = video();
      if (one) one.currentTime = clampTime(seconds, one.duration);
    };
    const play = () =>
      void video()
        ?.play()
        .catch(() => {});
    const setSpeed = (speed: number) => {
      const one = video();
      if (!one) return;
      one.defaultPlaybackRate = speed;
      one.playbackRate = speed;
      putPreference("player.speed", speed);
    };
    const keepSound = (one: HTMLVideoElement) =>
      putPreference("player.sound", { volume: one.volume, muted: one.muted } satisfies Sound);
    const setVolume = (volume: number) => {
      const one = video();
      if (!one) return;
      one.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
      one.muted = one.volume === 0;
      keepSound(one);
    };
    const act = (action: PlayerAction) => {
      const one = video();
      if (!one) return;
      switch (action.kind) {
        case "toggle":
          if (one.paused) play();
          else one.pause();
          return;
        case "by":
          return seek(one.currentTime + action.seconds);
        case "frame":
          one.pause();
          return seek(one.currentTime + action.by * frameLength(frames.current));
        case "speed":
          return setSpeed(nextSpeed(one.playbackRate, action.by));
        case "volume":
          return setVolume(one.volume + action.by);
        case "mute":
          one.muted = !one.muted;
          return keepSound(one);
        case "fullscreen":
          if (document.fullscreenElement) void document.exitFullscreen();
          else void (stage.current ?? one).requestFullscreen?.().catch(() => {});
          return;
        case "pip":
          if (document.pictureInPictureElement) void document.exitPictureInPicture();
          else if (hasPip()) void one.requestPictureInPicture?.().catch(() => {});
          return;
        case "part":
          if (Number.isFinite(one.duration)) seek(one.duration * action.of);
          return;
        case "link":
          return link.current(one.currentTime);
      }
    };
    return { act, seek, play, setSpeed, setVolume };
  }, [ref, stage]);
}

export const hasPip = () => document.pictureInPictureEnabled === true;
