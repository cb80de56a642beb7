//! Everything a bare machine lacks. Each part says what it does, does nothing twice, and names what it cannot get.

pub(crate) mod packages;
pub(crate) mod servers;
pub(crate) mod tools;

use anyhow::{Result, bail};

use crate::{run, ui};

/// System packages, servers, tools, the page's packages.
pub(crate) fn everything() -> Result<()> {
    let mut problems = Vec::new();
    for (name, part) in PARTS {
        run::heading(name);
        if let Err(error) = part() {
            eprintln!("{error:#}");
            problems.push(format!("{name}: {error:#}"));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        bail!("set-up is not complete:\n{}", problems.join("\n"))
    }
}

/// One part of the set-up.
pub(crate) type Part = fn() -> Result<()>;

const PARTS: [(&str, Part); 4] = [
    ("System packages", packages::install),
    ("Servers", servers::install),
    ("Tools", tools::install),
    ("The page's packages", ui::install),
];

/// What the demo needs of it: no tools of tests.
pub(crate) const FOR_THE_DEMO: [(&str, Part); 3] = [
    ("System packages", packages::install),
    ("Servers", servers::install),
    ("The page's packages", ui::install),
];
