//! Recordings: rows, playing, taking a copy.

use std::path::{Path, PathBuf};
use std::time::Duration;

use greenroom_domain::page::{Page, Total};
use greenroom_domain::recording::{Playback, Recording, RecordingFilter, RecordingListRequest};
use greenroom_domain::task::{Task, TaskUnit};
use greenroom_domain::{ApiError, ErrorCode, RecordingId};
use greenroom_media_server::{DEFAULT_TTL, Source};
use greenroom_operations::deployment::Deployment;
use greenroom_operations::{Error, download, playback, recordings, thumbnail};
use tauri::{AppHandle, Runtime, State};

use crate::{Greenroom, dialogs, failure};

/// How long the address lives from which a still picture is taken.
const FRAME_TTL: Duration = Duration::from_secs(60);

/// Lists recordings, one page.
#[tauri::command]
#[specta::specta]
pub async fn recording_list(
    app: State<'_, Greenroom>,
    request: RecordingListRequest,
) -> Result<Page<Recording>, ApiError> {
    let open = app.open().await?;
    open.ask(recordings::list(&open.stores, &open.access.caller(), request))
        .await
}

/// How many recordings a filter matches.
#[tauri::command]
#[specta::specta]
pub async fn recording_count(app: State<'_, Greenroom>, filter: RecordingFilter) -> Result<Total, ApiError> {
    let open = app.open().await?;
    open.ask(recordings::count(&open.stores, &open.access.caller(), filter))
        .await
}

/// One recording.
#[tauri::command]
#[specta::specta]
pub async fn recording_get(app: State<'_, Greenroom>, id: RecordingId) -> Result<Recording, ApiError> {
    let open = app.open().await?;
    open.ask(recordings::get(&open.stores, &open.access.caller(), id)).await
}

/// What playing it needs: a loopback address, or what stands in the way.
#[tauri::command]
#[specta::specta]
pub async fn recording_open(app: State<'_, Greenroom>, id: RecordingId) -> Result<Playback, ApiError> {
    let open = app.open().await?;
    let mut playback = open
        .ask(playback::open(&open.stores, &open.access.caller(), id))
        .await?;
    if let Some(container) = &playback.container {
        playback
            .problems
            .extend(playback::missing_here(&playback.recording.file_path, container));
    }
    if playback::has_object(&playback) {
        let source = Source::object(open.ask(open.stores.s3()).await?, &playback.recording.file_path);
        let grant = app.media().await?.grant(source, DEFAULT_TTL);
        playback.url = Some(grant.url);
        playback.expires_at = Some(grant.expires_at);
    }
    Ok(playback)
}

/// A loopback address of a JPEG from it; `None` where none can be made.
#[tauri::command]
#[specta::specta]
pub async fn recording_thumbnail(app: State<'_, Greenroom>, id: RecordingId) -> Result<Option<String>, ApiError> {
    let open = app.open().await?;
    let folder = app.places().cache.join("thumbnails");
    let media = app.media().await?;
    // ffmpeg reads the object through the same door as the page does.
    let grant = |store, key: &str| media.grant(Source::object(store, key), FRAME_TTL).url;
    let made = open
        .ask(thumbnail::of(&open.stores, &open.access.caller(), &folder, id, grant))
        .await?;
    Ok(made.map(|file| media.grant(Source::file(file), DEFAULT_TTL).url))
}

/// Copies it to a file: to `to_path`, a new file within the downloads, or where the person says. `None`: they closed the dialog.
#[tauri::command]
#[specta::specta]
pub async fn recording_download<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, Greenroom>,
    id: RecordingId,
    to_path: Option<String>,
) -> Result<Option<Task>, ApiError> {
    let open = app.open().await?;
    let recording = open
        .ask(recordings::get(&open.stores, &open.access.caller(), id))
        .await?;
    let path = match to_path {
        Some(path) => Some(allowed(&app, PathBuf::from(path))?),
        None => dialogs::ask_where_to_save(&handle, &download::file_name(&recording.file_path)).await,
    };
    Ok(path.map(|path| {
        copy(&app, &open, "recording_download", recording.file_path, path, |_| {
            Ok::<_, String>(())
        })
    }))
}

/// Copies it to the cache and opens it with the system's player.
#[tauri::command]
#[specta::specta]
pub async fn recording_open_outside<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, Greenroom>,
    id: RecordingId,
) -> Result<Task, ApiError> {
    let open = app.open().await?;
    let recording = open
        .ask(recordings::get(&open.stores, &open.access.caller(), id))
        .await?;
    // By id, so that two recordings of one name do not meet.
    let folder = app.opened().join(recording.id.to_string());
    let path = folder.join(download::file_name(&recording.file_path));
    let then = move |path: &Path| dialogs::open_outside(&handle, path);
    Ok(copy(
        &app,
        &open,
        "recording_open_outside",
        recording.file_path,
        path,
        then,
    ))
}

// What the page asks for by itself stays within the downloads; anywhere else only the person's own choice leads.
fn allowed(app: &Greenroom, path: PathBuf) -> Result<PathBuf, ApiError> {
    if app.places().takes_download(&path) {
        return Ok(path);
    }
    let (path, downloads) = (path.display(), app.places().downloads.display());
    Err(failure::own(
        ErrorCode::InvalidRequest,
        format!("{path} is not a new file within {downloads}"),
    ))
}

// The task's copy of the object, and what is done with the file once it is whole.
fn copy<F, E>(app: &Greenroom, open: &Deployment, kind: &str, key: String, path: PathBuf, then: F) -> Task
where
    F: FnOnce(&Path) -> Result<(), E> + Send + 'static,
    E: std::fmt::Display,
{
    let (stores, caller) = (open.stores.clone(), open.access.caller());
    app.tasks()
        .spawn(kind, path.display().to_string(), TaskUnit::Bytes, |handle| async move {
            let told = |step: download::Step| {
                handle.set_total(step.total_bytes);
                handle.set_done(step.done_bytes);
            };
            tokio::select! {
                copied = download::to_file(&stores, &caller, &key, &path, told) => copied?,
                () = handle.cancelled() => return Err(Error::Cancelled),
            };
            then(&path).map_err(|error| Error::invalid(format!("{} could not be opened: {error}", path.display())))
        })
}
