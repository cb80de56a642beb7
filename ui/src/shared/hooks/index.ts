// What screens share beyond looks: keys, links, a list's address.
export { Keys } from "./Keys";
export { fromLink, toLink } from "./link";
export { type ListSearch, parseListSearch } from "./listSearch";
export {
  changeKeys,
  isComposing,
  keyNames,
  keysFrom,
  keysOf,
  matches,
  type Shortcut,
  useActiveShortcuts,
  useShortcuts,
} from "./shortcuts";
