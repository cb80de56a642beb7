// No profile is open: what to do, in the order of least effort. Opening can fail; then it says why, and a locked vault can be unlocked.
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useAppInfo } from "../ipc";
import { CopyButton, ErrorLine, ErrorState, SkeletonLines, StateWord } from "../shared/feedback";
import { profilesQuery, useOpenProfile } from "../shared/profiles";
import { Icon } from "../shared/theme";

const DEMO_COMMAND = "greenroom stack up --seed demo";

function Unlock({ onUnlocked }: { onUnlocked: () => void }) {
  const { t } = useTranslation("app");
  const [passphrase, setPassphrase] = useState("");
  const unlock = useMutation({ mutationFn: () => api.vaultUnlock(passphrase), onSuccess: onUnlocked });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate();
  };
  return (
    <form onSubmit={submit} className="row" style={{ alignItems: "flex-end", marginTop: 8 }}>
      <PasswordInput
        label={t("firstRun.passphrase")}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        style={{ flex: 1 }}
        autoComplete="off"
        error={unlock.isError ? unlock.error.message : undefined}
      />
      <Button type="submit" variant="filled" loading={unlock.isPending} disabled={passphrase === ""}>
        {t("firstRun.unlock")}
      </Button>
    </form>
  );
}

export function FirstRun() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const profiles = useQuery({ ...profilesQuery, refetchInterval: 3000 });
  const open = useOpenProfile();
  const client = useQueryClient();
  const { data: info, refetch } = useAppInfo();
  const openAgain = () => open.variables && open.mutate(open.variables);
  // Why the profile asked for at start is not open, until another one was tried from here.
  const problem = open.isIdle ? (info?.problem ?? null) : open.error;
  const isLocked = (open.isIdle ? info?.problem?.code : open.error?.api.code) === "secret_locked";
  // The shell opens the profile that waited for its passphrase by itself.
  const unlocked = () =>
    void refetch().then(() =>
      client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "app_info" }),
    );
  if (profiles.isError) return <ErrorState error={profiles.error} onRetry={() => profiles.refetch()} />;
  return (
    <div className="centred">
      <div className="first-run">
        <h1 className="centred-title" style={{ fontSize: 18 }}>
          {t("firstRun.title")}
        </h1>
        <p className="centred-text" style={{ marginBottom: 16 }}>
          {t("firstRun.text")}
        </p>
        {problem && (
          <div className="first-run-problem">
            <ErrorLine error={problem} onRetry={open.isError ? openAgain : undefined} />
            {isLocked && <Unlock onUnlocked={unlocked} />}
          </div>
        )}
        {profiles.isPending && <SkeletonLines lines={2} />}
        {profiles.data && profiles.data.length > 0 && (
          <div className="first-run-option">
            <Icon name="server" />
            <b className="mid">{t("firstRun.open")}</b>
            <div>
              {profiles.data.map((profile) => (
                <button
                  key={profile.name}
                  type="button"
                  className="profile-row"
                  disabled={profile.problem !== null || open.isPending}
                  onClick={() => open.mutate(profile.name)}
                >
                  <span className="square" style={{ background: profile.colour }} />
                  <span className="mid">{profile.name}</span>
                  <span className="mut small cut">{profile.problem ?? profile.path}</span>
                  <span className="push mut small">
                    {profile.problem ? (
                      <StateWord tone="down">{t("profile.broken")}</StateWord>
                    ) : (
                      t(`environment.${profile.environment}`)
                    )}
                  </span>
                </button>
              ))}
            </div>
          </div>
        )}
        <div className="first-run-option">
          <Icon name="play" />
          <b className="mid">{t("firstRun.demo")}</b>
          <p className="fg-2">{t("firstRun.demoText")}</p>
          <div className="command">
            <span className="cut">{DEMO_COMMAND}</span>
            <CopyButton text={DEMO_COMMAND} />
          </div>
        </div>
        <div className="first-run-option">
          <Icon name="plus" />
          <b className="mid">{t("firstRun.create")}</b>
          <p className="fg-2">{t("firstRun.createText")}</p>
          <div style={{ marginTop: 8 }}>
            <Button onClick={() => navigate({ to: "/settings", search: { section: "profiles", new: true } })}>
              {t("firstRun.createAction")}
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}
