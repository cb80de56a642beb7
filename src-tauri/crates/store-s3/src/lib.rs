//! Any S3: recordings, documents, avatars, by key and prefix.
//!
//! Plain S3 only, nobody's admin API. Listings are bounded and paged, bodies are streamed and let go of when their
//! reader is; every call has a deadline, every retry a bound.

pub mod buckets;
pub mod objects;

mod connect;
mod error;
mod put;
mod server_header;

use std::time::{Duration, Instant};

use aws_sdk_s3::Client;
use greenroom_domain::ErrorCode;
use greenroom_domain::health::Probe;
use greenroom_domain::profile::S3Profile;

pub use error::Error;

/// How long one ordinary call may take, retries included.
pub const CALL_LIMIT: Duration = Duration::from_secs(10);
/// How long the next piece of a body may take.
pub const PIECE_LIMIT: Duration = Duration::from_secs(30);

/// A client of one bucket. Clones share it.
#[derive(Clone)]
pub struct S3 {
    client: Client,
    bucket: String,
    header: server_header::ServerHeader,
}

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3")
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

impl S3 {
    /// Makes a client and lists one key to be sure of endpoint and keys, all within `timeout`. `secret` is the secret access
    /// key. A bucket that does not exist is not a failed connection: probes warn of it and reads fail with
    /// [`ErrorCode::StoreSchema`], so that whoever sets the deployment up can create it.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Call`] with the kind of failure, [`Error::Late`].
    pub async fn connect(profile: &S3Profile, secret: Option<&str>, timeout: Duration) -> Result<Self, Error> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let header = server_header::ServerHeader::default();
        let client = connect::client(profile, secret, timeout, header.clone())?;
        let s3 = Self {
            client,
            bucket: profile.bucket.clone(),
            header,
        };
        match s3.touch("connect", timeout).await {
            Err(error) if error.code() != ErrorCode::StoreSchema => Err(error),
            _ => Ok(s3),
        }
    }

    /// Asks for one key (the latency). HEAD would be cheaper, but its refusals carry no reason.
    ///
    /// # Errors
    /// [`Error::Late`], [`Error::Call`].
    pub async fn probe(&self, timeout: Duration) -> Result<Probe, Error> {
        let begun = Instant::now();
        let warning = match self.touch("probe", timeout).await {
            Ok(()) => None,
            Err(error) if error.code() == ErrorCode::StoreSchema => {
                Some(format!("the bucket {:?} does not exist", self.bucket))
            }
            Err(error) => return Err(error),
        };
        Ok(Probe {
            latency_ms: u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX),
            version: self.header.last(),
            role: Some("bucket".to_owned()).filter(|_| warning.is_none()),
            warning,
            ..Probe::default()
        })
    }

    /// Lets the client go. The last clone closes its connections.
    pub async fn close(self) {
        drop(self);
    }

    /// The bucket's name.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    async fn touch(&self, operation: &'static str, limit: Duration) -> Result<(), Error> {
        let asked = self.client.list_objects_v2().bucket(&self.bucket).max_keys(1).send();
        match tokio::time::timeout(limit, asked).await {
            Ok(answer) => answer.map(|_| ()).map_err(Error::during(operation, &self.bucket)),
            Err(_) => Err(Error::Late { operation, limit }),
        }
    }
}

/// Runs a call with our own deadline around it.
pub(crate) async fn within<T>(
    operation: &'static str,
    limit: Duration,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(limit, call).await {
        Ok(answer) => answer,
        Err(_) => Err(Error::Late { operation, limit }),
    }
}
