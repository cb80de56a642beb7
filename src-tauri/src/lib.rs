//! The desktop shell: composition root, windows and typed commands. No business logic: that is `operations`.
//!
//! [`Greenroom`] is the state behind the commands and knows no window; everything that touches Tauri beyond the commands
//! themselves is in this file, `windows`, `dialogs` and `compositing`.

pub mod bindings;
pub mod commands;
pub mod compositing;
pub mod dialogs;
pub mod events;
pub mod failure;
pub mod greenroom;
pub mod logs;
pub mod started;
pub mod startup;
pub mod windows;

use std::io::Write;
use std::process::ExitCode;

use greenroom_operations::places::Places;
use tauri::{AppHandle, RunEvent, Runtime};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::events::{HealthChanged, RungChanged, TaskChanged};
pub use crate::greenroom::Greenroom;
use crate::greenroom::Told;
use crate::startup::Asked;

/// Runs the desktop until its last window closes.
#[must_use]
pub fn run() -> ExitCode {
    started::mark();
    let asked = startup::asked(std::env::args().skip(1), std::env::var("GREENROOM_PROFILE").ok());
    let profile = match asked {
        Ok(Asked::Window { profile }) => profile,
        Ok(Asked::Version) => return say(&format!("Greenroom {}", env!("CARGO_PKG_VERSION"))),
        Ok(Asked::Help) => return say("greenroom-desktop [--profile NAME|PATH] [--version]"),
        Err(problem) => {
            say(&problem.message);
            return ExitCode::from(2);
        }
    };
    let places = Places::of_user();
    logs::start(&places.logs());
    match window(places, profile) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("the window could not be opened: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn window(places: Places, profile: Option<String>) -> anyhow::Result<()> {
    let greenroom = Greenroom::start(places, greenroom_local_stack::running_profile)?;
    let commands = commands::builder::<tauri::Wry>();
    let at_end = greenroom.clone();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(
                    tauri_plugin_window_state::StateFlags::SIZE
                        | tauri_plugin_window_state::StateFlags::POSITION
                        | tauri_plugin_window_state::StateFlags::MAXIMIZED,
                )
                .map_label(windows::place_of)
                .build(),
        )
        .manage(greenroom.clone())
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            let handle = app.handle().clone();
            windows::open_main(&handle)?;
            tauri::async_runtime::spawn(forward(handle, greenroom.clone()));
            let clearing = greenroom.clone();
            tauri::async_runtime::spawn_blocking(move || clearing.clear_opened());
            tauri::async_runtime::spawn(async move { startup::open_due(&greenroom, profile).await });
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(move |_, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(at_end.shut_down());
        }
    });
    Ok(())
}

/// Carries what the state tells to every window, until the process ends.
pub async fn forward<R: Runtime>(app: AppHandle<R>, greenroom: Greenroom) {
    let mut told = greenroom.subscribe();
    let mut tasks = greenroom.tasks().subscribe();
    loop {
        let sent = tokio::select! {
            told = told.recv() => match told {
                Ok(Told::Health(health)) => HealthChanged(health).emit(&app),
                Ok(Told::Rung(rung)) => RungChanged(rung).emit(&app),
                // A window that missed some is told the next state whole.
                Err(RecvError::Lagged(_)) => Ok(()),
                Err(RecvError::Closed) => return,
            },
            task = tasks.recv() => match task {
                Ok(task) => TaskChanged(task).emit(&app),
                Err(RecvError::Lagged(_)) => Ok(()),
                Err(RecvError::Closed) => return,
            },
        };
        if let Err(error) = sent {
            tracing::warn!("a window could not be told: {error}");
        }
    }
}

fn say(text: &str) -> ExitCode {
    // Started without a terminal there is nobody to tell.
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}
