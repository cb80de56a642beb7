// What production asks before it can be changed. Staying is what Enter does.
import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorLine } from "../shared/feedback";

type EditConfirmProps = {
  profile: string;
  error: unknown;
  pending: boolean;
  onStay: () => void;
  onEdit: () => void;
};

export function EditConfirm({ profile, error, pending, onStay, onEdit }: EditConfirmProps) {
  const { t } = useTranslation("app");
  return (
    <Modal opened onClose={onStay} title={t("rung.askTitle", { profile })} size={440}>
      <p className="fg-2">{t("rung.askText")}</p>
      {error !== null && <ErrorLine error={error} />}
      <div className="row" style={{ justifyContent: "flex-end", marginTop: 16 }}>
        <Button onClick={onStay} data-autofocus>
          {t("rung.stay")}
        </Button>
        <Button variant="filled" onClick={onEdit} loading={pending}>
          {t("rung.askAction")}
        </Button>
      </div>
    </Modal>
  );
}
