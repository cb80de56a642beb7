//! Opening PostgreSQL: which of several hosts, with what encryption, how many connections, and what every session is told.
//! It does not reconnect by itself; whoever supervises the store calls `connect` again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use greenroom_domain::ErrorCode;
use greenroom_domain::profile::PostgresProfile;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgSslMode};
use sqlx::{Connection, Executor, PgConnection, Row};

use crate::{Error, Inner, Postgres};

const OPERATION: &str = "postgres.connect";
const QUICK_CONNECTIONS: u32 = 4;
const COUNT_CONNECTIONS: u32 = 2;
/// Below this many connections in all, the palette and the counts have one each.
const SMALL_POOL: u32 = 12;
/// A connection idle for longer than this is asked whether it still lives before it is used.
const TRUSTED_IDLE: Duration = Duration::from_secs(2);

/// What every session of a lane is told. Plans are made for the values at hand: a generic plan of a filtered page can be
/// a thousand times dearer than the one for its values, and compiling it dearer than the page itself. Our own schema is kept out of the search path: for a user named
/// `greenroom`, `"$user"` would put it first, and the platform's tables would be made in it.
macro_rules! session {
    ($statement_timeout:literal) => {
        concat!(
            "SET statement_timeout = ",
            $statement_timeout,
            "; SET lock_timeout = 5000; SET idle_in_transaction_session_timeout = 30000;",
            " SET plan_cache_mode = force_custom_plan; SET jit = off; SET timezone = 'UTC'; SET datestyle = 'ISO';",
            " SELECT set_config('search_path', coalesce((SELECT string_agg(quote_ident(name), ', ')",
            " FROM unnest(current_schemas(false)) AS name WHERE name <> 'greenroom'), 'public'), false)"
        )
    };
}
pub(crate) const MAIN_SESSION: &str = session!("10000");
const QUICK_SESSION: &str = concat!(session!("2500"), "; SET default_transaction_read_only = on");
const COUNT_SESSION: &str = concat!(session!("300"), "; SET default_transaction_read_only = on");
/// For migrations and bulk loads, on connections of their own.
pub(crate) const LONG_SESSION: &str = session!("0");

/// See [`Inner::idle_watch`].
#[derive(Clone, Default)]
pub(crate) struct IdleWatch(Arc<Mutex<Option<PgPool>>>);

impl IdleWatch {
    pub(crate) fn clear(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn set(&self, pool: PgPool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(pool);
    }

    fn idle(&self) -> usize {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .map_or(0, PgPool::num_idle)
    }
}

impl Postgres {
    /// Connects to the first of the profile's hosts that is a primary, else to the first that answers; `timeout` is for
    /// all of them together. Afterwards connections are opened as calls need them and kept up to the pool's bounds.
    /// Cost: one session on each host up to the one taken.
    ///
    /// # Errors
    /// What the last host failed with, or the first refusal that another host would not mend (user, password, database).
    pub async fn connect(profile: &PostgresProfile, password: Option<&str>, timeout: Duration) -> Result<Self, Error> {
        let began = Instant::now();
        let hosts = candidates(profile, password)?;
        let count = u32::try_from(hosts.len()).unwrap_or(u32::MAX);
        let mut replica = None;
        let mut failure = None;
        for (turn, (address, options)) in hosts.into_iter().enumerate() {
            let left = timeout.saturating_sub(began.elapsed());
            let share = left / count.saturating_sub(u32::try_from(turn).unwrap_or(0)).max(1);
            match greet(&options, share).await {
                Ok(true) => return Ok(Self::over(profile, address, options)),
                Ok(false) => drop(replica.get_or_insert((address, options))),
                Err(cause) if is_final(&cause) => return Err(cause),
                Err(cause) => failure = Some(cause),
            }
        }
        match (replica, failure) {
            (Some((address, options)), _) => Ok(Self::over(profile, address, options)),
            (None, Some(cause)) => Err(cause),
            (None, None) => Err(Error::Profile {
                detail: "no address is given".to_owned(),
            }),
        }
    }

    fn over(profile: &PostgresProfile, address: String, options: PgConnectOptions) -> Self {
        let max_open = profile.pool.max_open;
        let (for_quick, for_counts) = if max_open < SMALL_POOL {
            (1, 1)
        } else {
            (QUICK_CONNECTIONS, COUNT_CONNECTIONS)
        };
        let idle_watch = IdleWatch::default();
        let max_idle = profile.pool.max_idle as usize;
        let watch = idle_watch.clone();
        let main = lane(
            profile,
            max_open.saturating_sub(for_quick + for_counts).max(1),
            MAIN_SESSION,
        )
        .after_release(move |_, _| {
            let keep = watch.idle() < max_idle;
            Box::pin(async move { Ok(keep) })
        })
        .connect_lazy_with(options.clone());
        idle_watch.set(main.clone());
        let quick = lane(profile, for_quick, QUICK_SESSION)
            .idle_timeout(Duration::from_secs(60))
            .connect_lazy_with(options.clone());
        let counts = lane(profile, for_counts, COUNT_SESSION)
            .idle_timeout(Duration::from_secs(60))
            .connect_lazy_with(options.clone());
        Self {
            inner: Arc::new(Inner {
                main,
                quick,
                counts,
                idle_watch,
                options,
                address,
                limits: profile.pool,
                identity: tokio::sync::OnceCell::new(),
            }),
        }
    }

    /// A session outside the pools, for work that may take long. Close it when done.
    pub(crate) async fn aside(&self, operation: &'static str) -> Result<PgConnection, Error> {
        let within = crate::CALL_DEADLINE;
        let opening = async {
            let mut connection = PgConnection::connect_with(&self.inner.options).await?;
            connection.execute(LONG_SESSION).await?;
            Ok(connection)
        };
        match tokio::time::timeout(within, opening).await {
            Ok(opened) => opened.map_err(|cause| Error::read(operation, cause)),
            Err(_) => Err(Error::Timeout {
                operation,
                within,
                outcome: None,
            }),
        }
    }
}

fn lane(profile: &PostgresProfile, max: u32, session: &'static str) -> PgPoolOptions {
    PgPoolOptions::new()
        .min_connections(0)
        .max_connections(max)
        .max_lifetime(Duration::from_secs(u64::from(profile.pool.max_lifetime_s.max(1))))
        .idle_timeout(Duration::from_secs(600))
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| Box::pin(async move { connection.execute(session).await.map(|_| ()) }))
}

/// Whether the server that answers is a primary.
async fn greet(options: &PgConnectOptions, within: Duration) -> Result<bool, Error> {
    let greeting = async {
        let mut connection = PgConnection::connect_with(options).await?;
        let row = connection.fetch_one("SELECT NOT pg_is_in_recovery()").await?;
        let primary: bool = row.try_get(0)?;
        connection.close().await?;
        Ok(primary)
    };
    match tokio::time::timeout(within, greeting).await {
        Ok(answer) => answer.map_err(|cause| Error::connecting(OPERATION, cause)),
        Err(_) => Err(Error::Timeout {
            operation: OPERATION,
            within,
            outcome: None,
        }),
    }
}

/// Whether asking another host is no use: who we are and what we want is wrong, not where.
fn is_final(cause: &Error) -> bool {
    matches!(
        cause.code(),
        ErrorCode::StoreAuth | ErrorCode::StoreSchema | ErrorCode::ProfileInvalid
    )
}

fn candidates(profile: &PostgresProfile, password: Option<&str>) -> Result<Vec<(String, PgConnectOptions)>, Error> {
    let mut base = PgConnectOptions::new_without_pgpass()
        .username(&profile.user)
        .password(password.unwrap_or_default())
        .database(&profile.database)
        .application_name("greenroom")
        .extra_float_digits(None)
        .ssl_mode(if profile.tls.enabled {
            PgSslMode::VerifyFull
        } else {
            PgSslMode::Disable
        });
    let tls = &profile.tls;
    if tls.enabled {
        for file in [&tls.ca_file, &tls.client_cert_file, &tls.client_key_file]
            .into_iter()
            .flatten()
        {
            if let Err(cause) = std::fs::metadata(file) {
                return Err(Error::Profile {
                    detail: format!("{file} cannot be read: {cause}"),
                });
            }
        }
        if let Some(file) = &tls.ca_file {
            base = base.ssl_root_cert(file);
        }
        match (&tls.client_cert_file, &tls.client_key_file) {
            (Some(cert), Some(key)) => base = base.ssl_client_cert(cert).ssl_client_key(key),
            (None, None) => {}
            _ => {
                let detail = "a client certificate and its key are given together or not at all".to_owned();
                return Err(Error::Profile { detail });
            }
        }
    }
    profile
        .addresses
        .iter()
        .map(|address| {
            let (host, port) = split_address(address).ok_or_else(|| Error::Profile {
                detail: format!("{address:?} is not HOST:PORT"),
            })?;
            Ok((address.clone(), base.clone().host(host).port(port)))
        })
        .collect()
}

/// `host:port`, `[v6]:port`, or a host alone on PostgreSQL's own port.
fn split_address(address: &str) -> Option<(&str, u16)> {
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().ok()?),
        Some(_) => return None,
        None => (address, 5432),
    };
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    (!host.is_empty()).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::split_address;

    #[test]
    fn addresses_are_hosts_with_ports_in_every_usual_form() {
        assert_eq!(split_address("db.example.com:6432"), Some(("db.example.com", 6432)));
        assert_eq!(split_address("[::1]:5432"), Some(("::1", 5432)));
        assert_eq!(split_address("db"), Some(("db", 5432)));
        for bad in ["", ":5432", "db:", "db:99999", "::1"] {
            assert_eq!(split_address(bad), None, "{bad}");
        }
    }
}
