//! Chat, AI results, analysis data and logs in MongoDB.
