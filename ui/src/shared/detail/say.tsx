// A short word in the corner: what was just done, and where it has an inverse, a way to undo it.
import { notifications } from "@mantine/notifications";

export const say = (message: string): void => {
  notifications.show({ message, autoClose: 2500 });
};

const UNDO_MS = 9000;

export function sayWithUndo(message: string, undo: string, onUndo: () => void): void {
  const id = `undo-${Date.now()}`;
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <span className="row">
        <span className="cut">{message}</span>
        <button
          type="button"
          className="link push"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {undo}
        </button>
      </span>
    ),
  });
}
