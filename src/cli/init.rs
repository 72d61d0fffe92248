//! `init`: a starter policy and settings that pass `check`. Nothing is ever overwritten.

use super::Exit;
use super::args::InitArgs;
use super::output::Output;
use super::session;
use crate::config::FILE;
use crate::problem::{AnyProblem, Problem, in_words};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const POLICY: &str = include_str!("init/starter.promise");
const SETTINGS: &str = include_str!("init/loosetight.toml");

/// Writes the two files.
pub fn run(args: &InitArgs, out: &mut Output) -> io::Result<Exit> {
    match begin(args) {
        Ok(written) => {
            for name in &written {
                writeln!(out, "wrote {name}")?;
            }
            writeln!(
                out,
                "\nRead {} aloud, make it yours, then: loosetight check {}",
                written[0],
                args.folder.display()
            )?;
            Ok(Exit::Clean)
        }
        Err(problems) => {
            out.say_all(&problems);
            Ok(Exit::Trouble)
        }
    }
}

/// Writes both files, or none where one of them is in the way.
fn begin(args: &InitArgs) -> Result<Vec<String>, Vec<AnyProblem>> {
    let names = session::here()?;
    let folder = names.absolute(&args.folder);
    let brand = args.brand.clone().unwrap_or_else(|| brand_of(&folder));
    let policy = format!("{}.promise", slug(&brand));
    let name = brand.replace(['"', '\\'], "'");
    let files = [
        (
            folder.join(&policy),
            POLICY.replace("{brand}", &name).replace("{today}", &session::today(None).to_string()),
        ),
        (folder.join(FILE), SETTINGS.replace("{policy}", &policy)),
    ];
    let mut in_the_way: Vec<PathBuf> = policies_in(&folder);
    in_the_way
        .extend(files.iter().map(|(path, _)| path.clone()).filter(|path| path.symlink_metadata().is_ok()));
    in_the_way.sort();
    in_the_way.dedup();
    if !in_the_way.is_empty() {
        let told = in_the_way.iter().map(|path| {
            Problem::new(
                "init::exists",
                format!("{} is there already; nothing was written", names.show(path)),
            )
            .help("init begins where there is nothing yet; name another folder: `loosetight init FOLDER`")
            .into()
        });
        return Err(told.collect());
    }
    fs::create_dir_all(&folder).map_err(|error| failed(&names.show(&folder), &error))?;
    for (path, text) in &files {
        let name = names.show(path);
        // Created anew or not at all, even if somebody else writes there this very moment.
        let written = OpenOptions::new().write(true).create_new(true).open(path);
        written
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| failed(&name, &error))?;
    }
    Ok(files.iter().map(|(path, _)| names.show(path)).collect())
}

fn failed(name: &str, error: &io::Error) -> Vec<AnyProblem> {
    vec![Problem::new("init::not-written", format!("{name} cannot be written: {}", in_words(error))).into()]
}

fn policies_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "promise"))
        .collect()
}

/// A brand's name made from its folder's.
fn brand_of(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let titled: Vec<String> = words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect();
    if titled.is_empty() { "Our brand".to_owned() } else { titled.join(" ") }
}

/// A name for a file: lower case, hyphens.
pub(super) fn slug(brand: &str) -> String {
    let words: Vec<String> = brand
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "our".to_owned() } else { words.join("-") }
}
