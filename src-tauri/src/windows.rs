//! Our windows: how they are made, which routes they open at, and that they never leave our own page.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::compositing;
use greenroom_domain::{ApiError, ErrorCode};
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The first window's label; further ones are `view-1`, `view-2`, …
pub const MAIN: &str = "main";
/// All further windows remember one place and size between them.
pub const VIEW: &str = "view";
/// The longest route.
const MAX_ROUTE: usize = 4096;
/// The most windows at once.
const MAX_WINDOWS: usize = 32;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Opens the first window, or brings it to the front where it is open.
///
/// # Errors
/// Where the system gives no window.
pub fn open_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    match app.get_webview_window(MAIN) {
        Some(window) => window.set_focus().map(|()| window),
        None => build(app, MAIN, "/"),
    }
}

/// Opens another window at `route`.
///
/// # Errors
/// [`ErrorCode::InvalidRequest`] where the route is not one of our page's, or there are too many windows;
/// [`ErrorCode::Internal`] where the system gives no window.
pub fn open_view<R: Runtime>(app: &AppHandle<R>, route: &str) -> Result<WebviewWindow<R>, ApiError> {
    if !is_route(route) {
        return Err(crate::failure::own(
            ErrorCode::InvalidRequest,
            format!("{route:?} is not a place in Greenroom"),
        ));
    }
    if app.webview_windows().len() >= MAX_WINDOWS {
        return Err(crate::failure::own(
            ErrorCode::InvalidRequest,
            format!("{MAX_WINDOWS} windows are open already"),
        ));
    }
    let label = format!("{VIEW}-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    build(app, &label, route)
        .map_err(|error| crate::failure::own(ErrorCode::Internal, format!("the window could not be opened: {error}")))
}

/// The label under which a window's place is remembered.
#[must_use]
pub fn place_of(label: &str) -> &str {
    if label == MAIN { MAIN } else { VIEW }
}

// A path within our page: what starts with two slashes (or a backslash, which URLs take for one) names another host.
fn is_route(route: &str) -> bool {
    route.starts_with('/')
        && !route.starts_with("//")
        && route.len() <= MAX_ROUTE
        && !route.contains('\\')
        && !route.chars().any(char::is_control)
}

fn build<R: Runtime>(app: &AppHandle<R>, label: &str, route: &str) -> tauri::Result<WebviewWindow<R>> {
    let dev = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    WebviewWindowBuilder::new(app, label, page(route))
        .title("Greenroom")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 640.0)
        .on_navigation(move |url| is_ours(url, dev.as_ref()))
        .build()
        .inspect(|window| compositing::apply(window, compositing::decide()))
}

// A path that names no file of the page is answered with `index.html`; its router takes it from there.
fn page(route: &str) -> WebviewUrl {
    let path = route.trim_start_matches('/');
    WebviewUrl::App(if path.is_empty() {
        "index.html".into()
    } else {
        path.into()
    })
}

// Everything else (a link in a chat message, say) stays closed: this window can reach our commands.
fn is_ours(url: &Url, dev: Option<&Url>) -> bool {
    let at = |scheme: &str, host: &str| url.scheme() == scheme && url.host_str() == Some(host);
    at("tauri", "localhost")
        || at("http", "tauri.localhost")
        || at("https", "tauri.localhost")
        || url.as_str() == "about:blank"
        || dev.is_some_and(|dev| dev.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_our_own_page_are_routes() {
        for route in ["/", "/meetings/17?tab=chat", "/recordings?f=format%3Dmp4&q=陈"] {
            assert!(is_route(route), "{route}");
        }
        for route in [
            "",
            "meetings",
            "//example.com/",
            "https://example.com",
            "/\\example.com",
            "/a\nb",
        ] {
            assert!(!is_route(route), "{route}");
        }
    }

    #[test]
    fn no_other_page_is_ever_shown() {
        let url = |text: &str| Url::parse(text).unwrap();
        let dev = url("http://localhost:5173/");
        assert!(is_ours(&url("tauri://localhost/meetings"), None));
        assert!(is_ours(&url("http://localhost:5173/meetings"), Some(&dev)));
        for elsewhere in [
            "https://example.com/",
            "http://127.0.0.1:4000/x",
            "tauri://evil/",
            "file:///etc/passwd",
        ] {
            assert!(!is_ours(&url(elsewhere), Some(&dev)), "{elsewhere}");
        }
        assert!(!is_ours(&dev, None), "the released window knows no development server");
    }
}
