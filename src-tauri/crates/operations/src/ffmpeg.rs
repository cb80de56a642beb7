//! Running `ffmpeg` from PATH as a child with a deadline. It builds no command lines; whoever has a video to make or a
//! frame to take does.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Why a run of ffmpeg gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FfmpegError {
    /// There is none on PATH.
    #[error("ffmpeg is not installed (Debian and Ubuntu: apt-get install ffmpeg)")]
    Missing,
    /// It did not end in time and was stopped.
    #[error("ffmpeg took longer than {0:?} and was stopped")]
    TooSlow(Duration),
    /// It said no.
    #[error("ffmpeg failed: {0}")]
    Failed(String),
    /// It could not be started or fed.
    #[error("ffmpeg could not be run")]
    NotRun(#[source] std::io::Error),
    /// A file of ours could not be read or written.
    #[error("{path} could not be read or written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// How much of its complaint is kept.
const COMPLAINT: usize = 600;

/// Runs ffmpeg, feeding it `input`; dropping the future ends it. Its answer is what it writes to the files named in
/// `arguments`.
///
/// # Errors
/// Any of [`FfmpegError`] but `File`.
pub(crate) async fn run(arguments: &[String], input: Option<Vec<u8>>, deadline: Duration) -> Result<(), FfmpegError> {
    let mut command = Command::new("ffmpeg");
    command
        .args(["-v", "error", "-nostdin", "-y"])
        .args(arguments)
        .kill_on_drop(true);
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => FfmpegError::Missing,
        _ => FfmpegError::NotRun(error),
    })?;
    let stdin = child.stdin.take();
    let feed = async {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // A pipe that breaks is a complaint of ffmpeg's, which says more.
            let _ = stdin.write_all(&input).await;
        }
    };
    let ended = tokio::time::timeout(deadline, async { tokio::join!(feed, child.wait_with_output()).1 }).await;
    let output = ended
        .map_err(|_| FfmpegError::TooSlow(deadline))?
        .map_err(FfmpegError::NotRun)?;
    if output.status.success() {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let from = complaint.char_indices().rev().nth(COMPLAINT).map_or(0, |(at, _)| at);
    Err(FfmpegError::Failed(complaint[from..].trim().to_owned()))
}
