//! Words of the policy → those that stand for two things at once.
//!
//! A name that names nothing, and a name declared twice, are errors and told when the policy is read.

use super::words::stems;
use super::{Flaw, Scene};
use crate::finding::Level;
use crate::policy::Text;
use std::collections::HashMap;

const RULE: &str = "ambiguous-word";

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    let brand = &policy.brand;
    for staff in &brand.staff {
        if let Some(customer) = brand.customers.iter().find(|c| key(c) == key(staff)) {
            let message = format!("“{}” is a word for customers and for staff", staff.text);
            all.push(Flaw::at(RULE, staff.place).saying(message).and(customer.place, "a word for customers"));
        }
    }
    let signals = policy.outcomes.iter().flat_map(|o| o.signals.iter().map(|s| ("outcome", &o.name, s)));
    twice(signals, "this sign stands for", all);
    let also = policy.touchpoints.iter().flat_map(|t| t.also.iter().map(|s| ("touchpoint", &t.name, s)));
    twice(also, "this word means", all);
}

/// The same words for two blocks of one sort.
fn twice<'a>(
    texts: impl Iterator<Item = (&'static str, &'a crate::policy::Name, &'a Text)>,
    does: &str,
    all: &mut Vec<Flaw>,
) {
    let mut seen: HashMap<Vec<String>, (&str, &Text)> = HashMap::new();
    for (word, name, text) in texts {
        match seen.get(&key(text)) {
            Some((other, _)) if *other == name.text => {}
            Some((other, first)) => {
                let message = format!("{does} two {word}s, `{other}` and `{}`", name.text);
                all.push(
                    Flaw::at(RULE, text.place)
                        .within(word, name)
                        .level(Level::Consider)
                        .saying(message)
                        .and(first.place, format!("here for `{other}`")),
                );
            }
            None => {
                seen.insert(key(text), (name.text.as_str(), text));
            }
        }
    }
}

/// Two texts with the same key are the same words.
fn key(text: &Text) -> Vec<String> {
    stems(&text.text).into_iter().map(|s| s.stem).collect()
}
