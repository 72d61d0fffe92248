//! `check --add-allow RULE --because "…"`: writes an allowance at every finding of a rule, into the documents.

use super::Exit;
use super::args::CheckArgs;
use super::output::Output;
use super::session::Session;
use super::sinks::beside;
use crate::engine::Allowing;
use crate::problem::{AnyProblem, Problem, in_words};
use crate::triage::insert::Words;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes allowances of one rule.
pub fn run(rule: &str, args: &CheckArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let words = match words(rule, args, &session) {
        Ok(words) => words,
        Err(problem) => {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    };
    let mut problems = session.problems;
    let (mut written, mut documents, mut left) = (0, 0, 0);
    for job in &session.jobs {
        let name = &job.target.name;
        match session.run.allow(job, |finding| (finding.rule == words.rule).then(|| words.clone())) {
            Ok(Allowing::Nothing) => {}
            Ok(Allowing::Written { findings, text }) => match replace(&job.target.path, &text) {
                Ok(()) => {
                    written += findings;
                    documents += 1;
                    writeln!(out, "{name}: {} allowed", counted(findings))?;
                }
                Err(error) => {
                    let message = format!("{name} cannot be written: {}", in_words(&error));
                    problems.push(Problem::new("output::not-writable", message).into());
                }
            },
            Ok(Allowing::NotWritten { findings, why }) => {
                left += findings;
                writeln!(out, "{name}: {} not allowed: {why}", counted(findings))?;
            }
            Err(problem) => problems.push(problem),
        }
    }
    match (written, left) {
        (0, 0) => writeln!(out, "no document has a finding of `{}` that is not allowed", words.rule)?,
        (0, _) => {}
        (n, _) => {
            let s = if documents == 1 { "" } else { "s" };
            writeln!(out, "{} of `{}` allowed in {documents} document{s}", counted(n), words.rule)?;
        }
    }
    if left > 0 {
        writeln!(out, "by hand: {}", words.line())?;
    }
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}

fn counted(findings: usize) -> String {
    format!("{findings} finding{}", if findings == 1 { "" } else { "s" })
}

/// What is to be written.
fn words(rule: &str, args: &CheckArgs, session: &Session) -> Result<Words, AnyProblem> {
    let linters = || session.jobs.iter().map(|job| job.linter.rules());
    let Some(known) = linters().find_map(|rules| rules.named(rule)) else {
        let names: Vec<&str> = linters().flat_map(|rules| rules.iter().map(|r| r.id.as_str())).collect();
        let problem = Problem::new("usage::add-allow", format!("there is no rule `{rule}`"));
        let problem = match crate::nearest::nearest(rule, names) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem.help("`loosetight rules list` names them all"),
        };
        return Err(problem.into());
    };
    let because = args.because.as_deref().unwrap_or_default().trim();
    if because.is_empty() || because.contains("--") || because.contains(char::is_control) {
        let message = "a reason is a line of text without two hyphens in a row".to_owned();
        return Err(Problem::new("usage::because", message).into());
    }
    if session.jobs.iter().any(|job| job.bytes.is_some()) {
        let message = "nothing can be written into standard input".to_owned();
        return Err(Problem::new("usage::add-allow", message).help("name the file").into());
    }
    Ok(Words { rule: known.id.clone(), because: because.to_owned(), until: args.until })
}

/// Puts a new text in the place of a file, whole or not at all, with the file's own permissions.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut file = beside(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Writes a new file, whole or not at all.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = beside(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}
