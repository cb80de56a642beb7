//! Ids of our own making: ULIDs (<https://github.com/ulid/spec>), sorted by the time they were made.

use rand::Rng;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 26 characters: 48 bits of milliseconds, 80 random bits, in Crockford's base 32.
#[must_use]
pub fn ulid() -> String {
    let millis = u128::try_from(chrono::Utc::now().timestamp_millis()).unwrap_or(0);
    let random = u128::from(rand::rng().random::<u64>()) << 16 | u128::from(rand::rng().random::<u16>());
    let value = (millis << 80) | random;
    (0..26)
        .rev()
        .map(|place| char::from(ALPHABET[usize::try_from((value >> (place * 5)) & 31).unwrap_or(0)]))
        .collect()
}

/// Finds a failure's full chain in our log.
#[must_use]
pub fn diagnostic() -> String {
    format!("err-{}", ulid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_26_characters_and_never_the_same() {
        let (first, second) = (ulid(), ulid());
        assert_eq!(first.len(), 26);
        assert_ne!(first, second);
        assert_eq!(first[..8], second[..8], "the first ten characters are the time");
    }
}
