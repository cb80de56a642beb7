// The picture, its seek bar and controls. Begins where it is told, keeps the place where it was left, asks for a new address when the
// old one no longer works and goes on from the same second.
import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { getPreference } from "../../ipc";
import { Delayed } from "../feedback";
import { clock } from "../format";
import { useShortcuts } from "../hooks";
import { ControlBar } from "./ControlBar";
import { PLAYER_KEYS } from "./keys";
import "./player.css";
import type { Playhead } from "./playhead";
import { keepPlace, placeOf } from "./resume";
import { SeekBar } from "./SeekBar";
import { useMedia } from "./useMedia";
import { type Player, usePlayer } from "./usePlayer";

/** Why the browser gave up, in its own numbering. */
export type MediaFailure = { code: number; message: string };

type VideoPlayerProps = {
  /** What places are remembered under. */
  id: string;
  src: string;
  title: string;
  playhead: Playhead;
  /** Seconds from the address; wins over the remembered place. */
  startAt: number | null;
  /** Seconds by the row, until the file says. */
  durationHint: number | null;
  clockStart: number | null;
  onLink: (seconds: number) => void;
  /** The address stopped working: ask for another. */
  onStale: () => void;
  onFailure: (failure: MediaFailure) => void;
  overlay?: ReactNode;
  playerRef?: Ref<Player>;
};

const SAVE_EVERY_MS = 5000;
/** A second failure this soon after the last is no expired address. */
const AGAIN_MS = 8000;

export function VideoPlayer(props: VideoPlayerProps) {
  const { id, src, playhead, onLink, onStale, onFailure } = props;
  const { t } = useTranslation("player");
  const video = useRef<HTMLVideoElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const media = useMedia(video, playhead);
  const player = usePlayer(video, stage, onLink);
  useImperativeHandle(props.playerRef, () => player, [player]);
  const [resumed, setResumed] = useState<number | null>(null);
  const goOn = useRef<{ at: number; play: boolean } | null>(null);
  const failedAt = useRef(0);

  usePlayerShortcuts(player, video);

  // Where to begin: the address, else where it was left, else where the last address stopped working.
  const { startAt } = props;
  const onLoaded = useCallback(() => {
    const one = video.current;
    if (!one) return;
    const again = goOn.current;
    goOn.current = null;
    if (again) {
      one.currentTime = again.at;
      if (again.play) player.play();
    } else {
      const place = startAt ?? placeOf(id);
      if (place !== null && place > 0) {
        one.currentTime = Math.min(place, one.duration || place);
        if (startAt === null) setResumed(place);
      }
    }
    const speed = getPreference("player.speed", 1);
    one.defaultPlaybackRate = speed;
    one.playbackRate = speed;
  }, [id, player, startAt]);

  // A link to another second of the recording that is open.
  useEffect(() => {
    const one = video.current;
    if (startAt !== null && one && one.readyState >= 1) one.currentTime = startAt;
  }, [startAt]);

  const keep = useCallback(() => {
    const one = video.current;
    if (one && one.readyState >= 1) keepPlace(id, one.currentTime, one.duration);
  }, [id]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (video.current && !video.current.paused) keep();
    }, SAVE_EVERY_MS);
    window.addEventListener("pagehide", keep);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [keep]);
  useEffect(() => {
    if (resumed === null) return;
    const timer = setTimeout(() => setResumed(null), 7000);
    return () => clearTimeout(timer);
  }, [resumed]);

  // Going away stops the download: WebKit reads on as long as there is an address.
  useEffect(() => {
    const one = video.current;
    return () => {
      if (!one) return;
      one.pause();
      one.removeAttribute("src");
      one.load();
    };
  }, []);

  const onError = () => {
    const one = video.current;
    if (!one?.error || !one.getAttribute("src")) return;
    const soon = Date.now() - failedAt.current < AGAIN_MS;
    failedAt.current = Date.now();
    const { code, message } = one.error;
    if (!soon && code !== MediaError.MEDIA_ERR_DECODE) {
      const place = Math.max(playhead.seconds, goOn.current?.at ?? 0);
      if (place > 0) goOn.current = { at: place, play: !one.paused };
      onStale();
      return;
    }
    onFailure({ code, message });
  };

  const duration = Number.isFinite(media.duration) ? media.duration : (props.durationHint ?? Number.NaN);
  return (
    <div className="stage" ref={stage}>
      <div className="stage-picture">
        {/* biome-ignore lint/a11y/useMediaCaption: the platform records no captions */}
        <video
          ref={video}
          src={src}
          preload="auto"
          playsInline
          aria-label={props.title}
          onClick={() => player.act({ kind: "toggle" })}
          onDoubleClick={() => player.act({ kind: "fullscreen" })}
          onLoadedMetadata={onLoaded}
          onPause={keep}
          onError={onError}
        />
        {media.waiting && (
          <Delayed afterMs={400}>
            <div className="stage-note" role="status">
              {t("waiting")}
            </div>
          </Delayed>
        )}
        {!media.ready && !media.waiting && (
          <Delayed afterMs={250}>
            <div className="stage-note" role="status">
              {t("opening")}
            </div>
          </Delayed>
        )}
        {resumed !== null && (
          <div className="stage-note stage-low" role="status">
            {t("resumed", { at: clock(resumed) })}
            <button
              type="button"
              className="link"
              onClick={() => {
                setResumed(null);
                player.seek(0);
              }}
            >
              {t("fromStart")}
            </button>
          </div>
        )}
        {props.overlay}
      </div>
      <SeekBar playhead={playhead} duration={duration} buffered={media.buffered} onSeek={player.seek} />
      <ControlBar
        media={media}
        player={player}
        playhead={playhead}
        duration={duration}
        clockStart={props.clockStart}
        disabled={!media.ready}
      />
    </div>
  );
}

function usePlayerShortcuts(player: Player, video: React.RefObject<HTMLVideoElement | null>): void {
  const { t } = useTranslation("player");
  useShortcuts(
    PLAYER_KEYS.map(({ name, keys, action }) => ({
      id: name === "part" ? `player.part.${keys}` : `player.${name}`,
      keys,
      label: name === "part" ? t("key.part", { percent: Number(keys) * 10 }) : t(`key.${name}`),
      group: t("keys"),
      run: (event) => {
        // Space on a control of the page still presses that control.
        const control =
          event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("button, a") : null;
        if (keys === "space" && control && !control.contains(video.current)) control.click();
        else player.act(action);
      },
    })),
  );
}
