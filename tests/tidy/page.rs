//! The page's part of the house rules: who imports what, what both languages say, what its lock file names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{code, lines, none, read, texts};

#[test]
fn only_the_bridge_imports_tauri_in_the_page() {
    let found = code()
        .filter(|(file, _)| file.starts_with("ui/src/") && !file.starts_with("ui/src/ipc/"))
        .flat_map(|(file, text)| {
            lines(file, &text, |line| {
                line.contains("\"@tauri-apps/") || line.contains("'@tauri-apps/")
            })
        });
    none("go through ui/src/ipc", &found.collect::<Vec<_>>());
}

#[test]
fn no_feature_of_the_page_imports_another() {
    let mut found = Vec::new();
    for (file, text) in code() {
        let Some(feature) = file
            .strip_prefix("ui/src/features/")
            .and_then(|rest| rest.split('/').next())
        else {
            continue;
        };
        let from: PathBuf = Path::new(file).parent().unwrap_or(Path::new("")).to_owned();
        found.extend(lines(file, &text, |line| {
            imported(line).is_some_and(|path| feature_of(&from, path).is_some_and(|other| other != feature))
        }));
    }
    none("features meet in ui/src/app or share through ui/src/shared", &found);
}

/// What a line imports, if it does.
fn imported(line: &str) -> Option<&str> {
    let (_, rest) = line
        .split_once("from \"")
        .or_else(|| line.split_once("import(\""))
        .or_else(|| line.split_once("import \""))?;
    rest.split('"').next()
}

/// The feature an import leads to: by the `@/` alias or by a path from the importing file's folder.
fn feature_of(from: &Path, path: &str) -> Option<String> {
    let mut whole: Vec<&str> = match path.strip_prefix("@/") {
        Some(_) => vec!["ui", "src"],
        None if path.starts_with('.') => from.to_str()?.split('/').collect(),
        None => return None,
    };
    for part in path.trim_start_matches("@/").split('/') {
        match part {
            "." => {}
            ".." => drop(whole.pop()),
            name => whole.push(name),
        }
    }
    whole
        .join("/")
        .strip_prefix("ui/src/features/")?
        .split('/')
        .next()
        .map(str::to_owned)
}

#[test]
fn both_languages_say_the_same_things() {
    let mut found = Vec::new();
    let catalogue = |language: &str| -> BTreeMap<String, BTreeMap<String, String>> {
        let folder = format!("ui/src/i18n/{language}/");
        let files = texts(&[".json"]).filter(|(file, _)| file.starts_with(&folder));
        files
            .map(|(file, text)| {
                let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
                let mut keys = BTreeMap::new();
                flatten("", &value, &mut keys);
                (file.trim_start_matches(&folder).to_owned(), keys)
            })
            .collect()
    };
    let (english, chinese) = (catalogue("en"), catalogue("zh-CN"));
    assert!(!english.is_empty(), "there are catalogues");
    for (name, keys) in &english {
        let other = chinese.get(name).cloned().unwrap_or_default();
        found.extend(
            keys.keys()
                .filter(|key| !other.contains_key(*key))
                .map(|key| format!("zh-CN/{name} lacks {key}")),
        );
        found.extend(
            keys.iter()
                .chain(&other)
                .filter(|(_, text)| text.trim().is_empty())
                .map(|(key, _)| format!("{name}: {key} is empty")),
        );
    }
    for (name, keys) in &chinese {
        let other = english.get(name).cloned().unwrap_or_default();
        found.extend(
            keys.keys()
                .filter(|key| !other.contains_key(*key))
                .map(|key| format!("en/{name} lacks {key}")),
        );
    }
    none("catalogues differ", &found);
}

fn flatten(prefix: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(
                    &format!("{prefix}{}{name}", if prefix.is_empty() { "" } else { "." }),
                    value,
                    into,
                );
            }
        }
        other => drop(into.insert(prefix.to_owned(), other.as_str().unwrap_or("not a text").to_owned())),
    }
}

#[test]
fn the_page_s_lock_file_names_every_platform_s_packages() {
    let lock: Value = serde_json::from_str(&read("ui/package-lock.json")).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let mut found = Vec::new();
    for (of, package) in packages {
        for name in package["optionalDependencies"]
            .as_object()
            .into_iter()
            .flat_map(|optional| optional.keys())
        {
            if !packages.contains_key(&format!("node_modules/{name}"))
                && !packages.contains_key(&format!("{of}/node_modules/{name}"))
            {
                found.push(format!("{name}, which {of} may want"));
            }
        }
    }
    // Some registry mirrors carry only their own platform; npm then writes a lock file that `npm ci` refuses elsewhere.
    none(
        "npm left out what its registry did not carry; add the entries by hand",
        &found,
    );
}
