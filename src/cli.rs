//! Arguments in, exit code out: 0 nothing to mend, 1 findings, 2 a call, setting, policy or file that is no good.

mod allow;
mod args;
mod baseline;
mod baselines;
mod batch;
mod boundaries;
mod changed;
mod check;
mod coverage;
mod decide;
mod experiments;
mod explain;
mod fix;
mod init;
mod inspect;

mod machines;

mod new;

mod newcomer;
mod output;
mod policies;
mod policy;
mod progress;
mod report;
mod rules;
mod session;
mod show_config;
mod sinks;
mod six_steps;
mod together;

use args::{Cli, Command};
use clap::Parser;
use output::Output;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing at or above the level that fails.
    Clean,
    /// Findings at or above it.
    Findings,
    /// A call, setting, policy or file that is no good.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Runs a call, program name included, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return newcomer::answer(error, &arguments),
    };
    let mut output = Output::new(cli.look());
    let done = match cli.command {
        Command::Check(args) => check::run(&args, &mut output),
        Command::Coverage(args) => coverage::run(&args, &mut output),
        Command::Schema(args) => machines::schema(args.name, &mut output),
        Command::Completions(args) => machines::completions(args.shell, &mut output),
        Command::Man(args) => machines::man(&args, &mut output),
        Command::Fix(args) => fix::run(&args, &mut output),
        Command::Baseline(args) => baseline::run(&args, &mut output),
        Command::Report(args) => report::run(&args, &mut output),
        Command::Explain(args) => explain::run(&args, &mut output),
        Command::Rules(args) => rules::run(&args, &mut output),
        Command::Inspect(args) => inspect::run(&args, &mut output),
        Command::Policy(args) => policy::run(&args, &mut output),
        Command::Init(args) => init::run(&args, &mut output),
        Command::New(args) => new::run(&args, &mut output),
    };
    match done.and_then(|exit| output.finish().map(|()| exit)) {
        Ok(exit) => exit,
        Err(error) => {
            output.say(&crate::problem::Problem::new(
                "output::not-written",
                format!("the output could not be written: {}", crate::problem::in_words(&error)),
            ));
            Exit::Trouble
        }
    }
}
