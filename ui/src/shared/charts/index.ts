// Small drawings of our own, in SVG, coloured by the tokens.
export { runsOf, Spark } from "./Spark";
export { StateStrip } from "./StateStrip";
export { timeTicks } from "./timeAxis";
