// Takes the file away: a copy where the person says, or opened with the system's own player. Both run in the task centre.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ApiFailure, api } from "../../ipc";
import { say } from "../../shared/detail";
import { errorWords } from "../../shared/feedback";
import { Icon } from "../../shared/theme";

export function FileActions({ id, size = "sm" }: { id: string; size?: "xs" | "sm" }) {
  const { t } = useTranslation(["recordings", "errors", "shared"]);
  const fail = (error: ApiFailure) => {
    const { title } = errorWords(t as never, error);
    say(`${title}: ${error.message}`);
  };
  const download = useMutation({
    mutationFn: () => api.recordingDownload(id, null),
    onSuccess: (task) => {
      if (task) say(t("recordings:downloading"));
    },
    onError: fail,
  });
  const outside = useMutation({
    mutationFn: () => api.recordingOpenOutside(id),
    onSuccess: () => say(t("recordings:openingOutside")),
    onError: fail,
  });
  return (
    <>
      <Button
        size={size}
        leftSection={<Icon name="download" size={14} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        {t("recordings:download")}
      </Button>
      <Button
        size={size}
        leftSection={<Icon name="outside" size={14} />}
        loading={outside.isPending}
        onClick={() => outside.mutate()}
      >
        {t("recordings:openOutside")}
      </Button>
    </>
  );
}
