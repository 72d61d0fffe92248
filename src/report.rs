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
pub mod page;
mod place;
mod rdjson;
mod rows;
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
pub use rows::RowId;
pub use sarif::Sarif;
pub use stats::Stats;
pub use summary::{Granted, Measured, Summary};

use crate::config::FailOn;
use crate::engine::Checked;
use crate::finding::Finding;
use crate::triage::settle::Told;
use std::io::{self, Write};

/// What was found in one file: a document, a policy, settings.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The file, as it is shown to people.
    pub name: &'a str,
    /// What there is to say, in order.
    pub findings: &'a [Finding],
    /// The same together with what is allowed, in order, each with what allows it.
    pub told: Vec<(&'a Finding, Option<&'a Told>)>,
    /// From which level on a finding ends the run with exit code 1.
    pub fail_on: FailOn,
}

/// One way to say what was found. Policies come first, then documents one after the other, then the summary.
pub trait Report {
    /// What was found in one file.
    fn found(&mut self, found: Found<'_>, to: &mut dyn Write) -> io::Result<()>;

    /// What there is to say about one document.
    fn document(&mut self, checked: &Checked, to: &mut dyn Write) -> io::Result<()> {
        let Checked { name, findings, fail_on, .. } = checked;
        self.found(Found { name, findings, told: checked.told(), fail_on: *fail_on }, to)
    }

    /// The end of the run.
    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()>;
}
