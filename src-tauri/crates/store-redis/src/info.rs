//! What `INFO` says, as far as we may ask for it.

use std::collections::HashMap;
use std::time::Duration;

use greenroom_domain::SizeBytes;
use greenroom_domain::health::Probe;
use greenroom_domain::profile::RedisMode;
use redis::cluster_routing::{RoutingInfo, SingleNodeRoutingInfo};
use redis::{Cmd, Value};

use crate::connection::Connection;
use crate::error::Error;

/// The fields of `INFO`; empty where the user may not ask.
pub(crate) struct Info(HashMap<String, String>);

pub(crate) async fn read(connection: &Connection, limit: Duration) -> Result<Info, Error> {
    let mut fields = HashMap::new();
    for section in ["server", "replication", "memory"] {
        let mut command = redis::cmd("INFO");
        command.arg(section);
        match ask(connection, command, limit).await {
            Ok(text) => fields.extend(parse(&text)),
            // A user with few rights is still a connection that works.
            Err(Error::Call {
                code: greenroom_domain::ErrorCode::StorePermission,
                ..
            }) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(Info(fields))
}

async fn ask(connection: &Connection, command: Cmd, limit: Duration) -> Result<String, Error> {
    let answer = match connection {
        Connection::One(_) => connection.call("info", &command, limit).await?,
        Connection::Cluster(cluster) => {
            let anywhere = RoutingInfo::SingleNode(SingleNodeRoutingInfo::Random);
            let mut cluster = cluster.clone();
            tokio::time::timeout(limit, cluster.route_command(command, anywhere))
                .await
                .map_err(|_| Error::Late {
                    operation: "info",
                    limit,
                })?
                .and_then(Value::extract_error)
                .map_err(Error::during("info"))?
        }
    };
    Ok(redis::from_redis_value_ref(&answer).unwrap_or_default())
}

fn parse(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
}

impl Info {
    pub(crate) fn into_probe(self, latency: Duration, mode: RedisMode) -> Probe {
        let number = |name: &str| self.0.get(name).and_then(|value| value.parse::<u64>().ok());
        Probe {
            latency_ms: u32::try_from(latency.as_millis()).unwrap_or(u32::MAX),
            version: self.0.get("redis_version").cloned(),
            role: self.role(mode),
            warning: self.warning(),
            holds_bytes: number("used_memory").map(SizeBytes),
            ..Probe::default()
        }
    }

    fn role(&self, mode: RedisMode) -> Option<String> {
        if mode == RedisMode::Cluster {
            return Some("cluster".to_owned());
        }
        let followers = self.0.get("connected_slaves").is_some_and(|count| count != "0");
        Some(
            match self.0.get("role")?.as_str() {
                "master" if followers || mode == RedisMode::Sentinel => "primary",
                "master" => "standalone",
                "slave" => "replica",
                other => other,
            }
            .to_owned(),
        )
    }

    fn warning(&self) -> Option<String> {
        let is = |name: &str, value: &str| self.0.get(name).is_some_and(|found| found == value);
        if is("loading", "1") {
            return Some("the server is still loading its data".to_owned());
        }
        if is("master_link_status", "down") {
            return Some("this replica has lost its primary: what it shows may be old".to_owned());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_without_its_primary_is_shown_with_a_warning() {
        let info =
            Info(parse("# Replication\r\nrole:slave\r\nmaster_link_status:down\r\nused_memory:12\r\n").collect());
        let probe = info.into_probe(Duration::from_millis(3), RedisMode::Standalone);
        assert_eq!(probe.role.as_deref(), Some("replica"));
        assert!(probe.warning.is_some());
        assert_eq!(probe.holds_bytes, Some(SizeBytes(12)));
    }
}
