// A key combination as it is printed on the keyboard.
import { keyNames } from "./shortcuts";

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keyNames(keys).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
