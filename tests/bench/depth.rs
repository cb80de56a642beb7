//! Pages of meetings at 10 M rows: deep in the list against OFFSET and against the same keyset query typed into psql, and the
//! first page with a filter against psql. It needs a database seeded with `greenroom seed --scale meetings=10000000`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use greenroom_domain::filter::Sort;
use greenroom_domain::meeting::{MeetingFilter, MeetingListRequest, MeetingSort};
use greenroom_domain::profile::PostgresProfile;
use greenroom_domain::{MeetingId, PageRequest};
use greenroom_store_postgres::{Postgres, meetings};

use crate::report::{Aim, median, millis, row};

const LIMIT: u32 = 100;
/// How far down the list, in hundredths: 9.9 M of 10 M.
const DEPTH: u64 = 99;
/// Some of the ten million are deleted, and not in the list.
const ENOUGH: u64 = 9_000_000;
const SORT: Sort<MeetingSort> = Sort {
    by: MeetingSort::Start,
    descending: true,
};
/// What the page shows of each of its meetings, around the page's own query.
const AROUND: (&str, &str) = (
    "SELECT p.*, (SELECT coalesce(nullif(u.full_name, ''), u.username) FROM users u WHERE u.id = p.creator_id), \
     (SELECT count(*) FROM meeting_participants a WHERE a.meeting_id = p.id), \
     (SELECT count(*) FROM meeting_recordings r WHERE r.meeting_id = p.id) FROM (",
    ") AS p ORDER BY p.start_time DESC, p.id DESC",
);

/// Takes `runs` samples of each side, in turn.
pub(crate) async fn measure(profile: &PostgresProfile, password: &str, psql: &Path, runs: usize) -> Result<()> {
    let postgres = Postgres::connect(profile, Some(password), Duration::from_secs(10)).await?;
    let psql = Psql {
        program: psql,
        profile,
        password,
    };
    let rows = "FROM meetings WHERE deleted_at IS NULL";
    let all: u64 = psql.answer(&format!("SELECT count(*) {rows}"))?.trim().parse()?;
    if all < ENOUGH {
        bail!("{all} meetings in the list, not ten million: run `greenroom seed --scale meetings=10000000`");
    }
    let depth = all * DEPTH / 100;
    let ordered = format!("{rows} ORDER BY start_time DESC, id DESC");
    let last = psql.answer(&format!("SELECT id {ordered} OFFSET {} LIMIT 1", depth - 1))?;
    let last = postgres.meeting_get(MeetingId(last.trim().parse()?)).await?;

    let deep = request(MeetingFilter::default(), Some(meetings::cursor_after(&last, SORT)));
    let at = last.start_time.format("%Y-%m-%d %H:%M:%S%.6f");
    let raw_deep = page(&format!(
        "{rows} AND (start_time, id) < (timestamp '{at}', {})",
        last.id
    ));
    let filtered = request(
        MeetingFilter {
            search: None,
            terms: vec!["status=ended".parse()?],
        },
        None,
    );
    let raw_filtered = page(&format!("{rows} AND status = 'ended'"));
    let offset = format!("SELECT * {ordered} OFFSET {depth} LIMIT {LIMIT}");

    let (mut ours, mut raw) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..5 {
        for (place, (request, statement)) in [(&deep, &raw_deep), (&filtered, &raw_filtered)].into_iter().enumerate() {
            ours[place].extend(pages(&postgres, request, runs).await?);
            raw[place].extend(psql.timings(statement, runs)?);
        }
    }
    let offset = psql.timings(&offset, 3)?;
    postgres.close().await;
    let keyset = "page at depth 9.9 M of 10 M meetings / the same keyset page in psql";
    row(
        "OFFSET at depth 9.9 M / our page there",
        "ms",
        Aim::AtLeast(1_000.0),
        &[median(&offset)],
        &ours[0],
    );
    row(keyset, "ms", Aim::AtMost(1.5), &ours[0], &raw[0]);
    row(
        "first page with a filter at 10 M / the same in psql",
        "ms",
        Aim::AtMost(2.0),
        &ours[1],
        &raw[1],
    );
    Ok(())
}

fn request(filter: MeetingFilter, after: Option<String>) -> MeetingListRequest {
    MeetingListRequest {
        filter,
        sort: SORT,
        page: PageRequest { after, limit: LIMIT },
    }
}

fn page(rows: &str) -> String {
    let (before, after) = AROUND;
    format!("{before}SELECT * {rows} ORDER BY start_time DESC, id DESC LIMIT {LIMIT}{after}")
}

async fn pages(postgres: &Postgres, request: &MeetingListRequest, runs: usize) -> Result<Vec<f64>> {
    let mut samples = Vec::with_capacity(runs);
    for _ in 0..=runs {
        let began = Instant::now();
        let page = postgres.meeting_list(request).await?;
        samples.push(millis(began.elapsed()));
        if page.items.len() != LIMIT as usize {
            bail!("a page of {} rows", page.items.len());
        }
    }
    // The first one opens the connection and prepares the statement.
    samples.remove(0);
    Ok(samples)
}

/// PostgreSQL's own client, timing each statement itself.
struct Psql<'a> {
    program: &'a Path,
    profile: &'a PostgresProfile,
    password: &'a str,
}

impl Psql<'_> {
    fn run(&self, script: &str) -> Result<String> {
        let address = self.profile.addresses.first().context("no address")?;
        let (host, port) = address.rsplit_once(':').context("no port")?;
        let mut psql = Command::new(self.program)
            .env("PGPASSWORD", self.password)
            .args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", port])
            .args(["-U", &self.profile.user, "-d", &self.profile.database])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start psql")?;
        psql.stdin.take().context("no way in")?.write_all(script.as_bytes())?;
        let output = psql.wait_with_output()?;
        if !output.status.success() {
            bail!("psql failed");
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn answer(&self, statement: &str) -> Result<String> {
        self.run(&format!("{statement};\n"))
    }

    /// The milliseconds psql measured, its rows thrown away; the first run is not counted.
    fn timings(&self, statement: &str, runs: usize) -> Result<Vec<f64>> {
        let script = format!(
            "\\timing on\n\\o /dev/null\n{}",
            format!("{statement};\n").repeat(runs + 1)
        );
        let said = self.run(&script)?;
        let times = said
            .lines()
            .filter_map(|line| line.strip_prefix("Time: ")?.split(' ').next()?.parse().ok());
        Ok(times.skip(1).collect())
    }
}
