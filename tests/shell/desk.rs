//! The shell on a table: its state and commands in Tauri's mock runtime, folders of its own, a namespace on the shared servers.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use greenroom_desktop::{Greenroom, commands, forward, startup};
use greenroom_domain::access::WritePermit;
use greenroom_domain::profile::Profile;
use greenroom_local_stack::testing;
use greenroom_operations::deployment::Deployment;
use greenroom_operations::migrate;
use greenroom_operations::places::Places;
use greenroom_operations::seed::scale::{ScaleOptions, scale};
use greenroom_store_s3::objects;
use serde_json::{Value, json};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{App, Listener, Manager, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

/// How long anything is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// Meetings of a seeded desk.
pub(crate) const MEETINGS: u32 = 12;
/// The size of its one object.
pub(crate) const CLIP_BYTES: usize = 200_000;

/// The shell, running.
pub(crate) struct Desk {
    app: App<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
    greenroom: Greenroom,
    home: TempDir,
}

impl Desk {
    /// With no profile open, and none there.
    pub(crate) fn bare() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    /// The same folders after the process has ended without a goodbye.
    pub(crate) fn restarted(self) -> Self {
        Self::at(self.home)
    }

    /// With a profile open on a namespace of its own, a handful of made-up data in it.
    pub(crate) fn seeded() -> Self {
        Self::seeded_with(|_| ())
    }

    /// The same, opened as a changed profile.
    pub(crate) fn seeded_with(change: impl FnOnce(&mut Profile)) -> Self {
        let desk = Self::bare();
        let folder = desk.home.path().to_owned();
        tauri::async_runtime::block_on(async {
            let stack = testing::shared().await;
            let (mut profile, _) = stack.namespace().await;
            let path = stack.write_profile(&profile, &folder);
            fill(&desk.greenroom, path.to_str().unwrap()).await;
            change(&mut profile);
            let _ = stack.write_profile(&profile, &folder);
        });
        desk.start(Some(&desk.profile_path()));
        desk
    }

    fn at(home: TempDir) -> Self {
        let of = |name: &str| home.path().join(name);
        let places = Places {
            config: of("config"),
            state: of("state"),
            cache: of("cache"),
            downloads: of("downloads"),
        };
        let greenroom = Greenroom::start(places, || None).unwrap();
        let commands = commands::builder::<MockRuntime>();
        let app = mock_builder()
            .manage(greenroom.clone())
            .invoke_handler(commands.invoke_handler())
            .build(mock_context(noop_assets()))
            .unwrap();
        commands.mount_events(&app);
        tauri::async_runtime::spawn(forward(app.handle().clone(), greenroom.clone()));
        let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
            .build()
            .unwrap();
        Self {
            app,
            window,
            greenroom,
            home,
        }
    }

    /// What the process does after its window is up.
    pub(crate) fn start(&self, profile: Option<&str>) {
        tauri::async_runtime::block_on(startup::open_due(&self.greenroom, profile.map(str::to_owned)));
    }

    /// One command over the bridge: its answer, or the error that the page is thrown.
    pub(crate) fn ask(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: tauri::ipc::CallbackFn(0),
            error: tauri::ipc::CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: tauri::ipc::InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap())
    }

    /// What this window is told under a name, from now on.
    pub(crate) fn hear(&self, event: &str) -> Receiver<String> {
        let (sender, heard) = channel();
        self.app.listen_any(event, move |event| {
            let _ = sender.send(event.payload().to_owned());
        });
        heard
    }

    /// A task after its end.
    pub(crate) fn task_ended(&self, id: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let list = self.ask("task_list", json!({})).unwrap();
            let task = list
                .as_array()
                .unwrap()
                .iter()
                .find(|task| task["id"] == id)
                .unwrap()
                .clone();
            if !task["ended_at"].is_null() {
                return task;
            }
            assert!(Instant::now() < deadline, "{task} does not end");
            std::thread::yield_now();
        }
    }

    /// The newest recording: the one with an object.
    pub(crate) fn recording(&self) -> Value {
        self.first("recording_list")
    }

    /// Somebody.
    pub(crate) fn person(&self) -> Value {
        self.first("user_list")
    }

    fn first(&self, command: &str) -> Value {
        let terms = if command == "user_list" {
            json!([{ "field": "status", "negated": false, "values": ["active"] }])
        } else {
            json!([])
        };
        let request = json!({
            "filter": { "search": null, "terms": terms },
            "sort": { "by": "id", "descending": true },
            "page": { "after": null, "limit": 1 }
        });
        self.ask(command, json!({ "request": request })).unwrap()["items"][0]["id"].clone()
    }

    pub(crate) fn windows(&self) -> usize {
        self.app.webview_windows().len()
    }

    pub(crate) fn profile_path(&self) -> String {
        self.home.path().join("profile.toml").display().to_string()
    }

    pub(crate) fn downloads(&self) -> PathBuf {
        self.home.path().join("downloads")
    }

    /// Every file that was written.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path: PathBuf = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files
    }
}

async fn fill(greenroom: &Greenroom, profile: &str) {
    let vaults = greenroom.vaults(None);
    let open = Deployment::open(greenroom.profiles(), profile, vaults, "desktop")
        .await
        .unwrap();
    let (stores, caller) = (&open.stores, &open.access.caller());
    migrate::apply(stores, caller, None).await.unwrap();
    let size = format!("users=24,meetings={MEETINGS},participants=20,recordings=3,chat=10,logs=10");
    let options = ScaleOptions {
        scale: size.parse().unwrap(),
        seed_number: 1,
        into_production: false,
        reason: None,
    };
    let (progress, _) = tokio::sync::watch::channel(Default::default());
    scale(stores, caller, &options, progress, &Default::default())
        .await
        .unwrap();
    let request = serde_json::from_value(json!({
        "filter": { "search": null, "terms": [] },
        "sort": { "by": "id", "descending": true },
        "page": { "after": null, "limit": 1 }
    }));
    let page = greenroom_operations::recordings::list(stores, caller, request.unwrap())
        .await
        .unwrap();
    let s3 = stores.s3().await.unwrap();
    let key = &page.items[0].file_path;
    objects::put(&s3, &WritePermit::issue(), key, vec![b'x'; CLIP_BYTES])
        .await
        .unwrap();
    open.close().await;
    assert!(Path::new(profile).is_file());
}
