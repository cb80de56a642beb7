// What each of the five stores is reached by.
import { Checkbox, NumberInput, Select } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { RedisMode, StoreKind } from "../../ipc";
import { AddressesField, PoolFields, TextField, TlsFields } from "./fields";
import { type FormProfile, orNull } from "./profileForm";

type FieldsProps = { profile: FormProfile; change: (part: Partial<FormProfile>) => void };

function PostgresFields({ profile: { postgres }, change }: FieldsProps) {
  const { t } = useTranslation("settings");
  const set = (part: Partial<FormProfile["postgres"]>) => change({ postgres: { ...postgres, ...part } });
  return (
    <>
      <AddressesField
        label={t("form.addresses")}
        hint={t("form.addressesHint")}
        value={postgres.addresses}
        onChange={(addresses) => set({ addresses })}
      />
      <TextField
        label={t("form.database")}
        value={postgres.database}
        onChange={(database) => set({ database })}
        required
        mono
      />
      <TextField
        label={t("form.user")}
        value={postgres.user}
        onChange={(user) => set({ user })}
        required
        mono
      />
      <PoolFields value={postgres.pool} onChange={(pool) => set({ pool })} />
      <TlsFields value={postgres.tls} onChange={(tls) => set({ tls })} />
    </>
  );
}

const REDIS_MODES: readonly RedisMode[] = ["standalone", "sentinel", "cluster"];

function RedisFields({ profile: { redis }, change }: FieldsProps) {
  const { t } = useTranslation("settings");
  const set = (part: Partial<FormProfile["redis"]>) => change({ redis: { ...redis, ...part } });
  return (
    <>
      <Select
        label={t("redis.mode")}
        value={redis.mode}
        onChange={(value) => value && set({ mode: value as RedisMode })}
        data={REDIS_MODES.map((value) => ({ value, label: t(`redis.${value}`) }))}
      />
      <AddressesField
        label={t("form.addresses")}
        hint={t("form.addressesHint")}
        value={redis.addresses}
        onChange={(addresses) => set({ addresses })}
      />
      {redis.mode === "sentinel" && (
        <TextField
          label={t("redis.master")}
          value={redis.sentinel_master}
          onChange={(text) => set({ sentinel_master: orNull(text) })}
          required
          mono
        />
      )}
      {redis.mode !== "cluster" && (
        <NumberInput
          label={t("redis.db")}
          value={redis.db}
          min={0}
          max={65_535}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          onChange={(db) => typeof db === "number" && set({ db })}
        />
      )}
      <TextField
        label={t("form.userOptional")}
        value={redis.user}
        onChange={(text) => set({ user: orNull(text) })}
        mono
      />
      <TextField
        label={t("redis.prefix")}
        value={redis.key_prefix}
        onChange={(key_prefix) => set({ key_prefix })}
        mono
      />
      <TlsFields value={redis.tls} onChange={(tls) => set({ tls })} />
    </>
  );
}

function MongoFields({ profile: { mongodb }, change }: FieldsProps) {
  const { t } = useTranslation("settings");
  const set = (part: Partial<FormProfile["mongodb"]>) => change({ mongodb: { ...mongodb, ...part } });
  return (
    <>
      <AddressesField
        label={t("form.addresses")}
        hint={t("form.addressesHint")}
        value={mongodb.addresses}
        onChange={(addresses) => set({ addresses })}
      />
      <TextField
        label={t("form.database")}
        value={mongodb.database}
        onChange={(database) => set({ database })}
        required
        mono
      />
      <TextField
        label={t("form.userOptional")}
        value={mongodb.user}
        onChange={(text) => set({ user: orNull(text) })}
        mono
      />
      <TextField
        label={t("mongo.authSource")}
        value={mongodb.auth_source}
        onChange={(text) => set({ auth_source: orNull(text) })}
        placeholder="admin"
        mono
      />
      <TextField
        label={t("mongo.replicaSet")}
        value={mongodb.replica_set}
        onChange={(text) => set({ replica_set: orNull(text) })}
        mono
      />
      <PoolFields value={mongodb.pool} onChange={(pool) => set({ pool })} />
      <Checkbox
        className="field-check field-row"
        label={t("mongo.direct")}
        checked={mongodb.direct}
        onChange={(event) => set({ direct: event.currentTarget.checked })}
      />
      <TlsFields value={mongodb.tls} onChange={(tls) => set({ tls })} />
    </>
  );
}

function S3Fields({ profile: { s3 }, change }: FieldsProps) {
  const { t } = useTranslation("settings");
  const set = (part: Partial<FormProfile["s3"]>) => change({ s3: { ...s3, ...part } });
  return (
    <>
      <TextField
        label={t("s3.endpoint")}
        value={s3.endpoint}
        onChange={(endpoint) => set({ endpoint })}
        required
        mono
      />
      <TextField
        label={t("s3.region")}
        value={s3.region}
        onChange={(region) => set({ region })}
        required
        mono
      />
      <TextField
        label={t("s3.bucket")}
        value={s3.bucket}
        onChange={(bucket) => set({ bucket })}
        required
        mono
      />
      <TextField
        label={t("s3.accessKey")}
        value={s3.access_key_id}
        onChange={(access_key_id) => set({ access_key_id })}
        required
        mono
      />
      <Checkbox
        className="field-check field-row"
        label={t("s3.pathStyle")}
        checked={s3.path_style}
        onChange={(event) => set({ path_style: event.currentTarget.checked })}
      />
      <TlsFields value={s3.tls} onChange={(tls) => set({ tls })} caOnly />
    </>
  );
}

function EtcdFields({ profile: { etcd }, change }: FieldsProps) {
  const { t } = useTranslation("settings");
  const set = (part: Partial<FormProfile["etcd"]>) => change({ etcd: { ...etcd, ...part } });
  return (
    <>
      <AddressesField
        label={t("form.addresses")}
        hint={t("form.addressesHint")}
        value={etcd.endpoints}
        onChange={(endpoints) => set({ endpoints })}
      />
      <TextField
        label={t("form.userOptional")}
        value={etcd.user}
        onChange={(text) => set({ user: orNull(text) })}
        mono
      />
      <TextField
        label={t("etcd.prefix")}
        value={etcd.prefix}
        onChange={(prefix) => set({ prefix })}
        required
        mono
      />
      <TlsFields value={etcd.tls} onChange={(tls) => set({ tls })} />
    </>
  );
}

export const STORE_FIELDS: readonly { store: StoreKind; Fields: ComponentType<FieldsProps> }[] = [
  { store: "postgres", Fields: PostgresFields },
  { store: "redis", Fields: RedisFields },
  { store: "mongodb", Fields: MongoFields },
  { store: "s3", Fields: S3Fields },
  { store: "etcd", Fields: EtcdFields },
];
