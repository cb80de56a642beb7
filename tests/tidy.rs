//! The house rules that a program can check, over every file of the checkout. It judges no style and builds nothing.
//!
//! Each test names what it found and where. A rule that has to give way gives way here, in a list with a reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "tidy/page.rs"]
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// The top level: exactly these folders and files (`plugins` comes later).
const FOLDERS: [&str; 8] = [
    ".cargo",
    ".ci",
    ".config",
    "migrations",
    "plugins",
    "src-tauri",
    "tests",
    "ui",
];
const FILES: [&str; 15] = [
    ".gitignore",
    ".taurignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "compose.yaml",
    "deny.toml",
    "rustfmt.toml",
    "tauri.conf.json",
    "rust-toolchain.toml",
];

/// Every crate of ours and the crates of ours it may depend on (outside of tests).
const CRATES: [(&str, &[&str]); 15] = [
    ("greenroom-domain", &[]),
    ("greenroom-store-postgres", &["greenroom-domain"]),
    ("greenroom-store-redis", &["greenroom-domain"]),
    ("greenroom-store-mongo", &["greenroom-domain"]),
    ("greenroom-store-s3", &["greenroom-domain"]),
    ("greenroom-store-etcd", &["greenroom-domain"]),
    ("greenroom-operations", &STORES_AND_DOMAIN),
    ("greenroom-backup", &STORES_AND_DOMAIN),
    ("greenroom-media-server", &["greenroom-domain", "greenroom-store-s3"]),
    ("greenroom-plugin-host", &["greenroom-domain"]),
    ("greenroom-local-stack", &["greenroom-domain"]),
    (
        "greenroom-cli",
        &[
            "greenroom-domain",
            "greenroom-operations",
            "greenroom-backup",
            "greenroom-plugin-host",
            "greenroom-media-server",
            "greenroom-local-stack",
        ],
    ),
    (
        "greenroom-desktop",
        &[
            "greenroom-domain",
            "greenroom-operations",
            "greenroom-backup",
            "greenroom-plugin-host",
            "greenroom-media-server",
            "greenroom-local-stack",
        ],
    ),
    (
        "greenroom-bench",
        &[
            "greenroom-domain",
            "greenroom-operations",
            "greenroom-media-server",
            "greenroom-local-stack",
        ],
    ),
    ("xtask", &[]),
];
const STORES_AND_DOMAIN: [&str; 6] = [
    "greenroom-domain",
    "greenroom-store-postgres",
    "greenroom-store-redis",
    "greenroom-store-mongo",
    "greenroom-store-s3",
    "greenroom-store-etcd",
];

/// Longer than 500 lines, each with the reason why it is not split.
const LONG_FILES: [(&str, &str); 2] = [
    ("ui/src/ipc/bindings.ts", "generated"),
    ("ui/package-lock.json", "generated"),
];
const LINES: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file that is in the repository or would be added to it, by its path from the root.
fn files() -> &'static [String] {
    static FILES: OnceLock<Vec<String>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root());
        let output = git.output().expect("git is needed to list the files");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let names = String::from_utf8(output.stdout).unwrap();
        let mut files: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
        files.retain(|file| root().join(file).is_file());
        files.sort();
        files.dedup();
        files
    })
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files that end so, with their text.
fn texts(endings: &[&str]) -> impl Iterator<Item = (&'static String, String)> {
    let endings: Vec<String> = endings.iter().map(|ending| (*ending).to_owned()).collect();
    files()
        .iter()
        .filter(move |file| endings.iter().any(|ending| file.ends_with(ending)))
        .map(|file| (file, read(file)))
}

/// Our own code: Rust and the page, without what is generated and without this list of forbidden words.
fn code() -> impl Iterator<Item = (&'static String, String)> {
    texts(&[".rs", ".ts", ".tsx"])
        .filter(|(file, _)| !file.starts_with("tests/tidy") && *file != "ui/src/ipc/bindings.ts")
}

/// `file:line: text` of every line for which `wrong` holds.
fn lines(file: &str, text: &str, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let numbered = text.lines().enumerate().filter(|(_, line)| wrong(line));
    numbered
        .map(|(number, line)| format!("{file}:{}: {}", number + 1, line.trim()))
        .collect()
}

#[track_caller]
fn none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn the_top_level_holds_what_the_architecture_names_and_nothing_else() {
    let allowed: BTreeSet<&str> = FOLDERS.into_iter().chain(FILES).collect();
    let there: BTreeSet<&str> = files().iter().filter_map(|file| file.split('/').next()).collect();
    none(
        "not in the layout",
        &there
            .difference(&allowed)
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_rust_file_opens_by_saying_what_it_is() {
    let silent = texts(&[".rs"])
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| file.clone());
    none("without a `//!` header", &silent.collect::<Vec<_>>());
}

#[test]
fn no_module_hides_in_a_mod_rs() {
    let hidden = files()
        .iter()
        .filter(|file| file.ends_with("/mod.rs") || *file == "mod.rs")
        .cloned();
    none("name the file after the module", &hidden.collect::<Vec<_>>());
}

#[test]
fn no_file_is_longer_than_can_be_read_at_once() {
    let known: BTreeSet<&str> = LONG_FILES.iter().map(|(file, _)| *file).collect();
    let kinds = [".rs", ".ts", ".tsx", ".css", ".json", ".sql", ".toml", ".yaml"];
    let long = texts(&kinds).filter(|(file, text)| text.lines().count() > LINES && !known.contains(file.as_str()));
    let long: Vec<String> = long
        .map(|(file, text)| format!("{file}: {} lines", text.lines().count()))
        .collect();
    none("split by what it does, or say in LONG_FILES why not", &long);
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    let words = [
        "TODO",
        "FIXME",
        "XXX:",
        "todo!(",
        "unimplemented!(",
        "#[ignore",
        "@ts-ignore",
        "@ts-nocheck",
    ];
    let switched_off = [
        "it.skip",
        "test.skip",
        "describe.skip",
        "it.only",
        "test.only",
        "describe.only",
        "it.todo",
        "xit(",
    ];
    let found = code().flat_map(|(file, text)| {
        lines(file, &text, |line| {
            words.iter().any(|word| line.contains(word))
                || ((file.ends_with(".ts") || file.ends_with(".tsx"))
                    && switched_off.iter().any(|word| line.contains(word)))
        })
    });
    none("unfinished", &found.collect::<Vec<_>>());
}

fn packages() -> Vec<Value> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn crates_depend_on_each_other_only_as_the_architecture_says() {
    let allowed: BTreeMap<&str, &[&str]> = CRATES.into_iter().collect();
    let mut found = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let Some(may) = allowed.get(name) else {
            found.push(format!("{name} is not in the list of crates"));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            let on = dependency["name"].as_str().unwrap();
            // Tests may start a stack, and the whole's tests look behind every door.
            let in_tests = dependency["kind"].as_str() == Some("dev");
            if allowed.contains_key(on) && !in_tests && !may.contains(&on) {
                found.push(format!("{name} depends on {on}"));
            }
            if in_tests && name.starts_with("greenroom-store-") && on.starts_with("greenroom-store-") {
                found.push(format!("{name} depends on {on} in its tests"));
            }
        }
    }
    none("not allowed", &found);
}

#[test]
fn a_driver_is_known_to_its_adapter_alone() {
    let drivers = [
        ("sqlx", "greenroom-store-postgres"),
        ("redis", "greenroom-store-redis"),
        ("mongodb", "greenroom-store-mongo"),
        ("aws-sdk-s3", "greenroom-store-s3"),
        ("etcd-client", "greenroom-store-etcd"),
    ];
    let mut found = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            // A test may look at the store behind the adapter's back.
            let in_tests = dependency["kind"].as_str() == Some("dev");
            let on = dependency["name"].as_str().unwrap();
            if !in_tests
                && drivers
                    .iter()
                    .any(|(driver, adapter)| *driver == on && *adapter != name)
            {
                found.push(format!("{name} depends on {on}"));
            }
        }
    }
    none("go through the adapter", &found);
}

#[test]
fn only_the_shell_speaks_to_tauri() {
    let mut found: Vec<String> = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap().to_owned();
        let dependencies = package["dependencies"].as_array().unwrap().clone();
        let tauri = |dependency: &Value| {
            dependency["name"]
                .as_str()
                .is_some_and(|on| on == "tauri" || on.starts_with("tauri-"))
        };
        if name != "greenroom-desktop" && dependencies.iter().any(tauri) {
            found.push(format!("{name} depends on Tauri"));
        }
    }
    for (file, text) in code().filter(|(file, _)| file.ends_with(".rs") && !file.starts_with("src-tauri/src/")) {
        // The shell's own commands are tested on Tauri's mock of a window.
        if file != "src-tauri/build.rs" && !file.starts_with("tests/shell/") {
            found.extend(lines(file, &text, |line| {
                line.contains("use tauri") || line.trim_start().starts_with("tauri::")
            }));
        }
    }
    none("Tauri outside of src-tauri/src", &found);
}

#[test]
fn writes_are_permitted_in_one_place() {
    let mut found = Vec::new();
    for (file, text) in code().filter(|(file, _)| file.ends_with(".rs")) {
        // Tests set their scene through the adapters, and try each adapter's writes one by one.
        let in_tests = file.starts_with("tests/") || file.contains("/tests/");
        let may = [
            "src-tauri/crates/operations/src/write.rs",
            "src-tauri/crates/domain/src/access.rs",
        ];
        if in_tests || may.contains(&file.as_str()) {
            continue;
        }
        let outside_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
        found.extend(lines(file, outside_tests, |line| {
            line.contains("WritePermit::issue") || line.contains("access::issue")
        }));
    }
    none("every write goes through operations::write", &found);
}

#[test]
fn migrations_are_named_by_time_verb_and_noun() {
    let mut moments = BTreeSet::new();
    let mut found = Vec::new();
    for file in files().iter().filter(|file| file.starts_with("migrations/")) {
        let name = file.trim_start_matches("migrations/");
        let (moment, what) = name
            .strip_suffix(".sql")
            .and_then(|stem| stem.split_once('_'))
            .unwrap_or_default();
        let named = moment.len() == 14
            && moment.bytes().all(|byte| byte.is_ascii_digit())
            && what.split('_').count() >= 2
            && what.split('_').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        if !named || !moments.insert(moment.to_owned()) {
            found.push(file.clone());
        }
    }
    none("YYYYMMDDHHMMSS_verb_noun.sql, each moment once", &found);
    assert!(!moments.is_empty(), "there are migrations");
}

#[test]
fn no_type_that_crosses_to_the_page_has_a_field_for_a_secret() {
    let secret = ["password", "passphrase", "secret", "token", "private_key", "session_id"];
    // Names a file or a state, never the secret itself.
    let harmless = ["pub secrets_file:", "pub is_secret:", "pub has_secret:"];
    let domain = texts(&[".rs"]).filter(|(file, _)| file.starts_with("src-tauri/crates/domain/src/"));
    let found = domain.flat_map(|(file, text)| {
        lines(file, &text, |line| {
            let line = line.trim_start();
            let field = line
                .strip_prefix("pub ")
                .and_then(|rest| rest.split_once(':'))
                .map(|(name, _)| name.to_lowercase());
            field.is_some_and(|name| {
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
                    && secret.iter().any(|word| name.contains(word))
            }) && !harmless.iter().any(|allowed| line.starts_with(allowed))
        })
    });
    none("a secret is never a field of the domain", &found.collect::<Vec<_>>());
}
