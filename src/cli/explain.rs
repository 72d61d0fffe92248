//! `explain NAME`: a rule, else an outcome of the policy, else a topic.

use super::Exit;
use super::args::ExplainArgs;
use super::output::Output;
use super::policies::Policies;
use super::session;
use super::six_steps;
use crate::config::{Configs, Sensitivity};
use crate::coverage::Outcomes;
use crate::lint::Linter;
use crate::nearest::nearest;
use crate::policy::{At, OutcomeId, Policy};
use crate::problem::{Problem, listed};
use crate::report::Look;
use crate::rule::{About, Rule, selftest};
use crate::topics::{self, Topic};
use owo_colors::Style;
use std::io::{self, Write};
use std::sync::Arc;

/// Explains what the call names.
pub fn run(args: &ExplainArgs, out: &mut Output) -> io::Result<Exit> {
    let mut problems = Vec::new();
    // What is wrong with a pack is told by `check` and `rules test`; the rest of it can be explained.
    let linter = session::packs_here(&mut problems)
        .and_then(|packs| session::linter(None, packs, Sensitivity::Everything, &mut problems));
    let (linter, policy) = match linter.and_then(|linter| Ok((linter, policy(args)?))) {
        Ok(ready) => ready,
        Err(wrong) => {
            out.say_all(&wrong);
            return Ok(Exit::Trouble);
        }
    };
    let Some(name) = &args.name else {
        out.write_all(contents(&linter, policy.as_deref(), &out.look()).as_bytes())?;
        return Ok(Exit::Clean);
    };
    let look = out.look();
    let text = if let Some(rule) = linter.rules().named(name) {
        self::rule(rule, &look)
    } else if let Some((policy, outcome)) = policy.as_deref().and_then(|p| Some((p, p.outcome_named(name)?)))
    {
        self::outcome(policy, outcome, &look)
    } else if let Some(topic) = topics::named(name) {
        let backed = policy.as_deref().filter(|_| topic.name == "six-steps");
        self::topic(topic, &look) + &backed.map(|p| six_steps::text(args, p, &look)).unwrap_or_default()
    } else {
        out.say(&unknown(name, &linter, policy.as_deref()));
        return Ok(Exit::Trouble);
    };
    out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// The policy whose outcomes can be explained: the one named, else the nearest. Without one there are none.
fn policy(args: &ExplainArgs) -> Result<Option<Arc<Policy>>, session::Stopped> {
    let names = session::here()?;
    let mut configs: Configs = session::configs(&names, None);
    let config = configs.at(names.here());
    let mut policies = Policies::new(&names, args.policy.as_deref());
    let policy = policies.path_for(names.here(), &config).and_then(|path| policies.at(&path));
    let mut wrong = configs.problems();
    wrong.extend(policies.problems());
    if wrong.is_empty() || args.policy.is_none() { Ok(policy) } else { Err(wrong) }
}

/// All there is to explain.
fn contents(linter: &Linter, policy: Option<&Policy>, look: &Look) -> String {
    let mut text = String::new();
    let rules: Vec<&str> = linter.rules().iter().map(|r| r.id.as_str()).collect();
    text += &look.hanging("rules", &rules.join(", "));
    if let Some(policy) = policy {
        let outcomes: Vec<&str> = policy.outcomes.iter().map(|o| o.name.text.as_str()).collect();
        text += &look.hanging("outcomes", &outcomes.join(", "));
    }
    let topics: Vec<&str> = topics::ALL.iter().map(|t| t.name).collect();
    text += &look.hanging("topics", &topics.join(", "));
    text
}

fn unknown(name: &str, linter: &Linter, policy: Option<&Policy>) -> Problem {
    let rules = linter.rules().iter().map(|r| r.id.as_str());
    let outcomes = policy.into_iter().flat_map(|p| p.outcomes.iter().map(|o| o.name.text.as_str()));
    let known = rules.chain(outcomes).chain(topics::ALL.iter().map(|t| t.name));
    let problem = Problem::new(
        "explain::unknown",
        format!("`{name}` is no rule, no outcome of the policy and no topic"),
    );
    match nearest(name, known) {
        Some(meant) => problem.help(format!("did you mean `loosetight explain {meant}`?")),
        None => problem.help("`loosetight explain` without a name lists what there is"),
    }
}

fn rule(rule: &Rule, look: &Look) -> String {
    let bold = look.style(Style::new().bold());
    let mut text = format!("{}  {}, {}\n\n", bold.style(&rule.id), rule.title, rule.level.words());
    text += &look.hanging("sees", &rule.message);
    text += &look.hanging("why", &rule.why);
    if !rule.source.is_empty() {
        text += &look.hanging("source", &rule.source);
    }
    for (i, bad) in rule.bad.iter().enumerate() {
        text += &look.hanging(if i == 0 { "scripted" } else { "" }, &marked(bad, look));
    }
    for (i, good) in rule.good.iter().enumerate() {
        text += &look.hanging(if i == 0 { "free" } else { "" }, good);
    }
    for (heading, found) in [("found in", true), ("not in", false)] {
        for example in rule.documents.iter().filter(|d| selftest::is_bad(&d.text) == found) {
            let shown = marked(example.text.trim(), look);
            text += &match rule.about {
                About::Documents => look.hanging(heading, &shown),
                // Where lines count, they stay.
                _ => format!("  {heading}\n{}\n", indented(&shown)),
            };
        }
    }
    for (i, instead) in rule.instead.iter().enumerate() {
        text += &look.hanging(if i == 0 { "instead" } else { "or" }, instead);
    }
    if !rule.unless.is_empty() {
        text += &look.hanging("unless", &rule.unless);
    }
    if !rule.aliases.is_empty() {
        text += &look.hanging("was", &listed(&rule.aliases));
    }
    let from = match rule.sensitivity {
        Sensitivity::Careful => String::new(),
        other => format!("speaks with  --sensitivity {}  only; ", other.word()),
    };
    let levels = format!(
        "{from}[levels] in loosetight.toml sets how much it matters here:  {} = \"consider\"",
        rule.id
    );
    text += &look.hanging("settings", &levels);
    text
}

/// A text with its lines as they are, moved in.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// An example with its places set off.
fn marked(example: &str, look: &Look) -> String {
    if !look.colour {
        return example.to_owned();
    }
    let (text, places) = selftest::unmarked(example);
    let (mut out, mut at) = (String::new(), 0);
    for place in places {
        out += &text[at..place.start];
        out += &Style::new().red().underline().style(&text[place.clone()]).to_string();
        at = place.end;
    }
    out + &text[at..]
}

fn outcome(policy: &Policy, id: OutcomeId, look: &Look) -> String {
    let outcome = policy.outcome(id);
    let bold = look.style(Style::new().bold());
    let mut text = format!("{}  {}\n\n", bold.style(&outcome.name.text), outcome.title.text);
    let place = policy.source(outcome.head).position(outcome.head.span.start);
    text += &look.hanging("declared", &format!("{}:{}", policy.source(outcome.head).name(), place.line));
    let at = match &outcome.at {
        At::Unsaid => "nowhere: the policy does not say".to_owned(),
        At::All => "everywhere".to_owned(),
        At::Touchpoints(list) => listed(&list.iter().map(|t| t.name.as_str()).collect::<Vec<_>>()),
    };
    text += &look.hanging("due", &at);
    let quoted = |texts: &[crate::policy::Text]| {
        listed(&texts.iter().map(|t| format!("“{}”", t.text)).collect::<Vec<_>>())
    };
    for (heading, texts) in [("feels", &outcome.feels), ("signals", &outcome.signals)] {
        if !texts.is_empty() {
            text += &look.hanging(heading, &quoted(texts));
        }
    }
    let concepts = Outcomes::of(policy);
    let concepts: Vec<&str> = concepts.concepts(id).into_iter().map(|(name, _)| name).take(4).collect();
    if !concepts.is_empty() {
        let said = format!(
            "{} (what a document is searched for, beside the outcome's own words)",
            listed(&concepts)
        );
        text += &look.hanging("concepts", &said);
    }
    for measure in &outcome.measures {
        let aim = measure.target.as_ref().map(|t| format!(", {}", policy.slice(t.place))).unwrap_or_default();
        let now = measure.now.as_ref().map(|r| format!("; now {}", policy.slice(r.quantity.place)));
        let said =
            format!("“{}” ({}){aim}{}", measure.question.text, measure.kind.text, now.unwrap_or_default());
        text += &look.hanging("measured", &said);
    }
    if let Some(because) = &outcome.remarks.because {
        text += &look.hanging("because", &because.text);
    }
    let serves = |refs: &[crate::policy::OutcomeRef]| refs.iter().any(|r| r.name == outcome.name.text);
    for guideline in policy.guidelines.iter().filter(|g| serves(&g.serves)) {
        text += &look.hanging("guideline", &guideline.title.text);
    }
    for support in policy.supports.iter().filter(|s| serves(&s.enables)) {
        text += &look.hanging("support", &support.title.text);
    }
    text
}

fn topic(topic: &Topic, look: &Look) -> String {
    let bold = look.style(Style::new().bold());
    let mut text = String::new();
    for paragraph in topic.text.split("\n\n") {
        let paragraph = paragraph.trim_end();
        if let Some(title) = paragraph.strip_prefix("# ").or_else(|| paragraph.strip_prefix("## ")) {
            text += &format!("{}\n\n", bold.style(title));
        } else if paragraph.starts_with("    ") {
            text += &format!("{paragraph}\n\n");
        } else {
            for item in paragraph.split("\n- ") {
                let indent = if item.starts_with("- ") || item.len() < paragraph.len() { "  " } else { "" };
                let folded = item.trim_start_matches("- ").split_whitespace().collect::<Vec<_>>().join(" ");
                let lead = if indent.is_empty() { "" } else { "- " };
                text += &look.paragraph(lead, indent, &folded);
            }
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
