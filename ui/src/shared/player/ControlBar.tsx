// The controls under the picture, in the order of the hand: back, play, on, time; then what is used less.
import { ActionIcon, Menu, Slider, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { clock, useFormat } from "../format";
import { Icon, type IconName } from "../theme";
import { type PlayerAction, SPEEDS } from "./keys";
import { type Playhead, usePlayhead } from "./playhead";
import type { MediaState } from "./useMedia";
import { hasPip, type Player } from "./usePlayer";

type ControlBarProps = {
  media: MediaState;
  player: Player;
  playhead: Playhead;
  duration: number;
  /** The moment of second 0 on the meeting's clock, in ms; `null` where unknown. */
  clockStart: number | null;
  disabled: boolean;
};

export function ControlBar({ media, player, playhead, duration, clockStart, disabled }: ControlBarProps) {
  const { t } = useTranslation("player");
  const act = (action: PlayerAction) => () => player.act(action);
  const button = (icon: IconName, label: string, action: PlayerAction) => (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={act(action)} disabled={disabled}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className="controls" role="toolbar" aria-label={t("controls")}>
      {button("skipBack", t("key.back10"), { kind: "by", seconds: -10 })}
      {button(media.paused ? "play" : "pause", t(media.paused ? "play" : "pause"), { kind: "toggle" })}
      {button("skipForward", t("key.on10"), { kind: "by", seconds: 10 })}
      <Times playhead={playhead} duration={duration} clockStart={clockStart} />
      <span className="push" />
      <Tooltip label={t("key.link")}>
        <button type="button" className="controls-word" onClick={act({ kind: "link" })} disabled={disabled}>
          <Icon name="link" size={14} />
          <span className="controls-label">{t("linkAtTime")}</span>
        </button>
      </Tooltip>
      <Menu position="top-end">
        <Menu.Target>
          <button
            type="button"
            className="controls-word controls-speed num"
            aria-label={t("speed")}
            disabled={disabled}
          >
            {media.rate}×
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {SPEEDS.map((speed) => (
            <Menu.Item
              key={speed}
              onClick={() => player.setSpeed(speed)}
              className={speed === media.rate ? "mid" : ""}
            >
              <span className="num">{speed}×</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {button(media.muted || media.volume === 0 ? "mute" : "volume", t(media.muted ? "unmute" : "key.mute"), {
        kind: "mute",
      })}
      <Slider
        className="controls-volume"
        size={3}
        thumbSize={10}
        min={0}
        max={1}
        step={0.05}
        label={null}
        thumbLabel={t("volume")}
        value={media.muted ? 0 : media.volume}
        onChange={player.setVolume}
        disabled={disabled}
        color="accent"
      />
      {hasPip() && button("pip", t("key.pip"), { kind: "pip" })}
      {button("fullscreen", t("key.fullscreen"), { kind: "fullscreen" })}
    </div>
  );
}

function Times({
  playhead,
  duration,
  clockStart,
}: Pick<ControlBarProps, "playhead" | "duration" | "clockStart">) {
  const { t } = useTranslation("player");
  const format = useFormat();
  const seconds = usePlayhead(playhead);
  return (
    <>
      <span className="controls-time mono">
        <b>{clock(seconds)}</b>
        <span className="mut"> / {Number.isFinite(duration) && duration > 0 ? clock(duration) : "–"}</span>
      </span>
      {clockStart !== null && (
        <span className="mut num controls-clock">
          {t("meetingTime", { at: format.timeS(clockStart + seconds * 1000) })}
        </span>
      )}
    </>
  );
}
