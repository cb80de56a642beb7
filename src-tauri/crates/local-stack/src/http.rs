//! Just enough HTTP/1.1 to ask SeaweedFS and etcd whether they are ready. Loopback only, one request per connection.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// The most that is read of an answer.
const LIMIT: u64 = 1 << 20;

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// One request; the connection, each read and each write within `limit`.
pub(crate) fn request(
    method: &str,
    port: u16,
    path: &str,
    headers: &[(&str, String)],
    body: &str,
    limit: Duration,
) -> Result<Answer, String> {
    let mut stream = connect(port, limit)?;
    let mut text = format!(
        "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        text.push_str(&format!("Host: 127.0.0.1:{port}\r\n"));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(body);
    stream
        .write_all(text.as_bytes())
        .map_err(|error| format!("could not ask: {error}"))?;
    let mut answer = Vec::new();
    stream
        .take(LIMIT)
        .read_to_end(&mut answer)
        .map_err(|error| format!("no answer: {error}"))?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the answer is not HTTP")?;
    let status = head
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or("the answer is not HTTP")?;
    Ok(Answer {
        status,
        body: body.to_owned(),
    })
}

/// A connection to a loopback port whose reads and writes end within `limit`.
pub(crate) fn connect(port: u16, limit: Duration) -> Result<TcpStream, String> {
    let stream = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), limit)
        .map_err(|error| format!("nothing listens on port {port}: {error}"))?;
    stream
        .set_read_timeout(Some(limit))
        .and_then(|()| stream.set_write_timeout(Some(limit)))
        .map_err(|error| error.to_string())?;
    Ok(stream)
}
