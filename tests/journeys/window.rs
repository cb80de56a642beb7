//! One real window under a virtual display, driven over WebDriver: Xvfb, tauri-driver, WebKitWebDriver and the app,
//! each started by the journey that needs it and ended with it. It knows nothing of what the screens hold.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// How long anything on the page may take to appear.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What a window is opened with.
pub(crate) struct Setting<'a> {
    /// The profile file to open.
    pub(crate) profile: &'a Path,
    /// Where configuration, preferences and logs go: kept between two windows that belong together.
    pub(crate) home: &'a Path,
    /// Width and height of the display and of the window.
    pub(crate) size: (u32, u32),
}

/// The running window.
pub(crate) struct Window {
    client: Client,
    processes: Vec<Child>,
    journey: String,
}

impl Window {
    /// Starts everything and waits until the page has painted its frame.
    pub(crate) async fn open(journey: &str, setting: &Setting<'_>) -> Self {
        let (display, xvfb) = start_display(setting.size);
        let (port, native_port) = (free_port(), free_port());
        let log_dir = artifacts().join("logs");
        std::fs::create_dir_all(&log_dir).expect("the artefacts folder can be made");
        let log = std::fs::File::create(log_dir.join(format!("{journey}.log"))).expect("a log file can be made");
        let driver = Command::new(tauri_driver())
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .env("DISPLAY", &display)
            .env("HOME", setting.home)
            .env("XDG_CONFIG_HOME", setting.home.join("config"))
            .env("XDG_DATA_HOME", setting.home.join("data"))
            .env("XDG_STATE_HOME", setting.home.join("state"))
            .env("GREENROOM_PROFILE", setting.profile)
            .env("GREENROOM_LOG", "greenroom=debug,info")
            .env("LANG", "en_GB.UTF-8")
            .stdout(log.try_clone().expect("a handle can be doubled"))
            .stderr(log)
            .spawn()
            .expect("tauri-driver starts: `cargo xtask setup` installs it");
        let mut processes = vec![driver, xvfb];
        let client = match connect(port, setting.size).await {
            Ok(client) => client,
            Err(error) => {
                end(&mut processes);
                panic!("no session with the window: {error}");
            }
        };
        let window = Self {
            client,
            processes,
            journey: journey.to_owned(),
        };
        window.element(".win .rail").await;
        window
    }

    /// The element, once it is there and shown.
    pub(crate) async fn element(&self, css: &str) -> Element {
        let find = format!("[...document.querySelectorAll({})].find(shown)", json!(css));
        self.marked(&format!("an element {css}"), &find).await
    }

    /// The innermost shown element that holds `text`.
    pub(crate) async fn text(&self, text: &str) -> Element {
        let find = format!(
            "[...document.querySelectorAll('body *')].filter(one => one.innerText?.includes({0}) \
             && ![...one.children].some(child => child.innerText?.includes({0}))).find(shown)",
            json!(text)
        );
        self.marked(&format!("the text {text:?}"), &find).await
    }

    /// WebKit's own notion of "displayed" takes some elements in scrolled boxes for hidden: whoever has a box is shown.
    async fn marked(&self, what: &str, find: &str) -> Element {
        let script = format!(
            "const shown = one => one.getClientRects().length > 0;\
             document.querySelectorAll('[data-journey]').forEach(one => one.removeAttribute('data-journey'));\
             const found = {find};\
             found?.setAttribute('data-journey', '');\
             return !!found"
        );
        self.wait_for(what, async || {
            (self.client.execute(&script, vec![]).await.ok()? == json!(true)).then_some(())?;
            self.client.find(Locator::Css("[data-journey]")).await.ok()
        })
        .await
    }

    /// Clicks the element, once it is there.
    pub(crate) async fn click(&self, css: &str) {
        let mut last = None;
        let deadline = Instant::now() + PATIENCE;
        // A row may be drawn anew between the find and the click.
        while Instant::now() < deadline {
            match self.element(css).await.click().await {
                Ok(()) => return,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.give_up(&format!("a click on {css}: {last:?}")).await;
    }

    /// Types into the element that has the focus.
    pub(crate) async fn press(&self, keys: &str) {
        let element = self.client.active_element().await.expect("something has the focus");
        element.send_keys(keys).await.expect("keys can be sent");
    }

    /// Types into an element.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let element = self.element(css).await;
        element.click().await.expect("the field can be clicked");
        element.send_keys(text).await.expect("keys can be sent");
    }

    /// Runs JavaScript in the page and returns what it returns.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.expect("the script runs")
    }

    /// Waits until a script returns `true`.
    pub(crate) async fn holds(&self, what: &str, script: &str) {
        self.wait_for(what, async || {
            (self.client.execute(script, vec![]).await.ok()? == json!(true)).then_some(())
        })
        .await;
    }

    /// Goes to a route as a link in the page would.
    pub(crate) async fn go(&self, route: &str) {
        self.script(&format!("history.pushState(null, '', {}); return true", json!(route)))
            .await;
    }

    /// Keeps a screenshot among the artefacts, as `JOURNEY-NAME.png`.
    pub(crate) async fn screenshot(&self, name: &str) {
        // Two frames, so that what was just asked for is painted.
        self.client
            .execute_async(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)));",
                vec![],
            )
            .await
            .ok();
        let png = self.client.screenshot().await.expect("a screenshot can be taken");
        let path = artifacts().join(format!("{}-{name}.png", self.journey));
        std::fs::write(&path, png).expect("a screenshot can be written");
    }

    /// Asks until it gets something, or fails the journey with a screenshot and the page's text.
    pub(crate) async fn wait_for<T>(&self, what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(found) = ask().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.give_up(what).await
    }

    async fn give_up(&self, what: &str) -> ! {
        self.screenshot("failed").await;
        let text = self
            .script("return location.href + '\\n' + document.body.innerText.slice(0, 4000)")
            .await;
        panic!(
            "waited {PATIENCE:?} in vain for {what}; the page says:\n{}",
            text.as_str().unwrap_or_default()
        );
    }

    /// Waits until no part of the screen is a skeleton any more.
    pub(crate) async fn settled(&self) {
        self.holds(
            "everything loaded",
            "return document.querySelectorAll('main .skeleton, main .bone, main [aria-busy=true]').length === 0",
        )
        .await;
    }

    /// Clicks the innermost element whose whole text is this: a radio's label, an option, a button.
    pub(crate) async fn choose(&self, text: &str) {
        let find = format!(
            "[...document.querySelectorAll('body *')].filter(one => one.innerText?.trim() === {0} \
             && ![...one.children].some(child => child.innerText?.trim() === {0})).find(shown)",
            json!(text)
        );
        let control = self.marked(&format!("a control named {text:?}"), &find).await;
        control.click().await.expect("it can be clicked");
    }

    /// Ends the app at once, as a crash or a power cut would.
    pub(crate) async fn kill(mut self) {
        let listed = Command::new("pgrep")
            .args(["-P", &self.processes[0].id().to_string()])
            .output()
            .expect("pgrep runs");
        for driver in String::from_utf8_lossy(&listed.stdout).split_whitespace() {
            Command::new("pkill")
                .args(["-KILL", "-P", driver, "-f", "greenroom-desktop"])
                .status()
                .ok();
        }
        end(&mut self.processes);
    }

    /// Closes the window as a person would.
    pub(crate) async fn close(mut self) {
        self.client.clone().close().await.ok();
        end(&mut self.processes);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        end(&mut self.processes);
    }
}

async fn connect(port: u16, (width, height): (u32, u32)) -> Result<Client, String> {
    let application = env!("CARGO_BIN_EXE_greenroom-desktop");
    let wanted = json!({
        "browserName": "wry",
        "tauri:options": { "application": application, "args": [] },
    });
    let Value::Object(wanted) = wanted else {
        unreachable!("an object was written")
    };
    let deadline = Instant::now() + PATIENCE;
    loop {
        // Plain HTTP on loopback: no TLS in the driver's own connection.
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder
            .capabilities(wanted.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
        {
            Ok(client) => {
                client.set_window_size(width, height).await.ok();
                return Ok(client);
            }
            Err(error) if Instant::now() > deadline => return Err(error.to_string()),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// A virtual display of our own; the server picks its number and tells it.
fn start_display((width, height): (u32, u32)) -> (String, Child) {
    use std::io::Read;
    let mut xvfb = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            &format!("{width}x{height}x24"),
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts: `cargo xtask setup` installs it");
    let mut pipe = xvfb.stdout.take().expect("stdout was piped");
    let mut number = Vec::new();
    let mut byte = [0];
    while pipe.read(&mut byte).is_ok_and(|read| read == 1) && byte != *b"\n" {
        number.push(byte[0]);
    }
    // The pipe stays open for as long as the display: Xvfb ends when it cannot write.
    std::mem::forget(pipe);
    (format!(":{}", String::from_utf8_lossy(&number)), xvfb)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("loopback has a free port")
        .port()
}

/// Ends what was started, the driver first and politely: killed, it would leave its own child behind.
fn end(processes: &mut Vec<Child>) {
    for mut process in processes.drain(..) {
        Command::new("kill").arg(process.id().to_string()).status().ok();
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline && matches!(process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        process.kill().ok();
        process.wait().ok();
    }
}

fn tauri_driver() -> PathBuf {
    let cache = std::env::var_os("GREENROOM_CACHE")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/greenroom"));
    let installed = cache.join("tools/bin/tauri-driver");
    if installed.exists() {
        installed
    } else {
        PathBuf::from("tauri-driver")
    }
}

/// Where screenshots and logs of the journeys are kept.
pub(crate) fn artifacts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("artifacts/journeys")
}
