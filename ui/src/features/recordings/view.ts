// Which stretch of a recording the lanes show: the whole, or a window that moves on when the playhead comes near its edge. Pure.
export const SPANS_S = [0, 3600, 1200, 300] as const;
export type View = { from: number; to: number };

const MARGIN = 0.12;

/** The widest span that is worth showing at first: lanes of a long recording begin at twenty minutes. */
export const firstSpan = (duration: number): number => (duration > 2400 ? 1200 : 0);

/** Spans that are shorter than the recording; 0 is the whole. */
export const spansFor = (duration: number): number[] =>
  SPANS_S.filter((span) => span === 0 || span < duration * 0.9);

/** The view for a playhead: the one there was, while the playhead is well within it. */
export function viewFor(before: View | null, span: number, at: number, duration: number): View {
  if (span === 0 || span >= duration) return { from: 0, to: Math.max(1, duration) };
  const fits = before !== null && Math.abs(before.to - before.from - span) < 0.001;
  if (fits) {
    const low = before.from + (before.from > 0 ? span * MARGIN : 0);
    const high = before.to - (before.to < duration ? span * MARGIN : 0);
    if (at >= low && at <= high) return before;
  }
  const from = Math.min(Math.max(0, at - span * 0.4), duration - span);
  return { from, to: from + span };
}
