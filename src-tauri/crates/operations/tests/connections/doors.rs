//! Ports that are not what a client hopes for: silent ones, and TLS ones with certificates of our choosing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};

/// Signs certificates; its own is in a file that profiles can name.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
        Self {
            issuer: Issuer::new(params, key),
            folder,
        }
    }

    pub(crate) fn ca_file(&self) -> String {
        self.folder.path().join("ca.pem").display().to_string()
    }

    /// A server configuration for `name`, valid until January of that year.
    fn certify(&self, name: &str, until: i32) -> ServerConfig {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let chain = vec![CertificateDer::from_pem_slice(certificate.pem().as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap();
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap()
    }

    /// A port on which TLS is spoken, PostgreSQL's way too, and nothing behind it. Gives its address.
    pub(crate) fn tls_door(&self, name: &str, until: i32) -> String {
        let config = Arc::new(self.certify(name, until));
        listen(move |stream| greet(stream, Arc::clone(&config)))
    }

    /// A port on which TLS is spoken, and behind it `backend`, which speaks plain text. Gives its address.
    pub(crate) async fn tls_before(&self, backend: &str, alpn: Option<&str>) -> String {
        let mut config = self.certify("127.0.0.1", 2090);
        config.alpn_protocols = alpn.map(|name| name.as_bytes().to_vec()).into_iter().collect();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let backend = backend.to_owned();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, backend) = (acceptor.clone(), backend.clone());
                tokio::spawn(async move {
                    let mut stream = stream;
                    if asks_for_tls_postgresqls_way(&stream).await {
                        let mut asked = [0; 8];
                        stream.read_exact(&mut asked).await?;
                        stream.write_all(b"S").await?;
                    }
                    let mut tls = acceptor.accept(stream).await?;
                    let mut plain = tokio::net::TcpStream::connect(&backend).await?;
                    tokio::io::copy_bidirectional(&mut tls, &mut plain).await
                });
            }
        });
        address
    }

    /// A file that is no certificate.
    pub(crate) fn not_a_certificate(&self) -> PathBuf {
        let path = self.folder.path().join("not.pem");
        std::fs::write(&path, "certainly not").unwrap();
        path
    }
}

/// A port that accepts and never answers.
pub(crate) fn silent_door() -> String {
    listen(|stream| {
        // Held until the other side gives up.
        let mut sink = [0; 1024];
        let mut stream = stream;
        while stream.read(&mut sink).is_ok_and(|read| read > 0) {}
    })
}

/// A port on which nothing listens.
pub(crate) fn closed_door() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string()
}

fn listen(serve: impl Fn(TcpStream) + Send + Clone + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let serve = serve.clone();
            std::thread::spawn(move || serve(stream));
        }
    });
    address
}

/// PostgreSQL asks whether TLS may begin: length 8, then 80877103.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

async fn asks_for_tls_postgresqls_way(stream: &tokio::net::TcpStream) -> bool {
    let mut first = [0; 8];
    stream.peek(&mut first).await.is_ok_and(|read| read == 8) && first == SSL_REQUEST
}

fn greet(mut stream: TcpStream, config: Arc<ServerConfig>) {
    let mut first = [0; 8];
    let asked = stream.peek(&mut first).is_ok_and(|read| read == 8) && first == SSL_REQUEST;
    let mut begun = || stream.read_exact(&mut first).and_then(|()| stream.write_all(b"S"));
    if asked && begun().is_err() {
        return;
    }
    let mut tls = ServerConnection::new(config).unwrap();
    while tls.complete_io(&mut stream).is_ok_and(|(read, _)| read > 0) {}
    let _ = stream.shutdown(std::net::Shutdown::Both);
}
