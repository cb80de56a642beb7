// Random values that are the same at every run, for tests of properties.
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    int: (below: number) => Math.floor(next() * below),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
    text: (alphabet: string, most: number) =>
      Array.from({ length: Math.floor(next() * (most + 1)) }, () => {
        const letters = [...alphabet];
        return letters[Math.floor(next() * letters.length)];
      }).join(""),
  };
}
