// A store's sign.
import { STORE_TITLE, type StoreKind } from "../../ipc";
import { Icon } from "../theme";

export function StoreIcon({ store, size = 16 }: { store: StoreKind; size?: 13 | 14 | 16 }) {
  return <Icon name={store} size={size} />;
}

export { STORE_TITLE };
