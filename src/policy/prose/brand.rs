//! The brand, its promise, and the ways customers go.

use super::{Prose, Telling, reason, stories, words};
use crate::policy::model::{Drive, Expectation, Manner, Stage, Touchpoint, Value};

impl Telling<'_> {
    pub(super) fn brand(&mut self) {
        let b = &self.policy.brand;
        self.pieces.push(Prose::Title(b.name.text.clone()));
        let told = |lead: &str, text: &Option<crate::policy::model::Text>| {
            text.as_ref().map_or(String::new(), |t| format!("{lead}: {}", words::sentence(&t.text)))
        };
        self.paragraph(&[format!("We promise: {}", words::sentence(&b.promise.text)), reason(&b.remarks)]);
        self.paragraph(&[told("This is for", &b.for_whom), told("We mean to be unlike", &b.unlike)]);
        self.paragraph(&[told("When in doubt", &b.when_in_doubt)]);
        self.paragraph(&[stories(&b.remarks)]);
        if !b.expects.is_empty() {
            self.subheading("What customers take for granted:");
            b.expects.iter().for_each(|e| self.item(&[expectation(e)]));
        }
        if !b.values.is_empty() {
            self.subheading("What they value beyond that:");
            b.values.iter().for_each(|v| self.item(&[value(v)]));
        }
        let called = |who: &str, texts: &[crate::policy::model::Text]| match texts {
            [] => String::new(),
            texts => format!("{who}: {}.", words::list(texts.iter().map(|t| t.text.clone()))),
        };
        self.paragraph(&[
            called("Our words for customers", &b.customers),
            called("Our words for the people who serve them", &b.staff),
        ]);
        let reviewed = b.reviewed.map(|d| format!("Last reviewed on {}.", words::date(d.date)));
        let review = b.review.as_ref().map(|every| {
            let due = b.reviewed.map(|d| format!(", next by {}", words::date(every.after(d.date))));
            format!("Reviewed {}{}.", words::every(every), due.unwrap_or_default())
        });
        self.paragraph(&[reviewed.unwrap_or_default(), review.unwrap_or_default()]);
    }

    pub(super) fn journeys(&mut self) {
        if !self.policy.journeys.is_empty() {
            self.heading("The ways customers go");
        }
        for journey in &self.policy.journeys {
            self.subheading(words::sentence(&journey.title.text));
            self.paragraph(&[reason(&journey.remarks), stories(&journey.remarks)]);
            for stage in &journey.stages {
                self.paragraph(&[stage_said(stage)]);
                for &id in &stage.touchpoints {
                    self.item(&[touchpoint(self.policy.touchpoint(id))]);
                }
            }
        }
    }
}

fn expectation(e: &Expectation) -> String {
    let met = match &e.met {
        Some(met) => format!("How many say they get it: {}.", words::reading(met)),
        None => "Whether they get it has not been asked.".to_owned(),
    };
    format!("{} {met} {}", words::sentence(&e.text.text), reason(&e.remarks)).trim_end().to_owned()
}

fn value(v: &Value) -> String {
    let drives = v.drives.iter().map(|d| {
        let brings = match d {
            Drive::Retention => "brings them back",
            Drive::Advocacy => "makes them tell others",
            Drive::Trust => "makes them believe us",
        };
        brings.to_owned()
    });
    let drives = words::list(drives);
    let drives = if drives.is_empty() { drives } else { format!(" It {drives}.") };
    format!("{}{drives}", words::sentence(&v.text.text))
}

fn stage_said(stage: &Stage) -> String {
    let mut told = vec![format!(
        "{}: {}",
        words::capital(&words::said(&stage.name.text)),
        words::quoted(&words::sentence(&stage.title.text))
    )];
    for walk in &stage.walked {
        let by = walk.by.as_ref().map(|b| format!(" by {}", b.text)).unwrap_or_default();
        let noticed =
            walk.noticed.as_ref().map(|n| format!(": {}", words::quoted(&n.text))).unwrap_or_default();
        told.push(words::sentence(&format!("Walked on {}{by}{noticed}", words::date(walk.on.date))));
    }
    told.push(reason(&stage.remarks));
    told.push(stories(&stage.remarks));
    super::joined(&told)
}

fn touchpoint(t: &Touchpoint) -> String {
    let manner = match t.manner {
        Manner::Routine => "Much the same each time.",
        Manner::Ordinary => "",
        Manner::Personal => "Different with each customer.",
    };
    let truth = if t.moment_of_truth.is_some() { "A moment of truth." } else { "" };
    let unlike = if t.differentiate.is_some() { "Here we mean to be unlike others." } else { "" };
    let also = match t.also.as_slice() {
        [] => String::new(),
        also => format!("Also called {}.", words::list(also.iter().map(|a| a.text.clone()))),
    };
    super::joined(&[
        format!("{}: {}", words::capital(&words::said(&t.name.text)), words::sentence(&t.title.text)),
        manner.to_owned(),
        truth.to_owned(),
        unlike.to_owned(),
        also,
        reason(&t.remarks),
        stories(&t.remarks),
    ])
}
