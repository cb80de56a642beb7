//! The demo's accounts and what each may do.

use std::collections::BTreeSet;

use chrono::Duration;
use greenroom_domain::Timestamp;

use super::dice::{Dice, Subject};
use super::names::{self, CHINESE_GIVEN, CHINESE_SURNAMES, FIXED, WESTERN_GIVEN, WESTERN_SURNAMES};
use super::world::{Permission, Person};

/// How many there are.
pub(super) const PEOPLE: usize = 240;
/// The first account's id.
const FIRST_ID: i64 = 1_001;
/// Accounts are this old at most.
const OLDEST_DAYS: i64 = 1_100;
/// Of so many of the newest accounts, each is younger than the oldest meeting.
const NEWCOMERS: usize = 24;

/// Everybody, oldest account first.
pub(super) fn people(seed_number: u64, anchor: Timestamp) -> Vec<Person> {
    let mut dice = Dice::new(seed_number, Subject::People);
    let mut taken = BTreeSet::new();
    let mut people = Vec::with_capacity(PEOPLE);
    for n in 0..PEOPLE {
        let (full_name, username) = match FIXED.get(n) {
            Some((full_name, username)) => ((*full_name).to_owned(), (*username).to_owned()),
            None => name(&mut dice),
        };
        let username = free(&username, &mut taken);
        let created_at = created(&mut dice, n, anchor);
        let (status, role) = standing(&mut dice, n);
        let changed = Duration::seconds(dice.between(0, (anchor - created_at).num_seconds() / 2));
        let deleted_at = (status == "deleted").then(|| anchor - Duration::hours(dice.between(30, 1_500)));
        people.push(Person {
            id: FIRST_ID + n as i64,
            email: format!(
                "{username}@{}",
                dice.weighted(&[("meet.example", 86), ("partner.example", 14)])
            ),
            chinese: names::is_chinese(&full_name),
            full_name,
            username,
            status,
            role,
            updated_at: deleted_at.unwrap_or(created_at + changed),
            created_at,
            deleted_at: deleted_at.filter(|at| *at > created_at),
            has_avatar: FIXED.len() > n || dice.percent(82),
        });
    }
    people
}

fn name(dice: &mut Dice) -> (String, String) {
    if dice.percent(47) {
        let (surname, surname_pinyin) = dice.pick(&CHINESE_SURNAMES);
        let (given, given_pinyin) = dice.pick(&CHINESE_GIVEN);
        (format!("{surname}{given}"), format!("{surname_pinyin}.{given_pinyin}"))
    } else {
        let (given, surname) = (dice.pick(&WESTERN_GIVEN), dice.pick(&WESTERN_SURNAMES));
        let initial: String = names::ascii(given).chars().take(1).collect();
        (
            format!("{given} {surname}"),
            format!("{initial}.{}", names::ascii(surname)),
        )
    }
}

/// The name, or the name with the first number that makes it unique.
fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut username = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(username.clone()) {
        username = format!("{wanted}{number}");
        number += 1;
    }
    username
}

/// Ids run with creation: each account is a little younger than the one before.
fn created(dice: &mut Dice, n: usize, anchor: Timestamp) -> Timestamp {
    let settled = PEOPLE - NEWCOMERS;
    let minutes = if n < settled {
        let step = (OLDEST_DAYS - 100) * 1_440 / settled as i64;
        OLDEST_DAYS * 1_440 - step * n as i64 - dice.between(0, step - 1)
    } else {
        let step = 88 * 1_440 / NEWCOMERS as i64;
        90 * 1_440 - step * (n - settled) as i64 - dice.between(0, step - 1)
    };
    anchor - Duration::minutes(minutes) - Duration::seconds(dice.between(0, 59))
}

fn standing(dice: &mut Dice, n: usize) -> (&'static str, &'static str) {
    if n < FIXED.len() {
        return ("active", if n < 3 { "admin" } else { "moderator" });
    }
    let status = *dice.weighted(&[
        ("active", 88),
        ("suspended", 4),
        ("invited", 4),
        ("inactive", 3),
        ("deleted", 1),
    ]);
    let role = *dice.weighted(&[("user", 86), ("moderator", 8), ("guest", 5), ("admin", 1)]);
    (status, role)
}

/// What each may do, given by one of the admins.
pub(super) fn permissions(seed_number: u64, people: &[Person]) -> Vec<Permission> {
    const EVERYBODY: [(&str, &str); 3] = [("meetings", "join"), ("meetings", "create"), ("recordings", "view")];
    const MODERATORS: [(&str, &str); 4] = [
        ("meetings", "end"),
        ("meetings", "mute"),
        ("recordings", "download"),
        ("chat", "delete"),
    ];
    const ADMINS: [(&str, &str); 4] = [
        ("users", "manage"),
        ("recordings", "delete"),
        ("config", "edit"),
        ("permissions", "grant"),
    ];
    let mut dice = Dice::new(seed_number, Subject::Permissions);
    let admins: Vec<i64> = people
        .iter()
        .filter(|one| one.role == "admin")
        .map(|one| one.id)
        .collect();
    let mut all = Vec::new();
    for person in people {
        let rank = match person.role {
            "admin" => 3,
            "moderator" => 2,
            "guest" => 0,
            _ => 1,
        };
        let given = [(1, &EVERYBODY[..]), (2, &MODERATORS[..]), (3, &ADMINS[..])];
        let rights = given
            .into_iter()
            .filter(|(least, _)| rank >= *least)
            .flat_map(|(_, rights)| rights);
        for (resource, action) in [("meetings", "join")].iter().filter(|_| rank == 0).chain(rights) {
            all.push(Permission {
                user_id: person.id,
                resource,
                action,
                granted_by: (person.id != FIRST_ID)
                    .then(|| *dice.pick(&admins))
                    .filter(|by| *by < person.id),
                granted_at: person.created_at + Duration::seconds(dice.between(1, 600)),
            });
        }
    }
    all
}
