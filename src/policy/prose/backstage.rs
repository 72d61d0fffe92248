//! What makes it possible, and what was learnt.

use super::tight::serves;
use super::{Telling, joined, reason, stories, words};
use crate::policy::model::*;

impl Telling<'_> {
    pub(super) fn backstage(&mut self) {
        let p = self.policy;
        if !p.supports.is_empty() || !p.roles.is_empty() || p.culture.is_some() {
            self.heading("What makes it possible");
        }
        p.supports.iter().for_each(|s| self.item(&[support(s)]));
        if !p.roles.is_empty() {
            self.subheading("Who knows what:");
            p.roles.iter().for_each(|r| self.item(&[role(r)]));
        }
        if let Some(culture) = &p.culture {
            self.subheading("How we keep it alive:");
            self.culture(culture);
        }
        if !p.experiments.is_empty() {
            self.heading("What we tried");
            p.experiments.iter().for_each(|e| self.item(&[experiment(e)]));
        }
        if !p.memories.is_empty() {
            self.heading("What we remember");
            p.memories.iter().for_each(|m| self.item(&[memory(m)]));
        }
        if !p.decisions.is_empty() {
            self.heading("What people decided");
            p.decisions.iter().for_each(|d| self.item(&[decision(d)]));
        }
        self.section(Side::Backstage);
    }

    fn culture(&mut self, c: &Culture) {
        let told = |lead: &str, text: &Option<Text>| line(lead, text.as_ref());
        self.item(&[told("Whom we look for", &c.hire)]);
        if !c.leaders.is_empty() {
            self.item(&[format!("What leaders do: {}", words::sentences(&c.leaders))]);
        }
        c.basics.iter().for_each(|r| self.item(&[rhythm("The basics are refreshed", r)]));
        let rhythms = [
            ("We learn from decisions", &c.teach),
            ("We praise", &c.praise),
            ("We come back to the promise", &c.align),
        ];
        for (lead, r) in rhythms {
            self.item(&[r.as_ref().map_or(String::new(), |r| rhythm(lead, r))]);
        }
        self.item(&[reason(&c.remarks), stories(&c.remarks)]);
    }
}

fn line(lead: &str, text: Option<&Text>) -> String {
    text.map_or(String::new(), |t| format!("{lead}: {}", words::sentence(&t.text)))
}

fn rhythm(lead: &str, r: &Rhythm) -> String {
    let what = r.text.as_ref().map_or(".".to_owned(), |t| format!(": {}", words::sentence(&t.text)));
    format!("{lead} {}{what}", words::every(&r.every))
}

fn support(s: &Support) -> String {
    let status = match s.status {
        Status::Unsaid => String::new(),
        Status::Live(_) => "It is there.".to_owned(),
        Status::Planned(by) => format!("It is planned, by {}.", words::date(by.date)),
    };
    let enables = match s.enables.as_slice() {
        [] => String::new(),
        outcomes => format!("It makes possible: {}.", words::names(outcomes)),
    };
    joined(&[words::sentence(&s.title.text), enables, status, reason(&s.remarks), stories(&s.remarks)])
}

fn role(r: &Role) -> String {
    let knows = match r.knows.as_slice() {
        [] => String::new(),
        knows => format!("They know {}.", words::list(knows.iter().map(|k| k.text.clone()))),
    };
    let basics: Vec<String> = r.basics.iter().map(|r| rhythm("The basics are refreshed", r)).collect();
    joined(&[
        format!("{}: {}", words::capital(&words::said(&r.name.text)), words::sentence(&r.title.text)),
        knows,
        basics.join(" "),
        reason(&r.remarks),
        stories(&r.remarks),
    ])
}

fn many(lead: &str, texts: &[Text]) -> String {
    if texts.is_empty() { String::new() } else { format!("{lead}: {}", words::sentences(texts)) }
}

fn experiment(e: &Experiment) -> String {
    let period = e.period.as_ref().map(|p| {
        let length = p.length.as_ref().map(|l| format!(", for {}", words::length(l))).unwrap_or_default();
        format!("From {}{length}.", words::date(p.from.date))
    });
    let reflected = e.reflected.as_ref().map(|r| {
        let what = r.text.as_ref().map_or(".".to_owned(), |t| format!(": {}", words::sentence(&t.text)));
        format!("Thought over with {}{what}", r.with.text)
    });
    let next = e.next.as_ref().map(|n| {
        let step = match n.step {
            NextStep::Keep => "we keep it",
            NextStep::Adjust => "we adjust it",
            NextStep::Drop => "we drop it",
            NextStep::Again => "we try again",
        };
        let what = n.text.as_ref().map_or(".".to_owned(), |t| format!(": {}", words::sentence(&t.text)));
        format!("Next, {step}{what}")
    });
    let follows = e.follows.as_ref().map(|r| format!("It follows: {}.", words::said(&r.name)));
    joined(&[
        words::sentence(&e.title.text),
        follows.unwrap_or_default(),
        line("The goal", e.goal.as_ref()),
        line("Success would be", e.success.as_ref()),
        line("What stands in the way", e.challenge.as_ref()),
        many("We know from", &e.evidence),
        many("We also thought of", &e.considered),
        line("What was tried", e.to_try.as_ref()),
        words::at(&e.at),
        serves(&e.serves),
        line("Run by", e.run_by.as_ref()),
        line("Where", e.site.as_ref()),
        period.unwrap_or_default(),
        many("What got better", &e.better),
        many("What got worse", &e.worse),
        line("It works for", e.works_for.as_ref()),
        reflected.unwrap_or_default(),
        next.unwrap_or_default(),
        reason(&e.remarks),
        stories(&e.remarks),
    ])
}

/// What may not be told is not read aloud.
fn memory(m: &Memory) -> String {
    if m.agreed.is_some_and(|a| !a.yes) {
        return format!("{} We may not tell it.", words::sentence(&m.title.text));
    }
    let tone = match m.tone {
        Some(Tone::Bad) => "A bad one, worth remembering.",
        _ => "",
    };
    let agreed = if m.agreed.is_none() { "Nobody has asked yet whether we may tell it." } else { "" };
    let share = m.share.as_ref().map(|s| {
        let because =
            s.because.as_ref().map_or(".".to_owned(), |b| format!(", because: {}", words::sentence(&b.text)));
        format!("Worth telling: {}{because}", s.with.text)
    });
    joined(&[
        words::sentence(&m.title.text),
        line("Lived by", m.lived_by.as_ref()),
        line("Told by", m.told_by.as_ref()),
        line("What happened", m.happened.as_ref()),
        line("How it felt", m.felt.as_ref()),
        tone.to_owned(),
        words::at(&m.at),
        serves(&m.serves),
        share.unwrap_or_default(),
        line("What keeps it alive", m.keep_alive.as_ref()),
        agreed.to_owned(),
        reason(&m.remarks),
        stories(&m.remarks),
    ])
}

fn decision(d: &Decision) -> String {
    let verdict = match d.verdict {
        Some(Verdict::Right) => "It was right.",
        Some(Verdict::TooFar) => "It went too far, and taught us something.",
        None => "",
    };
    let shared = d.shared.as_ref().map(|s| {
        let on = s.on.map(|d| format!(" on {}", words::date(d.date))).unwrap_or_default();
        format!("Shared with {}{on}.", s.with.text)
    });
    joined(&[
        words::sentence(&d.title.text),
        line("Who decided", d.by.as_ref()),
        line("What they did", d.did.as_ref()),
        line("What the customer got", d.customer_got.as_ref()),
        verdict.to_owned(),
        line("What it teaches", d.lesson.as_ref()),
        shared.unwrap_or_default(),
        reason(&d.remarks),
        stories(&d.remarks),
    ])
}
