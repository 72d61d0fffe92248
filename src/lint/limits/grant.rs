//! The `empower` blocks of a policy → what each group decides alone: up to how much, which acts, and where it says so.

use crate::document::{self, Format, Limits};
use crate::finding::Related;
use crate::language::{self, ClassId, Core, Lexicon, WordId, amount};
use crate::policy::{Empowerment, Limit, Place, Policy};

/// What one group of people decides alone.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// The group, as the policy calls it.
    pub who: String,
    /// Base forms that name the group.
    pub names: Vec<String>,
    /// Whether the group's name is one of those whom others ask.
    pub above: bool,
    /// Up to how much, and in what (an ISO 4217 code, or `%`), with the line that says so.
    pub spend: Option<Spend>,
    /// What they may do, each with its place.
    pub acts: Vec<Act>,
    /// When they ask first, as base forms.
    pub ask_first: Vec<Vec<String>>,
    /// All its text in lower case.
    pub text: String,
    /// Which `empower` block it comes from.
    pub group: usize,
}

/// A limit in money or as a share.
#[derive(Clone, Debug)]
pub(super) struct Spend {
    pub amount: f64,
    pub code: String,
    pub place: Place,
}

/// Something people may do, as the base forms of its telling words.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub stems: Vec<String>,
    pub said: String,
    pub place: Place,
}

impl Grant {
    /// The grants of a policy: one a limit, or one for an `empower` without a limit.
    pub(super) fn all(policy: &Policy, lexicon: &Lexicon) -> Vec<Grant> {
        let core = Core::of(lexicon);
        let groups = policy.empowerments.iter().enumerate();
        groups.flat_map(|(i, e)| Grant::of(e, i, lexicon, &core)).collect()
    }

    fn of(e: &Empowerment, group: usize, lexicon: &Lexicon, core: &Core) -> Vec<Grant> {
        let title = e.title.as_str();
        let named = format!("{} {}", e.name.text.replace('-', " "), subject(title));
        let names = stems(&named, lexicon);
        let approver = lexicon.class("approver").unwrap_or(ClassId::NONE);
        let above = names.iter().any(|n| lexicon.classes(lexicon.word(n)).has(approver) || is_lead(n));
        let acts: Vec<Act> = e
            .may
            .iter()
            .flat_map(|text| {
                let place = text.place;
                pieces(text.as_str()).into_iter().map(move |piece| (piece, place))
            })
            .map(|(piece, place)| Act { stems: stems(&piece, lexicon), said: piece, place })
            .filter(|a| !a.stems.is_empty())
            .collect();
        let mut text = format!("{named} {title}");
        for m in &e.may {
            text.push(' ');
            text.push_str(m.as_str());
        }
        let grant = Grant {
            who: e.name.text.replace('-', " "),
            names,
            above,
            spend: None,
            acts,
            ask_first: e.ask_first.iter().map(|a| stems(a.as_str(), lexicon)).collect(),
            text: text.to_lowercase(),
            group,
        };
        let mut out: Vec<Grant> = e
            .spends
            .iter()
            .map(|s| {
                let (amount, code) = match &s.limit {
                    Limit::Money(m) => (m.amount, m.currency.clone()),
                    Limit::ShareOfBill(share) => (*share, "%".to_owned()),
                };
                Grant { spend: Some(Spend { amount, code, place: s.place }), ..grant.clone() }
            })
            .collect();
        // A limit may also stand in the words of a `may`: "take up to 10% off the price".
        for m in &e.may {
            for (amount, code) in limits(m.as_str(), lexicon, core) {
                if !out.iter().any(|g| g.spend.as_ref().is_some_and(|s| s.code == code)) {
                    out.push(Grant { spend: Some(Spend { amount, code, place: m.place }), ..grant.clone() });
                }
            }
        }
        if out.is_empty() {
            out.push(grant);
        }
        out
    }

    /// The act that the words of a sentence speak of. `given` says that something is given to a customer there.
    pub(super) fn act(&self, words: &[String], given: bool) -> Option<&Act> {
        self.acts.iter().find(|a| {
            let shared = a.stems.iter().filter(|s| words.contains(s)).count();
            // One word is enough only where it is the thing itself, and something is given.
            let thing = a.stems.last().is_some_and(|s| words.contains(s));
            shared >= 2 || thing && given && a.stems.len() <= 3
        })
    }

    /// Whether the sentence speaks of a case in which people ask first, as the policy itself says.
    pub(super) fn asks_first(&self, words: &[String]) -> bool {
        self.ask_first.iter().any(|a| {
            let shared = a.iter().filter(|s| words.contains(s)).count();
            shared >= 2 && shared * 3 >= a.len() * 2
        })
    }

    /// The line of the policy a finding points at.
    pub(super) fn related(&self, policy: &Policy, act: Option<&Act>) -> Option<Related> {
        let (place, label) = match (&self.spend, act) {
            (_, Some(act)) => (act.place, format!("{} may {} without asking", self.who, act.said)),
            (Some(s), None) => {
                (s.place, format!("{} decide alone up to {}", self.who, money(s.amount, &s.code)))
            }
            (None, None) => return None,
        };
        Some(Related { source: policy.source(place).clone(), span: place.span, label })
    }
}

/// The limits a text names: how much, and in what.
fn limits(text: &str, lexicon: &Lexicon, core: &Core) -> Vec<(f64, String)> {
    let Ok(doc) = document::read_as("may", text.as_bytes(), Format::Text, Limits::default()) else {
        return Vec::new();
    };
    let reading = language::read(&doc, lexicon, core);
    let sums = reading
        .sentences
        .iter()
        .flat_map(|s| amount::amounts(&reading, doc.flat.text(), s.tokens.clone(), None));
    sums.filter(|a| a.high.is_finite())
        .filter_map(|a| Some((a.high, (*a.currency.first()?).to_owned())))
        .collect()
}

/// An amount as it is said: `250 EUR`, `4.50 GBP`, `10% of the bill`.
pub(super) fn money(amount: f64, code: &str) -> String {
    let figure = if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount:.2}") };
    if code == "%" { format!("{figure}% of the bill") } else { format!("{figure} {code}") }
}

fn is_lead(name: &str) -> bool {
    matches!(
        name,
        "lead" | "leader" | "head" | "director" | "owner" | "captain" | "chief" | "supervisor" | "boss"
    )
}

/// Whom a sentence is about: "Hosts" of "Hosts may spend …".
fn subject(text: &str) -> &str {
    text.split(" may ").next().filter(|s| s.len() < text.len()).unwrap_or(text)
}

/// "may change a room or take a charge off the bill" → its acts, without the subject and "without approval".
fn pieces(text: &str) -> Vec<String> {
    let rest = text.split_once(" may ").map_or(text, |(_, rest)| rest);
    let rest = rest.split(" without ").next().unwrap_or(rest);
    rest.split(" and may ")
        .flat_map(|p| p.split(" or "))
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(", "))
        .map(|p| p.trim().trim_start_matches("may ").to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Words that tell nothing of an act.
const EMPTY: [&str; 64] = [
    "a",
    "an",
    "the",
    "of",
    "to",
    "for",
    "on",
    "in",
    "at",
    "up",
    "with",
    "and",
    "or",
    "per",
    "any",
    "their",
    "its",
    "from",
    "by",
    "as",
    "off",
    "out",
    "away",
    "spend",
    "case",
    "approval",
    "without",
    "worth",
    "make",
    "put",
    "something",
    "right",
    "decide",
    "do",
    "give",
    "take",
    "offer",
    "grant",
    "hand",
    "staff",
    "customer",
    "guest",
    "who",
    "that",
    "back",
    "everyone",
    "anybody",
    "be",
    "may",
    "this",
    "own",
    "it",
    "you",
    "your",
    "our",
    "all",
    "alone",
    "about",
    "one",
    "same",
    "no",
    "sign",
    "another",
    "eur",
];

/// Words of one meaning, the first stands for all.
const ALIKE: [&[&str]; 9] = [
    &["change", "move", "swap", "switch", "exchange", "rebook", "transfer"],
    &["waive", "drop", "cancel", "remove", "delete", "reverse", "strike", "correct"],
    &["fee", "charge", "surcharge", "penalty"],
    &["refund", "reimburse", "return", "repay"],
    &["replace", "replacement", "reship", "resend", "remake"],
    &["extend", "extension", "prolong", "lengthen"],
    &["discount", "rebate", "reduction", "markdown"],
    &["upgrade", "better"],
    &["voucher", "coupon", "token"],
];

/// The telling words of a text, as base forms, words of one meaning as one.
pub(super) fn stems(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').peekable();
    while let Some(w) = words.next() {
        let w = w.to_lowercase();
        if w == "non" {
            // "non-prescription" is not about prescriptions.
            words.next();
            continue;
        }
        if w.len() < 2 || w.starts_with(|c: char| c.is_ascii_digit()) || EMPTY.contains(&w.as_str()) {
            continue;
        }
        let stem = stem(&w, lexicon);
        if !EMPTY.contains(&stem.as_str()) && stem.len() > 2 && !out.contains(&stem) {
            out.push(stem);
        }
    }
    out
}

fn stem(word: &str, lexicon: &Lexicon) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let id = lexicon.word(word);
    let base = if id == WordId::UNKNOWN {
        let n = if word.len() > 4 && !word.ends_with("ss") {
            word.trim_end_matches('s').len()
        } else {
            word.len()
        };
        word[..n].to_owned()
    } else {
        lexicon.text(lexicon.lemma(id)).to_owned()
    };
    ALIKE.iter().find(|g| g.contains(&base.as_str())).map_or(base, |g| g[0].to_owned())
}
