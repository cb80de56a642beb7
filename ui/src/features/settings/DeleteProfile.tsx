// Forgets a profile and its secrets, once its name has been typed. The deployment itself is not touched, and it says so.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, appInfoQuery } from "../../ipc";
import { ErrorLine } from "../../shared/feedback";
import { profilesQuery } from "../../shared/profiles";

export function DeleteProfile({ name, onDeleted }: { name: string; onDeleted: () => void }) {
  const { t } = useTranslation(["settings", "shared"]);
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const forget = useMutation({
    mutationFn: () => api.profileDelete(name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: profilesQuery.queryKey });
      await client.invalidateQueries({ queryKey: appInfoQuery.queryKey });
      onDeleted();
    },
  });
  return (
    <>
      <Button color="down" variant="subtle" onClick={() => setAsking(true)}>
        {t("settings:delete.action")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("settings:delete.title", { name })}
        size={440}
      >
        <p className="fg-2">{t("settings:delete.text")}</p>
        <TextInput
          mt={12}
          label={t("settings:delete.type", { name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        {forget.isError && <ErrorLine error={forget.error} />}
        <div className="row" style={{ justifyContent: "flex-end", marginTop: 16 }}>
          <Button onClick={() => setAsking(false)}>{t("shared:action.cancel")}</Button>
          <Button
            variant="filled"
            color="down"
            disabled={typed !== name}
            loading={forget.isPending}
            onClick={() => forget.mutate()}
          >
            {t("settings:delete.action")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
