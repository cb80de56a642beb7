// Which deployment we look at: its colour, its name and, in production, the word; and the way to another one.
import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAppInfo } from "../ipc";
import { useOpenProfile, useProfiles } from "../shared/profiles";
import { Icon } from "../shared/theme";

export function ProfileMenu() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const { data: info } = useAppInfo();
  const { query, profiles } = useProfiles();
  const open = useOpenProfile();
  const profile = info?.profile;
  return (
    <Menu width={280} onOpen={() => query.refetch()}>
      <Menu.Target>
        <button
          type="button"
          className="prof"
          aria-label={
            profile
              ? t("profile.button", {
                  name: profile.name,
                  environment: t(`environment.${profile.environment}`),
                })
              : t("profile.none")
          }
        >
          <span className="square" />
          {/* Until it is known which profile is open, none is not the answer. */}
          <b>{info ? (profile?.name ?? t("profile.none")) : ""}</b>
          {profile && profile.environment !== "demo" && profile.environment !== "development" && (
            <span className={`env-word ${profile.environment}`}>
              {t(`environmentShort.${profile.environment}`)}
            </span>
          )}
          <Icon name="chevronDown" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("profile.switch")}</Menu.Label>
        {profiles?.map((one) => (
          <Menu.Item
            key={one.name}
            disabled={one.problem !== null}
            title={one.problem ?? one.path}
            leftSection={<span className="square" style={{ background: one.colour }} />}
            rightSection={
              one.name === profile?.name ? (
                <Icon name="check" size={14} />
              ) : (
                <span className="mut small">
                  {one.problem ? t("profile.broken") : t(`environment.${one.environment}`)}
                </span>
              )
            }
            onClick={() => one.name !== profile?.name && open.mutate(one.name)}
          >
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="settings" size={14} />}
          onClick={() => navigate({ to: "/settings", search: { section: "profiles" } })}
        >
          {t("profile.manage")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
