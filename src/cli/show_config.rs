//! `check --show-config FILE`: every setting that holds for a file, and where it comes from.

use super::Exit;
use super::args::CheckArgs;
use super::baselines;
use super::output::Output;
use super::session::Session;
use crate::assign::{Assignment, By, assign};
use crate::baseline::FILE;
use crate::config::{Config, Setting};
use crate::document::{Document, Limits};
use crate::policy::Policy;
use crate::walk::Names;
use std::io::{self, Write};
use std::path::Path;

/// What goes before what; the numbers stand behind each value.
const PRECEDENCE: &str = "\
What is said first in this list holds:
  1 the call
  2 the document: front matter or control table
  3 the nearest loosetight.toml, going up; of its globs the longest that fits
  4 the document's title and headings, held against the policy's touchpoints
  5 what holds where nothing is said

";

/// One line of the answer.
struct Row {
    key: String,
    value: String,
    rank: u8,
    from: String,
}

/// Prints what holds for a file.
pub fn run(file: &Path, args: &CheckArgs, out: &mut Output) -> io::Result<Exit> {
    let mut documents = args.documents.clone();
    documents.paths = vec![file.to_owned()];
    let mut session = match Session::open(&documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    out.say_all(&session.problems);
    for not_read in &session.not_read {
        writeln!(out, "{} is not read: {}", not_read.name, not_read.why)?;
    }
    let Some(job) = session.jobs.pop() else {
        return Ok(if session.problems.is_empty() { Exit::Clean } else { Exit::Trouble });
    };
    let document = match session.run.read(&job) {
        Ok(document) => document,
        Err(problem) => {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    };
    let names = session.names;
    let config = job.target.config.clone();
    let policy = job.linter.policy();
    let assignment = assign(&document, &job.target.path, &config, policy);
    writeln!(out, "{}\n", job.target.name)?;
    out.write_all(PRECEDENCE.as_bytes())?;
    let mut rows = settings(args, &config, policy);
    rows.insert(1, baseline_row(args, &job.target.path, &config, &names));
    rows.extend(about(&assignment, &document, policy));
    rows.extend(lists(&config, &names));
    table(&rows, out)?;
    Ok(if session.problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}

/// Settings of which the call, the file or the default has one value each.
fn settings(args: &CheckArgs, config: &Config, policy: Option<&Policy>) -> Vec<Row> {
    let docs = &args.documents;
    let word = |key: &str, call: Option<&str>, set: Option<(&str, String)>, default: &str| {
        let (value, rank, from) = match (call, set) {
            (Some(value), _) => (value.to_owned(), 1, format!("--{key}")),
            (None, Some((value, place))) => (value.to_owned(), 3, place),
            (None, None) => (default.to_owned(), 5, "default".to_owned()),
        };
        Row { key: key.to_owned(), value, rank, from }
    };
    let place = |span| config.place(span);
    let max_size = docs.max_size.map(|n| n.to_string());
    let set_size = config.max_size.as_ref().map(|s| (s.value.to_string(), place(s.span)));
    vec![
        policy_row(args, config, policy),
        word(
            "sensitivity",
            docs.sensitivity.map(|s| s.word()),
            config.sensitivity.as_ref().map(|s| (s.value.word(), place(s.span))),
            crate::config::Sensitivity::default().word(),
        ),
        word(
            "fail-on",
            args.fail_on.map(|f| f.word()),
            config.fail_on.as_ref().map(|f| (f.value.word(), place(f.span))),
            crate::config::FailOn::default().word(),
        ),
        word(
            "max-size",
            max_size.as_deref(),
            set_size.as_ref().map(|(size, place)| (size.as_str(), place.clone())),
            &Limits::default().max_bytes.to_string(),
        ),
    ]
}

fn policy_row(args: &CheckArgs, config: &Config, policy: Option<&Policy>) -> Row {
    let key = "policy".to_owned();
    let value = policy.and_then(|p| p.sources.first()).map_or("none", |s| s.name()).to_owned();
    let (rank, from) = match (&args.documents.policy, &config.policy) {
        (Some(_), _) => (1, "--policy".to_owned()),
        (None, Some(set)) => (3, config.place(set.span)),
        (None, None) if policy.is_some() => (5, "the nearest .promise file, going up".to_owned()),
        (None, None) => (5, "there is no .promise file, going up".to_owned()),
    };
    Row { key, value, rank, from }
}

fn baseline_row(args: &CheckArgs, document: &Path, config: &Config, names: &Names) -> Row {
    let nearest = || baselines::nearest(document).map(|path| names.show(&path));
    let (value, rank, from) = match (&args.baseline, &config.baseline) {
        _ if args.no_baseline => ("none".to_owned(), 1, "--no-baseline".to_owned()),
        (Some(path), _) => (names.show(&names.absolute(path)), 1, "--baseline".to_owned()),
        (None, Some(set)) => (names.show(&set.value), 3, config.place(set.span)),
        (None, None) => {
            (nearest().unwrap_or_else(|| "none".to_owned()), 5, format!("the nearest {FILE}, going up"))
        }
    };
    Row { key: "baseline".to_owned(), value, rank, from }
}

/// What the document is.
fn about(assignment: &Assignment, document: &Document, policy: Option<&Policy>) -> Vec<Row> {
    let from = |by: &By| match by {
        By::Default => (5, "default".to_owned()),
        By::Metadata(span) => {
            let line = document.source.position(span.start).line;
            (2, format!("{}:{line}", document.source.name()))
        }
        By::Glob(glob, place) => (3, format!("{place}, `{glob}`")),
        By::Title(_) => (4, "the title".to_owned()),
        By::Call => (0, "the call".to_owned()),
    };
    let row = |key: &str, value: String, by: &By| {
        let (rank, from) = from(by);
        Row { key: key.to_owned(), value, rank, from }
    };
    let named = |ids: &[crate::policy::TouchpointId]| {
        let names: Vec<&str> =
            ids.iter().filter_map(|id| Some(policy?.touchpoint(*id).name.text.as_str())).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let text = |said: &Option<String>| said.clone().unwrap_or_else(|| "none".to_owned());
    let mut rows = vec![
        row("kind", assignment.kind.value.word().to_owned(), &assignment.kind.by),
        row("touchpoint", named(&assignment.touchpoints.value), &assignment.touchpoints.by),
        row("site", text(&assignment.site.value), &assignment.site.by),
        row("owner", text(&assignment.owner.value), &assignment.owner.by),
    ];
    for unknown in &assignment.unknown {
        let line = document.source.position(unknown.span.start).line;
        rows.push(Row {
            key: unknown.key.to_owned(),
            value: format!("`{}` names none", unknown.word),
            rank: 2,
            from: format!("{}:{line}", document.source.name()),
        });
    }
    for (i, at) in assignment.sections.iter().enumerate() {
        let heading = document.heading(u32::try_from(i).unwrap_or(u32::MAX));
        if *at != assignment.touchpoints.value && !heading.is_empty() {
            rows.push(Row {
                key: "touchpoint".to_owned(),
                value: named(at),
                rank: 4,
                from: format!("the heading “{heading}”"),
            });
        }
    }
    rows
}

/// Settings of which there may be many.
fn lists(config: &Config, names: &Names) -> Vec<Row> {
    let row = |key: &str, value: String, span| Row {
        key: key.to_owned(),
        value,
        rank: 3,
        from: config.place(span),
    };
    let globs = |key: &'static str, globs: &[Setting<crate::config::Pattern>]| {
        globs.iter().map(|g| row(key, g.value.text().to_owned(), g.span)).collect::<Vec<_>>()
    };
    let mut rows = globs("include", &config.include);
    rows.extend(globs("exclude", &config.exclude));
    rows.extend(config.packs.iter().map(|p| row("packs", names.show(&p.value), p.span)));
    for (rule, setting) in &config.levels {
        let level = setting.value.level.map_or("off", |level| level.words());
        let until = setting.value.until.map(|day| format!(" until {day}")).unwrap_or_default();
        rows.push(row(&format!("levels.{rule}"), format!("{level}{until}"), setting.span));
    }
    rows
}

fn table(rows: &[Row], out: &mut Output) -> io::Result<()> {
    let wide = |column: fn(&Row) -> &str| rows.iter().map(|r| column(r).chars().count()).max().unwrap_or(0);
    let (keys, values) = (wide(|r| &r.key), wide(|r| &r.value));
    for Row { key, value, rank, from } in rows {
        writeln!(out, "{key:keys$}  {value:values$}  {rank} {from}")?;
    }
    Ok(())
}
