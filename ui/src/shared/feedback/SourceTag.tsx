// Where a block's data come from and how old they are; when the store is away, it says that instead of the age.
import { useTranslation } from "react-i18next";
import { STORE_TITLE, type StoreKind, useStoreHealth } from "../../ipc";
import { AgeLabel } from "./AgeLabel";
import { StateWord } from "./StateWord";
import { StoreIcon } from "./StoreIcon";

export function SourceTag({ store, at }: { store: StoreKind; at?: string | number | null }) {
  const { t } = useTranslation("shared");
  const health = useStoreHealth(store);
  return (
    <span className="source">
      <StoreIcon store={store} size={13} />
      {STORE_TITLE[store]}
      {health?.state === "down" && <StateWord tone="down">{t("unavailable")}</StateWord>}
      {at !== null && at !== undefined && <AgeLabel at={at} />}
    </span>
  );
}
