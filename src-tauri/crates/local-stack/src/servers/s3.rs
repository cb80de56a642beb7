//! S3 by SeaweedFS in one process (`weed mini`), keys on. Requests of our own are signed with Signature Version 4.
//!
//! Signing follows <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html> for the one
//! form needed here: no query, no body, three signed headers.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

use super::{PROBE_LIMIT, Place};
use crate::http;
use crate::profile::BUCKET;

pub(super) fn command(place: &Place) -> Command {
    let mut command = place.command();
    command
        .env("AWS_ACCESS_KEY_ID", &place.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &place.secret)
        // Its inner HTTP ports would otherwise hand everything to anyone on this machine.
        .env("WEED_JWT_SIGNING_KEY", inner_key(place, "volume write"))
        .env("WEED_JWT_SIGNING_READ_KEY", inner_key(place, "volume read"))
        .env("WEED_JWT_FILER_SIGNING_KEY", inner_key(place, FILER_WRITE))
        .env("WEED_JWT_FILER_SIGNING_READ_KEY", inner_key(place, "filer read"))
        .arg("mini")
        .arg(format!("-dir={}", place.data.display()))
        .args(["-ip=127.0.0.1", "-ip.bind=127.0.0.1"])
        .arg(format!("-s3.port={}", place.port()))
        .arg(format!("-master.port={}", place.port_at(1)))
        .arg(format!("-volume.port={}", place.port_at(2)))
        .arg(format!("-filer.port={}", place.port_at(3)))
        .arg(format!("-admin.port={}", place.port_at(4)))
        .args([
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-metricsPort=0",
            "-webdav=false",
            "-admin.ui=false",
        ])
        // Each bucket takes volumes of its own; the number that is allowed by default (disk size / 1 GiB) is soon used up.
        .args([
            "-s3.allowDeleteBucketNotEmpty=false",
            "-master.volumeSizeLimitMB=256",
            "-volume.max=4000",
        ]);
    command
}

pub(super) fn probe(place: &Place) -> Result<(), String> {
    // The bucket is there and a wrong key would have been refused: 403.
    expect(&signed(place, "HEAD", &format!("/{BUCKET}"))?, &[200])
}

pub(super) fn after_start(place: &Place) -> Result<(), String> {
    create_bucket(place, BUCKET)
}

/// Creates a bucket, or leaves the one that is there.
pub(crate) fn create_bucket(place: &Place, bucket: &str) -> Result<(), String> {
    expect(&signed(place, "PUT", &format!("/{bucket}"))?, &[200, 409])
}

/// Removes a bucket with everything in it, which the S3 side refuses: through the filer, behind its back.
pub(crate) fn remove_bucket(place: &Place, bucket: &str) -> Result<(), String> {
    let path = format!("/buckets/{bucket}?recursive=true&ignoreRecursiveError=true");
    let headers = [("Authorization", format!("Bearer {}", filer_token(place)?))];
    let answer = http::request("DELETE", place.port_at(3), &path, &headers, "", PROBE_LIMIT)?;
    expect(&answer, &[200, 202, 204, 404])
}

const FILER_WRITE: &str = "filer write";

/// A key for one of SeaweedFS' inner doors, drawn from the stack's S3 secret.
fn inner_key(place: &Place, door: &str) -> String {
    mac(place.secret.as_bytes(), door).map(hex::encode).unwrap_or_default()
}

/// A token for the filer (RFC 7519, HS256), good for a minute.
fn filer_token(place: &Place) -> Result<String, String> {
    let text = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let expires = chrono::Utc::now().timestamp() + 60;
    let signed = format!(
        "{}.{}",
        text(r#"{"alg":"HS256","typ":"JWT"}"#),
        text(&format!(r#"{{"exp":{expires}}}"#))
    );
    let signature = mac(inner_key(place, FILER_WRITE).as_bytes(), &signed)?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn expect(answer: &http::Answer, good: &[u16]) -> Result<(), String> {
    if good.contains(&answer.status) {
        Ok(())
    } else {
        Err(format!(
            "it answered {}: {}",
            answer.status,
            answer.body.chars().take(300).collect::<String>()
        ))
    }
}

fn signed(place: &Place, method: &str, path: &str) -> Result<http::Answer, String> {
    let now = chrono::Utc::now();
    let (day, moment) = (
        now.format("%Y%m%d").to_string(),
        now.format("%Y%m%dT%H%M%SZ").to_string(),
    );
    let host = format!("127.0.0.1:{}", place.port());
    let empty = hex::encode(Sha256::digest(b""));
    let names = "host;x-amz-content-sha256;x-amz-date";
    let canonical = format!(
        "{method}\n{path}\n\nhost:{host}\nx-amz-content-sha256:{empty}\nx-amz-date:{moment}\n\n{names}\n{empty}"
    );
    let scope = format!("{day}/us-east-1/s3/aws4_request");
    let text = format!(
        "AWS4-HMAC-SHA256\n{moment}\n{scope}\n{}",
        hex::encode(Sha256::digest(canonical.as_bytes()))
    );
    let mut key = mac(format!("AWS4{}", place.secret).as_bytes(), &day)?;
    for part in ["us-east-1", "s3", "aws4_request"] {
        key = mac(&key, part)?;
    }
    let signature = hex::encode(mac(&key, &text)?);
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        place.access_key_id
    );
    let headers = [
        ("Host", host),
        ("x-amz-content-sha256", empty),
        ("x-amz-date", moment),
        ("Authorization", authorization),
    ];
    http::request(method, place.port(), path, &headers, "", PROBE_LIMIT)
}

fn mac(key: &[u8], text: &str) -> Result<Vec<u8>, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
