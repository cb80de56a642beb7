//! From a profile to a client: endpoint, style, keys, CA, deadlines, bounded retries.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    BehaviorVersion, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
    StalledStreamProtectionConfig,
};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use greenroom_domain::profile::S3Profile;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::Error;
use crate::server_header::ServerHeader;

pub(crate) fn client(
    profile: &S3Profile,
    secret: Option<&str>,
    limit: Duration,
    header: ServerHeader,
) -> Result<Client, Error> {
    if !profile.endpoint.starts_with("http://") && !profile.endpoint.starts_with("https://") {
        return Err(config(format!(
            "{:?} begins with neither http:// nor https://",
            profile.endpoint
        )));
    }
    let keys = Credentials::new(
        &profile.access_key_id,
        secret.unwrap_or_default(),
        None,
        None,
        "greenroom profile",
    );
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(limit.min(Duration::from_secs(5)))
        // From the request to the answer's head; a body has deadlines of its own, one for each piece.
        .read_timeout(crate::CALL_LIMIT)
        .build();
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(profile.endpoint.trim_end_matches('/'))
        .region(Region::new(profile.region.clone()))
        .force_path_style(profile.path_style)
        .credentials_provider(keys)
        // Not every S3 off AWS takes the newer checksums.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .retry_config(RetryConfig::standard().with_max_attempts(2))
        .timeout_config(timeouts)
        // A paused player reads nothing for minutes, and that is no stall of the server's.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .interceptor(header)
        .http_client(http_client(profile)?)
        .build();
    Ok(Client::from_conf(config))
}

fn http_client(profile: &S3Profile) -> Result<aws_sdk_s3::config::SharedHttpClient, Error> {
    let trust = match profile
        .tls
        .ca_file
        .as_ref()
        .filter(|_| profile.endpoint.starts_with("https://"))
    {
        Some(path) => TrustStore::empty().with_pem_certificate(checked_pem(path)?),
        None => TrustStore::default(),
    };
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| Error::Config {
            what: "its CA".to_owned(),
            source: Some(Box::new(error)),
        })?;
    Ok(Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(context)
        .build_https())
}

/// The SDK panics on a file that holds no certificate, so it is looked at first.
fn checked_pem(path: &str) -> Result<Vec<u8>, Error> {
    let pem = std::fs::read(path).map_err(|error| Error::Config {
        what: format!("{path} cannot be read"),
        source: Some(Box::new(error)),
    })?;
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Config {
            what: format!("{path} is not a PEM file"),
            source: Some(Box::new(error)),
        })?;
    let mut roots = rustls::RootCertStore::empty();
    for certificate in &certificates {
        roots.add(certificate.clone()).map_err(|error| Error::Config {
            what: format!("{path} holds a certificate that cannot be read"),
            source: Some(Box::new(error)),
        })?;
    }
    if certificates.is_empty() {
        return Err(config(format!("{path} holds no certificate")));
    }
    Ok(pem)
}

fn config(what: String) -> Error {
    Error::Config { what, source: None }
}
