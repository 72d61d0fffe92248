//! `rules list`: every rule in a line. `rules test`: every rule's examples, run.

use super::Exit;
use super::args::{ListFormat, RulesAction, RulesArgs};
use super::output::Output;
use super::session::{self, Stopped, read_pack};
use crate::config::Sensitivity;
use crate::engine::examples::Examples;
use crate::finding::{Group, Level};
use crate::lint::Linter;
use crate::problem::{AnyProblem, Problem};
use crate::report::JSON_VERSION;
use crate::rule::pack::Pack;
use crate::rule::{Rule, selftest};
use owo_colors::Style;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// Lists or tests.
pub fn run(args: &RulesArgs, out: &mut Output) -> io::Result<Exit> {
    let mut problems = Vec::new();
    let done = match &args.action {
        None => linter_here(&mut problems).map(|linter| list(&linter, ListFormat::Human, &problems, out)),
        Some(RulesAction::List { format, .. }) => {
            linter_here(&mut problems).map(|linter| list(&linter, *format, &problems, out))
        }
        Some(RulesAction::Test { packs, .. }) => packs_to_test(packs, &mut problems)
            .and_then(|(packs, asked)| {
                let beside = packs.iter().flat_map(|pack| pack.rules.iter().cloned()).collect();
                Ok((linter(packs, &mut problems)?, beside, asked))
            })
            .map(|(linter, beside, asked)| test(&linter, beside, asked, problems, out)),
    };
    done.unwrap_or_else(|wrong| {
        out.say_all(&wrong);
        Ok(Exit::Trouble)
    })
}

/// A linter that sees everything, with these packs.
fn linter(packs: Vec<Pack>, problems: &mut Vec<AnyProblem>) -> Result<Linter, Stopped> {
    session::linter(None, packs, Sensitivity::Everything, problems)
}

/// The same, with the packs of the settings that hold here.
fn linter_here(problems: &mut Vec<AnyProblem>) -> Result<Linter, Stopped> {
    session::packs_here(problems).and_then(|packs| linter(packs, problems))
}

#[derive(Serialize)]
struct JsonRule<'a> {
    rule: &'a str,
    aliases: &'a [String],
    group: Group,
    level: Level,
    sensitivity: Sensitivity,
    title: &'a str,
    message: &'a str,
    why: &'a str,
    instead: &'a [String],
}

fn list(linter: &Linter, format: ListFormat, problems: &[AnyProblem], out: &mut Output) -> io::Result<Exit> {
    let rules = linter.rules();
    out.say_all(problems);
    let exit = if problems.is_empty() { Exit::Clean } else { Exit::Trouble };
    if format == ListFormat::Json {
        let rules: Vec<JsonRule<'_>> = rules
            .iter()
            .map(|r| JsonRule {
                rule: &r.id,
                aliases: &r.aliases,
                group: r.group,
                level: r.level,
                sensitivity: r.sensitivity,
                title: &r.title,
                message: &r.message,
                why: &r.why,
                instead: &r.instead,
            })
            .collect();
        write!(out, "{{\"version\":{JSON_VERSION},\"rules\":")?;
        serde_json::to_writer(&mut *out, &rules)?;
        writeln!(out, "}}")?;
        return Ok(exit);
    }
    let bold = out.look().style(Style::new().bold());
    let wide = rules.iter().map(|r| r.id.chars().count()).max().unwrap_or(0);
    for group in [Group::OverScripting, Group::MissingOutcome, Group::Policy, Group::Record] {
        let mut here = rules.iter().filter(|r| r.group == group).peekable();
        if here.peek().is_none() {
            continue;
        }
        writeln!(out, "{}", bold.style(heading(group)))?;
        for r in here {
            let from = match r.sensitivity {
                Sensitivity::Careful => String::new(),
                other => format!(" ({} only)", other.word()),
            };
            writeln!(out, "  {:wide$}  {:10}  {}{from}", r.id, r.level.words(), r.title)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "`loosetight explain RULE` shows why, and how others wrote it.")?;
    Ok(exit)
}

fn heading(group: Group) -> &'static str {
    match group {
        Group::OverScripting => "Tight where it should be loose",
        Group::MissingOutcome => "What the customer gets, missing",
        Group::Policy => "The policy itself",
        Group::Record => "Experiments, memories, decisions",
    }
}

/// The packs of a call, and the names of their rules; `None` where every rule is to be tested.
fn packs_to_test(
    paths: &[PathBuf],
    problems: &mut Vec<AnyProblem>,
) -> Result<(Vec<Pack>, Option<Vec<String>>), Stopped> {
    let names = session::here()?;
    let mut packs = Vec::new();
    for path in paths {
        let path = names.absolute(path);
        match read_pack(&path, &names.show(&path)) {
            Ok(pack) => packs.push(pack),
            Err(problem) => problems.push(problem),
        }
    }
    let asked = packs.iter().flat_map(|p| p.rules.iter().map(|r| r.id.clone())).collect();
    Ok((packs, (!paths.is_empty()).then_some(asked)))
}

fn test(
    linter: &Linter,
    mut beside: Vec<Rule>,
    asked: Option<Vec<String>>,
    mut problems: Vec<AnyProblem>,
    out: &mut Output,
) -> io::Result<Exit> {
    let tested = linter.rules().iter().filter(|r| asked.as_ref().is_none_or(|asked| asked.contains(&r.id)));
    let (mut passed, mut examples, mut failed) = (0, 0, 0);
    beside.retain(|rule| linter.rules().named(&rule.id).is_some());
    let mut run = Examples::new(linter, beside);
    for rule in tested {
        let failures = run.failures(rule);
        examples += rule.bad.len() + rule.good.len() + rule.documents.len();
        match failures.is_empty() {
            true => passed += 1,
            false => failed += 1,
        }
        if !selftest::has_both(rule) {
            problems.push(
                Problem::new("rules::no-examples", format!("the rule `{}` has no examples of both kinds", rule.id))
                    .help("give it at least one `bad = [\"…\"]` with the span between ⟦ and ⟧, and one `good = [\"…\"]`")
                    .into(),
            );
        }
        for failure in failures {
            let problem = Problem::new("rules::example", format!("{}: {}", failure.rule, failure.problem));
            problems.push(problem.help(format!("the example is “{}”", failure.example)).into());
        }
    }
    out.say_all(&problems);
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => format!("none {one}"),
        1 => format!("1 rule {one}"),
        n => format!("{n} rules {many}"),
    };
    let (pass, fail) = (counted(passed, "passes", "pass"), counted(failed, "fails", "fail"));
    writeln!(out, "{pass}, {fail}; {examples} examples run")?;
    Ok(match (failed, problems.is_empty()) {
        (0, true) => Exit::Clean,
        (0, false) => Exit::Trouble,
        _ => Exit::Findings,
    })
}
