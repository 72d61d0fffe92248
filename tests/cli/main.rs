//! The real program, called as people call it: everything it prints, and the exit code. The environment is scrubbed,
//! the terminal 80 columns wide, and the day fixed.
//!
//! `SNAPSHOTS=overwrite cargo test --test cli` writes what the program prints now into the tests; read it before you
//! keep it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod allowances;
mod bad_input;
mod baseline;
mod batch;
mod commands;
mod coverage;
mod exit_codes;
mod fix;
mod formats;
mod judged;
mod machines;
mod newcomers;
mod packs;
mod page;
mod reports;
mod scene;
mod settings;
mod stats;
mod worklist;
