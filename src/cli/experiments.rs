//! `policy experiments`: the action-learning cycles of a policy, how far each is, and what is overdue.

use super::Exit;
use super::args::ListFormat;
use super::output::Output;
use super::policies::Policies;
use super::policy::the_policy;
use super::session::{self, Stopped};
use crate::policy::{Experiment, Policy, Progress};
use crate::report::{JSON_VERSION, Look};
use jiff::civil::Date;
use owo_colors::Style;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// A cycle, and how far it is.
#[derive(Serialize)]
struct Cycle<'a> {
    experiment: &'a str,
    title: &'a str,
    state: Progress,
    from: Option<Date>,
    until: Option<Date>,
    overdue: Option<String>,
    serves: Vec<&'a str>,
    #[serde(skip)]
    written: &'a Experiment,
}

/// Lists the cycles of a policy.
pub fn run(
    file: Option<&Path>,
    today: Date,
    format: ListFormat,
    out: &mut Output,
) -> io::Result<Result<Exit, Stopped>> {
    let names = match session::here() {
        Ok(names) => names,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut policies = Policies::new(&names, None);
    let path = match the_policy(file, &names, &mut policies) {
        Ok(path) => path,
        Err(problems) => return Ok(Err(problems)),
    };
    let Some(policy) = policies.at(&path) else { return Ok(Err(policies.problems())) };
    let cycles: Vec<Cycle<'_>> = policy.experiments.iter().map(|e| cycle(e, today)).collect();
    if format == ListFormat::Json {
        write!(out, "{{\"version\":{JSON_VERSION},\"experiments\":")?;
        serde_json::to_writer(&mut *out, &cycles)?;
        writeln!(out, "}}")?;
        return Ok(Ok(Exit::Clean));
    }
    let look = out.look();
    for cycle in &cycles {
        out.write_all(text(&policy, cycle, &look).as_bytes())?;
    }
    if cycles.is_empty() {
        writeln!(out, "no experiment yet; `loosetight new experiment NAME` begins one")?;
    }
    Ok(Ok(Exit::Clean))
}

fn cycle(experiment: &Experiment, today: Date) -> Cycle<'_> {
    let state = experiment.progress(today);
    Cycle {
        experiment: &experiment.name.text,
        title: &experiment.title.text,
        state,
        from: experiment.period.as_ref().map(|p| p.from.date),
        until: experiment.until(),
        overdue: experiment.overdue(today),
        serves: experiment.serves.iter().map(|r| r.name.as_str()).collect(),
        written: experiment,
    }
}

/// A cycle as people read it.
fn text(policy: &Policy, cycle: &Cycle<'_>, look: &Look) -> String {
    let bold = look.style(Style::new().bold());
    let e = cycle.written;
    let mut text = format!("{}  {}\n", bold.style(cycle.experiment), cycle.title);
    let dates = match (cycle.from, cycle.until) {
        (Some(from), Some(until)) => format!(", {from} to {until}"),
        (Some(from), None) => format!(", from {from}"),
        _ => String::new(),
    };
    text += &look.hanging("state", &format!("{}{dates}", cycle.state.words()));
    if let Some(tried) = &e.to_try {
        text += &look.hanging("try", &tried.text);
    }
    for (label, list) in [("better", &e.better), ("worse", &e.worse)] {
        for noticed in list {
            text += &look.hanging(label, &noticed.text);
        }
    }
    if let Some(next) = &e.next {
        text += &look.hanging("next", policy.slice(next.place).trim_start_matches("next").trim());
    }
    if let Some(overdue) = &cycle.overdue {
        text += &look.hanging("overdue", overdue);
    }
    text.push('\n');
    text
}
