//! Owners and dates → what nobody is in charge of, and what is due to be looked at again.

use super::{Flaw, Scene, named};
use crate::policy::Status;
use crate::problem::listed;

const RULE: &str = "review-overdue";

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let brand = &scene.policy.brand;
    let missing: Vec<&str> = [
        (brand.remarks.owner.is_none(), "`owner`"),
        (brand.reviewed.is_none(), "`reviewed`"),
        (brand.review.is_none(), "`review every`"),
    ]
    .into_iter()
    .filter_map(|(missing, line)| missing.then_some(line))
    .collect();
    if !missing.is_empty() {
        let message = format!("without {} nobody will notice when this policy grows old", listed(&missing));
        all.push(Flaw::at(RULE, brand.head).saying(message));
    }
    if let (Some(reviewed), Some(every)) = (brand.reviewed, brand.review) {
        let due = every.after(reviewed.date);
        if due < scene.today {
            let message = format!("the review was due on {due}");
            all.push(
                Flaw::at(RULE, reviewed.place)
                    .saying(message)
                    .and(every.place, "how often it was meant to be"),
            );
        }
    }
    for boundary in &scene.policy.boundaries {
        let agreed = boundary.agreed.as_ref().and_then(|a| a.on);
        if let (Some(agreed), Some(every)) = (agreed, boundary.review) {
            let due = every.after(agreed.date);
            if due < scene.today {
                let message = format!("this boundary was to be looked at again by {due}");
                all.push(
                    Flaw::at(RULE, agreed.place)
                        .within("boundary", &boundary.name)
                        .saying(message)
                        .and(every.place, "how often it was meant to be"),
                );
            }
        }
    }
    for support in &scene.policy.supports {
        if let Status::Planned(by) = support.status
            && by.date < scene.today
        {
            let message = format!("this was planned by {}; is it there, or when will it be?", by.date);
            all.push(
                Flaw::at(RULE, by.place)
                    .within("support", &support.name)
                    .saying(message)
                    .and(named(support.head, &support.name), "what was planned"),
            );
        }
    }
}
