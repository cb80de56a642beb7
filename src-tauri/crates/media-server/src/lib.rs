//! Recordings over loopback HTTP with ranges, for the page's video element.
