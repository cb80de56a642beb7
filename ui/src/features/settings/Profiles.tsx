// The deployments this desktop knows. One is open; any can be edited, tested, opened or forgotten.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, useAppInfo } from "../../ipc";
import { EmptyState, ErrorLine, ErrorState, SkeletonLines, StateWord } from "../../shared/feedback";
import { useOpenProfile, useProfiles } from "../../shared/profiles";
import { Icon } from "../../shared/theme";
import { ProfileEditor } from "./ProfileEditor";
import { complete, emptyProfile } from "./profileForm";

const route = getRouteApi("/settings");

function EditExisting({ name }: { name: string }) {
  const profile = useQuery({
    queryKey: ["profile_get", name],
    queryFn: () => api.profileGet(name),
    staleTime: 0,
  });
  if (profile.isError) return <ErrorState error={profile.error} onRetry={() => profile.refetch()} />;
  if (!profile.data) return <SkeletonLines lines={8} />;
  return <ProfileEditor key={name} initial={complete(profile.data)} isNew={false} />;
}

export function Profiles() {
  const { t } = useTranslation(["settings", "app"]);
  const navigate = route.useNavigate();
  const { profile: editing, new: isNew } = route.useSearch();
  const { query, profiles } = useProfiles();
  const opened = useAppInfo().data?.profile?.name;
  const open = useOpenProfile();
  if (isNew) return <ProfileEditor key="new" initial={emptyProfile()} isNew />;
  if (editing) return <EditExisting name={editing} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  if (!profiles) return <SkeletonLines lines={4} />;
  const create = (
    <Button
      leftSection={<Icon name="plus" size={14} />}
      onClick={() => navigate({ search: { section: "profiles", new: true } })}
    >
      {t("settings:profiles.new")}
    </Button>
  );
  if (profiles.length === 0) {
    return (
      <EmptyState title={t("settings:profiles.none")} actions={create}>
        {t("settings:profiles.noneText")}
      </EmptyState>
    );
  }
  return (
    <section className="settings-section wide" aria-label={t("settings:section.profiles")}>
      <div className="row settings-intro">
        <p className="fg-2 grow">{t("settings:profiles.text")}</p>
        {create}
      </div>
      {open.isError && (
        <ErrorLine error={open.error} onRetry={() => open.variables && open.mutate(open.variables)} />
      )}
      <ul className="profiles">
        {profiles.map((one) => (
          <li key={one.name} className="profile-line">
            <span className="square" style={{ background: one.colour }} />
            <span className="profile-name">
              <b className="mid cut">{one.name}</b>
              <span className="mut small cut" title={one.problem ?? one.path}>
                {one.problem ?? one.path}
              </span>
            </span>
            <span className="small fg-2 profile-environment">
              {one.problem ? (
                <StateWord tone="down">{t("app:profile.broken")}</StateWord>
              ) : (
                t(`app:environment.${one.environment}`)
              )}
            </span>
            <span className="profile-mark">
              {one.read_only && <span className="tag">{t("settings:profiles.readOnly")}</span>}
            </span>
            {one.name === opened ? (
              <span className="profile-action">
                <StateWord tone="up">{t("settings:profiles.opened")}</StateWord>
              </span>
            ) : (
              <span className="profile-action">
                <Button
                  variant="subtle"
                  disabled={one.problem !== null}
                  loading={open.isPending && open.variables === one.name}
                  onClick={() => open.mutate(one.name)}
                >
                  {t("settings:profiles.open")}
                </Button>
              </span>
            )}
            <Button
              disabled={one.problem !== null || !one.isOwn}
              title={one.isOwn ? undefined : t("settings:profiles.notOwn")}
              onClick={() => navigate({ search: { section: "profiles", profile: one.name } })}
            >
              {t("settings:profiles.edit")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
