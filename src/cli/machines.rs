//! `schema`, `completions`, `man`: what shells, editors and packagers ask for.

use super::Exit;
use super::args::{Cli, ManArgs, SchemaName};
use super::output::Output;
use crate::problem::{Problem, in_words};
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Prints the JSON Schema of a file people write, or of what the program writes.
pub fn schema(name: SchemaName, out: &mut Output) -> io::Result<Exit> {
    let text = match name {
        SchemaName::Settings => include_str!("schema/settings.json"),
        SchemaName::Pack => include_str!("schema/pack.json"),
        SchemaName::Findings => include_str!("schema/findings.json"),
        SchemaName::Baseline => include_str!("schema/baseline.json"),
    };
    out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// Prints what a shell needs to complete commands and options.
pub fn completions(shell: Shell, out: &mut Output) -> io::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut plain(), "loosetight", &mut text);
    out.write_all(&text)?;
    Ok(Exit::Clean)
}

/// Prints the manual page of the program or of a command, or writes them all.
pub fn man(args: &ManArgs, out: &mut Output) -> io::Result<Exit> {
    let pages = pages();
    if let Some(folder) = &args.output {
        return match write_all(&pages, folder) {
            Ok(()) => {
                writeln!(out, "{} pages in {}", pages.len(), folder.display())?;
                Ok(Exit::Clean)
            }
            Err(error) => {
                let message = format!("{} cannot be written: {}", folder.display(), in_words(&error));
                out.say(&Problem::new("output::not-writable", message));
                Ok(Exit::Trouble)
            }
        };
    }
    let wanted = [&["loosetight".to_owned()], args.command.as_slice()].concat().join("-");
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => {
            out.write_all(page)?;
            Ok(Exit::Clean)
        }
        None => {
            let said = args.command.join(" ");
            let known: Vec<String> = pages
                .iter()
                .filter_map(|(name, _)| Some(name.strip_prefix("loosetight-")?.replace('-', " ")))
                .collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            out.say(
                &Problem::new("usage::man", format!("there is no command `{said}`")).suggest(&said, &known),
            );
            Ok(Exit::Trouble)
        }
    }
}

/// The commands without the help that is laid out by hand, which neither shells nor `man` can use.
fn plain() -> Command {
    fn without(command: Command) -> Command {
        let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
        names
            .into_iter()
            .fold(command.help_template("{all-args}"), |command, name| command.mut_subcommand(name, without))
    }
    without(Cli::command().override_help(None::<&str>))
}

/// Every manual page with its name.
fn pages() -> Vec<(String, Vec<u8>)> {
    fn collect(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) {
        let mut page = Vec::new();
        if clap_mangen::Man::new(command.clone()).render(&mut page).is_ok() {
            pages.push((name.to_owned(), page));
        }
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            collect(below, &format!("{name}-{}", below.get_name()), pages);
        }
    }
    let mut command = plain();
    command.build();
    let mut pages = Vec::new();
    collect(&command, "loosetight", &mut pages);
    pages
}

fn write_all(pages: &[(String, Vec<u8>)], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    pages.iter().try_for_each(|(name, page)| fs::write(folder.join(format!("{name}.1")), page))
}
