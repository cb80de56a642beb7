//! An open profile: its five connections and the right with which calls are made through it. Both faces open one here.

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;
use greenroom_domain::ApiError;
use greenroom_domain::profile::ProfileSummary;

use crate::access::Access;
use crate::connections::Stores;
use crate::error::Error;
use crate::profiles::{Loaded, Profiles};
use crate::secrets::{Secrets, Vaults};

/// One deployment, open.
#[derive(Debug)]
pub struct Deployment {
    /// Its connections.
    pub stores: Arc<Stores>,
    /// Who calls, and how far they may go.
    pub access: Access,
    summary: ProfileSummary,
}

impl Deployment {
    /// Reads the profile of that name or path, finds its secrets, and starts to connect. Returns before any store answers.
    /// Cost: two small files; a keychain may ask its user, a passphrase is stretched for about a second.
    ///
    /// # Errors
    /// [`Error::Profile`], [`Error::Secret`].
    pub async fn open(profiles: &Profiles, reference: &str, vaults: Vaults, face: &str) -> Result<Self, Error> {
        let (profiles, reference) = (profiles.clone(), reference.to_owned());
        let read = move || -> Result<(Loaded, Secrets), Error> {
            let loaded = profiles.load(&reference)?;
            let secrets = vaults.load(&loaded.profile, Some(&loaded.path))?;
            Ok((loaded, secrets))
        };
        let (loaded, secrets) = off_the_runtime(read).await?;
        Ok(Self {
            summary: summary(&loaded),
            access: Access::open(&loaded.profile, face),
            stores: Stores::open(loaded.profile, &secrets),
        })
    }

    /// The profile, for showing.
    #[must_use]
    pub fn summary(&self) -> &ProfileSummary {
        &self.summary
    }

    /// Makes a use case's call and sees its answer out: a failure that speaks against a connection has its store probed at
    /// once, and becomes what people are told. The call is boxed: some are tens of kilobytes.
    pub fn ask<'a, T: 'a>(
        &'a self,
        call: impl Future<Output = Result<T, Error>> + Send + 'a,
    ) -> impl Future<Output = Result<T, ApiError>> + Send + 'a {
        let call: BoxFuture<'a, Result<T, Error>> = Box::pin(call);
        async move { self.stores.noticing(call.await).map_err(ApiError::from) }
    }

    /// Lets the stores go; at most three seconds.
    pub async fn close(&self) {
        self.stores.close().await;
    }
}

/// A profile as lists show it.
#[must_use]
pub fn summary(loaded: &Loaded) -> ProfileSummary {
    let profile = &loaded.profile;
    ProfileSummary {
        name: profile.name.clone(),
        colour: profile.colour.clone(),
        environment: profile.environment,
        read_only: profile.read_only,
        path: loaded.path.display().to_string(),
        problem: None,
    }
}

/// Which profile to open when nobody says: the default one, else `running_stack`'s.
#[must_use]
pub fn default_reference(profiles: &Profiles, running_stack: impl FnOnce() -> Option<PathBuf>) -> Option<String> {
    profiles
        .default_name()
        .or_else(|| running_stack().map(|path| path.display().to_string()))
}

/// Runs what may block (a keychain's prompt, a key stretched) off the runtime's threads.
///
/// # Errors
/// Those of `work`; [`Error::Internal`] where it panicked.
pub async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|lost| {
        Err(Error::Internal {
            what: format!("a thread was lost: {lost}"),
        })
    })
}
