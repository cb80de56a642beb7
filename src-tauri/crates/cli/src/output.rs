//! The one place that writes to stdout and stderr: tables for people, JSON for programs, and nothing between.

use std::io::{self, IsTerminal, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};
use greenroom_domain::{ApiError, ErrorCode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::words;

/// The fields that come first where a thing is shown; the others follow by name.
const FIRST: [&str; 8] = ["id", "seq", "name", "title", "username", "full_name", "status", "state"];

/// How this call writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// Data as JSON.
    pub(crate) json: bool,
    /// Errors only.
    pub(crate) quiet: bool,
    terminal: bool,
    coloured: bool,
}

/// How a column's values are written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is.
    Text,
    /// Right-aligned.
    Number,
    /// RFC 3339 to the second.
    Time,
    /// 1.4 GB.
    Size,
    /// 2 h 05 m.
    Duration,
    /// A word with the colour of its meaning.
    State,
}

/// One column: its heading, where its value lies in the item, how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column(pub &'static str, pub &'static str, pub Kind);

impl Output {
    /// As the flags and the terminal say.
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            json,
            quiet,
            terminal,
            coloured: terminal && !plain,
        }
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(self) -> bool {
        !self.json && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether progress is drawn.
    pub(crate) fn shows_progress(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// One thing: an object in JSON, else its facts as two columns.
    pub(crate) fn object(self, value: &impl Serialize) -> Result<(), Failure> {
        let value = serde_json::to_value(value)?;
        if self.json {
            self.document(&value)
        } else {
            self.text(&self.facts(&value))
        }
    }

    /// One JSON document.
    pub(crate) fn document(self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        if self.terminal {
            serde_json::to_writer_pretty(&mut out, value)?;
        } else {
            serde_json::to_writer(&mut out, value)?;
        }
        Ok(out.write_all(b"\n").and_then(|()| out.flush())?)
    }

    /// One line of a JSON stream.
    pub(crate) fn line(self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, value)?;
        Ok(out.write_all(b"\n").and_then(|()| out.flush())?)
    }

    /// Text for people, ended by a newline.
    pub(crate) fn text(self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        Ok(out.flush()?)
    }

    /// A remark on stderr; none with `--quiet` or `--json`.
    pub(crate) fn remark(self, text: &str) {
        if !self.quiet && !self.json {
            // A remark that cannot be written is not worth a failure.
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Asks on the terminal; anything but `y` or `yes` is no.
    pub(crate) fn confirm(self, question: &str) -> Result<bool, Failure> {
        let mut err = io::stderr().lock();
        write!(err, "{question} [y/N] ").and_then(|()| err.flush())?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// What went wrong, on stderr.
    pub(crate) fn failure(self, failure: &Failure) {
        match failure {
            Failure::Api(error) => self.error(error),
            Failure::Output(error) => self.error(&ApiError {
                code: ErrorCode::LocalFile,
                message: format!("the output could not be written: {error}"),
                retryable: false,
                hint: None,
                diagnostic_id: String::new(),
                store: None,
                outcome: None,
            }),
            Failure::Interrupted => self.remark("interrupted"),
            Failure::No | Failure::Told | Failure::NobodyReads => {}
        }
    }

    fn error(self, error: &ApiError) {
        let mut err = io::stderr().lock();
        let written = if self.json {
            writeln!(err, "{}", json!({ "error": error }))
        } else {
            writeln!(err, "{}", words::error(error))
        };
        // Nowhere is left to say that saying it failed.
        drop(written);
    }

    /// Rows of `items`, as a table. `heading`: whether the heading comes first (a stream has it once).
    pub(crate) fn table(self, columns: &[Column], items: &[Value], heading: bool) -> String {
        let mut table = self.new_table();
        if heading {
            table.set_header(columns.iter().map(|column| {
                let cell = Cell::new(column.0);
                if self.coloured {
                    cell.add_attribute(Attribute::Bold)
                } else {
                    cell
                }
            }));
        }
        for item in items {
            table.add_row(columns.iter().map(|column| self.cell(at(item, column.1), column.2)));
        }
        lines_of(table)
    }

    /// An object's fields as two columns; what is nested is written as compact JSON.
    pub(crate) fn facts(self, value: &Value) -> String {
        let mut table = self.new_table();
        let mut fields: Vec<(&String, &Value)> = value.as_object().into_iter().flatten().collect();
        fields.retain(|(_, value)| !value.is_null());
        fields.sort_by_key(|(name, _)| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()));
        for (name, value) in fields {
            let kind = kind_of(name);
            table.add_row([
                Cell::new(name.replace('_', " ")).fg(self.dim()),
                self.cell(value, kind).set_alignment(CellAlignment::Left),
            ]);
        }
        lines_of(table)
    }

    fn new_table(self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        // Cut to the terminal's width for people; whole for a pipe.
        let arrangement = if self.terminal {
            ContentArrangement::Dynamic
        } else {
            ContentArrangement::Disabled
        };
        table.set_content_arrangement(arrangement);
        if !self.coloured {
            table.force_no_tty();
        }
        table
    }

    fn dim(self) -> Color {
        if self.coloured { Color::DarkGrey } else { Color::Reset }
    }

    fn cell(self, value: &Value, kind: Kind) -> Cell {
        let text = words::value(value, kind);
        let cell = Cell::new(text.as_str());
        match kind {
            Kind::Number | Kind::Size | Kind::Duration => cell.set_alignment(CellAlignment::Right),
            Kind::State if self.coloured => cell.fg(match text.as_str() {
                "up" | "active" | "completed" | "done" | "intact" => Color::Green,
                "degraded" | "connecting" | "processing" | "scheduled" | "unknown" => Color::Yellow,
                "down" | "failed" | "suspended" | "not_done" => Color::Red,
                _ => Color::Reset,
            }),
            _ => cell,
        }
    }
}

// Without the frame's own margin, and without blanks at the ends of lines.
fn lines_of(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// The value at a dotted path; null where there is none.
pub(crate) fn at<'a>(item: &'a Value, path: &str) -> &'a Value {
    path.split('.')
        .fold(item, |value, name| value.get(name).unwrap_or(&Value::Null))
}

fn kind_of(name: &str) -> Kind {
    match name {
        "state" | "status" => Kind::State,
        _ if name.ends_with("_bytes") => Kind::Size,
        _ if name.ends_with("_at")
            || name.ends_with("_time")
            || name.ends_with("_start")
            || name == "as_of"
            || name == "at" =>
        {
            Kind::Time
        }
        "duration_s" => Kind::Duration,
        _ => Kind::Text,
    }
}
