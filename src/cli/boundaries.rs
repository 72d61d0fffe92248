//! `policy boundaries`: each boundary of a policy, and which passages of which documents it excuses, phrase by phrase.

use super::Exit;
use super::args::{Documents, ListFormat};
use super::output::Output;
use super::session::{Session, Stopped};
use crate::lint::{Linter, Passages, Seen};
use crate::policy::{At, Boundary, Policy};
use crate::problem::{AnyProblem, Problem, listed};
use crate::report::{JSON_VERSION, Look};
use owo_colors::Style;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::Arc;

/// A boundary, and what it excuses.
#[derive(Serialize)]
struct Register<'a> {
    policy: &'a str,
    boundary: &'a str,
    title: &'a str,
    kinds: &'a [crate::policy::BoundaryKind],
    at: Vec<&'a str>,
    authority: Option<&'a str>,
    because: Option<&'a str>,
    /// How many passages it covers.
    covers: usize,
    /// How many of them would be findings otherwise.
    excuses: usize,
    phrases: Vec<Phrase<'a>>,
}

/// A phrase a boundary covers (or its wording), and what it excuses.
#[derive(Serialize)]
struct Phrase<'a> {
    text: &'a str,
    wording: bool,
    places: Vec<Place<'a>>,
    excuses: Vec<Place<'a>>,
}

/// A passage.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
}

/// Shows what the boundaries of the call's policies excuse in the call's documents.
pub fn run(args: &Documents, format: ListFormat, out: &mut Output) -> io::Result<Result<Exit, Stopped>> {
    let mut session = match Session::open(args) {
        Ok(session) => session,
        Err(problems) => return Ok(Err(problems)),
    };
    session.run.together = true;
    let mut problems = session.problems;
    let mut linters: Vec<Arc<Linter>> = Vec::new();
    let judged = session.policies.iter().map(|job| &job.linter);
    for linter in session.jobs.iter().map(|job| &job.linter).chain(judged) {
        let known = linters.iter().any(|l| name(l) == name(linter));
        if linter.policy().is_some() && !known {
            linters.push(linter.clone());
        }
    }
    if linters.is_empty() && problems.is_empty() {
        let problem = Problem::new("policy::none", "no policy was found, so no boundary is declared")
            .help("`loosetight init` starts one, and `--policy FILE` names one");
        problems.push(problem.into());
    }
    let mut seen: HashMap<String, Seen> = HashMap::new();
    session.run.check(session.jobs, |outcome| {
        match outcome {
            Ok(Some(checked)) => {
                if let (Some(facts), Some(policy)) = (&checked.facts, &checked.policy) {
                    seen.entry(policy.clone()).or_default().add(&checked.name, facts);
                }
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    let nothing = Seen::default();
    let policies = linters.iter().filter_map(|l| Some((l.policy()?, seen.get(name(l)).unwrap_or(&nothing))));
    let policies: Vec<(&Policy, &Seen)> = policies.collect();
    let registers: Vec<Register<'_>> = policies
        .iter()
        .flat_map(|(policy, seen)| {
            policy.boundaries.iter().enumerate().map(|(i, b)| register(policy, i, b, seen))
        })
        .collect();
    match format {
        ListFormat::Json => {
            write!(out, "{{\"version\":{JSON_VERSION},\"boundaries\":")?;
            serde_json::to_writer(&mut *out, &registers)?;
            writeln!(out, "}}")?;
        }
        ListFormat::Human => {
            let look = out.look();
            for register in &registers {
                out.write_all(text(register, &look).as_bytes())?;
            }
            if registers.is_empty() && problems.is_empty() {
                writeln!(out, "no boundary is declared")?;
            }
        }
    }
    out.say_all(&session.warnings);
    let wrong: Vec<AnyProblem> = problems;
    out.say_all(&wrong);
    Ok(Ok(if wrong.is_empty() { Exit::Clean } else { Exit::Trouble }))
}

fn name(linter: &Linter) -> &str {
    linter.policy().and_then(|p| p.sources.first()).map_or("", |s| s.name())
}

fn register<'a>(policy: &'a Policy, index: usize, boundary: &'a Boundary, seen: &'a Seen) -> Register<'a> {
    let places = |of: &'a Passages, phrase: Option<usize>| -> Vec<Place<'a>> {
        let found = of.get(&(index, phrase)).into_iter().flatten();
        found.map(|(file, line)| Place { file, line: *line }).collect()
    };
    let phrase = |text: &'a str, index: Option<usize>| Phrase {
        text,
        wording: index.is_none(),
        places: places(&seen.held, index),
        excuses: places(&seen.excused, index),
    };
    let covers = boundary.covers.iter().enumerate();
    let covers = covers.map(|(i, t)| phrase(&t.text, Some(i)));
    let wording = boundary.wording.first().map(|t| phrase(&t.text, None));
    let phrases: Vec<Phrase<'a>> = covers.chain(wording).collect();
    Register {
        policy: policy.sources.first().map_or("", |s| s.name()),
        boundary: &boundary.name.text,
        title: &boundary.title.text,
        kinds: &boundary.kinds,
        at: match &boundary.at {
            At::Touchpoints(list) => list.iter().map(|r| r.name.as_str()).collect(),
            _ => vec!["everywhere"],
        },
        authority: boundary.authority.as_ref().map(|t| t.text.as_str()),
        because: boundary.remarks.because.as_ref().map(|t| t.text.as_str()),
        covers: phrases.iter().map(|p| p.places.len()).sum(),
        excuses: phrases.iter().map(|p| p.excuses.len()).sum(),
        phrases,
    }
}

/// Places by file: `a.md:3,9 and b.md:4`.
fn grouped(places: &[Place<'_>]) -> String {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for place in places {
        files.entry(place.file).or_default().push(place.line.to_string());
    }
    let files: Vec<String> =
        files.into_iter().map(|(file, lines)| format!("{file}:{}", lines.join(","))).collect();
    listed(&files)
}

/// A boundary as people read it.
fn text(register: &Register<'_>, look: &Look) -> String {
    let bold = look.style(Style::new().bold());
    let mut text = format!("{}  {}\n", bold.style(register.boundary), register.title);
    text += &look.hanging("at", &listed(&register.at));
    if let Some(authority) = register.authority {
        text += &look.hanging("authority", authority);
    }
    if let Some(because) = register.because {
        text += &look.hanging("because", because);
    }
    if !register.kinds.is_empty() {
        let kinds: Vec<String> = register.kinds.iter().map(|k| format!("{k:?}").to_lowercase()).collect();
        text += &look.hanging("kind", &listed(&kinds));
    }
    let (some, none): (Vec<&Phrase<'_>>, Vec<_>) =
        register.phrases.iter().partition(|p| !p.places.is_empty() || !p.excuses.is_empty());
    for phrase in some {
        let what = if phrase.wording { "its wording".to_owned() } else { format!("“{}”", phrase.text) };
        let n = phrase.places.len();
        let passages = if n == 1 { "passage" } else { "passages" };
        text += &look.hanging("covers", &format!("{n} {passages} by {what}: {}", grouped(&phrase.places)));
        if !phrase.excuses.is_empty() {
            let would = if phrase.excuses.len() == 1 { "would be a finding" } else { "would be findings" };
            let said = format!("{}, which {would} otherwise", grouped(&phrase.excuses));
            text += &look.hanging("excuses", &said);
        }
    }
    let none: Vec<String> = none.iter().filter(|p| !p.wording).map(|p| format!("“{}”", p.text)).collect();
    if !none.is_empty() {
        text += &look.hanging("unused", &format!("{}: nothing here holds them", listed(&none)));
    }
    text.push('\n');
    text
}
