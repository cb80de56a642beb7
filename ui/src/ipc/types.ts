// The shapes that cross from the shell. They mirror `greenroom-domain`; the generated bindings replace them.

/** How far the caller may go just now. */
export type Rung = "observe" | "edit";

/** The rung as the window shows it. */
export type RungState = {
  /** Where we stand. */
  rung: Rung;
  /** When it falls back to `Observe`, where it does. */
  falls_back_at: string | null;
  /** The profile is `read_only`: `Edit` cannot be had. */
  read_only: boolean;
};

/** Who a call is made for. Until sign-in exists: the operating system's user and the profile. */
export type Actor = {
  /** The operating system's user name. */
  os_user: string;
  /** This machine's name. */
  host: string;
  /** The profile in use. */
  profile: string;
  /** `desktop`, `cli` or `agent`. */
  face: string;
};

/** One entry of the chain. A change makes two: its intent before it is applied, its outcome after. An intent without an outcome means that we were cut off in between, and that is what it says. */
export type AuditEntry = {
  /** Its place in the chain. */
  seq: string;
  /** Ties the intent and the outcome of one change together (a ULID). */
  change_id: string;
  /** Which of the two this is. */
  phase: AuditPhase;
  /** When. */
  at: string;
  /** Who. */
  actor: Actor;
  /** What was done, as `noun_verb`. */
  action: string;
  /** To which store. */
  store: StoreKind;
  /** To what: `user 42`, a key, an object. */
  target: string;
  /** Why, in the admin's words. */
  reason: string | null;
  /** The state before, secrets redacted. */
  before: unknown | null;
  /** The state asked for (intent) or reached (outcome), secrets redacted. */
  after: unknown | null;
  /** What became of it; on the outcome entry. */
  outcome: Outcome | null;
  /** The failure's diagnostic id and message; on the outcome entry. */
  failure: string | null;
  /** SHA-256 of the entry before, hex; 64 zeros for the first. */
  previous_hash: string;
  /** SHA-256 over `previous_hash` and this entry's canonical JSON, hex. */
  hash: string;
};

/** Before or after. */
export type AuditPhase = "intent" | "outcome";

/** A page of the trail, newest first. */
export type AuditListRequest = {
  /** Substring of action, target, actor or reason. */
  search: string | null;
  /** How many, after what. */
  page: PageRequest;
};

/** What walking the chain found. */
export type AuditVerification = {
  /** Whether every entry is where and what it was. */
  intact: boolean;
  /** Entries walked. */
  checked: number;
  /** The last entry's place. */
  head: string | null;
  /** The last entry's hash. */
  head_hash: string | null;
  /** The breaks, first 100. */
  breaks: AuditBreak[];
  /** When it was walked. */
  as_of: string;
};

/** One place where the chain does not hold. */
export type AuditBreak = {
  /** Where. */
  seq: string;
  /** What is wrong there. */
  kind: AuditBreakKind;
};

/** How a chain can be broken. */
export type AuditBreakKind = "edited" | "missing" | "reordered" | "cut_off";

/** Every kind of failure a person can be told of. Closed: the window's table from code to words is total, so a new code breaks its build until both languages have the words. */
export type ErrorCode =
  | "invalid_request"
  | "not_found"
  | "write_refused"
  | "audit_unavailable"
  | "conflict"
  | "store_unreachable"
  | "store_timeout"
  | "store_auth"
  | "store_permission"
  | "store_tls_untrusted"
  | "store_tls_expired"
  | "store_protocol"
  | "store_schema"
  | "store_busy"
  | "store_failed"
  | "store_down"
  | "undecodable"
  | "object_missing"
  | "media_truncated"
  | "media_unplayable"
  | "profile_invalid"
  | "secret_missing"
  | "secret_locked"
  | "cancelled"
  | "local_file"
  | "internal";

/** What became of a change that failed. */
export type Outcome = "done" | "not_done" | "unknown";

/** What a person, a script or the page is told of a failure. */
export type ApiError = {
  /** What kind. */
  code: ErrorCode;
  /** What failed, in English, with the names and ids concerned. The window translates by `code` and shows this as the detail. */
  message: string;
  /** Whether trying again unchanged can help. */
  retryable: boolean;
  /** What to do next, in English, where there is more to say than the code's own advice. */
  hint: string | null;
  /** Finds the full chain in our log. */
  diagnostic_id: string;
  /** The store concerned. */
  store: StoreKind | null;
  /** What became of the change, where one was under way. `None`: it was a read. */
  outcome: Outcome | null;
};

/** One chip of a filter bar, one `f=` of a link, one `--filter` of the CLI. */
export type Term<F> = {
  /** What is compared. */
  field: F;
  /** True for `is not`. */
  negated: boolean;
  /** Any of these. Periods are `FROM..TO` in RFC 3339 with either end left out, `today`, `7d`, `30d` or `90d`. */
  values: string[];
};

/** A filter over one kind of entity. */
export type Filter<F> = {
  /** Substring over the entity's names, case-insensitive, wildcards taken literally. */
  search: string | null;
  /** All of these hold. */
  terms: Term<F>[];
};

/** In which direction a list runs. */
export type Sort<S> = {
  /** By what. Only what an index serves can be asked for. */
  by: S;
  /** Newest, largest or last first. */
  descending: boolean;
};

/** Whether a store can be used. */
export type StoreState = "connecting" | "up" | "degraded" | "down";

/** One store's state. */
export type StoreHealth = {
  /** Which store. */
  store: StoreKind;
  /** How it is. */
  state: StoreState;
  /** The last probe's round trip in milliseconds. */
  latency_ms: number | null;
  /** The server's own version text. */
  version: string | null;
  /** `primary`, `replica`, `leader`, `standalone`, … */
  role: string | null;
  /** Whether the connection is encrypted. */
  tls: boolean;
  /** Where it is: addresses as configured, without credentials. */
  address: string;
  /** A warning or the failure in one English line. */
  detail: string | null;
  /** What is wrong, where it is down. */
  problem: ApiError | null;
  /** Since when it is in this state. */
  since: string;
  /** When the next attempt is made, where it is down. */
  next_attempt_at: string | null;
  /** Connections in use and the pool's limit, where the driver tells. */
  pool: PoolUse | null;
  /** What it holds: the platform's database, bucket or keyspace, where that is cheap to ask. */
  holds_bytes: number | null;
};

/** How much of a pool is taken. */
export type PoolUse = {
  /** Connections open. */
  open: number;
  /** Of these, idle. */
  idle: number;
  /** The limit. */
  limit: number;
};

/** All five stores at one moment. */
export type Health = {
  /** In the order of [`StoreKind::ALL`]. */
  stores: StoreHealth[];
  /** When this was put together. */
  as_of: string;
};

/** A meeting's row. */
export type Meeting = {
  /** Row id. */
  id: string;
  /** Title. */
  title: string;
  /** Longer text. */
  description: string | null;
  /** Who made it. */
  creator_id: string;
  /** Their full name or username. */
  creator_name: string | null;
  /** `scheduled`, `active`, `ended`, `cancelled`, or whatever the platform keeps there. */
  status: string | null;
  /** Whether `status` is one of [`LIVE_STATUSES`]. */
  live: boolean;
  /** When it begins. */
  start_time: string;
  /** When it ended or is to end. */
  end_time: string | null;
  /** Seats. */
  max_participants: number | null;
  /** People who took part or are in it (rows of `meeting_participants`). */
  participant_count: number;
  /** Whether it is or was to be recorded. */
  is_recording: boolean;
  /** Rows of `meeting_recordings`. */
  recording_count: number;
  /** When the row was made. */
  created_at: string | null;
  /** When it was last changed. */
  updated_at: string | null;
  /** Soft delete. */
  deleted_at: string | null;
};

/** One person's time in a meeting. */
export type Participant = {
  /** Row id. */
  id: string;
  /** Who. */
  user_id: string;
  /** Login name. */
  username: string;
  /** As they write it themselves. */
  full_name: string | null;
  /** `host`, `participant`, … */
  role: string | null;
  /** When they came. */
  join_time: string | null;
  /** When they went; `None` while they are in. */
  leave_time: string | null;
  /** Microphone off. */
  is_muted: boolean;
  /** Camera on. */
  is_video_on: boolean;
};

/** One media stream of one participant. */
export type MediaStream = {
  /** Row id. */
  id: string;
  /** Whose. */
  participant_id: string;
  /** Their name. */
  participant_name: string | null;
  /** `video`, `audio`, `screen`, … */
  stream_type: string | null;
  /** `h264`, `opus`, … */
  codec: string | null;
  /** Bits per second. */
  bitrate_bps: number | null;
  /** `1280x720`. */
  resolution: string | null;
  /** When it began. */
  created_at: string | null;
};

/** A list that comes whole up to a bound, and says whether it did. */
export type Bounded<T> = {
  /** At most the bound. */
  items: T[];
  /** True where there were more than the bound. */
  truncated: boolean;
  /** When it was read. */
  as_of: string;
};

/** A room as Redis holds it. */
export type Room = {
  /** The whole key. */
  key: string;
  /** The meeting it belongs to, where the value could be read. */
  meeting_id: string | null;
  /** Who is in. */
  participants: string[];
  /** When it was opened. */
  created_at: string | null;
  /** `active`, … */
  status: string | null;
  /** Seconds until it expires; `None` where it never does. */
  ttl_s: number | null;
  /** How the deployment holds it. */
  shape: RedisShape;
  /** The raw text, where it was not what it should be. */
  undecoded: string | null;
};

/** A meeting's room now, and the locks on it. */
export type RoomState = {
  /** The room; `None` where no key belongs to the meeting. */
  room: Room | null;
  /** `lock:meeting_{id}` and `lock:room_{id}`, where held. */
  locks: Lock[];
  /** How far the search came, where the room's key was not the meeting's id. */
  coverage: Coverage;
  /** When it was read. */
  as_of: string;
};

/** A lock in Redis. */
export type Lock = {
  /** The whole key. */
  key: string;
  /** Who holds it. */
  holder: string;
  /** Seconds until it falls. */
  ttl_s: number | null;
};

/** One line of chat. */
export type ChatMessage = {
  /** The document's `_id`. */
  id: string;
  /** Who wrote it. */
  sender_id: string | null;
  /** Their name, where PostgreSQL is up and knows them. */
  sender_name: string | null;
  /** What they wrote. */
  message: string;
  /** When. */
  timestamp: string | null;
  /** The document, where a field was not what it should be. */
  undecoded: unknown | null;
};

/** One AI result. */
export type AiResult = {
  /** The document's `_id`. */
  id: string;
  /** About whom. */
  participant_id: string | null;
  /** Their name, where PostgreSQL is up and knows them. */
  participant_name: string | null;
  /** `emotion_detection`, … */
  analysis_type: string;
  /** Differs by type. */
  result: unknown;
  /** When it was made. */
  created_at: string | null;
};

/** A roll-up of AI results; no published shape. */
export type AnalysisSummary = {
  /** The document's `_id`. */
  id: string;
  /** The whole document. */
  document: unknown;
};

/** One line of the platform's logs. */
export type LogLine = {
  /** The document's `_id`. */
  id: string;
  /** Which service. */
  service: string;
  /** `debug`, `info`, `warn`, `error`, … */
  level: string;
  /** The text. */
  message: string;
  /** When. */
  timestamp: string | null;
  /** Further fields the service added. */
  fields: unknown | null;
};

/** An object in S3 that belongs to something. */
export type StoredObject = {
  /** The whole key. */
  key: string;
  /** Size. */
  size_bytes: number;
  /** When it was put. */
  modified_at: string | null;
};

/** A meeting that runs now, with what Redis says of its room. */
export type LiveMeeting = {
  /** The row. */
  meeting: Meeting;
  /** People inside by PostgreSQL: joined and not left. */
  present: number;
  /** Joins and leaves so far, for the drawing: moments with the number inside from then on. */
  presence: PresenceStep[];
  /** The room's participants; `None` where Redis has no room for it or is down. */
  in_room: number | null;
};

/** From `at` on, `present` people were in. */
export type PresenceStep = {
  /** The moment of a join or leave. */
  at: string;
  /** How many were in from then on. */
  present: number;
};

/** The running meetings. */
export type LiveMeetings = {
  /** At most 50, newest first. */
  items: LiveMeeting[];
  /** How many run in all. */
  total: number;
  /** False where Redis could not be asked: then every `in_room` is `None` for want of an answer. */
  rooms_known: boolean;
  /** When it was read. */
  as_of: string;
};

/** What meetings can be filtered by. */
export type MeetingField = "status" | "creator" | "start" | "recorded" | "live" | "participant" | "deleted";

/** What meetings can be sorted by: what the platform's indexes serve. */
export type MeetingSort = "start" | "id";

/** A page of meetings. */
export type MeetingListRequest = {
  /** Which. */
  filter: MeetingFilter;
  /** In which order. */
  sort: Sort<MeetingSort>;
  /** How many, after what. */
  page: PageRequest;
};

export type MeetingFilter = Filter<MeetingField>;

/** How far back the figures reach. */
export type OverviewSpan = "today" | "week" | "month";

/** One figure with its course. */
export type Figure = {
  /** Which. */
  kind: FigureKind;
  /** The number over the span. */
  value: number | null;
  /** The number over the same span before it. */
  previous: number | null;
  /** Bytes, where the figure has them (recordings). */
  size_bytes: number | null;
  /** The span in equal steps, oldest first. */
  course: number[];
  /** True where reading stopped at a bound: the number is at least this. */
  at_least: boolean;
  /** Why there is no number. */
  problem: ApiError | null;
};

/** What the figures count. */
export type FigureKind =
  | "meetings"
  | "people_in_rooms"
  | "recordings"
  | "chat_messages"
  | "ai_results"
  | "error_lines";

/** The figures. */
export type Overview = {
  /** One of each kind. */
  figures: Figure[];
  /** `queue:notifications`: its length; `None` with `queue_problem` where Redis did not tell. */
  queue_length: number | null;
  /** Why there is no queue length. */
  queue_problem: ApiError | null;
  /** When it was read. */
  as_of: string;
};

/** Which rows of a list: at most `limit`, after the place that `after` names. */
export type PageRequest = {
  /** `next` of the page before; `None` for the first page. Opaque. */
  after: string | null;
  /** 1 to [`MAX_LIMIT`]. */
  limit: number;
};

/** One page of a list. */
export type Page<T> = {
  /** The rows, in the list's order. */
  items: T[];
  /** Where the next page begins; `None` at the end. */
  next: string | null;
  /** How many rows match in all, where somebody asked; counting is a call of its own. */
  total: number | null;
  /** Whether `total` is the planner's estimate. */
  estimated: boolean;
  /** When the rows were read. */
  as_of: string;
};

/** How many rows a list has. */
export type Total = {
  /** The number. */
  value: number;
  /** True where it is the planner's estimate: counting would have cost too much. */
  estimated: boolean;
};

/** A reading that stopped at a bound: what was looked at, and whether that was everything. */
export type Coverage = {
  /** Keys, objects or documents looked at. */
  scanned: number;
  /** False where the reading stopped at its limit or deadline before the end. */
  complete: boolean;
};

/** One deployment. */
export type Profile = {
  /** Its name: 1 to 64 characters, unique, no `/`, `\` or control characters. */
  name: string;
  /** The frame's colour, `#rrggbb`. */
  colour: string;
  /** What is at stake. */
  environment: Environment;
  /** No write is ever made through this profile. */
  read_only: boolean;
  /** A file with this profile's secrets, mode 0600, relative to the profile: how a local stack and mounted container secrets hand theirs over. `None`: the keychain, else the encrypted file. */
  secrets_file: string | null;
  /** PostgreSQL. */
  postgres: PostgresProfile;
  /** Redis. */
  redis: RedisProfile;
  /** MongoDB. */
  mongodb: MongoProfile;
  /** S3. */
  s3: S3Profile;
  /** etcd. */
  etcd: EtcdProfile;
};

/** What is at stake in a deployment. */
export type Environment = "production" | "staging" | "development" | "demo";

/** How to be sure of the server, and it of us. */
export type Tls = {
  /** Encrypt and check the server's certificate and name. */
  enabled: boolean;
  /** PEM file with the CA to trust; `None`: the system's. */
  ca_file: string | null;
  /** PEM file with our certificate, where the server wants one. */
  client_cert_file: string | null;
  /** PEM file with its key. */
  client_key_file: string | null;
};

/** A connection pool's bounds, as the platform states them. */
export type PoolLimits = {
  /** Connections kept open without work, at most. */
  max_idle: number;
  /** Connections open at once, at most. */
  max_open: number;
  /** Seconds after which a connection is replaced. */
  max_lifetime_s: number;
};

/** PostgreSQL: several hosts are tried in turn until one accepts. */
export type PostgresProfile = {
  /** `host:port`, at least one. */
  addresses: string[];
  /** Database. */
  database: string;
  /** User. */
  user: string;
  /** Encryption. */
  tls: Tls;
  /** Pool. */
  pool: PoolLimits;
};

/** How Redis is run. */
export type RedisMode = "standalone" | "sentinel" | "cluster";

/** Redis. */
export type RedisProfile = {
  /** How it is run. */
  mode: RedisMode;
  /** `host:port`, at least one. */
  addresses: string[];
  /** The master's name, for sentinels. */
  sentinel_master: string | null;
  /** Database number. */
  db: number;
  /** ACL user; `None`: the default user. */
  user: string | null;
  /** Before every key of the platform (`session:`, `room:`, …); empty as the platform ships. */
  key_prefix: string;
  /** Encryption. */
  tls: Tls;
};

/** MongoDB. */
export type MongoProfile = {
  /** `host:port`, at least one. */
  addresses: string[];
  /** Database. */
  database: string;
  /** User; `None`: no authentication. */
  user: string | null;
  /** Where the user is defined. */
  auth_source: string | null;
  /** The replica set's name; `None` for a standalone. */
  replica_set: string | null;
  /** Talk to the one address only, whatever the replica set says of its members. */
  direct: boolean;
  /** Encryption. */
  tls: Tls;
  /** Pool. */
  pool: PoolLimits;
};

/** S3, of any make. */
export type S3Profile = {
  /** `http://…` or `https://…`. */
  endpoint: string;
  /** Region; `us-east-1` where the server does not care. */
  region: string;
  /** Bucket. */
  bucket: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  path_style: boolean;
  /** Access key id. */
  access_key_id: string;
  /** Only `ca_file` is used; the endpoint's scheme decides about encryption. */
  tls: Tls;
};

/** etcd. */
export type EtcdProfile = {
  /** `host:port`, at least one. */
  endpoints: string[];
  /** User; `None`: no authentication. */
  user: string | null;
  /** Where the platform's keys begin; `/meeting-system` as the platform ships. */
  prefix: string;
  /** Encryption. */
  tls: Tls;
};

/** A profile as lists show it. */
export type ProfileSummary = {
  /** Its name. */
  name: string;
  /** The frame's colour. */
  colour: string;
  /** What is at stake. */
  environment: Environment;
  /** No write is ever made. */
  read_only: boolean;
  /** The file it was read from. */
  path: string;
  /** Why the file could not be read as a profile; then the other fields are placeholders. */
  problem: string | null;
};

/** Where a secret is kept. */
export type SecretPlace = "environment" | "profile_file" | "keychain" | "encrypted_file" | "nowhere";

/** One secret of a profile and where it is kept; never the secret. */
export type SecretStatus = {
  /** For which store. */
  store: StoreKind;
  /** Where it was found. */
  place: SecretPlace;
};

/** A recording's row. */
export type Recording = {
  /** Row id. */
  id: string;
  /** Of which meeting. */
  meeting_id: string;
  /** That meeting's title. */
  meeting_title: string | null;
  /** That meeting's start: the recording's clock and the meeting's are compared by it. */
  meeting_start: string | null;
  /** The S3 key. */
  file_path: string;
  /** Size by the row; the object's own is in [`Playback`]. */
  size_bytes: number | null;
  /** Seconds by the row. */
  duration_s: number | null;
  /** `mp4`, `webm`, … */
  format: string | null;
  /** `processing`, `completed`, `failed`, or whatever the platform keeps there. */
  status: string | null;
  /** When the row was made. */
  created_at: string | null;
  /** When it was last changed. */
  updated_at: string | null;
};

/** What the page needs to play a recording. The address works on this machine only, for a while, and holds no credential of the store. */
export type Playback = {
  /** The row. */
  recording: Recording;
  /** `http://127.0.0.1:PORT/…`; `None` where there is nothing to play. */
  url: string | null;
  /** When the address stops working. */
  expires_at: string | null;
  /** The object's size. */
  size_bytes: number | null;
  /** The object's type. */
  content_type: string | null;
  /** What the file's own head says, where it could be read. */
  container: Container | null;
  /** What stands in the way of playing, worst first. */
  problems: ApiError[];
  /** The key of the `.log` beside it, where there is one. */
  log_key: string | null;
};

/** What the first and last bytes of a file say about it. */
export type Container = {
  /** `mp4`, `fragmented mp4`, `webm`, or `unknown`. */
  kind: string;
  /** In an MP4: where the index (`moov`) lies, `start` or `end`. */
  index_at: string | null;
  /** Whether the file ends where its boxes say it should. */
  truncated: boolean;
  /** Codec names as the container spells them (`avc1`, `mp4a`, `V_VP9`, …). */
  codecs: string[];
  /** Whether there is a sound track, where that could be told. */
  has_audio: boolean | null;
};

/** What recordings can be filtered by. */
export type RecordingField = "status" | "format" | "meeting" | "created";

/** What recordings can be sorted by: what an index serves. `id` runs with creation. */
export type RecordingSort = "id";

/** A page of recordings. */
export type RecordingListRequest = {
  /** Which. */
  filter: RecordingFilter;
  /** In which order. */
  sort: Sort<RecordingSort>;
  /** How many, after what. */
  page: PageRequest;
};

export type RecordingFilter = Filter<RecordingField>;

/** Findings, best first, a few of each kind. */
export type SearchFindings = {
  /** People by id, username, e-mail or name. */
  users: User[];
  /** Meetings by id or title. */
  meetings: Meeting[];
  /** Recordings by id or file path. */
  recordings: Recording[];
  /** What could not be searched. */
  problems: ApiError[];
};

/** One piece of long work. */
export type Task = {
  /** Unique in this process. */
  id: string;
  /** `noun_verb`: what is done; the window has the words. */
  kind: string;
  /** To what: a name, a file. */
  subject: string;
  /** How far it is. */
  state: TaskState;
  /** Units done. */
  done: number;
  /** Units in all, where known. */
  total: number | null;
  /** What a unit is. */
  unit: TaskUnit;
  /** What it is at just now. */
  note: string | null;
  /** When it began. */
  started_at: string;
  /** When it ended. */
  ended_at: string | null;
  /** Why it failed. */
  problem: ApiError | null;
};

/** How far a task is. */
export type TaskState = "running" | "cancelling" | "cancelled" | "done" | "failed";

/** What a task counts. */
export type TaskUnit = "bytes" | "rows" | "steps";

/** A person's account, without its password hash. */
export type User = {
  /** Row id. */
  id: string;
  /** Unique login name. */
  username: string;
  /** Unique address. */
  email: string;
  /** As they write it themselves. */
  full_name: string | null;
  /** An S3 key or an address; see `user_avatar`. */
  avatar_url: string | null;
  /** `active`, `suspended`, or whatever the platform keeps there. */
  status: string | null;
  /** `user`, `admin`, or whatever the platform keeps there. */
  role: string | null;
  /** When the row was made. */
  created_at: string | null;
  /** When it was last changed. */
  updated_at: string | null;
  /** Soft delete. */
  deleted_at: string | null;
};

/** One permission of one person. */
export type Permission = {
  /** What it is on. */
  resource: string;
  /** What it allows. */
  action: string;
  /** Who gave it. */
  granted_by: string | null;
  /** When. */
  granted_at: string | null;
};

/** A meeting somebody took part in. */
export type Attendance = {
  /** Which meeting. */
  meeting_id: string;
  /** Its title. */
  title: string;
  /** Its state. */
  status: string | null;
  /** When it began or will begin. */
  start_time: string;
  /** The person's part in it. */
  role: string | null;
  /** When they joined. */
  join_time: string | null;
  /** When they left. */
  leave_time: string | null;
};

/** How a deployment holds a value in Redis. What is written back has the shape that was found. */
export type RedisShape = "json" | "hash";

/** A live session in Redis. Its id is a credential and is shown masked. */
export type Session = {
  /** The first characters of the session id. */
  masked_id: string;
  /** Whose, where the value could be read. */
  user_id: string | null;
  /** When they signed in. */
  login_time: string | null;
  /** When they last did something. */
  last_activity: string | null;
  /** Seconds until it expires; `None` where it never does. */
  ttl_s: number | null;
  /** How the deployment holds it. */
  shape: RedisShape;
  /** The raw text, where it was not what it should be. */
  undecoded: string | null;
};

/** Somebody's sessions, found by a bounded scan. */
export type SessionList = {
  /** What was found. */
  items: Session[];
  /** How far the scan came. */
  coverage: Coverage;
  /** When it was read. */
  as_of: string;
};

/** What people can be filtered by. */
export type UserField = "status" | "role" | "created" | "deleted";

/** What people can be sorted by: what the platform's indexes serve. `id` runs with creation. */
export type UserSort = "id" | "username" | "email";

/** A page of people. */
export type UserListRequest = {
  /** Which. */
  filter: UserFilter;
  /** In which order. */
  sort: Sort<UserSort>;
  /** How many, after what. */
  page: PageRequest;
};

/** A change of one person's `status`: suspend and restore. */
export type UserStatusRequest = {
  /** Who. */
  id: string;
  /** The new status. */
  status: string;
  /** The status the admin saw: the change is refused where it is another by now. */
  expected: string | null;
  /** Why, for the audit trail. */
  reason: string | null;
};

export type UserFilter = Filter<UserField>;

/** One of the five stores a meeting platform lives in. */
export type StoreKind = "postgres" | "redis" | "mongodb" | "s3" | "etcd";

/** A codec the player lacks, and the package that brings it. */
export type MissingCodec = { codec: string; package: string };

/** What the shell says of itself. */
export type AppInfo = {
  version: string;
  os_user: string;
  host: string;
  log_dir: string;
  profile: ProfileSummary | null;
  missing_codecs: MissingCodec[];
  first_run: boolean;
};

/** One remembered value. */
export type Preference = { key: string; value: unknown };

/** A secret on its way into a vault; never comes back. */
export type SecretInput = { store: StoreKind; secret: string };
