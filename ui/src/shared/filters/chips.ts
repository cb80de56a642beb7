// A filter bar's chips as text in an address and as the terms the shell understands. Pure.
// In an address a chip is `field=a,b` or `field!=a,b`; `~` before it means it is switched off. Values keep `%` and `,` percent-encoded.
import type { Filter, Term } from "../../ipc";
import { isPeriodWord, periodTerm } from "./periods";

export type Chip<F extends string = string> = {
  field: F;
  negated: boolean;
  /** Stays in the bar but does not filter. */
  off: boolean;
  values: readonly string[];
};

/** The longest search text the shell takes. */
export const MAX_SEARCH_CHARS = 512;

const encode = (value: string) => value.replaceAll("%", "%25").replaceAll(",", "%2C");
const decode = (value: string) => value.replaceAll(/%2c/gi, ",").replaceAll("%25", "%");

export function formatChip(chip: Chip): string {
  const values = chip.values.map(encode).join(",");
  return `${chip.off ? "~" : ""}${chip.field}${chip.negated ? "!=" : "="}${values}`;
}

/** The chip, or `null` where the text names no field of this list: an old link still opens. */
export function parseChip<F extends string>(text: string, fields: readonly F[]): Chip<F> | null {
  const off = text.startsWith("~");
  const body = off ? text.slice(1) : text;
  const at = body.indexOf("=");
  if (at < 1) return null;
  const negated = body[at - 1] === "!";
  const name = body.slice(0, negated ? at - 1 : at);
  const field = fields.find((known) => known === name);
  if (field === undefined) return null;
  const values = body
    .slice(at + 1)
    .split(",")
    .map(decode)
    .filter((value) => value !== "");
  return { field, negated, off, values };
}

export const parseChips = <F extends string>(texts: readonly string[] | undefined, fields: readonly F[]) =>
  (texts ?? []).map((text) => parseChip(text, fields)).filter((chip): chip is Chip<F> => chip !== null);

/** Text that may be sent: no U+0000 (no store can hold it), not longer than the shell takes. */
export const searchText = (text: string): string =>
  [...text.replaceAll("\0", "").trim()].slice(0, MAX_SEARCH_CHARS).join("");

function toTerm<F extends string>(chip: Chip<F>, utc: boolean): Term<F> {
  const values = chip.values.map((value) => (isPeriodWord(value) ? periodTerm(value, utc) : value));
  return { field: chip.field, negated: chip.negated, values };
}

/** What the shell is asked: chips that are on and hold a value. */
export function toFilter<F extends string>(
  q: string | undefined,
  chips: readonly Chip<F>[],
  utc = false,
): Filter<F> {
  const text = searchText(q ?? "");
  return {
    search: text === "" ? null : text,
    terms: chips.filter((chip) => !chip.off && chip.values.length > 0).map((chip) => toTerm(chip, utc)),
  };
}

export const withChip = <F extends string>(chips: readonly Chip<F>[], at: number, chip: Chip<F>) =>
  chips.map((old, n) => (n === at ? chip : old));
export const withoutChip = <F extends string>(chips: readonly Chip<F>[], at: number) =>
  chips.filter((_, n) => n !== at);
