//! The servers' logs: opened for appending, kept within a bound while the servers go on writing.

use std::fs::{File, OpenOptions};
use std::path::Path;

use crate::Error;

/// Above this what a log holds moves to `.log.1`, over what was there.
const LIMIT_BYTES: u64 = 8 << 20;

/// Opens a log for a server to write to, bounded first.
pub(crate) fn open(path: &Path) -> Result<File, Error> {
    bound(path)?;
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(Error::file("open", path))
}

/// Moves what a log that has grown too long holds out of it. The server need not know: it appends, so that it goes on at the
/// new end. A line written between the copy and the cut is lost.
pub(crate) fn bound(path: &Path) -> Result<(), Error> {
    if std::fs::metadata(path).map_or(0, |facts| facts.len()) <= LIMIT_BYTES {
        return Ok(());
    }
    std::fs::copy(path, path.with_extension("log.1")).map_err(Error::file("copy", path))?;
    let file = OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(Error::file("open", path))?;
    file.set_len(0).map_err(Error::file("shorten", path))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_long_log_moves_aside_while_it_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("etcd.log");
        let mut server = open(&path).unwrap();
        server
            .write_all(&vec![b'x'; usize::try_from(LIMIT_BYTES).unwrap() + 1])
            .unwrap();
        bound(&path).unwrap();
        server.write_all(b"after\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "after\n");
        assert_eq!(
            std::fs::metadata(folder.path().join("etcd.log.1")).unwrap().len(),
            LIMIT_BYTES + 1
        );
    }
}
