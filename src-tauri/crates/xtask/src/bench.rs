//! `cargo xtask bench`: ratios measured in one run, as a table and as JSON. Never a timed test: nothing here fails CI.
//!
//! A benchmark is a module in `bench/` with a function that gives [`Row`]s, entered in [`BENCHES`]. What needs drivers or
//! servers runs in a program of its own, which prints rows as JSON lines: see [`rows_of`].

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::{places, run, ui};

/// One benchmark.
struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Vec<Row>>,
}

/// All of them, in the order in which they run.
const BENCHES: &[Bench] = &[
    Bench {
        name: "start",
        about: "The window: start and memory, against chromium --app",
        run: || measured("start"),
    },
    Bench {
        name: "media",
        about: "Recordings: bytes through the media server, against nginx",
        run: || measured("media"),
    },
    Bench {
        name: "depth",
        about: "Lists at ten million meetings, against psql and OFFSET",
        run: at_depth,
    },
];

/// Builds for release, brings up a stack on demo data and runs one of `tests/bench`.
fn measured(name: &str) -> Result<Vec<Row>> {
    let dir = places::cache().join("demo-stack");
    prepare(&dir, "demo")?;
    on_stack(name, &dir)
}

/// The same on a stack with ten million meetings: made once, in some minutes, and kept.
fn at_depth() -> Result<Vec<Row>> {
    let dir = places::cache().join("bench-stack");
    prepare(&dir, "none")?;
    let seeded = dir.join("seeded");
    if !seeded.is_file() {
        let mut seed = run::program(places::target().join("release/greenroom"));
        let seed = seed.arg("--profile").arg(dir.join("profile.toml"));
        run::show(seed.args(["seed", "--scale", "meetings=10000000,users=100000", "--yes"]))?;
        std::fs::write(&seeded, "meetings=10000000,users=100000\n")?;
    }
    on_stack("depth", &dir)
}

fn prepare(dir: &Path, seed: &str) -> Result<()> {
    ui::install()?;
    ui::build()?;
    let programs = [
        "build",
        "--release",
        "--locked",
        "-p",
        "greenroom-desktop",
        "-p",
        "greenroom-cli",
    ];
    run::show(&mut run::cargo(&programs))?;
    let mut up = run::program(places::target().join("release/greenroom"));
    run::show(up.args(["stack", "up", "--seed", seed, "--dir"]).arg(dir))
}

fn on_stack(name: &str, dir: &Path) -> Result<Vec<Row>> {
    let mut bench = run::cargo(&[
        "bench",
        "--locked",
        "-p",
        "greenroom-desktop",
        "--bench",
        "bench",
        "--",
        name,
    ]);
    rows_of(
        bench
            .arg(dir.join("profile.toml"))
            .arg(places::target().join("release")),
    )
}

/// One measured ratio.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// What was measured, in words.
    pub(crate) what: String,
    /// Ours, in `unit`.
    pub(crate) ours: f64,
    /// What it is measured against, in `unit`; `None` where the bound is absolute.
    pub(crate) against: Option<f64>,
    /// Milliseconds, MiB, …
    pub(crate) unit: String,
    /// The promise: `<= 1.5` or `>= 0.8`, on ours / against, or on ours alone.
    pub(crate) bound: Bound,
}

/// What a ratio has to keep to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

impl Row {
    fn figure(&self) -> f64 {
        self.against.map_or(self.ours, |against| self.ours / against)
    }

    fn kept(&self) -> bool {
        match self.bound {
            Bound::AtMost(limit) => self.figure() <= limit,
            Bound::AtLeast(limit) => self.figure() >= limit,
        }
    }

    fn bound_text(&self) -> String {
        match self.bound {
            Bound::AtMost(limit) => format!("<= {limit}"),
            Bound::AtLeast(limit) => format!(">= {limit}"),
        }
    }

    fn to_json(&self, bench: &str) -> Value {
        json!({
            "bench": bench, "what": self.what, "ours": self.ours, "against": self.against, "unit": self.unit,
            "figure": self.figure(), "bound": self.bound_text(), "kept": self.kept(),
        })
    }

    fn of_json(value: &Value) -> Option<Self> {
        let number = |name: &str| value.get(name)?.as_f64();
        let bound = number("at_most")
            .map(Bound::AtMost)
            .or_else(|| number("at_least").map(Bound::AtLeast))?;
        Some(Self {
            what: value.get("what")?.as_str()?.to_owned(),
            ours: number("ours")?,
            against: number("against"),
            unit: value.get("unit")?.as_str()?.to_owned(),
            bound,
        })
    }
}

/// The rows a program prints: JSON lines `{"what", "ours", "against"?, "unit", "at_most" | "at_least"}`; other lines are shown.
pub(crate) fn rows_of(command: &mut Command) -> Result<Vec<Row>> {
    let (done, said) = run::show_and_keep(command)?;
    if !done {
        bail!("the benchmark's program failed");
    }
    Ok(rows_in(&said))
}

fn rows_in(said: &str) -> Vec<Row> {
    said.lines()
        .filter_map(|line| Row::of_json(&serde_json::from_str(line).ok()?))
        .collect()
}

/// Runs those named, or all; `--json FILE` also writes them there.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    let mut names = Vec::new();
    let mut file: Option<PathBuf> = None;
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--list" => {
                for bench in BENCHES {
                    println!("{:12} {}", bench.name, bench.about);
                }
                return Ok(());
            }
            "--json" => file = Some(arguments.next().context("--json wants a file")?.into()),
            name if BENCHES.iter().any(|bench| bench.name == name) => names.push(name.to_owned()),
            other => bail!("no such benchmark: {other} (`cargo xtask bench --list` names them)"),
        }
    }
    let mut table = Vec::new();
    let mut failed = Vec::new();
    for bench in BENCHES
        .iter()
        .filter(|bench| names.is_empty() || names.iter().any(|name| name == bench.name))
    {
        run::heading(bench.about);
        let since = Instant::now();
        match (bench.run)() {
            Ok(rows) => table.extend(rows.into_iter().map(|row| (bench.name, row))),
            Err(error) => failed.push(format!("{}: {error:#}", bench.name)),
        }
        println!("---- {} {}", bench.name, run::duration(since));
    }
    show(&table);
    let document: Vec<Value> = table.iter().map(|(bench, row)| row.to_json(bench)).collect();
    let text = serde_json::to_string_pretty(&document)?;
    match file {
        Some(file) => {
            std::fs::write(&file, text + "\n").with_context(|| format!("could not write {}", file.display()))?;
        }
        None => println!("{text}"),
    }
    if failed.is_empty() {
        Ok(())
    } else {
        bail!("{}", failed.join("\n"))
    }
}

fn show(table: &[(&str, Row)]) {
    println!(
        "\n{:60} {:>12} {:>12} {:8} {:>10} {:>10}",
        "", "ours", "against", "", "figure", "promised"
    );
    for (_, row) in table {
        let against = row
            .against
            .map_or_else(|| "-".to_owned(), |against| format!("{against:.2}"));
        println!(
            "{:60} {:>12.2} {against:>12} {:8} {:>10.3} {:>10} {}",
            row.what,
            row.ours,
            row.unit,
            row.figure(),
            row.bound_text(),
            if row.kept() { "kept" } else { "NOT KEPT" }
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_s_rows_are_read_and_judged() {
        let said = "warming up\n{\"what\":\"page\",\"ours\":3.0,\"against\":2.5,\"unit\":\"ms\",\"at_most\":1.5}\n\
                    {\"what\":\"bytes\",\"ours\":70,\"unit\":\"MiB\",\"at_most\":64}\n{\"what\":\"no bound\",\"ours\":1}\n";
        let rows = rows_in(said);
        assert_eq!(rows.len(), 2);
        assert!(rows[0].kept() && (rows[0].figure() - 1.2).abs() < 1e-9);
        assert!(!rows[1].kept());
        assert_eq!(rows[1].to_json("memory")["kept"], json!(false));
    }
}
