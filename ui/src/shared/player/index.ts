// The player: picture, controls, keys, the place where a recording was left.
export { Playhead, usePlayhead } from "./playhead";
export { placeOf } from "./resume";
export type { Player } from "./usePlayer";
export { type MediaFailure, VideoPlayer } from "./VideoPlayer";
