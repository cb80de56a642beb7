// A short word in the corner: what was just done.
import { notifications } from "@mantine/notifications";

export const say = (message: string): void => {
  notifications.show({ message, autoClose: 2500 });
};
