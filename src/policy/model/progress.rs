//! An experiment and a day → how far the cycle is, and what should have happened by then.

use super::{Experiment, TimeUnit};
use jiff::civil::Date;
use serde::Serialize;

/// How far an action-learning cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Thought of; no day is set.
    Idea,
    /// Begins on a day to come.
    Planned,
    /// Being tried.
    Running,
    /// Its time is over, and nobody has said what they noticed.
    Unnoted,
    /// What was noticed is written down, and has not been thought over with anybody, or nothing follows from it.
    Noted,
    /// Thought over, and it is said what comes next.
    Closed,
}

impl Progress {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Progress::Idea => "an idea, without a first day",
            Progress::Planned => "planned",
            Progress::Running => "running",
            Progress::Unnoted => "over, and nothing noted",
            Progress::Noted => "noted, not yet thought over to its end",
            Progress::Closed => "closed",
        }
    }
}

/// Days after which notes and reflection are overdue.
const GRACE: i64 = 14;

impl Experiment {
    /// The last day of its period; `None` where there is no first day. A week, where no length is said.
    pub fn until(&self) -> Option<Date> {
        let period = self.period.as_ref()?;
        let end = match period.length {
            Some(length) if length.unit != TimeUnit::Day || length.count > 0 => {
                length.after(period.from.date)
            }
            _ => period.from.date.checked_add(jiff::Span::new().weeks(1)).unwrap_or(Date::MAX),
        };
        Some(end.yesterday().unwrap_or(end))
    }

    /// How far it is on a day.
    pub fn progress(&self, today: Date) -> Progress {
        let noted = !self.better.is_empty() || !self.worse.is_empty();
        if noted && self.reflected.is_some() && self.next.is_some() {
            return Progress::Closed;
        }
        let over = self.until().is_some_and(|end| end < today);
        match &self.period {
            _ if noted => Progress::Noted,
            None => Progress::Idea,
            Some(period) if period.from.date > today => Progress::Planned,
            Some(_) if over => Progress::Unnoted,
            Some(_) => Progress::Running,
        }
    }

    /// What should have happened by a day and has not, as a sentence.
    pub fn overdue(&self, today: Date) -> Option<String> {
        let end = self.until()?;
        let late = end.checked_add(jiff::Span::new().days(GRACE)).is_ok_and(|day| day < today);
        match self.progress(today) {
            Progress::Unnoted if late => {
                Some(format!("it ended on {end}; what got better, and what got worse?"))
            }
            Progress::Noted if late && self.reflected.is_none() => {
                Some(format!("it ended on {end}; who thinks it over with you?"))
            }
            Progress::Noted if late => {
                Some(format!("it ended on {end}; what comes next: keep, adjust, drop or again?"))
            }
            _ => None,
        }
    }
}
