//! A recording's bytes through `greenroom recording serve` against the same object through nginx's `proxy_pass` to the same S3,
//! eight clients at once, and the serving process's memory. Both sides check the S3 signature per object: ours makes it, and
//! nginx passes on the one its client made.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use greenroom_domain::profile::S3Profile;
use serde_json::Value;

use crate::processes::end;
use crate::report::{Aim, limit, row};

const CLIENTS: usize = 8;

/// Reads the largest recording `runs` times through each side, in turn.
pub(crate) fn measure(greenroom: &Path, profile: &Path, s3: &S3Profile, secret: &str, runs: usize) -> Result<()> {
    let recording = largest(greenroom, profile)?;
    let id = recording["id"].as_str().context("a recording has an id")?;
    let bytes = recording["size_bytes"].as_f64().context("a recording has a size")?;
    let mib = bytes * CLIENTS as f64 / 1_048_576.0;

    let mut serving = Command::new(greenroom)
        .args(["--json", "--profile"])
        .arg(profile)
        .args(["recording", "serve", id])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(serving.stdout.take().context("stdout was piped")?).read_line(&mut line)?;
    let url = serde_json::from_str::<Value>(&line)?["url"]
        .as_str()
        .context("an address")?
        .to_owned();

    let folder = tempfile::tempdir()?;
    let (port, mut nginx) = nginx(folder.path(), s3.endpoint.trim_start_matches("http://"))?;
    let key = recording["file_path"].as_str().context("a recording has a path")?;
    let object = format!("{}/{}/{key}", s3.endpoint, s3.bucket);
    let user = format!("{}:{secret}", s3.access_key_id);
    let through_nginx = [
        "--aws-sigv4".to_owned(),
        format!("aws:amz:{}:s3", s3.region),
        "--user".to_owned(),
        user,
        "--connect-to".to_owned(),
        format!("::127.0.0.1:{port}"),
        object,
    ];
    let measured = (0..=runs).try_fold((Vec::new(), Vec::new()), |(mut ours, mut theirs), run| -> Result<_> {
        let (mine, other) = (
            mib / seconds(std::slice::from_ref(&url))?,
            mib / seconds(&through_nginx)?,
        );
        // The first run warms both.
        if run > 0 {
            ours.push(mine);
            theirs.push(other);
        }
        Ok((ours, theirs))
    });
    let memory = resident_mib(serving.id());
    end(&mut serving);
    end(&mut nginx);
    let (ours, theirs) = measured?;
    row(
        "recording bytes, 8 clients / nginx proxy_pass to the same S3",
        "MiB/s",
        Aim::AtLeast(0.8),
        &ours,
        &theirs,
    );
    limit(
        "resident memory of `recording serve` at its highest",
        "MiB",
        Aim::AtMost(64.0),
        &[memory?],
    );
    Ok(())
}

fn largest(greenroom: &Path, profile: &Path) -> Result<Value> {
    let list = Command::new(greenroom)
        .args(["--json", "--profile"])
        .arg(profile)
        .args(["recording", "list", "--limit", "500"])
        .output()?;
    let list: Value = serde_json::from_slice(&list.stdout)?;
    let all = list["items"].as_array().context("a list has items")?;
    let whole = all.iter().filter(|one| one["status"] == "completed");
    let largest = whole.max_by_key(|one| one["size_bytes"].as_u64());
    Ok(largest.context("the demo has recordings")?.clone())
}

/// How long it takes until all clients have read everything.
fn seconds(arguments: &[String]) -> Result<f64> {
    let began = Instant::now();
    let clients: Vec<Child> = (0..CLIENTS)
        .map(|_| {
            Command::new("curl")
                .args(["-sSf", "-o", "/dev/null"])
                .args(arguments)
                .spawn()
        })
        .collect::<Result<_, _>>()?;
    for mut client in clients {
        if !client.wait()?.success() {
            bail!("a client failed");
        }
    }
    Ok(began.elapsed().as_secs_f64())
}

fn nginx(folder: &Path, upstream: &str) -> Result<(u16, Child)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let configuration = format!(
        "daemon off; error_log stderr; pid {0}/pid; worker_processes 2; events {{}}\n\
         http {{ access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f;\n\
         uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;\n\
         upstream s3 {{ server {upstream}; keepalive 16; }}\n\
         server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://s3; proxy_http_version 1.1;\n\
         proxy_set_header Connection \"\"; proxy_set_header Host $http_host; }} }} }}\n",
        folder.display()
    );
    let file = folder.join("nginx.conf");
    std::fs::write(&file, configuration)?;
    let child = Command::new("nginx")
        .arg("-c")
        .arg(&file)
        .arg("-p")
        .arg(folder)
        .spawn()
        .context("nginx starts")?;
    let until = Instant::now() + std::time::Duration::from_secs(10);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            bail!("nginx does not listen");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    Ok((port, child))
}

fn resident_mib(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .context("the kernel tells the peak")?;
    let kib: f64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
    Ok(kib / 1024.0)
}
