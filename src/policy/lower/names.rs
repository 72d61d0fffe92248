//! What clauses declare, by name → names declared twice, and references that name nothing.

use super::clause::Clause;
use crate::policy::error::{Mistake, PolicyError};
use crate::policy::model::Place;
use crate::policy::vocabulary::{Takes, Word};
use crate::source::Source;
use std::collections::HashMap;

/// Reports what is declared twice in the files of one policy. What a group declares is another matter.
pub(super) fn check_declared_once(clauses: &[Clause], sources: &[Source], errors: &mut Vec<PolicyError>) {
    let mut seen = Seen { places: HashMap::new(), sources, errors };
    for clause in clauses {
        seen.clause(clause, "");
    }
}

struct Seen<'a> {
    places: HashMap<(&'static str, String), Place>,
    sources: &'a [Source],
    errors: &'a mut Vec<PolicyError>,
}

impl Seen<'_> {
    fn clause(&mut self, clause: &Clause, around: &str) {
        let word = clause.word.phrase;
        let title = clause.texts().next();
        match (word, clause.name()) {
            // A stage's name is its journey's own.
            ("stage", Some(name)) => {
                self.see(clause, format!("{around}\n{}", name.text), &name.text, name.place)
            }
            (_, Some(name)) => self.see(clause, name.text.clone(), &name.text, name.place),
            ("journey", None) => {
                let (name, place) = title.map_or((String::new(), clause.head), |t| (t.text.clone(), t.place));
                self.see(clause, name.clone(), &name, place);
            }
            ("brand" | "culture", None) => {
                let name = title.map_or("", |t| t.text.as_str());
                self.see(clause, String::new(), name, clause.head);
            }
            ("first", None) => self.see(clause, String::new(), "", clause.head),
            _ => {}
        }
        let inside = title.map_or("", |t| t.text.as_str());
        for inner in &clause.inner {
            self.clause(inner, if word == "journey" { inside } else { around });
        }
    }

    fn see(&mut self, clause: &Clause, key: String, name: &str, place: Place) {
        let word = clause.word.phrase;
        let Some(first) = self.places.get(&(word, key.to_lowercase())).copied() else {
            self.places.insert((word, key.to_lowercase()), place);
            return;
        };
        let (mistake, label) = match word {
            "first" => (Mistake::SaidTwice { word, block: "tight" }, "first said here"),
            _ => (Mistake::DeclaredTwice { word, name: name.to_owned() }, "first declared here"),
        };
        let source = |p: Place| &self.sources[p.source as usize];
        let error = PolicyError::at(mistake, source(place), place.span);
        self.errors.push(error.and(source(first), first.span, label));
    }
}

/// What references can name: for each kind, the names in the order they are declared.
pub(super) struct Names {
    touchpoints: Kind,
    outcomes: Kind,
    experiments: Kind,
    /// Whatever has a name, and as what it is declared.
    all: HashMap<String, &'static str>,
}

#[derive(Default)]
struct Kind {
    names: Vec<String>,
    by_name: HashMap<String, usize>,
}

impl Kind {
    fn add(&mut self, name: &str) {
        // A name that is declared twice has been reported.
        if !self.by_name.contains_key(&name.to_lowercase()) {
            self.by_name.insert(name.to_lowercase(), self.names.len());
            self.names.push(name.to_owned());
        }
    }
}

/// The word a kind of reference is declared with.
fn declared_with(takes: Takes) -> Option<&'static str> {
    match takes {
        Takes::Touchpoints => Some("touchpoint"),
        Takes::Outcomes => Some("outcome"),
        Takes::Experiment => Some("experiment"),
        _ => None,
    }
}

impl Names {
    pub fn of(clauses: &[Clause]) -> Names {
        let mut names = Names {
            touchpoints: Kind::default(),
            outcomes: Kind::default(),
            experiments: Kind::default(),
            all: HashMap::new(),
        };
        for clause in clauses {
            clause.walk(&mut |c| {
                let Some(name) = c.name() else { return };
                names.all.entry(name.text.to_lowercase()).or_insert(c.word.phrase);
                if let Some(kind) = names.kind_mut(c.word.phrase) {
                    kind.add(&name.text);
                }
            });
        }
        names
    }

    fn kind_mut(&mut self, word: &str) -> Option<&mut Kind> {
        match word {
            "touchpoint" => Some(&mut self.touchpoints),
            "outcome" => Some(&mut self.outcomes),
            "experiment" => Some(&mut self.experiments),
            _ => None,
        }
    }

    fn kind(&self, word: &str) -> &Kind {
        match word {
            "touchpoint" => &self.touchpoints,
            "outcome" => &self.outcomes,
            _ => &self.experiments,
        }
    }

    /// Index and declared spelling of a name.
    pub fn find(&self, word: &str, name: &str) -> Option<(usize, &str)> {
        let kind = self.kind(word);
        let at = *kind.by_name.get(&name.to_lowercase())?;
        Some((at, kind.names.get(at)?))
    }

    /// Reports references that name nothing.
    pub fn check_references(&self, clauses: &[Clause], sources: &[Source], errors: &mut Vec<PolicyError>) {
        for clause in clauses {
            clause.walk(&mut |c| {
                let Some(kind) = c.word.takes.iter().find_map(|&t| declared_with(t)) else { return };
                for name in c.names().iter().filter(|n| self.find(kind, &n.text).is_none()) {
                    let source = &sources[name.place.source as usize];
                    errors.push(PolicyError::at(
                        self.unknown(kind, &name.text, c.word),
                        source,
                        name.place.span,
                    ));
                }
            });
        }
    }

    fn unknown(&self, kind: &'static str, name: &str, word: &Word) -> Mistake {
        let declared = &self.kind(kind).names;
        let lower = name.to_lowercase();
        let everywhere = kind == "touchpoint" && word.phrase == "at";
        let all = ["all", "any", "anywhere", "every", "always", "everwhere", "all-touchpoints"];
        let suggestion = if everywhere && all.contains(&lower.as_str()) {
            Some("everywhere".to_owned())
        } else {
            crate::nearest::nearest(name, declared.iter().map(String::as_str)).map(str::to_owned)
        };
        let other_kind = self.all.get(&lower).copied();
        Mistake::UnknownName {
            name: name.to_owned(),
            kind,
            suggestion,
            other_kind,
            declared: declared.clone(),
        }
    }
}
