//! The command line, as cli.md says it: `greenroom NOUN VERB [ID] [--flags]`. Only shapes; nothing is done here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use greenroom_domain::StoreKind;
use greenroom_domain::access::Rung;

/// Greenroom in a terminal: everything the window does to data, through the same use cases.
#[derive(Debug, Parser)]
#[command(
    name = "greenroom",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit codes: 0 done, 1 the answer is no, 2 could not do it, 130 interrupted.\n\n\
    Example: greenroom meeting list --filter live=yes --json"
)]
pub(crate) struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The noun.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The profile to use: its name, or a path to a profile.toml. Without it the default profile; without any, the
    /// running local stack.
    #[arg(
        long,
        global = true,
        env = "GREENROOM_PROFILE",
        value_name = "NAME|PATH",
        help_heading = "Everywhere"
    )]
    pub(crate) profile: Option<String>,
    /// Data on stdout as JSON, errors as JSON on stderr, nothing else.
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) json: bool,
    /// How far this call may go. A production profile is only looked at without `edit`.
    #[arg(long, global = true, env = "GREENROOM_RUNG", value_enum, help_heading = "Everywhere")]
    pub(crate) rung: Option<RungArg>,
    /// Say more of what is done, on stderr; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Everywhere")]
    pub(crate) verbose: u8,
    /// No progress, no remarks, errors only.
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    pub(crate) quiet: bool,
    /// How our own log is written to stderr.
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, help_heading = "Everywhere")]
    pub(crate) log: LogFormat,
}

/// A log's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// JSON lines.
    Json,
}

/// A rung, as a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RungArg {
    /// Look only.
    Observe,
    /// Change things.
    Edit,
}

impl From<RungArg> for Rung {
    fn from(rung: RungArg) -> Self {
        match rung {
            RungArg::Observe => Self::Observe,
            RungArg::Edit => Self::Edit,
        }
    }
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The five servers on this machine, for a demo, tests and drills.
    #[command(subcommand)]
    Stack(StackCommand),
    /// Fill a deployment with demo data or with a lot of data.
    Seed(SeedArgs),
    /// Create what is missing in PostgreSQL: our schema, and the platform's tables on an empty database.
    Migrate(MigrateArgs),
    /// How the five stores are. Exits 1 where one is down.
    #[command(after_help = "Example: greenroom health --json | jq '.stores[] | select(.state != \"up\")'")]
    Health,
    /// The overview's figures.
    #[command(after_help = "Example: greenroom overview --span week")]
    Overview(OverviewArgs),
    /// People.
    #[command(subcommand)]
    User(UserCommand),
    /// Meetings.
    #[command(subcommand)]
    Meeting(MeetingCommand),
    /// Recordings.
    #[command(subcommand)]
    Recording(RecordingCommand),
    /// A few people, meetings and recordings for a text or an id.
    #[command(after_help = "Example: greenroom search 陈")]
    Search {
        /// The text or id.
        text: String,
    },
    /// The audit trail.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Connection profiles and where their secrets are kept.
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Completions for a shell, on stdout.
    #[command(after_help = "Example: greenroom completions bash > /etc/bash_completion.d/greenroom")]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// `stack …`.
#[derive(Debug, Subcommand)]
pub(crate) enum StackCommand {
    /// Start what does not run, wait until all of it answers, write DIR/profile.toml.
    #[command(after_help = "Example: greenroom stack up --dir ~/greenroom-demo --seed demo")]
    Up {
        /// The stack's folder.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
        /// What to fill it with; data that is there already stays.
        #[arg(long, value_enum, default_value_t = StackSeed::None)]
        seed: StackSeed,
        /// Which stores.
        #[arg(long, value_delimiter = ',', value_name = "LIST")]
        only: Vec<StoreKind>,
        /// Where to look for server programs: `auto`, or one folder.
        #[arg(long, default_value = "auto", value_name = "auto|PATH")]
        servers: String,
    },
    /// How each server is. Exits 1 where one is down.
    #[command(after_help = "Example: greenroom stack status --dir ~/greenroom-demo --json")]
    Status {
        /// The stack's folder.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Stop the servers cleanly; their data stays.
    #[command(after_help = "Example: greenroom stack down --dir ~/greenroom-demo")]
    Down {
        /// The stack's folder.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

/// What a new stack is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StackSeed {
    /// The demo data.
    Demo,
    /// Nothing.
    None,
}

/// `seed …`.
#[derive(Debug, Args)]
#[command(after_help = "Example: greenroom seed --scale meetings=10000000,logs=5000000 --yes")]
#[command(group(clap::ArgGroup::new("what").required(true).args(["demo", "scale"])))]
pub(crate) struct SeedArgs {
    /// Some 240 people, 600 meetings over 90 days, recordings that play.
    #[arg(long)]
    pub(crate) demo: bool,
    /// So many of each kind, for measuring.
    #[arg(long, value_name = "KIND=N,…", value_delimiter = ',')]
    pub(crate) scale: Vec<String>,
    /// The same number gives the same data.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed_number: u64,
    /// Safety.
    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

/// `migrate …`.
#[derive(Debug, Args)]
#[command(after_help = "Example: greenroom migrate --plan")]
pub(crate) struct MigrateArgs {
    /// Only say what would be done. Exits 1 where there is something to do.
    #[arg(long)]
    pub(crate) plan: bool,
    /// Safety.
    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

/// What every command that changes data takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct WriteArgs {
    /// Say what would be done and do nothing.
    #[arg(long, help_heading = "Changing data")]
    pub(crate) dry_run: bool,
    /// Do not ask. Needed where nobody can be asked.
    #[arg(long, short = 'y', help_heading = "Changing data")]
    pub(crate) yes: bool,
    /// Why, for the audit trail.
    #[arg(long, value_name = "TEXT", help_heading = "Changing data")]
    pub(crate) reason: Option<String>,
}

/// `overview …`.
#[derive(Debug, Args)]
pub(crate) struct OverviewArgs {
    /// How far back.
    #[arg(long, value_enum, default_value_t = SpanArg::Today)]
    pub(crate) span: SpanArg,
}

/// A span, as a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpanArg {
    /// Since midnight UTC.
    Today,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

/// What every list takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListArgs {
    /// Part of a name, a title, an address.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// `FIELD=VALUE[,VALUE…]`, or `FIELD!=VALUE` for the others; all of them hold.
    #[arg(long = "filter", value_name = "FIELD=VALUE")]
    pub(crate) filters: Vec<String>,
    /// By what; a `-` before it turns the order round.
    #[arg(long, value_name = "[-]FIELD", allow_hyphen_values = true)]
    pub(crate) sort: Option<String>,
    /// Which page.
    #[command(flatten)]
    pub(crate) page: PageArgs,
}

/// Which part of a list.
#[derive(Debug, Clone, Args)]
pub(crate) struct PageArgs {
    /// At most so many.
    #[arg(long, default_value_t = greenroom_domain::page::DEFAULT_LIMIT, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Go on after this place: `next` of the list before.
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// To the end, as a stream: JSON lines with --json.
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
}

/// `user …`.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// People: fields status, role, created, deleted; sorted by id, username or email.
    #[command(after_help = "Example: greenroom user list --search 陈 --filter status=active")]
    List(ListArgs),
    /// One person with permissions, live sessions and latest meetings.
    #[command(after_help = "Example: greenroom user show 42 --json")]
    Show {
        /// Their id.
        id: String,
    },
    /// Set their status to `suspended`.
    #[command(after_help = "Example: greenroom user suspend 42 --reason 'left the company' --yes")]
    Suspend(UserWriteArgs),
    /// Set their status back to `active`.
    #[command(after_help = "Example: greenroom user restore 42 --reason 'came back' --yes")]
    Restore(UserWriteArgs),
}

/// A change of one person.
#[derive(Debug, Args)]
pub(crate) struct UserWriteArgs {
    /// Their id.
    pub(crate) id: String,
    /// Safety.
    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

/// `meeting …`.
#[derive(Debug, Subcommand)]
pub(crate) enum MeetingCommand {
    /// Meetings: fields status, creator, start, recorded, live, participant, deleted; sorted by start or id.
    #[command(after_help = "Example: greenroom meeting list --filter start=7d --filter recorded=yes --limit 20")]
    List(ListArgs),
    /// The running meetings, with what Redis says of their rooms.
    #[command(after_help = "Example: greenroom meeting live --json")]
    Live,
    /// One meeting over all five stores, each part alone with its error.
    #[command(after_help = "Example: greenroom meeting show 17 --json | jq .participants.items")]
    Show {
        /// Its id.
        id: String,
        /// How much chat, logs and the like to read.
        #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
    },
}

/// `recording …`.
#[derive(Debug, Subcommand)]
pub(crate) enum RecordingCommand {
    /// Recordings: fields status, format, meeting, created; newest first.
    #[command(after_help = "Example: greenroom recording list --filter format=mp4 --limit 5")]
    List(ListArgs),
    /// One recording, its object and what the file says of itself.
    #[command(after_help = "Example: greenroom recording show 7 --json")]
    Show {
        /// Its id.
        id: String,
    },
    /// Print a loopback address and serve the recording until stopped.
    #[command(after_help = "Example: ffplay \"$(greenroom recording serve 7 --json | head -1 | jq -r .url)\"")]
    Serve {
        /// Its id.
        id: String,
    },
    /// Copy the recording to a file.
    #[command(after_help = "Example: greenroom recording download 7 --to all-hands.mp4")]
    Download {
        /// Its id.
        id: String,
        /// The file; a folder gets the object's own name.
        #[arg(long, value_name = "PATH", default_value = ".")]
        to: PathBuf,
        /// Replace a file that is there.
        #[arg(long)]
        force: bool,
    },
}

/// `audit …`.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// The trail, newest first.
    #[command(after_help = "Example: greenroom audit list --search user_set_status --limit 10")]
    List {
        /// Part of an action, target, actor or reason.
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        /// Which page.
        #[command(flatten)]
        page: PageArgs,
    },
    /// One entry.
    #[command(after_help = "Example: greenroom audit show 12 --json")]
    Show {
        /// Its place in the chain.
        seq: String,
    },
    /// Walk the chain. Exits 1 where it does not hold.
    #[command(after_help = "Example: greenroom audit verify --json | jq .breaks")]
    Verify,
}

/// `profile …`.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// All profiles, readable or not.
    #[command(after_help = "Example: greenroom profile list")]
    List,
    /// One profile, and where its secrets are kept; never the secrets.
    #[command(after_help = "Example: greenroom profile show production --json")]
    Show {
        /// Its name, or a path; without one, the profile in use.
        name: Option<String>,
    },
    /// Connect all five stores once and say how each is. Exits 1 where one is down.
    #[command(after_help = "Example: greenroom profile test ./profile.toml")]
    Test {
        /// Its name, or a path; without one, the profile in use.
        name: Option<String>,
    },
    /// Check a profile.toml and keep it under its name.
    #[command(after_help = "Example: pass show greenroom/pg | greenroom profile save p.toml --secret-stdin postgres")]
    Save {
        /// The file.
        file: PathBuf,
        /// Take this store's secret from the first line of stdin into the keychain, or the encrypted file
        /// (`GREENROOM_PASSPHRASE`, or asked for).
        #[arg(long, value_name = "STORE")]
        secret_stdin: Option<StoreKind>,
        /// Ask for the secrets of these stores.
        #[arg(long, value_name = "LIST", value_delimiter = ',', conflicts_with = "secret_stdin")]
        ask_secrets: Vec<StoreKind>,
    },
    /// Forget a profile and its secrets.
    #[command(after_help = "Example: greenroom profile delete old-staging --yes")]
    Delete {
        /// Its name.
        name: String,
        /// Do not ask. Needed where nobody can be asked.
        #[arg(long, short = 'y')]
        yes: bool,
    },
}
