//! From exec to the first painted list of meetings, and the memory of all processes when idle, against
//! Debian's Chromium in app mode painting a static page. Interleaved runs on one virtual display.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::processes::{end, pss_mib};
use crate::report::{Aim, millis, row};

const PATIENCE: Duration = Duration::from_secs(60);
const IDLE: Duration = Duration::from_secs(10);
const STATIC_PAGE: &str = "<!doctype html><title>static</title><table><tr><td>Weekly product review<td>live</table>\
    <script>requestAnimationFrame(()=>requestAnimationFrame(()=>fetch('/painted')))</script>";

/// Runs both sides `runs` times in turn.
pub(crate) fn measure(desktop: &Path, profile: &Path, runs: usize) -> Result<()> {
    let (display, mut xvfb) = start_display()?;
    let mut samples = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let outcome = (0..runs).try_for_each(|_| -> Result<()> {
        let (time, memory) = ours(desktop, profile, &display)?;
        samples[0].push(time);
        samples[1].push(memory);
        let (time, memory) = chromium(&display)?;
        samples[2].push(time);
        samples[3].push(memory);
        Ok(())
    });
    end(&mut xvfb);
    outcome?;
    let (start, memory) = (
        "start to the first painted list of meetings / chromium --app, static page",
        "memory of all processes after 10 s idle (PSS) / chromium --app, static page",
    );
    row(start, "ms", Aim::AtMost(0.8), &samples[0], &samples[2]);
    row(memory, "MiB", Aim::AtMost(0.75), &samples[1], &samples[3]);
    Ok(())
}

fn ours(desktop: &Path, profile: &Path, display: &str) -> Result<(f64, f64)> {
    let home = tempfile::tempdir()?;
    let state = home.path().join("state");
    std::fs::create_dir_all(&state)?;
    std::fs::write(state.join("preferences.json"), r#"{"window.route": "/meetings"}"#)?;
    let began = Instant::now();
    let mut child = Command::new(desktop)
        .env("DISPLAY", display)
        .env("HOME", home.path())
        .env("GREENROOM_CONFIG_DIR", home.path().join("config"))
        .env("GREENROOM_STATE_DIR", &state)
        .env("GREENROOM_CACHE_DIR", home.path().join("cache"))
        .env("GREENROOM_PROFILE", profile)
        .env("GREENROOM_TRACE_START", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("the release build starts")?;
    let stdout = child.stdout.take().context("stdout was piped")?;
    let painted = BufReader::new(stdout)
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("painted what=meetings"))
        .map(|_| millis(began.elapsed()));
    let memory = painted.map(|_| idle_memory(&child));
    end(&mut child);
    painted
        .zip(memory)
        .context("the window ended before it painted its meetings")
}

fn chromium(display: &str) -> Result<(f64, f64)> {
    let home = tempfile::tempdir()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let began = Instant::now();
    let mut child = Command::new("chromium")
        .args([
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args(["--disable-component-update", "--disable-sync", "--window-size=1440,900"])
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("--app=http://{address}/"))
        .env("DISPLAY", display)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("chromium starts: apt-get install chromium")?;
    let painted = serve_until_painted(&listener, began);
    let memory = painted.as_ref().ok().map(|_| idle_memory(&child));
    end(&mut child);
    Ok((painted?, memory.context("no memory was read")?))
}

/// Memory is read once the window has been left alone for as long as the aim says.
fn idle_memory(child: &Child) -> f64 {
    std::thread::sleep(IDLE);
    pss_mib(child.id())
}

fn serve_until_painted(listener: &TcpListener, began: Instant) -> Result<f64> {
    while began.elapsed() < PATIENCE {
        let (mut stream, _) = listener.accept()?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let mut head = [0; 2048];
        let read = stream.read(&mut head).unwrap_or(0);
        let painted = head[..read].starts_with(b"GET /painted");
        let body = if head[..read].starts_with(b"GET / ") {
            STATIC_PAGE
        } else {
            ""
        };
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )?;
        if painted {
            return Ok(millis(began.elapsed()));
        }
    }
    anyhow::bail!("chromium painted nothing in {PATIENCE:?}")
}

fn start_display() -> Result<(String, Child)> {
    let mut xvfb = Command::new("Xvfb")
        .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1440x900x24"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("Xvfb starts")?;
    let mut number = String::new();
    let pipe = xvfb.stdout.take().context("stdout was piped")?;
    let mut reader = BufReader::new(pipe);
    reader.read_line(&mut number)?;
    std::mem::forget(reader);
    Ok((format!(":{}", number.trim()), xvfb))
}
