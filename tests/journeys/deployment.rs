//! The platforms the journeys visit: one on demo data that all of them share, and one of a journey's own to break.
//! Both are made by `greenroom`, as a person would.

use std::path::{Path, PathBuf};
use std::process::Command;

use greenroom_domain::StoreKind;
use greenroom_local_stack::testing::{self, PrivateStack};

/// The profile of the shared platform on demo data; brought up and seeded by whoever comes first.
pub(crate) async fn shared() -> PathBuf {
    let dir = testing::shared().await.dir().to_owned();
    seed(&dir.join("profile.toml"));
    dir.join("profile.toml")
}

/// A platform on demo data whose servers the journey may kill.
pub(crate) async fn breakable() -> PrivateStack {
    let stack = testing::private(&StoreKind::ALL).await;
    seed(&stack.dir().join("profile.toml"));
    stack
}

/// Writes the demo where there are no people yet.
fn seed(profile: &Path) {
    greenroom(profile, &["migrate", "--yes"]);
    let people = greenroom(profile, &["user", "list", "--limit", "1", "--json"]);
    let people: serde_json::Value = serde_json::from_str(&people).expect("--json prints JSON");
    if people["items"].as_array().is_none_or(Vec::is_empty) {
        greenroom(profile, &["seed", "--demo", "--yes"]);
    }
}

/// Runs the headless twin and gives what it printed.
pub(crate) fn greenroom(profile: &Path, arguments: &[&str]) -> String {
    let twin = std::env::var_os("GREENROOM_BIN").map_or_else(
        || Path::new(env!("CARGO_BIN_EXE_greenroom-desktop")).with_file_name("greenroom"),
        PathBuf::from,
    );
    let output = Command::new(&twin)
        .arg("--profile")
        .arg(profile)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", twin.display()));
    assert!(
        output.status.success(),
        "greenroom {arguments:?} ended with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
