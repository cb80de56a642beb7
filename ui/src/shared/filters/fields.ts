// What a list can be filtered by, as the filter bar needs it: words, and which editor a value gets.
export type Choice = { value: string; label: string };

export type FieldSpec<F extends string = string> = {
  field: F;
  label: string;
} & (
  | {
      kind: "choice";
      choices: readonly Choice[] /** Other words can be typed: the platform publishes no list. */;
      open?: boolean;
    }
  | { kind: "period" }
  | { kind: "flag" }
  | { kind: "person" }
  | { kind: "ids" }
);
