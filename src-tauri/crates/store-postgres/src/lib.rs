//! The platform's tables in PostgreSQL.
