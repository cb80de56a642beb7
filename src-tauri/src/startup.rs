//! Which profile the window opens with: the one asked for, else the last one, else the running local stack's, else none.

use greenroom_domain::{ApiError, ErrorCode};
use greenroom_operations::deployment::default_reference;

use crate::{Greenroom, failure};

/// What the command line and the environment ask for. Anything else on the line is an error: this is no place to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Open a window, with this profile where one was named.
    Window {
        /// A name or a path.
        profile: Option<String>,
    },
    /// Print the version.
    Version,
    /// Print what can be asked.
    Help,
}

/// Reads the command line after the program's name; `named` is `GREENROOM_PROFILE`.
///
/// # Errors
/// [`ErrorCode::InvalidRequest`] for anything unknown.
pub fn asked(line: impl IntoIterator<Item = String>, named: Option<String>) -> Result<Asked, ApiError> {
    let mut profile = named.filter(|name| !name.is_empty());
    let mut line = line.into_iter();
    while let Some(word) = line.next() {
        match word.as_str() {
            "--version" | "-V" => return Ok(Asked::Version),
            "--help" | "-h" => return Ok(Asked::Help),
            "--profile" => match line.next() {
                Some(name) => profile = Some(name),
                None => return Err(unknown("--profile wants a name or a path")),
            },
            other => match other.strip_prefix("--profile=") {
                Some(name) => profile = Some(name.to_owned()),
                None => {
                    return Err(unknown(&format!(
                        "{other:?} is not known here: --profile NAME|PATH, --version"
                    )));
                }
            },
        }
    }
    Ok(Asked::Window { profile })
}

/// Opens the profile that is due, if any. What goes wrong is shown by the window, not here.
pub async fn open_due(app: &Greenroom, profile: Option<String>) {
    let stack = || app.running_stack();
    let Some(reference) = profile.or_else(|| default_reference(app.profiles(), stack)) else {
        app.leave_empty(None);
        return;
    };
    if let Err(problem) = app.open_profile(&reference).await {
        app.leave_empty(Some(problem));
    }
}

/// Whether there is no profile that could be opened.
#[must_use]
pub fn nothing_to_open(app: &Greenroom) -> bool {
    app.profiles().list().map_or(true, |list| list.is_empty()) && app.running_stack().is_none()
}

fn unknown(message: &str) -> ApiError {
    failure::own(ErrorCode::InvalidRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str], named: Option<&str>) -> Result<Asked, ApiError> {
        asked(words.iter().map(|word| (*word).to_owned()), named.map(str::to_owned))
    }

    fn window(profile: Option<&str>) -> Asked {
        Asked::Window {
            profile: profile.map(str::to_owned),
        }
    }

    #[test]
    fn the_command_line_goes_over_the_environment() {
        assert_eq!(line(&[], None).unwrap(), window(None));
        assert_eq!(line(&[], Some("")).unwrap(), window(None));
        assert_eq!(line(&[], Some("staging")).unwrap(), window(Some("staging")));
        assert_eq!(line(&["--profile", "a"], Some("b")).unwrap(), window(Some("a")));
        assert_eq!(line(&["--profile=./p.toml"], None).unwrap(), window(Some("./p.toml")));
        assert_eq!(line(&["--version"], None).unwrap(), Asked::Version);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(
            line(&["--profil", "a"], None).unwrap_err().code,
            ErrorCode::InvalidRequest
        );
        assert_eq!(line(&["--profile"], None).unwrap_err().code, ErrorCode::InvalidRequest);
    }
}
