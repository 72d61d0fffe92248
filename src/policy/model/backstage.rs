//! What makes it possible: supports, roles, culture, and what was learnt (experiments, memories, decisions).

use super::{At, Dated, ExperimentRef, Interval, Name, OutcomeRef, Place, Remarks, Text};
use serde::Serialize;

/// `support guest-notes "Hosts see one line about why the guest is here" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Support {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub title: Text,
    /// The outcomes it makes possible.
    pub enables: Vec<OutcomeRef>,
    /// Whether it is there yet.
    pub status: Status,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `support` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// Whether a support is there yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// `live`, and where that is said.
    Live(Place),
    /// `planned by DATE`: satisfies no check.
    Planned(Dated),
}

/// `role night-host "Hosts on duty alone after 23:00" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// Who that is.
    pub title: Text,
    /// The basics of the role.
    pub knows: Vec<Text>,
    /// How often they are refreshed.
    pub basics: Vec<Rhythm>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `role` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// Something done again and again: `teach every week "One decision, talked through"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rhythm {
    /// How often.
    pub every: Interval,
    /// What.
    pub text: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// `culture { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Culture {
    /// Whom to hire.
    pub hire: Option<Text>,
    /// What leaders do.
    pub leaders: Vec<Text>,
    /// How the basics are refreshed.
    pub basics: Vec<Rhythm>,
    /// How decisions become lessons.
    pub teach: Option<Rhythm>,
    /// How good decisions are praised.
    pub praise: Option<Rhythm>,
    /// How people come back to the promise.
    pub align: Option<Rhythm>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// The word `culture`.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `experiment one-question "Ask one question about the trip" { … }`: one action-learning cycle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Experiment {
    /// Its name.
    pub name: Name,
    /// What it is about.
    pub title: Text,
    /// What customers should get.
    pub goal: Option<Text>,
    /// How success would show.
    pub success: Option<Text>,
    /// What stands in the way.
    pub challenge: Option<Text>,
    /// How one knows that it does.
    pub evidence: Vec<Text>,
    /// What else was thought of.
    pub considered: Vec<Text>,
    /// The one small behaviour that is tried.
    #[serde(rename = "try")]
    pub to_try: Option<Text>,
    /// The outcomes it serves.
    pub serves: Vec<OutcomeRef>,
    /// Where.
    pub at: At,
    /// Who runs it.
    pub run_by: Option<Text>,
    /// At which site.
    pub site: Option<Text>,
    /// From when, for how long.
    pub period: Option<Period>,
    /// What got better.
    pub better: Vec<Text>,
    /// What got worse.
    pub worse: Vec<Text>,
    /// For whom it works.
    pub works_for: Option<Text>,
    /// With whom it was thought over, and what came of that.
    pub reflected: Option<Reflection>,
    /// What happens next.
    pub next: Option<Next>,
    /// The experiment before this one.
    pub follows: Option<ExperimentRef>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `experiment` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `from 2026-09-21 for 1 week`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Period {
    /// The first day.
    pub from: Dated,
    /// How long.
    #[serde(rename = "for")]
    pub length: Option<Interval>,
    /// The whole line.
    pub place: Place,
}

/// `reflected with "The night team" "We stop asking after ten."`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reflection {
    /// With whom.
    pub with: Text,
    /// What came of it.
    pub text: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// `next adjust "Leave the question out when somebody is visibly tired."`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// Which way on.
    pub step: NextStep,
    /// In words.
    pub text: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// Which way an experiment goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the words say it themselves")]
pub enum NextStep {
    Keep,
    Adjust,
    Drop,
    Again,
}

/// `memory the-paper-boat "A paper boat under the door" { … }`: a customer experience worth passing on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Memory {
    /// Its name.
    pub name: Name,
    /// What it is called.
    pub title: Text,
    /// Who lived it.
    pub lived_by: Option<Text>,
    /// Who tells it.
    pub told_by: Option<Text>,
    /// Whether it may be told; and where that is said.
    pub agreed: Option<Agreed>,
    /// What happened.
    pub happened: Option<Text>,
    /// How it felt.
    pub felt: Option<Text>,
    /// Good or bad; and where that is said.
    pub tone: Option<Tone>,
    /// With whom it is worth sharing.
    pub share: Option<Share>,
    /// What keeps it alive.
    pub keep_alive: Option<Text>,
    /// The outcomes it is about.
    pub serves: Vec<OutcomeRef>,
    /// Where.
    pub at: At,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `memory` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// `agreed yes`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreed {
    /// Whether we may tell it.
    pub yes: bool,
    /// The whole line.
    pub place: Place,
}

/// Whether a memory is a good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the words say it themselves")]
pub enum Tone {
    Good,
    Bad,
}

/// `share with "New hosts" because "Nobody asked for the boat."`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// With whom.
    pub with: Text,
    /// Why with them.
    pub because: Option<Text>,
    /// The whole line.
    pub place: Place,
}

/// `decision free-taxi "A taxi at our cost for a guest who had missed the last train" { … }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Its name.
    pub name: Name,
    /// What was decided.
    pub title: Text,
    /// Who decided.
    pub by: Option<Text>,
    /// What they did.
    pub did: Option<Text>,
    /// What the customer got.
    pub customer_got: Option<Text>,
    /// Right or too far.
    pub verdict: Option<Verdict>,
    /// What it teaches.
    pub lesson: Option<Text>,
    /// With whom it was shared, and when.
    pub shared: Option<Shared>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// From the word `decision` to the end of its title.
    pub head: Place,
    /// The whole block.
    pub place: Place,
}

/// How a decision turned out; a teachable moment either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the words say it themselves")]
pub enum Verdict {
    Right,
    TooFar,
}

/// `shared with "Morning line-up" on 2026-10-05`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shared {
    /// With whom.
    pub with: Text,
    /// When.
    pub on: Option<Dated>,
    /// The whole line.
    pub place: Place,
}
