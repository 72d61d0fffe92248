//! `report`: what a run comes to, in the shape somebody needs it: one file a shape.

mod page;
mod stats;
pub mod worklist;

use super::Exit;
use super::args::{ReportAction, ReportArgs};
use super::output::Output;
use std::io;

/// Makes the report the call asks for.
pub fn run(args: &ReportArgs, out: &mut Output) -> io::Result<Exit> {
    match &args.action {
        None => page::run(&args.page, out),
        Some(ReportAction::Stats(args)) => stats::run(args, out),
        Some(ReportAction::Worklist(args)) => worklist::run(args, out),
    }
}
