//! Calls that make no sense → what was probably meant. The likeliest: a document without a command, a command of
//! another linter, a misspelt command.

use super::Exit;
use super::args::Cli;
use super::output::{Colour, Output, look};
use crate::nearest::nearest;
use crate::problem::Problem;
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

/// Commands of other tools, and ours for them.
const USUAL: [(&str, &str); 9] = [
    ("lint", "check"),
    ("run", "check"),
    ("validate", "check"),
    ("test", "rules test"),
    ("create", "init"),
    ("why", "explain"),
    ("show", "policy show"),
    ("list", "rules list"),
    ("help", "--help"),
];

/// Answers a call that clap could not read: help and version are printed, a mistake is told with the way out.
pub fn answer(error: clap::Error, arguments: &[OsString]) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = Output::new(look(Colour::Auto));
            let written = write!(out, "{error}").and_then(|()| out.finish());
            if written.is_ok() { Exit::Clean } else { Exit::Trouble }
        }
        ErrorKind::InvalidSubcommand => {
            let mut out = Output::new(look(Colour::Auto));
            out.say(&unknown_command(&error, arguments));
            Exit::Trouble
        }
        _ => {
            // Clap's own words, usage line and suggestion, to standard error.
            let _ = error.print();
            Exit::Trouble
        }
    }
}

fn unknown_command(error: &clap::Error, arguments: &[OsString]) -> Problem {
    let word = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) => word.as_str(),
        _ => "",
    };
    let rest: Vec<_> = arguments.iter().skip(1).map(|a| a.to_string_lossy()).collect();
    if Path::new(word).exists() || word.contains(['/', '.']) {
        return Problem::new(
            "usage::no-command",
            format!("`{word}` is not a command; is it what you want to look at?"),
        )
        .help(format!("write `loosetight check {}`", rest.join(" ")));
    }
    let problem = Problem::new("usage::unknown-command", format!("there is no command `{word}`"));
    if let Some((_, ours)) = USUAL.iter().find(|(usual, _)| *usual == word) {
        return problem.help(format!("here it is `loosetight {ours}`"));
    }
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    match nearest(word, names.iter().copied()) {
        Some(meant) => problem.help(format!("did you mean `loosetight {meant}`?")),
        None => problem
            .help("`loosetight --help` lists the commands, `loosetight check FILE` looks at a document"),
    }
}
