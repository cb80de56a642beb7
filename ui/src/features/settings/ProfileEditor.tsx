// A profile as a form. What is typed is kept as a draft (without secrets) until it is saved or dropped; the test reaches the real
// servers with what is in the form; secrets go to the vault and never come back.
import { Button, Checkbox, PasswordInput, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Environment, healthOf, useAppInfo, usePreference } from "../../ipc";
import { ErrorLine } from "../../shared/feedback";
import { profilesQuery, useOpenProfile } from "../../shared/profiles";
import { Icon } from "../../shared/theme";
import { DeleteProfile } from "./DeleteProfile";
import { TextField } from "./fields";
import { COLOURS, type FormProfile, orNull, type Secrets, secretInputs } from "./profileForm";
import { StoreSection } from "./StoreSection";
import { STORE_FIELDS } from "./storeFields";

const route = getRouteApi("/settings");
const ENVIRONMENTS: readonly Environment[] = ["production", "staging", "development", "demo"];

function ColourField({ value, onChange }: { value: string; onChange: (colour: string) => void }) {
  const { t } = useTranslation("settings");
  return (
    <div>
      <div className="field-label">{t("form.colour")}</div>
      <div className="row colours" role="radiogroup" aria-label={t("form.colour")}>
        {COLOURS.map((colour) => (
          <button
            key={colour}
            type="button"
            role="radio"
            aria-checked={value === colour}
            aria-label={colour}
            className="colour"
            style={{ background: colour }}
            onClick={() => onChange(colour)}
          />
        ))}
        <input
          className="colour-text mono"
          aria-label={t("form.colourHex")}
          value={value}
          maxLength={7}
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

function GeneralFields({
  profile,
  change,
  isNew,
}: {
  profile: FormProfile;
  change: (part: Partial<FormProfile>) => void;
  isNew: boolean;
}) {
  const { t } = useTranslation(["settings", "app"]);
  return (
    <fieldset className="store-section">
      <legend className="sec-title">{t("settings:form.general")}</legend>
      <div className="field-grid">
        {isNew ? (
          <TextField
            label={t("settings:form.name")}
            value={profile.name}
            onChange={(name) => change({ name })}
            required
          />
        ) : (
          <div>
            <div className="field-label">{t("settings:form.name")}</div>
            <b className="mid field-fixed">{profile.name}</b>
          </div>
        )}
        <Select
          label={t("settings:form.environment")}
          value={profile.environment}
          onChange={(value) => value && change({ environment: value as Environment })}
          data={ENVIRONMENTS.map((value) => ({ value, label: t(`app:environment.${value}`) }))}
        />
        <ColourField value={profile.colour} onChange={(colour) => change({ colour })} />
        <TextField
          label={t("settings:form.secretsFile")}
          value={profile.secrets_file}
          onChange={(text) => change({ secrets_file: orNull(text) })}
          placeholder={t("settings:form.secretsFileNone")}
          mono
        />
        <Checkbox
          className="field-check field-row"
          label={t("settings:form.readOnly")}
          checked={profile.read_only}
          onChange={(event) => change({ read_only: event.currentTarget.checked })}
        />
      </div>
    </fieldset>
  );
}

export function ProfileEditor({ initial, isNew }: { initial: FormProfile; isNew: boolean }) {
  const { t } = useTranslation(["settings", "app"]);
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const opened = useAppInfo().data?.profile?.name;
  const [draft, setDraft] = usePreference<FormProfile | null>(
    isNew ? "draft.profile" : `draft.profile.${initial.name}`,
    null,
  );
  const [secrets, setSecrets] = useState<Secrets>({});
  const [passphrase, setPassphrase] = useState("");
  const profile = draft ?? initial;
  const change = (part: Partial<FormProfile>) => setDraft({ ...profile, ...part });
  const kept = useQuery({
    queryKey: ["secret_status", initial.name],
    queryFn: () => api.secretStatus(initial.name),
    enabled: !isNew,
  });
  const phrase = passphrase === "" ? null : passphrase;
  const test = useMutation({ mutationFn: () => api.profileTest(profile, secretInputs(secrets), phrase) });
  const open = useOpenProfile();
  const leave = () => {
    setDraft(null);
    void navigate({ search: { section: "profiles" } });
  };
  const save = useMutation({
    mutationFn: (_andOpen: boolean) => api.profileSave(profile, secretInputs(secrets), phrase),
    onSuccess: async (saved, andOpen) => {
      setSecrets({});
      setDraft(null);
      await client.invalidateQueries({ queryKey: profilesQuery.queryKey });
      await client.invalidateQueries({ queryKey: ["profile_get", saved.name] });
      await client.invalidateQueries({ queryKey: ["secret_status", saved.name] });
      if (andOpen) await open.mutateAsync(saved.name);
      void navigate({ search: { section: "profiles" } });
    },
  });
  const failure = save.error ?? open.error ?? test.error;
  const needsPassphrase = failure?.api.code === "secret_locked";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(true);
  };
  return (
    <form
      className="settings-section wide"
      onSubmit={submit}
      aria-label={isNew ? t("settings:form.newTitle") : initial.name}
    >
      <div className="row form-head">
        <h2 className="centred-title cut">
          {isNew ? t("settings:form.newTitle") : t("settings:form.editTitle", { name: initial.name })}
        </h2>
        {draft && <span className="tag tag-accent">{t("settings:form.draft")}</span>}
      </div>
      <GeneralFields profile={profile} change={change} isNew={isNew} />
      {STORE_FIELDS.map(({ store, Fields }) => (
        <StoreSection
          key={store}
          store={store}
          secret={secrets[store] ?? ""}
          onSecret={(secret) => setSecrets((old) => ({ ...old, [store]: secret }))}
          kept={kept.data?.find((one) => one.store === store)}
          result={healthOf(test.data, store)}
        >
          <Fields profile={profile} change={change} />
        </StoreSection>
      ))}
      {failure && <ErrorLine error={failure} />}
      {needsPassphrase && (
        <PasswordInput
          label={t("settings:form.passphrase")}
          description={t("settings:form.passphraseText")}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      <div className="form-foot">
        <Button type="submit" variant="filled" loading={save.isPending || open.isPending}>
          {opened === profile.name ? t("settings:form.saveReconnect") : t("settings:form.saveOpen")}
        </Button>
        <Button onClick={() => save.mutate(false)} disabled={save.isPending}>
          {t("settings:form.save")}
        </Button>
        <Button
          leftSection={<Icon name="plugins" size={14} />}
          onClick={() => test.mutate()}
          loading={test.isPending}
        >
          {t("settings:form.test")}
        </Button>
        <Button variant="subtle" onClick={leave}>
          {draft ? t("settings:form.drop") : t("settings:form.back")}
        </Button>
        {!isNew && (
          <span className="push">
            <DeleteProfile name={initial.name} onDeleted={leave} />
          </span>
        )}
      </div>
    </form>
  );
}
