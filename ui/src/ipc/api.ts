// Every command of the shell as the generated bindings declare it, with whatever is thrown turned into ApiFailure.
// It does not cache (that is TanStack Query's, beside each feature) and does not retry.
import { commands } from "./bindings";
import { toFailure } from "./failure";

type Command = (...args: never[]) => Promise<unknown>;

const failing =
  (command: Command): Command =>
  async (...args) => {
    try {
      return await command(...args);
    } catch (thrown) {
      throw toFailure(thrown);
    }
  };

export const api = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [name, failing(command as Command)]),
) as typeof commands;
