//! Journeys in the real window: the app under a virtual display, on real servers with demo data, driven over WebDriver.
//! Each is something a person comes to do. Screenshots are kept in `artifacts/journeys`, to be looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a journey that cannot go on has failed"
)]

mod changing;
mod deployment;
mod failing;
mod finding;
mod opening;
mod playing;
mod window;

/// The window as designed, and the narrowest it may be.
const DESIGNED: (u32, u32) = (1440, 900);
const NARROW: (u32, u32) = (1024, 640);
