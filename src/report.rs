//! Findings and figures → what people and machines read. The exit code never depends on the format.

mod checkstyle;
mod compact;
pub mod coverage;
mod excerpt;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod look;
mod markdown;
mod place;
mod rdjson;
mod sarif;
mod stats;
mod summary;
mod xml;

pub use checkstyle::Checkstyle;
pub use compact::Compact;
pub use github::Github;
pub use gitlab::Gitlab;
pub use human::{Human, problem};
pub use json::{Json, VERSION as JSON_VERSION};
pub use junit::Junit;
pub use look::Look;
pub use markdown::Markdown;
pub use place::Root;
pub use rdjson::Rdjson;
pub use sarif::Sarif;
pub use stats::Stats;
pub use summary::{Granted, Measured, Summary};

use crate::engine::Checked;
use std::io::{self, Write};

/// One way to say what was found. Documents come one after the other, then the summary.
pub trait Report {
    /// What there is to say about one document.
    fn document(&mut self, checked: &Checked, to: &mut dyn Write) -> io::Result<()>;

    /// The end of the run.
    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()>;
}
