//! Whether the page is drawn with the GPU. Only WebKitGTK asks for a decision.
//!
//! Without a GPU, accelerated compositing runs in software through a second process: measured in a comparable window,
//! 75 MB and 400 ms of start. So it is off where the kernel offers no render node, unless the person says otherwise:
//! `WEBKIT_DISABLE_COMPOSITING_MODE` (WebKit's own variable, any value) or `GREENROOM_GPU=on|off`.

use tauri::{Runtime, WebviewWindow};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compositing {
    /// Leave it to WebKit.
    Untouched,
    /// Off.
    Off,
}

/// Decides from the environment and the machine.
#[must_use]
pub fn decide() -> Compositing {
    let said = std::env::var("GREENROOM_GPU").unwrap_or_default();
    let webkit_told = std::env::var_os("WEBKIT_DISABLE_COMPOSITING_MODE").is_some();
    choose(&said, webkit_told, has_render_node(std::path::Path::new("/dev/dri")))
}

fn choose(said: &str, webkit_told: bool, gpu: bool) -> Compositing {
    match said {
        "off" => Compositing::Off,
        "on" => Compositing::Untouched,
        _ if webkit_told || gpu || !cfg!(target_os = "linux") => Compositing::Untouched,
        _ => Compositing::Off,
    }
}

fn has_render_node(folder: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

/// Carries out the decision for one window.
#[cfg(target_os = "linux")]
pub fn apply<R: Runtime>(window: &WebviewWindow<R>, decision: Compositing) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    if decision == Compositing::Untouched {
        return;
    }
    let told = window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = told {
        tracing::warn!("compositing could not be switched off: {error}");
    }
}

/// Elsewhere the system decides.
#[cfg(not(target_os = "linux"))]
pub fn apply<R: Runtime>(_: &WebviewWindow<R>, _: Compositing) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn compositing_is_off_without_a_gpu_unless_somebody_says_otherwise() {
        assert_eq!(choose("", false, false), Compositing::Off);
        assert_eq!(choose("", false, true), Compositing::Untouched);
        assert_eq!(choose("", true, false), Compositing::Untouched);
        assert_eq!(choose("on", false, false), Compositing::Untouched);
        assert_eq!(choose("off", false, true), Compositing::Off);
    }

    #[test]
    fn a_render_node_is_looked_for_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_render_node(folder.path()));
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!has_render_node(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(folder.path()));
        assert!(!has_render_node(&folder.path().join("missing")));
    }
}
