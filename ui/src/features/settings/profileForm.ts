// The shape of a new profile, and the small turnings between a form's texts and a profile's lists.
import type { Profile, StoreKind, Tls } from "../../ipc";

/** A profile with every field that a file may leave out filled in. */
type Complete<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]-?: Complete<Exclude<T[K], undefined>> }
    : T;
export type FormProfile = Complete<Profile>;
export type FormTls = Complete<Tls>;

const tls = (): FormTls => ({ enabled: false, ca_file: null, client_cert_file: null, client_key_file: null });
const pool = () => ({ max_idle: 10, max_open: 100, max_lifetime_s: 3600 });

export const COLOURS = [
  "#a2307a",
  "#0f7c8a",
  "#5a6b2f",
  "#3653c4",
  "#b5532a",
  "#7a4fb5",
  "#2f7d4f",
  "#6b6f76",
] as const;

/** Where the platform's servers are when nobody moved them. */
export function emptyProfile(): FormProfile {
  return {
    name: "",
    colour: COLOURS[3],
    environment: "staging",
    read_only: false,
    secrets_file: null,
    postgres: {
      addresses: ["localhost:5432"],
      database: "meeting_system",
      user: "greenroom",
      tls: tls(),
      pool: pool(),
    },
    redis: {
      mode: "standalone",
      addresses: ["localhost:6379"],
      sentinel_master: null,
      db: 0,
      user: null,
      key_prefix: "",
      tls: tls(),
    },
    mongodb: {
      addresses: ["localhost:27017"],
      database: "meeting_system",
      user: null,
      auth_source: null,
      replica_set: null,
      direct: false,
      tls: tls(),
      pool: pool(),
    },
    s3: {
      endpoint: "http://localhost:9000",
      region: "us-east-1",
      bucket: "meeting-system",
      path_style: true,
      access_key_id: "",
      tls: tls(),
    },
    etcd: { endpoints: ["localhost:2379"], user: null, prefix: "/meeting-system", tls: tls() },
  };
}

/** A profile as read from its file, with what the file left out at its default. */
export function complete(profile: Profile): FormProfile {
  const { postgres, redis, mongodb, s3, etcd } = emptyProfile();
  const filled = {
    ...profile,
    postgres: {
      ...profile.postgres,
      tls: { ...tls(), ...profile.postgres.tls },
      pool: { ...pool(), ...profile.postgres.pool },
    },
    redis: { ...redis, ...profile.redis, tls: { ...tls(), ...profile.redis.tls } },
    mongodb: {
      ...mongodb,
      ...profile.mongodb,
      tls: { ...tls(), ...profile.mongodb.tls },
      pool: { ...pool(), ...profile.mongodb.pool },
    },
    s3: { ...s3, ...profile.s3, tls: { ...tls(), ...profile.s3.tls } },
    etcd: { ...etcd, ...profile.etcd, tls: { ...tls(), ...profile.etcd.tls } },
  };
  return { ...emptyProfile(), ...filled, postgres: { ...postgres, ...filled.postgres } } as FormProfile;
}

/** `a:1, b:2` as a list; empty parts are dropped. */
export const splitAddresses = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
export const joinAddresses = (addresses: readonly string[]): string => addresses.join(", ");
/** An empty field is no value. */
export const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

export type Secrets = Partial<Record<StoreKind, string>>;
export const secretInputs = (secrets: Secrets) =>
  (Object.entries(secrets) as [StoreKind, string][])
    .filter(([, secret]) => secret !== "")
    .map(([store, secret]) => ({ store, secret }));
