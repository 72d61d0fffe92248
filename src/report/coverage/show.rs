//! The matrix → what people read in a terminal, or have read to them.

use super::{Challenge, Matrix, word};
use crate::coverage::Answer;
use crate::problem::listed;
use crate::report::Look;
use owo_colors::Style;

impl Matrix {
    /// The matrix as people read it.
    pub fn show(&self, look: &Look) -> String {
        let bold = look.style(Style::new().bold());
        let name = self.policy.sources.first().map_or("", |s| s.name());
        let mut text = format!(
            "{}, held against {} document{}\n\n",
            bold.style(name),
            self.documents,
            if self.documents == 1 { "" } else { "s" }
        );
        if self.policy.outcomes.is_empty() || self.policy.touchpoints.is_empty() {
            text += "It declares no outcome and touchpoint that could be held against each other.\n\n";
            return text;
        }
        text += &if look.narrated { self.narrated() } else { self.table(look) };
        text += &self.missing(look);
        if let Some(challenge) = Challenge::of(self) {
            text += &look.hanging("Challenge", &challenge.sentence(self));
        }
        text
    }

    fn table(&self, look: &Look) -> String {
        let outcomes: Vec<&str> = self.policy.outcomes.iter().map(|o| o.name.text.as_str()).collect();
        let touchpoints: Vec<&str> = self.policy.touchpoints.iter().map(|t| t.name.text.as_str()).collect();
        let side = touchpoints.iter().map(|t| t.chars().count()).max().unwrap_or(0);
        let wide: usize = outcomes.iter().map(|o| o.chars().count() + 2).sum();
        // Names on top where they fit, else numbers and a list of what they mean.
        let named = side + 2 + wide + 12 <= look.width;
        let heads: Vec<String> = match named {
            true => outcomes.iter().map(|o| (*o).to_owned()).collect(),
            false => (1..=outcomes.len()).map(|n| n.to_string()).collect(),
        };
        let mut text = format!("{:side$}", "");
        for head in &heads {
            text += &format!("  {head}");
        }
        text.push('\n');
        for (id, touchpoint) in self.policy.touchpoint_ids().zip(&touchpoints) {
            text += &format!("{touchpoint:side$}");
            for (outcome, head) in self.policy.outcome_ids().zip(&heads) {
                let (sign, style) = sign(self.answer(id, outcome), look);
                let room = head.chars().count();
                let left = (room - 1) / 2;
                text += &format!("  {:left$}{}{:3$}", "", look.style(style).style(sign), "", room - 1 - left);
            }
            let sections = self.rows[id.0].sections;
            text += &match sections {
                0 => "  no section".to_owned(),
                1 => "  1 section".to_owned(),
                n => format!("  {n} sections"),
            };
            text.push('\n');
        }
        text.push('\n');
        text += &self.beside(look);
        if !named {
            for (n, outcome) in outcomes.iter().enumerate() {
                text += &format!("{:>3}  {outcome}\n", n + 1);
            }
            text.push('\n');
        }
        let signs = [Some(Answer::Covered), Some(Answer::Weakly), Some(Answer::Not), None];
        let words = ["covered", "weakly", "missing", "not due"];
        let legend: Vec<String> =
            signs.iter().zip(words).map(|(s, w)| format!("{} {w}", sign(*s, look).0)).collect();
        text + &legend.join("   ") + "\n\n"
    }

    /// Standards and hallmarks, a row each with the touchpoints they are due at: they are due at few.
    fn beside(&self, look: &Look) -> String {
        let side = self.particulars().map(|t| t.name(&self.policy).chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for tight in self.particulars() {
            text += &format!("{:8}  {:side$}", tight.kind(), tight.name(&self.policy));
            let mut due = false;
            for cell in self.policy.touchpoint_ids().filter_map(|id| self.cell(id, tight)) {
                let (sign, style) = sign(Some(cell.answer), look);
                let touchpoint = &self.policy.touchpoint(cell.touchpoint).name.text;
                text += &format!("  {} {touchpoint}", look.style(style).style(sign));
                due = true;
            }
            text += if due { "\n" } else { "  due nowhere\n" };
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    fn narrated(&self) -> String {
        let mut text = String::new();
        for id in self.policy.touchpoint_ids() {
            let cells: Vec<String> = self
                .policy
                .outcome_ids()
                .filter_map(|outcome| {
                    let answer = self.answer(id, outcome)?;
                    Some(format!("{} is {}", self.policy.outcome(outcome).name.text, word(answer)))
                })
                .collect();
            let cells = if cells.is_empty() { "nothing is due".to_owned() } else { listed(&cells) };
            text += &format!("{}: {cells}.\n", self.policy.touchpoint(id).name.text);
        }
        for tight in self.particulars() {
            let cells = self.policy.touchpoint_ids().filter_map(|id| self.cell(id, tight));
            let cells: Vec<String> = cells
                .map(|c| format!("{} at {}", word(c.answer), self.policy.touchpoint(c.touchpoint).name.text))
                .collect();
            let cells = if cells.is_empty() { "due nowhere".to_owned() } else { listed(&cells) };
            text += &format!("{} {}: {cells}.\n", tight.kind(), tight.name(&self.policy));
        }
        text + "\n"
    }

    /// What is due and not spoken to, in words, and what to do next.
    fn missing(&self, look: &Look) -> String {
        let mut text = String::new();
        let mut first = None;
        for id in self.policy.touchpoint_ids() {
            let missing: Vec<&str> = self
                .policy
                .outcome_ids()
                .filter(|outcome| self.answer(id, *outcome) == Some(Answer::Not))
                .map(|outcome| self.policy.outcome(outcome).name.text.as_str())
                .collect();
            if missing.is_empty() {
                continue;
            }
            let name = &self.policy.touchpoint(id).name.text;
            let sections = self.rows[id.0].sections;
            // Where documents speak of a touchpoint there is something to look at.
            if first.as_ref().is_none_or(|(none, _)| *none && sections > 0) {
                first = Some((sections == 0, format!("{}@{name}", missing[0])));
            }
            let why = match sections {
                0 => format!("{} at {name}: no section is about it", listed(&missing)),
                _ => format!("{} at {name}", listed(&missing)),
            };
            text += &look.hanging("Missing", &why);
        }
        let next = match first {
            Some((_, cell)) => format!("`loosetight coverage --why {cell}` shows what comes closest"),
            None => "everything that is due is spoken to".to_owned(),
        };
        text + &look.hanging("Next", &next)
    }
}

fn sign(answer: Option<Answer>, look: &Look) -> (&'static str, Style) {
    let (fancy, plain, style) = match answer {
        Some(Answer::Covered) => ("●", "#", Style::new().green()),
        Some(Answer::Weakly) => ("◐", "+", Style::new().yellow()),
        Some(Answer::Not) => ("○", "o", Style::new().red()),
        None => ("·", ".", Style::new().dimmed()),
    };
    (if look.unicode { fancy } else { plain }, style)
}
