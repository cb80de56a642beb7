//! The five servers as supervised child processes: demo, tests, restore drills.
