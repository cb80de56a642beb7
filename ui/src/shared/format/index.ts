// Numbers, sizes, durations, moments.
export { clock, createFormat, type Format, iso } from "./format";
export { useFormat } from "./useFormat";
