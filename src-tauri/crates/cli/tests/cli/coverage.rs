//! "Whatever the window can do to data, `greenroom` can do headless", as a table that must stay whole.

use std::collections::BTreeMap;
use std::path::Path;

const TABLE: &str = include_str!("coverage.txt");

/// Every command of the shell by its name, from the list the shell itself generates.
fn window_commands() -> Vec<String> {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/ipc/bindings.ts");
    let text = std::fs::read_to_string(bindings).unwrap();
    let mut names: Vec<String> = text
        .split("__TAURI_INVOKE<")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(">(\"")?.1.split_once('"')?.0.to_owned()))
        .collect();
    names.sort();
    names
}

#[test]
fn every_command_of_the_window_has_its_headless_twin_or_touches_no_data() {
    let table: BTreeMap<&str, &str> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            line.split_once('|')
                .map(|(window, cli)| (window.trim(), cli.trim()))
                .expect(line)
        })
        .collect();
    let names = window_commands();
    assert!(names.len() > 40, "the bindings were not understood: {names:?}");
    let uncovered: Vec<_> = names.iter().filter(|name| !table.contains_key(name.as_str())).collect();
    assert!(
        uncovered.is_empty(),
        "not covered headless, see tests/cli/coverage.txt: {uncovered:?}"
    );
    let gone: Vec<_> = table
        .keys()
        .filter(|name| !names.iter().any(|known| known == *name))
        .collect();
    assert!(gone.is_empty(), "no longer commands of the window: {gone:?}");
    for (window, cli) in table {
        if let Some(reason) = cli.strip_prefix("window only:") {
            assert!(!reason.trim().is_empty(), "{window} gives no reason");
            continue;
        }
        let words: Vec<&str> = cli
            .strip_prefix("greenroom ")
            .expect(window)
            .split_whitespace()
            .collect();
        let mut command = greenroom_cli::command();
        for word in words.iter().take_while(|word| !word.starts_with('-')) {
            command = command
                .find_subcommand(word)
                .unwrap_or_else(|| panic!("{window}: there is no `{cli}`"))
                .clone();
        }
        for flag in words.iter().filter_map(|word| word.strip_prefix("--")) {
            let known = greenroom_cli::command();
            let mut flags = command.get_arguments().chain(known.get_arguments());
            assert!(
                flags.any(|argument| argument.get_long() == Some(flag)),
                "{window}: `{cli}` has no such flag"
            );
        }
    }
}
