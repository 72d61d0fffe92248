//! What a policy means: every block and line, and the forms that mean the same.

use crate::{BRAND, JOURNEY, policy};
use jiff::civil::date;
use loosetight::policy::*;
use serde_json::Value;

/// A policy with every block and every line of the language.
pub(crate) const WHOLE: &str = r#"
# A whole policy.
brand "Fernweh Trains" {
  promise "You sleep,
           we mind the way."
  for "People who would rather wake up there"
  unlike "Planes that take your evening"
  expects "A bed where one was booked" met 97% on 2026-03-31 source "Survey"
  expects "Quiet" {
    met 64%
    on 2026-03-30
    because "Nobody sleeps otherwise."
  }
  values "Waking up somewhere else" drives retention, trust
  values "Breakfast with a view"
  customers "passenger", "sleeper"
  customers "guest"
  staff "conductor"
  when in doubt "Let them sleep."
  owner "Head of Nights"
  reviewed 2026-09-14
  review every 6 months
  because "Nights are long."
  story "A conductor held the train for a cello."
}

journey "A night on the rails" {
  owner "Journey lead"
  stage boarding "I am on the platform with too much luggage" {
    walked 2026-07-11 by "Ann's team" noticed "Nobody says which way the train faces."
    walked 2026-07-12
    touchpoint platform "From the taxi to the compartment" {
      also "boarding", "check-in"
      also "platform staff"
      routine
      moment of truth
    }
    touchpoint supper "Something warm"
  }
  stage arriving "I am there" {
    touchpoint morning "Being woken" {
      personal
      differentiate
      because "It is the last thing they remember."
    }
  }
}

tight {
  owner "The board"
  outcome rested "Passengers arrive rested" {
    at platform, morning
    feels "rested", "human"
    signals "slept through"
    measure "CSAT" "I slept well" at least 6 of 7 now 5.4 of 7 on 2026-05-01 source "Survey"
    measure "incidents" "Nights with a complaint about noise" at most 3 per 1,000 nights
    measure "share" "Would come again" at least 60% { now 61.5% }
    customer "family"
    owner "Head of Nights"
    because "It is what they pay for."
    story "He woke in Vienna and asked whether we had left."
  }
  outcome informed "Passengers know where they are" { at everywhere }
  outcome safe "Nobody comes to harm"
  first safe, rested
  hallmark bell "A small bell, not a loudspeaker" {
    at morning
    serves rested
    by product, Behavior
  }
  standard told-late "Whoever is late is told before they ask" {
    at platform
    serves informed, rested
    measure "SMS" "Told in time" at least 95 percent
    because "Waiting is worse than being late."
  }
  boundary doors "Doors stay locked at speed" {
    kind safety, legal
    kind contract
    at platform
    covers "door", "emergency brake"
    do "Lock, check, report."
    wording "Please stand clear of the doors."
    authority "Rail safety law"
    agreed with "Safety" 2026-01-02
    review every year
    protects safe
    because "People fall out."
  }
  boundary cards "Card numbers are typed by the passenger" { agreed with "Compliance" on 2026-02-03 }
}

loose {
  guideline wake-gently "Wake people the way they asked" {
    serves rested
    at morning
    try "Ask the evening before.", "Knock, then wait."
    decide "how early is early"
    story "She whispered the name of the river."
    instead of "wake-up announcement", "rise and shine"
  }
  empower conductors "Everyone who works a night" {
    may spend up to €80 per "compartment" to "make a bad night better"
    may spend up to 10% of the bill
    may "change a bed", "open the bar"
    without approval
    ask first when "somebody could get hurt"
    tell "the control room" by "the end of the shift"
    tell "the team"
    because "At three in the morning there is nobody to ask."
  }
}

backstage {
  support berth-map "Who sleeps where, on one page" {
    enables rested, informed
    live
    owner "IT"
  }
  support quiet-wheels "New wheels" {
    planned by 2027-02-01
    enables rested
  }
  role conductor "Whoever walks the corridor" {
    knows "the alarm", "three languages"
    basics every 6 months "Taught by conductors."
  }
  culture {
    hire "People who like nights"
    leaders "Ride once a month."
    basics every year
    teach every 2 weeks "One decision, talked through."
    praise every week "Named at the handover."
    align every day "Five minutes: one story."
  }
  experiment ask-once "Ask once how to be woken" {
    goal "Passengers wake as they like."
    success "Eight of ten cards filled in"
    challenge "We guess."
    evidence "12 of 40 comments", "A night on board"
    considered "An app"
    try "Put a card on the pillow."
    serves rested
    at morning
    run by "Night 42"
    site "Vienna"
    from 2026-09-21 for 1 week
    better "People wrote jokes on the cards."
    worse "More paper."
    works for "people who travel alone"
    reflected with "The crew" "Fewer cards, larger pens."
    next adjust "One card a compartment."
  }
  experiment ask-twice "Ask again" { follows ask-once }
  memory the-cello "A cello in the corridor" {
    lived by "A musician"
    told by "The crew"
    agreed no
    happened "It did not fit, so it got a bed."
    felt "At home"
    good
    share with "New crews" because "Beds are for whoever needs one."
    keep alive by "The cello has a berth number."
    serves rested
    at platform
  }
  decision free-breakfast "Breakfast for a whole coach" {
    by "A conductor"
    did "Opened the kitchen at five."
    customer got "Something warm"
    too far
    lesson "Tell the kitchen first."
    shared with "The morning call" on 2026-10-05
  }
}
"#;

#[test]
fn the_brand() {
    let b = policy(WHOLE).brand;
    assert_eq!((b.name.as_str(), b.promise.as_str()), ("Fernweh Trains", "You sleep, we mind the way."));
    assert_eq!(b.expects.len(), 2);
    let met = b.expects[0].met.as_ref().unwrap();
    assert_eq!((met.quantity.value, &met.quantity.unit), (97.0, &Unit::Percent));
    assert_eq!(met.on.unwrap().date, date(2026, 3, 31));
    assert_eq!(met.source.as_ref().unwrap().as_str(), "Survey");
    let quiet = &b.expects[1];
    assert_eq!(quiet.met.as_ref().unwrap().on.unwrap().date, date(2026, 3, 30));
    assert_eq!(quiet.remarks.because.as_ref().unwrap().as_str(), "Nobody sleeps otherwise.");
    assert_eq!(b.values[0].drives, [Drive::Retention, Drive::Trust]);
    assert!(b.values[1].drives.is_empty());
    assert_eq!(texts(&b.customers), ["passenger", "sleeper", "guest"]);
    assert_eq!(texts(&b.staff), ["conductor"]);
    assert_eq!(b.when_in_doubt.unwrap().as_str(), "Let them sleep.");
    assert_eq!(b.reviewed.unwrap().date, date(2026, 9, 14));
    let review = b.review.unwrap();
    assert_eq!((review.count, review.unit), (6, TimeUnit::Month));
    assert_eq!(review.after(date(2026, 8, 31)), date(2027, 2, 28));
    assert_eq!(b.remarks.owner.unwrap().as_str(), "Head of Nights");
    assert_eq!(b.remarks.stories.len(), 1);
}

#[test]
fn journeys_stages_touchpoints() {
    let p = policy(WHOLE);
    let names: Vec<&str> = p.touchpoints.iter().map(|t| t.name.text.as_str()).collect();
    assert_eq!(names, ["platform", "supper", "morning"]);
    let boarding = &p.journeys[0].stages[0];
    assert_eq!(boarding.touchpoints, [TouchpointId(0), TouchpointId(1)]);
    assert_eq!(boarding.walked[0].by.as_ref().unwrap().as_str(), "Ann's team");
    assert_eq!(boarding.walked[1].noticed, None);
    let platform = &p.touchpoints[0];
    assert_eq!(texts(&platform.also), ["boarding", "check-in", "platform staff"]);
    assert_eq!(platform.manner, Manner::Routine);
    assert_eq!(p.slice(platform.moment_of_truth.unwrap()), "moment of truth");
    assert_eq!(platform.differentiate, None);
    assert_eq!(p.touchpoints[1].manner, Manner::Ordinary);
    assert_eq!(p.touchpoints[2].manner, Manner::Personal);
    assert_eq!(p.stage_of(TouchpointId(2)).unwrap().1.name.text, "arriving");
    assert_eq!(p.journeys[0].remarks.owner.as_ref().unwrap().as_str(), "Journey lead");
}

#[test]
fn what_is_tight() {
    let p = policy(WHOLE);
    let rested = &p.outcomes[0];
    assert!(rested.at.includes(TouchpointId(0)) && !rested.at.includes(TouchpointId(1)));
    assert_eq!(texts(&rested.feels), ["rested", "human"]);
    let csat = &rested.measures[0];
    let target = csat.target.as_ref().unwrap();
    assert_eq!((target.direction, target.quantity.value), (Direction::AtLeast, 6.0));
    assert_eq!(target.quantity.unit, Unit::Of(7.0));
    let now = csat.now.as_ref().unwrap();
    assert_eq!((now.quantity.value, now.on.unwrap().date), (5.4, date(2026, 5, 1)));
    assert_eq!(target.reached_by(&now.quantity), Some(false));
    let noise = rested.measures[1].target.as_ref().unwrap();
    assert_eq!((noise.direction, noise.quantity.per.as_deref()), (Direction::AtMost, Some("1,000 nights")));
    assert_eq!(rested.measures[2].now.as_ref().unwrap().quantity.value, 61.5);
    assert_eq!(rested.customer.as_ref().unwrap().as_str(), "family");
    assert_eq!(p.outcomes[1].at, At::All);
    assert!(p.outcomes[2].at.is_unsaid());
    assert_eq!(p.outcomes_at(TouchpointId(1)).collect::<Vec<_>>(), [OutcomeId(1)]);
    let first: Vec<&str> = p.first.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(first, ["safe", "rested"]);
    assert_eq!(p.hallmarks[0].by, [Means::Product, Means::Behaviour]);
    assert_eq!(p.standards[0].serves[0].id, OutcomeId(1));
    assert_eq!(p.standards[0].measures[0].target.as_ref().unwrap().quantity.unit, Unit::Percent);
    let doors = &p.boundaries[0];
    assert_eq!(doors.kinds, [BoundaryKind::Safety, BoundaryKind::Legal, BoundaryKind::Contract]);
    assert_eq!(doors.at.named()[0].name, "platform");
    assert_eq!(doors.agreed.as_ref().unwrap().on.unwrap().date, date(2026, 1, 2));
    assert_eq!(doors.review.unwrap().unit, TimeUnit::Year);
    assert_eq!(doors.protects[0].id, OutcomeId(2));
    assert_eq!(texts(&doors.wording), ["Please stand clear of the doors."]);
    assert_eq!(p.boundaries[1].at, At::All, "a boundary without `at` holds everywhere");
    assert_eq!(p.boundaries[1].agreed.as_ref().unwrap().on.unwrap().date, date(2026, 2, 3));
    assert_eq!(p.sections[0].remarks.owner.as_ref().unwrap().as_str(), "The board");
}

#[test]
fn what_is_loose() {
    let p = policy(WHOLE);
    let g = &p.guidelines[0];
    assert_eq!((g.tries.len(), g.instead_of.len(), g.remarks.stories.len()), (2, 2, 1));
    let e = &p.empowerments[0];
    assert_eq!(e.spends[0].limit, Limit::Money(Money { amount: 80.0, currency: "EUR".into() }));
    assert_eq!(e.spends[0].per.as_ref().unwrap().as_str(), "compartment");
    assert_eq!(e.spends[0].to.as_ref().unwrap().as_str(), "make a bad night better");
    assert_eq!(e.spends[1].limit, Limit::ShareOfBill(10.0));
    assert_eq!(texts(&e.may), ["change a bed", "open the bar"]);
    assert!(e.without_approval.is_some());
    assert_eq!(e.tell[0].by.as_ref().unwrap().as_str(), "the end of the shift");
    assert_eq!(e.tell[1].by, None);
}

#[test]
fn what_is_backstage() {
    let p = policy(WHOLE);
    assert!(matches!(p.supports[0].status, Status::Live(_)));
    assert!(matches!(p.supports[1].status, Status::Planned(d) if d.date == date(2027, 2, 1)));
    assert_eq!(p.roles[0].basics[0].every.count, 6);
    let c = p.culture.as_ref().unwrap();
    assert_eq!(c.basics[0].text, None);
    let teach = c.teach.as_ref().unwrap().every;
    assert_eq!((teach.count, teach.unit), (2, TimeUnit::Week));
    let x = &p.experiments[0];
    assert_eq!(x.period.as_ref().unwrap().from.date, date(2026, 9, 21));
    assert_eq!(x.period.as_ref().unwrap().length.unwrap().unit, TimeUnit::Week);
    assert_eq!(x.next.as_ref().unwrap().step, NextStep::Adjust);
    assert_eq!(x.reflected.as_ref().unwrap().text.as_ref().unwrap().as_str(), "Fewer cards, larger pens.");
    assert_eq!(p.experiments[1].follows.as_ref().unwrap().id, ExperimentId(0));
    let m = &p.memories[0];
    assert!(!m.agreed.unwrap().yes);
    assert_eq!(m.tone, Some(Tone::Good));
    let share = m.share.as_ref().unwrap();
    assert_eq!(share.because.as_ref().unwrap().as_str(), "Beds are for whoever needs one.");
    assert_eq!(m.remarks.because, None, "the reason for sharing is not the memory's own");
    let d = &p.decisions[0];
    assert_eq!(d.verdict, Some(Verdict::TooFar));
    assert_eq!(d.shared.as_ref().unwrap().on.unwrap().date, date(2026, 10, 5));
}

/// Every place slices to what it is the place of.
#[test]
fn places_are_where_they_say() {
    let p = policy(WHOLE);
    assert_eq!(p.slice(p.brand.head), "brand \"Fernweh Trains\"");
    assert!(p.slice(p.brand.place).ends_with("cello.\"\n}"));
    assert_eq!(p.slice(p.brand.promise.place), "You sleep,\n           we mind the way.");
    assert_eq!(p.slice(p.outcomes[1].head), "outcome informed \"Passengers know where they are\"");
    assert_eq!(p.slice(p.outcomes[1].name.place), "informed");
    assert_eq!(p.slice(p.outcomes[0].measures[0].target.as_ref().unwrap().place), "at least 6 of 7");
    assert_eq!(
        p.slice(p.empowerments[0].spends[0].place),
        "may spend up to €80 per \"compartment\" to \"make a bad night better\""
    );
    assert_eq!(p.slice(p.hallmarks[0].serves[0].place), "rested");
    assert_eq!(p.slice(p.experiments[0].period.as_ref().unwrap().place), "from 2026-09-21 for 1 week");
}

fn texts(list: &[Text]) -> Vec<&str> {
    list.iter().map(Text::as_str).collect()
}

/// A policy as JSON, without the places: what it means.
pub(crate) fn meaning(policy: &Policy) -> Value {
    let mut value = serde_json::to_value(policy).expect("a policy is plain data");
    forget_places(&mut value);
    value["sources"] = Value::Null;
    value
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("start") && map.contains_key("end") {
                map.clear();
            }
            map.values_mut().for_each(forget_places);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// Asserts that two texts mean the same.
#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(meaning(&policy(one)), meaning(&policy(other)));
}

#[test]
fn forms_that_mean_the_same() {
    let brand = |lines: &str| format!("brand \"B\" {{ promise \"P\"\n{lines}\n}}");
    let empower = |lines: &str| format!("{BRAND}loose {{ empower x \"X\" {{\n{lines}\n}} }}");
    let outcome = |lines: &str| format!("{BRAND}{JOURNEY}tight {{ outcome x \"X\" {{\n{lines}\n}} }}");
    same(&brand("expects \"x\" met 61%"), &brand("expects \"x\" {\n met 61%\n}"));
    same(
        &brand("expects \"x\" met 61% on 2026-01-02 source \"y\""),
        &brand("expects \"x\"\n{ met 61 %\n on 2026-01-02\n source \"y\" }"),
    );
    same(
        &brand("customers \"a\", \"b\", \"c\""),
        &brand("customers \"a\"\ncustomers \"b\",\n   # and\n\n \"c\""),
    );
    same(&brand("for \"it's \\\"x\\\"\""), &brand("FOR “it's \"x\"”"));
    same(&brand("for \"a b\""), &brand("for „a\r\n\t\u{a0} b“"));
    same(&brand("review every week"), &brand("Review Every 1 weeks"));
    for money in ["250 EUR", "EUR 250", "€250", "250€", "250 €", "250EUR", "250.00 EUR"] {
        same(
            &empower("may spend up to 250 EUR per stay"),
            &empower(&format!("may spend up to {money} per \"stay\"")),
        );
    }
    for thousand in ["1,000 EUR", "1000 EUR", "1 000 EUR", "1\u{202f}000 EUR", "1,000.00 EUR", "1'000 EUR"] {
        same(&empower("may spend up to 1000 EUR"), &empower(&format!("may spend up to {thousand}")));
    }
    same(&outcome("at a, b"), &outcome("at a\nat B"));
    same(&outcome("at everywhere"), &outcome("AT Everywhere"));
    same(
        &outcome("measure \"a\" \"b\" at least 85%"),
        &outcome("measure \"a\" \"b\" { at least 85 percent }"),
    );
    same(
        &outcome("measure \"a\" \"b\" at most 1.5 per day"),
        &outcome("measure \"a\" \"b\" at most 1,5 per day"),
    );
    let bom = format!("\u{feff}{}", BRAND.replace('\n', "\r\n"));
    same(&bom, BRAND);
    // References may point forward.
    same(
        &format!("{BRAND}{JOURNEY}tight {{ outcome x \"X\" {{ at a }}\n}}"),
        &format!("{BRAND}tight {{ outcome x \"X\" {{ at a }}\n}}\n{JOURNEY}"),
    );
}

/// The smallest policy is a policy; whatever else is missing is for rules to find.
#[test]
fn a_brand_with_a_promise_is_enough() {
    let p = policy(BRAND);
    assert!(p.outcomes.is_empty() && p.journeys.is_empty() && p.brand.expects.is_empty());
    policy(&format!(
        "{BRAND}tight {{ outcome x \"X\"\nboundary y \"Y\"\nhallmark h \"H\"\nstandard s \"S\" }}"
    ));
    policy(&format!("{BRAND}loose {{ guideline x \"X\"\nempower y \"Y\" }}\nbackstage {{}}"));
    policy(&format!("{BRAND}journey \"J\"\njourney \"K\" {{ stage s \"S\" }}"));
}

/// Any block may say why, tell a story and name an owner.
#[test]
fn every_block_may_carry_a_reason_stories_and_an_owner() {
    for word in vocabulary::WORDS.iter().filter(|w| w.shape == vocabulary::Shape::Block) {
        for line in ["because", "story", "owner"] {
            let row = vocabulary::word(line, word).unwrap();
            assert!(row.belongs_in(word), "{line} in {}", word.phrase);
        }
    }
}
