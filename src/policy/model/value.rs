//! The small parts lines are made of: places, texts, references, dates, amounts.

use crate::source::Span;
use jiff::civil::Date;
use serde::Serialize;

/// Where something stands: which of [`Policy::sources`](super::Policy::sources), and the bytes in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Index into [`Policy::sources`](super::Policy::sources).
    pub source: u32,
    /// The bytes.
    #[serde(flatten)]
    pub span: Span,
}

impl Place {
    /// The smallest place that holds both; of two sources, the first wins.
    pub fn join(self, other: Place) -> Place {
        if self.source == other.source { Place { span: self.span.join(other.span), ..self } } else { self }
    }
}

/// A quotation: prose as it is read aloud, white space folded, quotation marks gone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    /// The prose.
    pub text: String,
    /// The bytes between the quotation marks.
    pub place: Place,
}

impl Text {
    /// The prose.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A declared name, in hyphenated words (`made-right`), as it was written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it is declared.
    pub place: Place,
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A resolved reference: what it names, and where it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ref<Id> {
    /// What it names.
    pub id: Id,
    /// The name, as it was declared.
    pub name: String,
    /// Where the reference is written.
    pub place: Place,
}

/// Index into [`Policy::touchpoints`](super::Policy::touchpoints).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TouchpointId(pub usize);

/// Index into [`Policy::outcomes`](super::Policy::outcomes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OutcomeId(pub usize);

/// Index into [`Policy::experiments`](super::Policy::experiments).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct ExperimentId(pub usize);

/// A touchpoint named in a line.
pub type TouchpointRef = Ref<TouchpointId>;
/// An outcome named in a line.
pub type OutcomeRef = Ref<OutcomeId>;
/// An experiment named in a line.
pub type ExperimentRef = Ref<ExperimentId>;

/// At which touchpoints something holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// No `at` line. (A boundary without one holds everywhere and is [`At::All`].)
    #[default]
    Unsaid,
    /// `at everywhere`.
    All,
    /// `at arrival, departure`.
    Touchpoints(Vec<TouchpointRef>),
}

impl At {
    /// Whether it holds at this touchpoint. Where nothing is said it does not.
    pub fn includes(&self, touchpoint: TouchpointId) -> bool {
        match self {
            At::Unsaid => false,
            At::All => true,
            At::Touchpoints(list) => list.iter().any(|r| r.id == touchpoint),
        }
    }

    /// Whether nothing is said.
    pub fn is_unsaid(&self) -> bool {
        matches!(self, At::Unsaid)
    }

    /// The touchpoints named one by one; empty for [`At::Unsaid`] and [`At::All`].
    pub fn named(&self) -> &[TouchpointRef] {
        match self {
            At::Touchpoints(list) => list,
            _ => &[],
        }
    }
}

/// What any block may carry: why, a story, and who is in charge of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Remarks {
    /// `because "…"`.
    pub because: Option<Text>,
    /// `story "…"`, any number.
    pub stories: Vec<Text>,
    /// `owner "…"`: the person in charge of this block, never a customer.
    pub owner: Option<Text>,
}

/// A date and where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// Where.
    pub place: Place,
}

/// A length of time or the distance between two times: `6 months`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// How many units; `every week` is one.
    pub count: u32,
    /// The unit.
    pub unit: TimeUnit,
    /// Where.
    pub place: Place,
}

impl Interval {
    /// The day this long after `date`; the last day there is where that lies beyond the calendar.
    pub fn after(&self, date: Date) -> Date {
        let n = i64::from(self.count);
        let span = jiff::Span::new();
        let span = match self.unit {
            TimeUnit::Day => span.try_days(n),
            TimeUnit::Week => span.try_weeks(n),
            TimeUnit::Month => span.try_months(n),
            TimeUnit::Year => span.try_years(n),
        };
        span.and_then(|s| date.checked_add(s)).unwrap_or(Date::MAX)
    }
}

/// Units of an [`Interval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// `day`, `days`.
    Day,
    /// `week`, `weeks`.
    Week,
    /// `month`, `months`.
    Month,
    /// `year`, `years`.
    Year,
}

/// A number with what it counts: `85%`, `6 of 7`, `0 per year`, `4 minutes`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// The number as written; a share of 85 % is 85.
    pub value: f64,
    /// What the number is.
    pub unit: Unit,
    /// `per year`: the word after `per`.
    pub per: Option<String>,
    /// Where.
    pub place: Place,
}

/// What a [`Quantity`] counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A bare number.
    Count,
    /// `%`.
    Percent,
    /// `of 7`: points on a scale that ends at this number.
    Of(f64),
    /// Anything else, in the writer's word (`minutes`, `EUR`).
    Named(String),
}

/// `measure "CSAT" "My hosts knew why I was here" at least 85% { now 71% on 2026-08-31 source "Guest survey" }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// The kind of measure, free text (`CSAT`).
    pub kind: Text,
    /// What is asked or counted.
    pub question: Text,
    /// What is aimed at; a measure without one is a finding.
    pub target: Option<Target>,
    /// Where it stands.
    pub now: Option<Reading>,
    /// Why, stories, owner.
    #[serde(flatten)]
    pub remarks: Remarks,
    /// The whole line, with its block.
    pub place: Place,
}

/// `at least 85%`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// From below or from above.
    pub direction: Direction,
    /// How much.
    pub quantity: Quantity,
    /// Both words and number.
    pub place: Place,
}

impl Target {
    /// Whether a reading reaches it; `None` where the two do not count the same thing.
    pub fn reached_by(&self, reading: &Quantity) -> Option<bool> {
        let same = self.quantity.unit == reading.unit || reading.unit == Unit::Count;
        same.then_some(match self.direction {
            Direction::AtLeast => reading.value >= self.quantity.value,
            Direction::AtMost => reading.value <= self.quantity.value,
        })
    }
}

/// Which side of a target is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// `at least`.
    AtLeast,
    /// `at most`.
    AtMost,
}

/// What was measured: `71% on 2026-08-31 source "Guest survey"`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// How much.
    pub quantity: Quantity,
    /// When.
    pub on: Option<Dated>,
    /// Where the figure comes from.
    pub source: Option<Text>,
    /// The whole of it.
    pub place: Place,
}
