//! The command as a process against real servers: shapes, exit codes, streams, and that it covers what the window can do.

mod coverage;
mod desk;
mod reads;
mod refusals;
mod shapes;
mod streams;
mod writes;
