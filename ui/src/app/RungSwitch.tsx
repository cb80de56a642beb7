// How far one may go just now: Observe, or Edit by an explicit step that falls back on its own. Production asks first.
import { Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Rung, rungQuery, useAppInfo, useRung } from "../ipc";
import { clock } from "../shared/format";
import { Icon } from "../shared/theme";
import { useNow } from "../shared/time";

const EditConfirm = lazy(() => import("./EditConfirm").then(({ EditConfirm }) => ({ default: EditConfirm })));

function Countdown({ to, onEnd }: { to: string; onEnd: () => void }) {
  const now = useNow();
  const leftS = Math.max(0, Math.ceil((new Date(to).getTime() - now) / 1000));
  useEffect(() => {
    if (leftS === 0) onEnd();
  }, [leftS, onEnd]);
  return <span>{clock(leftS).replace(/^0:/, "")}</span>;
}

export function RungSwitch() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const { data: state } = useRung();
  const profile = useAppInfo().data?.profile;
  const [asking, setAsking] = useState(false);
  const set = useMutation({
    mutationFn: (rung: Rung) => api.rungSet(rung),
    onSuccess: (next) => {
      client.setQueryData(rungQuery.queryKey, next);
      setAsking(false);
    },
  });
  if (!state || !profile) return null;
  const editing = state.rung === "edit";
  const toggle = () => {
    if (editing) set.mutate("observe");
    else if (profile.environment === "production") setAsking(true);
    else set.mutate("edit");
  };
  const hint = state.read_only ? t("rung.readOnly") : editing ? t("rung.leave") : t("rung.enter");
  return (
    <>
      <Tooltip label={hint}>
        <button
          type="button"
          className={editing && profile.environment === "production" ? "top-button editing" : "top-button"}
          onClick={toggle}
          disabled={state.read_only}
          aria-pressed={editing}
        >
          <Icon name={state.read_only ? "lock" : editing ? "pencil" : "eye"} />
          {editing ? t("rung.edit") : t("rung.observe")}
          {editing && state.falls_back_at && (
            <Countdown
              to={state.falls_back_at}
              onEnd={() => client.invalidateQueries({ queryKey: rungQuery.queryKey })}
            />
          )}
        </button>
      </Tooltip>
      {asking && (
        <Suspense>
          <EditConfirm
            profile={profile.name}
            error={set.error}
            pending={set.isPending}
            onStay={() => setAsking(false)}
            onEdit={() => set.mutate("edit")}
          />
        </Suspense>
      )}
    </>
  );
}
