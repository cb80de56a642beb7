// A course in the height of a line: area and stroke, no axes. The words beside it carry the figure; this is its shape.
type SparkProps = {
  /** Oldest first; `null` is a gap. */
  values: readonly (number | null)[];
  width: number;
  height: number;
  colour?: string;
  label: string;
};

/** Runs of known values, each with its places. */
export function runsOf(values: readonly (number | null)[]): [at: number, value: number][][] {
  const runs: [number, number][][] = [];
  let run: [number, number][] = [];
  values.forEach((value, at) => {
    if (value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else run.push([at, value]);
  });
  if (run.length > 0) runs.push(run);
  return runs;
}

export function Spark({ values, width, height, colour = "var(--c1)", label }: SparkProps) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0)
    return <svg className="viz" width={width} height={height} role="img" aria-label={label} />;
  const top = Math.max(1, ...known);
  const x = (at: number) => (at / Math.max(1, values.length - 1)) * width;
  const y = (value: number) => height - 1 - (value / top) * (height - 3);
  return (
    <svg className="viz" width={width} height={height} role="img" aria-label={label}>
      {runsOf(values).map((run) => {
        const line = run.map(([at, value]) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("L");
        const alone = run.length === 1 ? run[0] : undefined;
        if (alone)
          return (
            <circle
              key={alone[0]}
              cx={x(alone[0])}
              cy={known.length === 1 ? height / 2 : y(alone[1])}
              r="1.25"
              fill={colour}
            />
          );
        const from = x(run[0]?.[0] ?? 0).toFixed(1);
        const to = x(run.at(-1)?.[0] ?? 0).toFixed(1);
        return (
          <g key={from}>
            <path d={`M${from} ${height}L${line}L${to} ${height}Z`} fill={colour} opacity=".13" />
            <path d={`M${line}`} fill="none" stroke={colour} strokeWidth="1.25" strokeLinejoin="round" />
          </g>
        );
      })}
    </svg>
  );
}
