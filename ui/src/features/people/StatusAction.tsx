// Suspends a person or restores them. View first: what changes is shown before and after, a reason goes into the audit trail, and the
// shell refuses where somebody else changed the person in between. In Observe it cannot be done, and says so.
import { Button, Modal, Textarea, Tooltip } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiFailure, api, type User, useRung } from "../../ipc";
import { say, sayWithUndo } from "../../shared/detail";
import { ErrorLine, errorWords, StateWord } from "../../shared/feedback";
import { refreshLists } from "../../shared/grid";
import { userQuery } from "./queries";
import { personName, personStatus } from "./words";

const REASON_CHARS = 500;

export function StatusAction({ user }: { user: User }) {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const rung = useRung().data;
  if (user.deleted_at !== null) return null;
  const suspended = user.status === "suspended";
  const next = suspended ? "active" : "suspended";
  const why = !rung || rung.rung === "edit" ? null : t(rung.read_only ? "readOnlyProfile" : "offInObserve");
  return (
    <>
      <Tooltip label={why} disabled={why === null}>
        <Button
          size="xs"
          color={suspended ? undefined : "down"}
          data-disabled={why !== null || undefined}
          aria-disabled={why !== null}
          aria-description={why ?? undefined}
          onClick={(event) => {
            if (why === null) setOpen(true);
            else event.preventDefault();
          }}
        >
          {t(suspended ? "restore" : "suspend")}
        </Button>
      </Tooltip>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t(suspended ? "restoreTitle" : "suspendTitle", { name: personName(user) })}
      >
        {open && <Change user={user} next={next} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Change({ user, next, onClose }: { user: User; next: "active" | "suspended"; onClose: () => void }) {
  const { t } = useTranslation(["people", "shared", "errors"]);
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const take = (changed: User) => {
    client.setQueryData(userQuery(user.id).queryKey, changed);
    refreshLists(client, ["people"]);
  };
  // The inverse goes the same way: through the audited path, and refused where somebody changed them meanwhile.
  const undo = () => {
    const back = {
      id: user.id,
      status: user.status ?? "active",
      expected: next,
      reason: t("people:undoReason"),
    };
    api.userSetStatus(back).then(
      (changed) => {
        take(changed);
        say(t("people:undone", { name: personName(user) }));
      },
      (error: ApiFailure) => say(`${errorWords(t as never, error).title}: ${error.message}`),
    );
  };
  const change = useMutation<User, ApiFailure, void>({
    mutationFn: () =>
      api.userSetStatus({ id: user.id, status: next, expected: user.status, reason: reason.trim() || null }),
    onSuccess: (changed) => {
      take(changed);
      const words = t(next === "suspended" ? "people:suspended" : "people:restored", {
        name: personName(user),
      });
      sayWithUndo(words, t("people:undo"), undo);
      onClose();
    },
  });
  const before = personStatus(t as never, user);
  const after = personStatus(t as never, { status: next, deleted_at: null });
  const conflict = change.error?.api.code === "conflict";
  const readAgain = () => {
    void client.invalidateQueries({ queryKey: userQuery(user.id).queryKey });
    onClose();
  };
  return (
    <form
      className="change"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <p className="fg-2">{t(next === "suspended" ? "people:suspendText" : "people:restoreText")}</p>
      <div className="change-diff" role="group" aria-label={t("people:change")}>
        <span className="mono mut cut">users.{user.id}.status</span>
        <StateWord tone={before.tone}>
          <s>{before.word}</s>
        </StateWord>
        <span aria-hidden="true">→</span>
        <StateWord tone={after.tone}>{after.word}</StateWord>
      </div>
      <Textarea
        label={t("people:reason")}
        description={t("people:reasonText")}
        value={reason}
        maxLength={REASON_CHARS}
        rows={3}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {change.isError && (
        <div className="change-error">
          <ErrorLine error={change.error} />
          {conflict && (
            <Button size="xs" onClick={readAgain}>
              {t("people:readAgain")}
            </Button>
          )}
        </div>
      )}
      <div className="change-end">
        <Button onClick={onClose}>{t("shared:action.cancel")}</Button>
        <Button
          type="submit"
          variant="filled"
          color={next === "suspended" ? "down" : undefined}
          loading={change.isPending}
          disabled={conflict}
        >
          {t(next === "suspended" ? "people:suspend" : "people:restore")}
        </Button>
      </div>
    </form>
  );
}
