//! The clauses of a group and those of a brand within it → one list of clauses: inherited, added, overridden by name.

use super::clause::Clause;
use crate::policy::model::Override;
use crate::policy::vocabulary::Often;

/// Lays `over` upon `base`. Lines of the brand and of the culture that may be said once, journeys' stages and
/// touchpoints, and whatever has a name replace what they find by the same name; everything else is added.
pub(super) fn lay_upon(
    mut base: Vec<Clause>,
    over: Vec<Clause>,
    overrides: &mut Vec<Override>,
) -> Vec<Clause> {
    if base.is_empty() {
        return over;
    }
    for mut clause in over {
        match clause.word.phrase {
            "brand" => match base.iter_mut().find(|c| c.word == clause.word) {
                Some(before) => merge(before, clause, overrides),
                None => base.push(clause),
            },
            "journey" => {
                take_touchpoints(&mut base, &mut clause, overrides);
                match base.iter_mut().find(|c| same_title(c, &clause)) {
                    Some(before) => merge(before, clause, overrides),
                    None => base.push(clause),
                }
            }
            "tight" | "loose" | "backstage" => {
                let inner = std::mem::take(&mut clause.inner);
                for inner in inner {
                    clause.inner.extend(replace(&mut base, inner, overrides));
                }
                base.push(clause);
            }
            _ => base.push(clause),
        }
    }
    base
}

/// What two layers call by the same name.
fn same_name(a: &Clause, b: &Clause) -> bool {
    let name = |c: &Clause| c.name().map(|n| n.text.to_lowercase());
    a.word == b.word && a.word.declares_name() && name(a) == name(b)
}

fn same_title(a: &Clause, b: &Clause) -> bool {
    let title = |c: &Clause| c.texts().next().map(|t| t.text.to_lowercase());
    a.word == b.word && title(a) == title(b)
}

fn noted(clause: &Clause, before: &Clause) -> Override {
    let at = |c: &Clause| c.name().map_or(c.head, |n| n.place);
    Override {
        word: clause.word.phrase.to_owned(),
        name: clause.name().map_or(String::new(), |n| n.text.clone()),
        place: at(clause),
        replaced: at(before),
    }
}

/// Puts a line of a section in the place of the inherited one it replaces; gives it back where there is none.
fn replace(base: &mut [Clause], clause: Clause, overrides: &mut Vec<Override>) -> Option<Clause> {
    let once = matches!(clause.word.phrase, "culture" | "first");
    let same = |c: &&mut Clause| same_name(c, &clause) || once && c.word == clause.word;
    let Some(before) = base.iter_mut().flat_map(|section| &mut section.inner).find(same) else {
        return Some(clause);
    };
    if clause.word.phrase == "culture" {
        merge(before, clause, overrides);
    } else {
        overrides.push(noted(&clause, before));
        *before = clause;
    }
    None
}

/// Merges a block into the inherited one: its own head, its lines instead of those that may be said once.
fn merge(before: &mut Clause, clause: Clause, overrides: &mut Vec<Override>) {
    let inherited = std::mem::take(&mut before.inner);
    *before = Clause { inner: inherited, ..clause.clone() };
    for inner in clause.inner {
        let same = |c: &&mut Clause| match inner.word.phrase {
            "stage" => same_name(c, &inner),
            _ => c.word == inner.word && inner.word.often == Often::Once,
        };
        match before.inner.iter_mut().find(same) {
            Some(stage) if inner.word.phrase == "stage" => merge(stage, inner, overrides),
            Some(line) => {
                overrides.push(noted(&inner, line));
                *line = inner;
            }
            None => before.inner.push(inner),
        }
    }
}

/// Takes the touchpoints a journey declares anew away from where they were inherited. One that stays in its stage
/// keeps its place there.
fn take_touchpoints(base: &mut [Clause], journey: &mut Clause, overrides: &mut Vec<Override>) {
    let same_journey = |c: &Clause| same_title(c, journey);
    let staying: Vec<bool> = base.iter().map(same_journey).collect();
    for stage in &mut journey.inner {
        let is_stage = stage.clone();
        let mut moved = Vec::new();
        for (at, touchpoint) in stage.inner.iter().enumerate().filter(|(_, c)| c.word.phrase == "touchpoint")
        {
            for (before, stays) in base.iter_mut().zip(&staying) {
                for old_stage in &mut before.inner {
                    let Some(i) = old_stage.inner.iter().position(|c| same_name(c, touchpoint)) else {
                        continue;
                    };
                    overrides.push(noted(touchpoint, &old_stage.inner[i]));
                    if *stays && same_name(old_stage, &is_stage) {
                        old_stage.inner[i] = touchpoint.clone();
                        moved.push(at);
                    } else {
                        old_stage.inner.remove(i);
                    }
                }
            }
        }
        for at in moved.into_iter().rev() {
            stage.inner.remove(at);
        }
    }
}
