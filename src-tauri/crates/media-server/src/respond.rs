//! From a request to an answer: who may ask, what for, and in which words it is refused. Refusals are alike whatever lies
//! behind them: an unknown token, an expired one and any other path give the same 404.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::Shared;
use crate::grants::{Entry, TOKEN_CHARS};
use crate::pump::{self, MediaBody};
use crate::range::{self, Wanted};
use crate::source::{Facts, RangeReader, Trouble};

/// How long a request waits for its turn where too many streams run.
pub(crate) const STREAM_WAIT: Duration = Duration::from_secs(5);

type Answer = Response<MediaBody>;

/// Answers the requests of one connection.
#[derive(Clone)]
pub(crate) struct Responder {
    shared: Arc<Shared>,
    streams: Arc<Semaphore>,
    /// Ends this connection.
    pub(crate) connection: CancellationToken,
}

/// What the caller may see of an answer besides its body.
struct Allowed {
    origin: Option<HeaderValue>,
}

impl Responder {
    pub(crate) fn new(shared: Arc<Shared>, streams: Arc<Semaphore>, connection: CancellationToken) -> Self {
        Self {
            shared,
            streams,
            connection,
        }
    }

    pub(crate) async fn respond(&self, request: &Request<Incoming>) -> Answer {
        let allowed = match self.admit(request) {
            Ok(allowed) => allowed,
            Err(status) => return refusal(status),
        };
        let mut answer = match self.find(request.uri().path()) {
            Some(entry) => self
                .serve(request.method(), request.headers(), &entry)
                .await
                .unwrap_or_else(refusal),
            None => refusal(StatusCode::NOT_FOUND),
        };
        if let Some(origin) = allowed.origin {
            let headers = answer.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static("accept-ranges, content-length, content-range, etag"),
            );
        }
        answer
    }

    /// Host, Origin, method: in this order, before anything is looked up.
    fn admit(&self, request: &Request<Incoming>) -> Result<Allowed, StatusCode> {
        let headers = request.headers();
        let host = one(headers, &header::HOST)?;
        let authority = request.uri().authority().map(hyper::http::uri::Authority::as_str);
        if host != Some(self.shared.host.as_str()) || authority.is_some_and(|named| named != self.shared.host) {
            tracing::warn!("refused a request for another host: a rebound name, or a stranger");
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let origin = match one(headers, &header::ORIGIN)? {
            None => None,
            Some(origin) if self.shared.options.origins.iter().any(|ours| ours == origin) => {
                Some(HeaderValue::from_str(origin).map_err(|_| StatusCode::FORBIDDEN)?)
            }
            Some(_) => {
                tracing::warn!("refused a request of another page");
                return Err(StatusCode::FORBIDDEN);
            }
        };
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        if request.version() > Version::HTTP_11 {
            return Err(StatusCode::HTTP_VERSION_NOT_SUPPORTED);
        }
        Ok(Allowed { origin })
    }

    /// `/TOKEN/NAME` and nothing else.
    fn find(&self, path: &str) -> Option<Arc<Entry>> {
        let (token, name) = path.strip_prefix('/')?.split_once('/')?;
        if token.len() != TOKEN_CHARS {
            return None;
        }
        self.shared.grants.find(token).filter(|entry| entry.name() == name)
    }

    async fn serve(&self, method: &Method, headers: &HeaderMap, entry: &Arc<Entry>) -> Result<Answer, StatusCode> {
        let head_only = method == Method::HEAD;
        for attempt in 0..2 {
            let facts = match entry.known_facts().filter(|_| attempt == 0 && !head_only) {
                Some(facts) => facts,
                None => self.look(entry).await?,
            };
            let wanted = wanted(headers, &facts)?;
            let (first, last) = match wanted {
                Wanted::Unsatisfiable => return Ok(unsatisfiable(facts.size)),
                Wanted::Part { first, last } => (first, last),
                Wanted::Whole => (0, facts.size.saturating_sub(1)),
            };
            if head_only || facts.size == 0 {
                return Ok(begun(&facts, wanted, MediaBody::Short(None)));
            }
            let place = self.turn().await?;
            match RangeReader::open(entry.source.clone(), facts.clone(), first, last).await {
                Ok(reader) => {
                    let length = last - first + 1;
                    let entry = entry.clone();
                    let body = pump::start(&self.shared, entry, reader, length, self.connection.clone(), place);
                    return Ok(begun(&facts, wanted, body));
                }
                // What we knew of it is out of date: look again, once.
                Err(Trouble::Changed) => entry.remember(None),
                Err(trouble) => {
                    entry.remember(None);
                    return Err(status_of(trouble));
                }
            }
        }
        Err(StatusCode::BAD_GATEWAY)
    }

    async fn look(&self, entry: &Entry) -> Result<Facts, StatusCode> {
        let facts = entry.source.facts().await;
        entry.remember(facts.as_ref().ok().cloned());
        facts.map_err(status_of)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, StatusCode> {
        match tokio::time::timeout(STREAM_WAIT, self.streams.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

/// The only value of a field: none, or one of plain text; several are refused.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, StatusCode> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(StatusCode::BAD_REQUEST);
    }
    first
        .map(|value| value.to_str().map_err(|_| StatusCode::BAD_REQUEST))
        .transpose()
}

fn wanted(headers: &HeaderMap, facts: &Facts) -> Result<Wanted, StatusCode> {
    let condition = one(headers, &header::IF_RANGE)?;
    if !range::still_the_same(condition, facts.etag.as_deref(), facts.modified) {
        return Ok(Wanted::Whole);
    }
    Ok(range::wanted(one(headers, &header::RANGE).unwrap_or(None), facts.size))
}

fn status_of(trouble: Trouble) -> StatusCode {
    match trouble {
        Trouble::Missing => StatusCode::NOT_FOUND,
        Trouble::Changed | Trouble::Unavailable => StatusCode::BAD_GATEWAY,
    }
}

/// The head of an answer that serves something.
fn begun(facts: &Facts, wanted: Wanted, body: MediaBody) -> Answer {
    let mut answer = Response::new(body);
    let (status, length) = match wanted {
        Wanted::Part { first, last } => {
            let range = format!("bytes {first}-{last}/{}", facts.size);
            set(answer.headers_mut(), header::CONTENT_RANGE, &range);
            (StatusCode::PARTIAL_CONTENT, last - first + 1)
        }
        Wanted::Whole | Wanted::Unsatisfiable => (StatusCode::OK, facts.size),
    };
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(facts.content_type));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(etag) = &facts.etag {
        set(headers, header::ETAG, etag);
    }
    if let Some(modified) = facts.modified {
        set(headers, header::LAST_MODIFIED, &httpdate::fmt_http_date(modified));
    }
    guarded(headers);
    answer
}

fn unsatisfiable(size: u64) -> Answer {
    let mut answer = refusal(StatusCode::RANGE_NOT_SATISFIABLE);
    set(answer.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{size}"));
    answer
}

/// A refusal: its status in words and nothing else.
fn refusal(status: StatusCode) -> Answer {
    let text = Bytes::from_static(status.canonical_reason().unwrap_or("Refused").as_bytes());
    let mut answer = Response::new(MediaBody::Short(Some(text)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    guarded(headers);
    answer
}

/// What every answer carries: nobody keeps it, nobody guesses its type, nothing in it runs.
fn guarded(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
