//! Debian and Ubuntu packages. On other systems: which programs and libraries are missing.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{places, run};

/// Each with what it is for.
const PACKAGES: [(&str, &str); 21] = [
    ("build-essential", "compiling C that crates bring"),
    ("pkg-config", "finding libraries"),
    ("cmake", "building the MongoDB stand-in"),
    ("libwebkit2gtk-4.1-dev", "the window"),
    ("libdbus-1-dev", "the keychain"),
    ("protobuf-compiler", "etcd's protocol"),
    ("libprotobuf-dev", "etcd's protocol"),
    ("gstreamer1.0-libav", "playing H.264 and AAC"),
    ("gstreamer1.0-plugins-good", "playing MP4 and WebM"),
    ("ffmpeg", "making demo recordings and thumbnails"),
    ("fonts-noto-cjk", "Chinese text"),
    ("xvfb", "a window without a screen"),
    ("webkit2gtk-driver", "driving the window in tests"),
    ("xdotool", "keys and mouse in tests"),
    ("imagemagick", "screenshots of a virtual screen"),
    ("redis-server", "Redis"),
    ("tzdata", "PostgreSQL"),
    ("nginx-light", "the yardstick of a benchmark"),
    ("python3-pip", "unpacking server programs"),
    ("file", "making the .deb"),
    ("debian-archive-keyring", "checking etcd's packages"),
];

/// Programs that tell, on other systems, what is there.
const PROGRAMS: [(&str, &str); 8] = [
    ("cc", "a C compiler"),
    ("pkg-config", "pkg-config"),
    ("cmake", "CMake"),
    ("protoc", "the protobuf compiler"),
    ("ffmpeg", "FFmpeg"),
    ("redis-server", "Redis 6.2 or newer"),
    ("python3", "Python 3 with pip"),
    ("node", "Node.js 20 or newer"),
];

/// Installs what is missing, as root or with sudo.
pub(crate) fn install() -> Result<()> {
    if !run::there("apt-get") {
        return name_what_is_missing();
    }
    let missing: Vec<(&str, &str)> = PACKAGES
        .into_iter()
        .filter(|(package, _)| !installed(package))
        .collect();
    if missing.is_empty() {
        println!("all {} packages are there", PACKAGES.len());
        return Ok(());
    }
    for (package, purpose) in &missing {
        println!("missing: {package} ({purpose})");
    }
    let names: Vec<&str> = missing.iter().map(|(package, _)| *package).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if !is_root() && !run::there("sudo") {
        bail!("these packages need root or sudo; install them yourself: {by_hand}");
    }
    // A folder of our own: another `apt-get update` can empty the common one in the middle of an install.
    let archives = places::cache().join("apt");
    std::fs::create_dir_all(archives.join("partial"))?;
    run::show(&mut apt(&["-q", "update"]))?;
    let mut install = vec!["-q", "install", "-y", "--no-install-recommends"];
    let cache = format!("Dir::Cache::archives={}", archives.display());
    install.extend(["-o", &cache]);
    install.extend(names);
    run::show(&mut apt(&install))
}

/// `apt-get`, patient with another one at work, asking nothing, and starting none of the services it installs.
fn apt(arguments: &[&str]) -> Command {
    let mut command = if is_root() {
        run::program("env")
    } else {
        let mut sudo = run::program("sudo");
        // A password may be asked for: the terminal is wanted.
        sudo.arg("env").stdin(std::process::Stdio::inherit());
        sudo
    };
    command.args([
        "DEBIAN_FRONTEND=noninteractive",
        "RUNLEVEL=1",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]);
    command.args(["-o", "Acquire::Retries=3"]).args(arguments);
    command
}

pub(crate) fn is_root() -> bool {
    run::read(run::program("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn installed(package: &str) -> bool {
    run::read(run::program("dpkg-query").args(["-W", "-f", "${Status}", package]))
        .is_ok_and(|status| status == "install ok installed")
}

fn name_what_is_missing() -> Result<()> {
    let missing: Vec<&str> = PROGRAMS
        .into_iter()
        .filter(|(program, _)| !run::there(program))
        .map(|(_, what)| what)
        .collect();
    let window = cfg!(target_os = "linux")
        && run::read(run::program("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_err();
    if missing.is_empty() && !window {
        println!("not Debian or Ubuntu, but everything needed was found");
        return Ok(());
    }
    let window = if window { ", WebKitGTK 4.1 with its headers" } else { "" };
    bail!(
        "this is neither Debian nor Ubuntu; please install with your package manager: {}{window}. On macOS: \
         `brew install cmake pkg-config protobuf ffmpeg redis python node`",
        missing.join(", ")
    )
}
