//! etcd: configuration and the service registry, by ranges of keys.
//!
//! Every call has a deadline, every range a limit. Several endpoints are tried in turn and one is held to; when it fails,
//! whoever supervises the connection opens another. It knows nothing of what the platform keeps under its keys.

pub mod keys;

mod connect;
mod error;

use std::time::{Duration, Instant};

use etcd_client::Client;
use greenroom_domain::SizeBytes;
use greenroom_domain::health::Probe;
use greenroom_domain::profile::EtcdProfile;

pub use error::Error;

/// How long one ordinary call may take.
pub const CALL_LIMIT: Duration = Duration::from_secs(5);

/// An open connection to one endpoint. Clones share it.
#[derive(Clone)]
pub struct Etcd {
    client: Client,
    endpoint: String,
    prefix: String,
}

impl std::fmt::Debug for Etcd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Etcd")
            .field("endpoint", &self.endpoint)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl Etcd {
    /// Connects to the first endpoint that answers a `status`, all within `timeout`. `secret` is the password.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Connect`] with the kind of failure at the last endpoint, [`Error::Late`].
    pub async fn connect(profile: &EtcdProfile, secret: Option<&str>, timeout: Duration) -> Result<Self, Error> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let begun = Instant::now();
        let mut last = Error::Config {
            what: "it names no endpoint".to_owned(),
            source: None,
        };
        for (tried, endpoint) in profile.endpoints.iter().enumerate() {
            let left = timeout.saturating_sub(begun.elapsed());
            if left.is_zero() {
                break;
            }
            // Each gets its share, so that one that never answers leaves time for the next.
            let share = left / u32::try_from(profile.endpoints.len() - tried).unwrap_or(1);
            match tokio::time::timeout(share, connect::open(profile, endpoint, secret, share)).await {
                Ok(Ok(client)) => {
                    return Ok(Self {
                        client,
                        endpoint: endpoint.clone(),
                        prefix: profile.prefix.clone(),
                    });
                }
                Ok(Err(error)) => last = error,
                Err(_) => {
                    last = Error::Late {
                        operation: "connect",
                        limit: share,
                    }
                }
            }
        }
        Err(last)
    }

    /// Asks the endpoint how it is (`status`, the latency) and how many members the cluster has.
    ///
    /// # Errors
    /// [`Error::Late`], [`Error::Call`].
    pub async fn probe(&self, timeout: Duration) -> Result<Probe, Error> {
        let begun = Instant::now();
        let mut client = self.client.clone();
        let status = within("status", timeout, client.status()).await?;
        let latency = begun.elapsed();
        let left = timeout.saturating_sub(latency).max(Duration::from_millis(100));
        // Listing members may be forbidden to this user; the connection works all the same.
        let members = within("member_list", left, client.member_list())
            .await
            .map(|list| list.members().len())
            .ok();
        let own = status.header().map_or(0, etcd_client::ResponseHeader::member_id);
        let role = match (status.leader(), members) {
            (0, _) => "no leader",
            (leader, Some(1)) if leader == own => "standalone",
            (leader, _) if leader == own => "leader",
            _ => "follower",
        };
        Ok(Probe {
            latency_ms: u32::try_from(latency.as_millis()).unwrap_or(u32::MAX),
            version: Some(status.version().to_owned()),
            role: Some(role.to_owned()),
            warning: warning(&status),
            note: members
                .filter(|count| *count > 1)
                .map(|count| format!("{count} members")),
            holds_bytes: u64::try_from(status.db_size()).ok().map(SizeBytes),
            ..Probe::default()
        })
    }

    /// Lets the connection go. The last clone closes it.
    pub async fn close(self) {
        drop(self);
    }

    /// Where the platform's keys begin, as the profile says.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

pub(crate) async fn within<T>(
    operation: &'static str,
    limit: Duration,
    call: impl Future<Output = Result<T, etcd_client::Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(limit, call).await {
        Ok(answer) => answer.map_err(Error::during(operation)),
        Err(_) => Err(Error::Late { operation, limit }),
    }
}

fn warning(status: &etcd_client::StatusResponse) -> Option<String> {
    if status.leader() == 0 {
        return Some("the cluster has no leader: nothing can be written, and reads may be old".to_owned());
    }
    let (used, quota) = (status.db_size(), status.db_size_quota());
    (quota > 0 && used > quota / 10 * 9)
        .then(|| format!("its database holds {used} of the {quota} bytes allowed; when it is full, it takes no writes"))
}
