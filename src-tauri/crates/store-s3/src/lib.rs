//! Recordings, documents and avatars in any S3.
