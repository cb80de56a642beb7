//! Text from strangers: what may be passed on to a store, and what may be shown.

/// Why a text cannot be used in a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// PostgreSQL cannot hold U+0000 in text, so nothing there can match it.
    #[error("the text holds a NUL character, which no stored text can match")]
    Nul,
    /// Longer than anything that could match.
    #[error("the text is {length} characters long, the limit is {limit}")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        limit: usize,
    },
}

/// The longest search text taken.
pub const MAX_SEARCH_CHARS: usize = 512;

/// A search text as it may be sent on: trimmed, without NUL, of a sane length; `None` when nothing is left.
///
/// # Errors
/// [`TextError`] where the text could match nothing or is too long.
pub fn search_text(text: &str) -> Result<Option<&str>, TextError> {
    let text = text.trim();
    if text.contains('\0') {
        return Err(TextError::Nul);
    }
    let length = text.chars().count();
    if length > MAX_SEARCH_CHARS {
        return Err(TextError::TooLong {
            length,
            limit: MAX_SEARCH_CHARS,
        });
    }
    Ok((!text.is_empty()).then_some(text))
}

/// `text` as a substring pattern for `ILIKE`, its wildcards taken literally (escape character `\`).
#[must_use]
pub fn like_substring(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A credential shown so that it can be told from another but not used: its first four characters.
#[must_use]
pub fn masked(credential: &str) -> String {
    let head: String = credential.chars().take(4).collect();
    if credential.chars().count() <= 8 {
        "••••".to_owned()
    } else {
        format!("{head}••••")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_search_are_taken_literally() {
        assert_eq!(like_substring(r"50%_a\b"), r"%50\%\_a\\b%");
    }

    #[test]
    fn a_nul_is_refused_and_blanks_are_no_search() {
        assert_eq!(search_text("a\0b"), Err(TextError::Nul));
        assert_eq!(search_text("  \t "), Ok(None));
        assert_eq!(search_text(" 陈 "), Ok(Some("陈")));
    }
}
