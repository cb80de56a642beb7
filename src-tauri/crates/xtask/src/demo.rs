//! `cargo xtask demo`: from a clone to a window on demo data; where there is no screen, a picture of it.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::display::Display;
use crate::{places, run, setup, ui};

/// How long a window may take to paint: generous, a virtual screen paints without a graphics card.
const PAINT_LIMIT: Duration = Duration::from_secs(120);
/// Painting goes on while data comes in: the picture is taken when nothing was painted for this long.
const QUIET: Duration = Duration::from_secs(3);

const HELP: &str = "\
cargo xtask demo [--dir DIR] [--release] [--virtual]
  --dir DIR    the stack's folder (default: the one `greenroom` takes where none is named)
  --release    an optimised build: some minutes more, once
  --virtual    a virtual screen and a picture, even where there is a screen";

/// Set-up, build, the five servers with demo data, the window.
pub(crate) fn demo(arguments: &[String]) -> Result<()> {
    let mut dir = places::stack();
    let (mut release, mut no_screen) = (false, !Display::of_a_person());
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dir" => dir = PathBuf::from(arguments.next().context("--dir wants a folder")?),
            "--release" => release = true,
            "--virtual" => no_screen = true,
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(());
            }
            other => bail!("no such option: {other}\n\n{HELP}"),
        }
    }
    let since = Instant::now();
    for (name, part) in setup::FOR_THE_DEMO {
        run::heading(name);
        part()?;
    }
    run::heading("The page");
    ui::build()?;
    run::heading("The programs");
    let mut build = run::cargo(&[
        "build",
        "--locked",
        "--package",
        "greenroom-desktop",
        "--package",
        "greenroom-cli",
    ]);
    if release {
        build.arg("--release");
    }
    run::show(&mut build)?;

    let built = places::target().join(if release { "release" } else { "debug" });
    let greenroom = built.join("greenroom");
    run::heading("Five servers and demo data");
    run::show(
        run::program(&greenroom)
            .args(["stack", "up", "--seed", "demo", "--dir"])
            .arg(&dir),
    )?;
    println!("ready after {}", run::duration(since));

    let mut window = run::program(built.join("greenroom-desktop"));
    window.env("GREENROOM_PROFILE", dir.join("profile.toml"));
    run::heading("The window");
    if no_screen {
        picture(window)?;
    } else {
        run::show(&mut window)?;
    }
    println!(
        "\nthe servers run on; to end them: {} stack down --dir {}",
        greenroom.display(),
        dir.display()
    );
    Ok(())
}

/// Opens the window on a virtual screen, waits until it has painted, and writes a picture.
fn picture(mut window: Command) -> Result<()> {
    println!("there is no screen here: opening the window on a virtual one");
    let display = Display::virtual_one()?;
    window
        .env("DISPLAY", display.name())
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11");
    let (mut window, said) = listen(window)?;
    let painted = wait_painted(&said);
    let picture = places::artifacts().join("demo.png");
    std::fs::create_dir_all(places::artifacts())?;
    let taken = painted.and_then(|()| display.screenshot(&picture));
    // The window first, or it complains about its lost screen.
    let _ = run::read(run::program("kill").arg(window.id().to_string()));
    window.wait().context("lost the window")?;
    taken?;
    println!("{}", picture.display());
    Ok(())
}

/// Starts the window and passes on what it says, line by line.
fn listen(mut window: Command) -> Result<(Child, Receiver<String>)> {
    let mut child = window
        .env("GREENROOM_LOG", "warn,greenroom=info")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("could not open the window")?;
    let (sender, said) = channel();
    if let Some(errors) = child.stderr.take() {
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                eprintln!("  {line}");
                // Nobody listens any more once the picture is taken.
                let _ = sender.send(line);
            }
        });
    }
    Ok((child, said))
}

/// The page tells the program what it painted, and the program logs it.
fn wait_painted(said: &Receiver<String>) -> Result<()> {
    let until = Instant::now() + PAINT_LIMIT;
    let mut painted = false;
    while Instant::now() < until {
        let wait = if painted {
            QUIET
        } else {
            until.saturating_duration_since(Instant::now())
        };
        match said.recv_timeout(wait) {
            Ok(line) => painted |= line.contains("painted"),
            Err(_) if painted => return Ok(()),
            Err(_) => bail!(
                "the window ended, or painted nothing within {} s",
                PAINT_LIMIT.as_secs()
            ),
        }
    }
    if painted {
        Ok(())
    } else {
        bail!("the window painted nothing within {} s", PAINT_LIMIT.as_secs())
    }
}
