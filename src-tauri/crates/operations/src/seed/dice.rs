//! Chance that comes out the same for the same seed number: one independent stream per subject, so that a change in one
//! part of the demo does not shift the others. It is not for secrets.

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One subject's stream of chance.
pub(super) struct Dice(ChaCha8Rng);

/// What the streams are for; the numbers are part of what "the same seed" means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    People = 1,
    Avatars = 2,
    Permissions = 3,
    Meetings = 4,
    Participants = 5,
    Streams = 6,
    Recordings = 7,
    Chat = 8,
    Analysis = 9,
    Logs = 10,
    Live = 11,
    Documents = 12,
}

impl Dice {
    pub(super) fn new(seed_number: u64, subject: Subject) -> Self {
        Self::numbered(seed_number, subject as u64)
    }

    pub(super) fn numbered(seed_number: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed_number);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high {
            low
        } else {
            self.0.random_range(low..=high)
        }
    }

    /// An index below `len`; 0 where there is none.
    pub(super) fn index(&mut self, len: usize) -> usize {
        if len < 2 { 0 } else { self.0.random_range(0..len) }
    }

    /// True in `percent` of 100 cases.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    pub(super) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.index(of.len())]
    }

    /// One of `of`, each as likely as its weight.
    pub(super) fn weighted<'t, T>(&mut self, of: &'t [(T, u32)]) -> &'t T {
        let total: u32 = of.iter().map(|(_, weight)| weight).sum();
        let mut left = self.0.random_range(0..total.max(1));
        for (value, weight) in of {
            if left < *weight {
                return value;
            }
            left -= weight;
        }
        &of[0].0
    }

    /// `count` different ones of `of`, or all where there are fewer.
    pub(super) fn sample<T: Copy>(&mut self, of: &[T], count: usize) -> Vec<T> {
        of.choose_multiple(&mut self.0, count.min(of.len())).copied().collect()
    }

    /// A share from 0 to 1, of three digits.
    pub(super) fn share(&mut self, low: f64, high: f64) -> f64 {
        (self.0.random_range(low..high) * 1000.0).round() / 1000.0
    }

    /// `digits` hexadecimal digits.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|_| char::from_digit(self.0.random_range(0..16), 16).unwrap_or('0'))
            .collect()
    }
}
