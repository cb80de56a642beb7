// Filters: chips in the address, the filter bar, the filter as the shell understands it.
export { type Chip, formatChip, parseChip, parseChips, toFilter } from "./chips";
export { FilterBar } from "./FilterBar";
export type { Choice, FieldSpec } from "./fields";
export { NothingMatches } from "./NothingMatches";
export { PersonName } from "./PersonPicker";
export { formatSort, sortOf, useFilter } from "./useListState";
export type { SavedView } from "./views";
