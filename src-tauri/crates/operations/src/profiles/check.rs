//! What a profile must be: every problem in a sentence, all of them at once.

use greenroom_domain::profile::{PoolLimits, Profile, RedisMode, Tls, host_and_port};

/// Field names under which people put secrets into files.
const SECRET_NAMES: [&str; 6] = [
    "password",
    "secret",
    "secret_access_key",
    "secret_key",
    "passwd",
    "token",
];

/// Reads TOML. A field that looks like a secret is named as such; no value of the text is quoted then.
pub(super) fn parse(text: &str) -> Result<Profile, String> {
    toml::from_str(text).map_err(|error| {
        let said = error.message().to_owned();
        match SECRET_NAMES.iter().find(|name| said.contains(&format!("unknown field `{name}`"))) {
            Some(name) => format!(
                "it holds {name:?}, and no secret belongs in a profile: put it into the keychain, or into a file named by \
                 secrets_file, and change it at the server, since it has been on disk"
            ),
            None => {
                let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
                format!("line {line}: {said}")
            }
        }
    })
}

/// Everything that is wrong with a profile; empty where it can be used.
#[must_use]
pub fn problems(profile: &Profile) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(problem) = name(&profile.name) {
        found.push(problem);
    }
    if !is_colour(&profile.colour) {
        found.push(format!("the colour {:?} is not #rrggbb", profile.colour));
    }
    postgres(profile, &mut found);
    redis(profile, &mut found);
    mongodb(profile, &mut found);
    s3(profile, &mut found);
    etcd(profile, &mut found);
    found
}

fn name(name: &str) -> Option<String> {
    let length = name.chars().count();
    if !(1..=64).contains(&length) {
        return Some(format!("the name is {length} characters long; it takes 1 to 64"));
    }
    if name.chars().any(|c| matches!(c, '/' | '\\') || c.is_control()) {
        return Some("the name holds a slash or a control character".to_owned());
    }
    // A name ending so would be taken for a path.
    (name.trim() != name || name.ends_with(".toml"))
        .then(|| "the name begins or ends with a blank, or ends in .toml".to_owned())
}

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|c| c.is_ascii_hexdigit())
}

fn postgres(profile: &Profile, found: &mut Vec<String>) {
    let part = &profile.postgres;
    addresses("postgres", &part.addresses, found);
    filled("postgres", "database", &part.database, found);
    filled("postgres", "user", &part.user, found);
    tls("postgres", &part.tls, found);
    pool("postgres", part.pool, found);
}

fn redis(profile: &Profile, found: &mut Vec<String>) {
    let part = &profile.redis;
    addresses("redis", &part.addresses, found);
    tls("redis", &part.tls, found);
    let master = part
        .sentinel_master
        .as_deref()
        .is_some_and(|master| !master.trim().is_empty());
    match part.mode {
        RedisMode::Standalone => {}
        RedisMode::Sentinel if !master => found.push("redis: sentinels need sentinel_master".to_owned()),
        RedisMode::Sentinel => {}
        RedisMode::Cluster if part.db != 0 => found.push("redis: a cluster has only database 0".to_owned()),
        RedisMode::Cluster => {}
    }
    if part.key_prefix.contains('\0') {
        found.push("redis: key_prefix holds a NUL".to_owned());
    }
}

fn mongodb(profile: &Profile, found: &mut Vec<String>) {
    let part = &profile.mongodb;
    addresses("mongodb", &part.addresses, found);
    filled("mongodb", "database", &part.database, found);
    if part.database.contains(['/', '\\', '.', ' ', '"', '$', '\0']) {
        found.push(format!("mongodb: {:?} is not a database's name", part.database));
    }
    tls("mongodb", &part.tls, found);
    pool("mongodb", part.pool, found);
    if part.direct && part.addresses.len() > 1 {
        found.push("mongodb: direct takes one address".to_owned());
    }
}

fn s3(profile: &Profile, found: &mut Vec<String>) {
    let part = &profile.s3;
    let rest = part
        .endpoint
        .strip_prefix("http://")
        .or_else(|| part.endpoint.strip_prefix("https://"));
    match rest.map(|rest| rest.trim_end_matches('/')) {
        None => found.push(format!(
            "s3: the endpoint {:?} begins with neither http:// nor https://",
            part.endpoint
        )),
        Some(rest) if rest.contains('@') => {
            found.push("s3: the endpoint holds a user or password; keys belong into the keychain".to_owned());
        }
        Some(rest) if rest.is_empty() || rest.contains(['/', '?', '#', ' ']) => {
            found.push(format!(
                "s3: the endpoint {:?} is more or less than a host and port",
                part.endpoint
            ));
        }
        Some(_) => {}
    }
    filled("s3", "region", &part.region, found);
    filled("s3", "access_key_id", &part.access_key_id, found);
    let bucket = part.bucket.as_str();
    let fits = (3..=63).contains(&bucket.len())
        && bucket
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'.'));
    if !fits {
        found.push(format!(
            "s3: {bucket:?} is not a bucket's name: 3 to 63 of a-z, 0-9, - and ."
        ));
    }
    if part.tls.client_cert_file.is_some() || part.tls.client_key_file.is_some() {
        found.push("s3: client certificates are not used; keys are".to_owned());
    }
}

fn etcd(profile: &Profile, found: &mut Vec<String>) {
    let part = &profile.etcd;
    addresses("etcd", &part.endpoints, found);
    tls("etcd", &part.tls, found);
    if part.prefix.is_empty() || part.prefix.contains('\0') {
        found.push("etcd: the prefix is empty or holds a NUL".to_owned());
    }
}

fn addresses(store: &str, addresses: &[String], found: &mut Vec<String>) {
    if addresses.is_empty() {
        found.push(format!("{store}: it names no address"));
    }
    for address in addresses.iter().filter(|address| host_and_port(address).is_none()) {
        found.push(format!(
            "{store}: {:?} is not host:port (IPv6 in brackets)",
            crate::secrets::redacted(address)
        ));
    }
}

fn filled(store: &str, field: &str, value: &str, found: &mut Vec<String>) {
    if value.trim().is_empty() || value.contains('\0') {
        found.push(format!("{store}: {field} is empty or holds a NUL"));
    }
}

fn tls(store: &str, tls: &Tls, found: &mut Vec<String>) {
    let files = [&tls.ca_file, &tls.client_cert_file, &tls.client_key_file];
    if !tls.enabled && files.iter().any(|file| file.is_some()) {
        found.push(format!(
            "{store}: certificate files are named, but tls.enabled is false"
        ));
    }
    if tls.client_cert_file.is_some() != tls.client_key_file.is_some() {
        found.push(format!(
            "{store}: a client certificate needs its key, and the key its certificate"
        ));
    }
}

fn pool(store: &str, pool: PoolLimits, found: &mut Vec<String>) {
    if pool.max_open == 0 || pool.max_open > 10_000 {
        found.push(format!(
            "{store}: pool.max_open is {}; it takes 1 to 10000",
            pool.max_open
        ));
    }
    if pool.max_idle > pool.max_open {
        found.push(format!(
            "{store}: pool.max_idle ({}) is more than max_open ({})",
            pool.max_idle, pool.max_open
        ));
    }
    if pool.max_lifetime_s == 0 {
        found.push(format!("{store}: pool.max_lifetime_s is 0"));
    }
}
