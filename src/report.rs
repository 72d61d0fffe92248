//! Findings and figures → what people and machines read. The exit code never depends on the format.

mod compact;
pub mod coverage;
mod excerpt;
mod human;
mod json;
mod look;
mod summary;

pub use compact::Compact;
pub use human::{Human, problem};
pub use json::{Json, VERSION as JSON_VERSION};
pub use look::Look;
pub use summary::{Measured, Summary};

use crate::engine::Checked;
use std::io::{self, Write};

/// One way to say what was found. Documents come one after the other, then the summary.
pub trait Report {
    /// What there is to say about one document.
    fn document(&mut self, checked: &Checked, to: &mut dyn Write) -> io::Result<()>;

    /// The end of the run.
    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()>;
}
