//! The profile a command works on: found by the flags, opened, and let go when the command ends.

use std::ops::Deref;
use std::time::Duration;

use futures::TryFutureExt;
use greenroom_domain::access::Caller;
use greenroom_domain::health::Health;
use greenroom_domain::profile::Environment;
use greenroom_domain::{ApiError, ErrorCode};
use greenroom_media_server::Source;
use greenroom_operations::Error;
use greenroom_operations::deployment::{Deployment, default_reference, off_the_runtime};
use greenroom_operations::places::Places;
use greenroom_operations::profiles::Profiles;
use greenroom_operations::secrets::{self, Vaults};
use secrecy::SecretString;

use crate::args::{Global, WriteArgs};
use crate::failure::Failure;
use crate::output::Output;

/// How long `health` waits for five answers; each store has its own, shorter deadline.
const SETTLE: Duration = Duration::from_secs(12);
/// How long a command's end waits for the stores to be let go.
const LET_GO: Duration = Duration::from_secs(1);
/// Tries at a passphrase.
const TRIES: usize = 3;

/// An open profile.
pub(crate) struct Context(Deployment);

impl Deref for Context {
    type Target = Deployment;

    fn deref(&self) -> &Deployment {
        &self.0
    }
}

/// A driver whose runtime goes first can panic on its way out: the stores are let go while it still runs.
impl Drop for Context {
    fn drop(&mut self) {
        let closing = tokio::time::timeout(LET_GO, self.0.close());
        tokio::task::block_in_place(|| {
            // A store that does not answer is not waited for.
            let _ = tokio::runtime::Handle::current().block_on(closing);
        });
    }
}

impl Context {
    /// Opens the profile the flags name, else the default one, else the running local stack's. Waits for no store.
    pub(crate) async fn open(flags: &Global, output: Output) -> Result<Self, Failure> {
        Self::open_reference(&reference(flags)?, flags, output).await
    }

    /// Opens one profile by name or path.
    pub(crate) async fn open_reference(reference: &str, flags: &Global, output: Output) -> Result<Self, Failure> {
        let mut passphrase = None;
        for tries in 0.. {
            let vaults = Vaults::of_user(&Places::of_user().config, passphrase.take());
            match Deployment::open(&profiles(), reference, vaults, "cli").await {
                Ok(open) => {
                    if let Some(rung) = flags.rung {
                        open.access.set_rung(rung.into()).map_err(ApiError::from)?;
                    }
                    return Ok(Self(open));
                }
                Err(error) if tries < TRIES && output.can_ask() && wants_passphrase(&error) => {
                    output.remark(&error.to_string());
                    passphrase = Some(ask_passphrase("Passphrase").await?);
                }
                Err(error) => return Err(ApiError::from(error).into()),
            }
        }
        Err(Failure::Interrupted)
    }

    /// The right with which this call is made.
    pub(crate) fn caller(&self) -> Caller {
        self.0.access.caller()
    }

    /// The profile's name.
    pub(crate) fn name(&self) -> &str {
        &self.0.summary().name
    }

    /// Whether real people's data is at stake.
    pub(crate) fn is_production(&self) -> bool {
        self.0.summary().environment == Environment::Production
    }

    /// Makes a use case's call; its failure is this command's.
    pub(crate) fn ask<'a, T: 'a>(
        &'a self,
        call: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> impl Future<Output = Result<T, Failure>> + Send + 'a {
        self.0.ask(call).map_err(Failure::from)
    }

    /// How the stores are once each has answered or failed.
    pub(crate) async fn settled_health(&self) -> Health {
        self.0.stores.wait_settled(SETTLE).await;
        self.0.stores.health()
    }

    /// An object, for the media server.
    pub(crate) async fn object(&self, key: &str) -> Result<Source, Failure> {
        Ok(Source::object(self.ask(self.0.stores.s3()).await?, key))
    }
}

impl WriteArgs {
    /// Has the person agree: by `--yes`, or by asking where somebody can be asked.
    pub(crate) fn agree(&self, output: Output, question: &str) -> Result<(), Failure> {
        agree(self.yes, output, question)
    }
}

/// Agreed by `--yes`, or by an answer on the terminal.
pub(crate) fn agree(yes: bool, output: Output, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !output.can_ask() {
        let hint = Some("Say --yes to do it, or --dry-run to see what would be done.".to_owned());
        return Err(Failure::own(
            ErrorCode::InvalidRequest,
            format!("nothing was done, for nobody can be asked here: {question}"),
            hint,
        ));
    }
    if output.confirm(question)? {
        Ok(())
    } else {
        Err(Failure::own(ErrorCode::Cancelled, "nothing was changed", None))
    }
}

/// The profiles of this user.
pub(crate) fn profiles() -> Profiles {
    Profiles::under(&Places::of_user().config)
}

/// Which profile the flags mean, as a name or path.
pub(crate) fn reference(flags: &Global) -> Result<String, Failure> {
    let said = flags.profile.clone().filter(|profile| !profile.is_empty());
    said.or_else(|| default_reference(&profiles(), greenroom_local_stack::running_profile))
        .ok_or_else(|| {
            let hint = "Name one with --profile, or start a local stack: greenroom stack up --seed demo".to_owned();
            Failure::own(
                ErrorCode::ProfileInvalid,
                "no profile was named, none is the default and no local stack runs",
                Some(hint),
            )
        })
}

/// Asks for a passphrase without showing it.
pub(crate) async fn ask_passphrase(question: &str) -> Result<SecretString, Failure> {
    let question = format!("{question}: ");
    let asked = move || {
        rpassword::prompt_password(question)
            .map(SecretString::from)
            .map_err(|source| Error::Local {
                path: "/dev/tty".into(),
                did: "read",
                source,
            })
    };
    Ok(off_the_runtime(asked).await.map_err(ApiError::from)?)
}

fn wants_passphrase(error: &Error) -> bool {
    matches!(
        error,
        Error::Secret(secrets::Error::Locked { .. } | secrets::Error::WrongPassphrase { .. })
    )
}
