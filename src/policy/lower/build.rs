//! Clauses without fault → the policy as plain data. Nothing is checked here, and nothing can fail.

use super::clause::{Arg, Clause};
use super::names::Names;
use crate::policy::model::*;
use crate::source::Source;

/// Writes down a policy.
pub(super) fn policy(
    all: &[Clause],
    brand: &Clause,
    names: &Names,
    sources: Vec<Source>,
    overrides: Vec<Override>,
) -> Policy {
    let build = Build { names };
    let mut touchpoints = Vec::new();
    let journeys =
        all.iter().filter(|c| c.word.phrase == "journey").map(|c| build.journey(c, &mut touchpoints));
    let journeys = journeys.collect();
    let side = |c: &Clause| match c.word.phrase {
        "tight" => Some(Side::Tight),
        "loose" => Some(Side::Loose),
        "backstage" => Some(Side::Backstage),
        _ => None,
    };
    let sections = all
        .iter()
        .filter_map(|c| side(c).map(|side| Section { side, remarks: remarks(c), place: c.place }))
        .collect();
    let lines: Vec<&Clause> = all.iter().filter(|c| side(c).is_some()).flat_map(|c| &c.inner).collect();
    let each = |phrase: &'static str| lines.iter().copied().filter(move |c| c.word.phrase == phrase);
    Policy {
        brand: build.brand(brand),
        journeys,
        touchpoints,
        outcomes: each("outcome").map(|c| build.outcome(c)).collect(),
        first: each("first").flat_map(|c| build.refs(c, "outcome", OutcomeId)).collect(),
        hallmarks: each("hallmark").map(|c| build.hallmark(c)).collect(),
        standards: each("standard").map(|c| build.standard(c)).collect(),
        boundaries: each("boundary").map(|c| build.boundary(c)).collect(),
        guidelines: each("guideline").map(|c| build.guideline(c)).collect(),
        empowerments: each("empower").map(|c| build.empowerment(c)).collect(),
        supports: each("support").map(|c| build.support(c)).collect(),
        roles: each("role").map(|c| build.role(c)).collect(),
        culture: each("culture").next().map(|c| build.culture(c)),
        experiments: each("experiment").map(|c| build.experiment(c)).collect(),
        memories: each("memory").map(|c| build.memory(c)).collect(),
        decisions: each("decision").map(|c| build.decision(c)).collect(),
        sections,
        overrides,
        sources,
    }
}

struct Build<'a> {
    names: &'a Names,
}

impl Build<'_> {
    fn brand(&self, c: &Clause) -> Brand {
        Brand {
            name: text(c, 0),
            promise: said(c, "promise").unwrap_or_else(|| nothing(c)),
            for_whom: said(c, "for"),
            unlike: said(c, "unlike"),
            expects: c.all("expects").map(expectation).collect(),
            values: c.all("values").map(value).collect(),
            customers: list(c, "customers"),
            staff: list(c, "staff"),
            when_in_doubt: said(c, "when in doubt"),
            reviewed: c.one("reviewed").and_then(date),
            review: c.one("review every").and_then(interval),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn journey(&self, c: &Clause, touchpoints: &mut Vec<Touchpoint>) -> Journey {
        Journey {
            title: text(c, 0),
            stages: c.all("stage").map(|s| self.stage(s, touchpoints)).collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn stage(&self, c: &Clause, all: &mut Vec<Touchpoint>) -> Stage {
        let from = all.len();
        all.extend(c.all("touchpoint").map(touchpoint));
        Stage {
            name: name(c),
            title: text(c, 0),
            touchpoints: (from..all.len()).map(TouchpointId).collect(),
            walked: c.all("walked").filter_map(walk).collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn outcome(&self, c: &Clause) -> Outcome {
        Outcome {
            name: name(c),
            title: text(c, 0),
            at: self.at(c),
            feels: list(c, "feels"),
            signals: list(c, "signals"),
            measures: c.all("measure").map(measure).collect(),
            customer: said(c, "customer"),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn hallmark(&self, c: &Clause) -> Hallmark {
        Hallmark {
            name: name(c),
            title: text(c, 0),
            at: self.at(c),
            serves: self.outcomes(c, "serves"),
            by: c
                .all("by")
                .flat_map(|l| chosen(l, &[Means::Product, Means::Process, Means::Behaviour]))
                .collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn standard(&self, c: &Clause) -> Standard {
        Standard {
            name: name(c),
            title: text(c, 0),
            at: self.at(c),
            serves: self.outcomes(c, "serves"),
            measures: c.all("measure").map(measure).collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn boundary(&self, c: &Clause) -> Boundary {
        use BoundaryKind::*;
        let kinds = [Legal, Safety, Security, Privacy, Accessibility, Money, Ethics, Professional, Contract];
        let agreed = |l: &Clause| Agreement {
            with: text(l, 0),
            on: date(l).or_else(|| l.one("on").and_then(date)),
            place: l.place,
        };
        Boundary {
            name: name(c),
            title: text(c, 0),
            kinds: c.all("kind").flat_map(|l| chosen(l, &kinds)).collect(),
            at: match self.at(c) {
                At::Unsaid => At::All,
                at => at,
            },
            covers: list(c, "covers"),
            to_do: said(c, "do"),
            wording: list(c, "wording"),
            authority: said(c, "authority"),
            agreed: c.one("agreed with").map(agreed),
            review: c.one("review every").and_then(interval),
            protects: self.outcomes(c, "protects"),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn guideline(&self, c: &Clause) -> Guideline {
        Guideline {
            name: name(c),
            title: text(c, 0),
            serves: self.outcomes(c, "serves"),
            at: self.at(c),
            tries: list(c, "try"),
            decide: said(c, "decide"),
            instead_of: list(c, "instead of"),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn empowerment(&self, c: &Clause) -> Empowerment {
        let spend = |l: &Clause| {
            let limit = l.args.iter().find_map(|a| match a {
                Arg::Limit(limit) => Some(limit.clone()),
                _ => None,
            })?;
            Some(Spend { limit, per: said(l, "per"), to: said(l, "to"), place: l.place })
        };
        Empowerment {
            name: name(c),
            title: text(c, 0),
            spends: c.all("may spend up to").filter_map(spend).collect(),
            may: list(c, "may"),
            without_approval: c.one("without approval").map(|l| l.place),
            ask_first: list(c, "ask first when"),
            tell: c
                .all("tell")
                .map(|l| Tell { whom: text(l, 0), by: said(l, "by"), place: l.place })
                .collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn support(&self, c: &Clause) -> Support {
        let live = c.one("live").map(|l| Status::Live(l.place));
        let planned = || c.one("planned by").and_then(date).map(Status::Planned);
        Support {
            name: name(c),
            title: text(c, 0),
            enables: self.outcomes(c, "enables"),
            status: live.or_else(planned).unwrap_or_default(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn role(&self, c: &Clause) -> Role {
        Role {
            name: name(c),
            title: text(c, 0),
            knows: list(c, "knows"),
            basics: c.all("basics every").filter_map(rhythm).collect(),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn culture(&self, c: &Clause) -> Culture {
        Culture {
            hire: said(c, "hire"),
            leaders: list(c, "leaders"),
            basics: c.all("basics every").filter_map(rhythm).collect(),
            teach: c.one("teach every").and_then(rhythm),
            praise: c.one("praise every").and_then(rhythm),
            align: c.one("align every").and_then(rhythm),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn experiment(&self, c: &Clause) -> Experiment {
        use NextStep::*;
        let period = |l: &Clause| {
            Some(Period { from: date(l)?, length: l.one("for").and_then(interval), place: l.place })
        };
        let next = |l: &Clause| {
            let step = chosen(l, &[Keep, Adjust, Drop, Again]).next()?;
            Some(Next { step, text: l.texts().next().cloned(), place: l.place })
        };
        Experiment {
            name: name(c),
            title: text(c, 0),
            goal: said(c, "goal"),
            success: said(c, "success"),
            challenge: said(c, "challenge"),
            evidence: list(c, "evidence"),
            considered: list(c, "considered"),
            to_try: said(c, "try"),
            serves: self.outcomes(c, "serves"),
            at: self.at(c),
            run_by: said(c, "run by"),
            site: said(c, "site"),
            period: c.one("from").and_then(period),
            better: list(c, "better"),
            worse: list(c, "worse"),
            works_for: said(c, "works for"),
            reflected: c.one("reflected with").map(|l| Reflection {
                with: text(l, 0),
                text: l.texts().nth(1).cloned(),
                place: l.place,
            }),
            next: c.one("next").and_then(next),
            follows: c.one("follows").and_then(|l| self.refs(l, "experiment", ExperimentId).next()),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn memory(&self, c: &Clause) -> Memory {
        let agreed = |l: &Clause| chosen(l, &[true, false]).next().map(|yes| Agreed { yes, place: l.place });
        let good = c.one("good").map(|_| Tone::Good);
        Memory {
            name: name(c),
            title: text(c, 0),
            lived_by: said(c, "lived by"),
            told_by: said(c, "told by"),
            agreed: c.one("agreed").and_then(agreed),
            happened: said(c, "happened"),
            felt: said(c, "felt"),
            tone: good.or_else(|| c.one("bad").map(|_| Tone::Bad)),
            share: c.one("share with").map(|l| Share {
                with: text(l, 0),
                because: said(l, "because"),
                place: l.place,
            }),
            keep_alive: said(c, "keep alive by"),
            serves: self.outcomes(c, "serves"),
            at: self.at(c),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn decision(&self, c: &Clause) -> Decision {
        let right = c.one("right").map(|_| Verdict::Right);
        Decision {
            name: name(c),
            title: text(c, 0),
            by: said(c, "by"),
            did: said(c, "did"),
            customer_got: said(c, "customer got"),
            verdict: right.or_else(|| c.one("too far").map(|_| Verdict::TooFar)),
            lesson: said(c, "lesson"),
            shared: c.one("shared with").map(|l| Shared {
                with: text(l, 0),
                on: l.one("on").and_then(date),
                place: l.place,
            }),
            remarks: remarks(c),
            head: c.head,
            place: c.place,
        }
    }

    fn at(&self, c: &Clause) -> At {
        let mut lines = c.all("at").peekable();
        if lines.peek().is_none() {
            return At::Unsaid;
        }
        if c.all("at").flat_map(|l| &l.args).any(|a| matches!(a, Arg::Everywhere)) {
            return At::All;
        }
        At::Touchpoints(lines.flat_map(|l| self.refs(l, "touchpoint", TouchpointId)).collect())
    }

    fn outcomes(&self, c: &Clause, phrase: &str) -> Vec<OutcomeRef> {
        c.inner
            .iter()
            .filter(|l| l.word.phrase == phrase)
            .flat_map(|l| self.refs(l, "outcome", OutcomeId))
            .collect()
    }

    fn refs<Id>(
        &self,
        line: &Clause,
        word: &'static str,
        id: fn(usize) -> Id,
    ) -> impl Iterator<Item = Ref<Id>> {
        line.names().iter().filter_map(move |n| {
            let (at, name) = self.names.find(word, &n.text)?;
            Some(Ref { id: id(at), name: name.to_owned(), place: n.place })
        })
    }
}

fn touchpoint(c: &Clause) -> Touchpoint {
    let routine = c.one("routine").map(|_| Manner::Routine);
    Touchpoint {
        name: name(c),
        title: text(c, 0),
        also: list(c, "also"),
        manner: routine.or_else(|| c.one("personal").map(|_| Manner::Personal)).unwrap_or_default(),
        moment_of_truth: c.one("moment of truth").map(|l| l.place),
        differentiate: c.one("differentiate").map(|l| l.place),
        remarks: remarks(c),
        head: c.head,
        place: c.place,
    }
}

fn walk(c: &Clause) -> Option<Walk> {
    Some(Walk { on: date(c)?, by: said(c, "by"), noticed: said(c, "noticed"), place: c.place })
}

fn expectation(c: &Clause) -> Expectation {
    Expectation { text: text(c, 0), met: reading(c, "met"), remarks: remarks(c), place: c.place }
}

fn value(c: &Clause) -> Value {
    let drives = [Drive::Retention, Drive::Advocacy, Drive::Trust];
    Value {
        text: text(c, 0),
        drives: c.all("drives").flat_map(|l| chosen(l, &drives)).collect(),
        place: c.place,
    }
}

fn measure(c: &Clause) -> Measure {
    let target = |phrase: &str, direction| {
        let line = c.one(phrase)?;
        Some(Target { direction, quantity: quantity(line)?, place: line.head })
    };
    Measure {
        kind: text(c, 0),
        question: text(c, 1),
        target: target("at least", Direction::AtLeast).or_else(|| target("at most", Direction::AtMost)),
        now: reading(c, "now"),
        remarks: remarks(c),
        place: c.place,
    }
}

/// `now` or `met`, with date and source, which may stand beside it in the same block.
fn reading(c: &Clause, phrase: &str) -> Option<Reading> {
    let line = c.one(phrase)?;
    let beside = |phrase: &str| line.one(phrase).or_else(|| c.one(phrase));
    Some(Reading {
        quantity: quantity(line)?,
        on: beside("on").and_then(date),
        source: beside("source").and_then(|l| l.texts().next().cloned()),
        place: line.place,
    })
}

fn rhythm(c: &Clause) -> Option<Rhythm> {
    Some(Rhythm { every: interval(c)?, text: c.texts().next().cloned(), place: c.place })
}

fn remarks(c: &Clause) -> Remarks {
    Remarks { because: said(c, "because"), stories: list(c, "story"), owner: said(c, "owner") }
}

/// The declared name; checked clauses have one.
fn name(c: &Clause) -> Name {
    c.name().cloned().unwrap_or_else(|| Name { text: String::new(), place: c.head })
}

/// The quotation at a position; checked clauses have it.
fn text(c: &Clause, at: usize) -> Text {
    c.texts().nth(at).cloned().unwrap_or_else(|| nothing(c))
}

fn nothing(c: &Clause) -> Text {
    Text { text: String::new(), place: c.head }
}

/// What a line inside says, where it says one thing.
fn said(c: &Clause, phrase: &str) -> Option<Text> {
    c.one(phrase)?.texts().next().cloned()
}

/// What lines inside say, where they say many.
fn list(c: &Clause, phrase: &str) -> Vec<Text> {
    c.inner.iter().filter(|l| l.word.phrase == phrase).flat_map(Clause::texts).cloned().collect()
}

fn date(c: &Clause) -> Option<Dated> {
    c.args.iter().find_map(|a| match a {
        Arg::Date(date) => Some(*date),
        _ => None,
    })
}

fn interval(c: &Clause) -> Option<Interval> {
    c.args.iter().find_map(|a| match a {
        Arg::Interval(interval) => Some(*interval),
        _ => None,
    })
}

fn quantity(c: &Clause) -> Option<Quantity> {
    c.args.iter().find_map(|a| match a {
        Arg::Quantity(quantity) => Some(quantity.clone()),
        _ => None,
    })
}

/// The words chosen, as what they stand for; `meanings` are in the order of the vocabulary's words.
fn chosen<T: Copy>(c: &Clause, meanings: &[T]) -> impl Iterator<Item = T> {
    let choices = c.args.iter().flat_map(|a| match a {
        Arg::Choices(chosen) => chosen.as_slice(),
        _ => &[],
    });
    choices.filter_map(|(at, _)| meanings.get(*at).copied())
}
