//! The lexicon → the groups of classes that frames of spoken lines are made of, and the rules they name, looked up once
//! for all documents.

use crate::language::{ClassSet, Lexicon};
use crate::rule::Rules;

/// What introduces words that staff are to say, excuses them or gives them away.
#[derive(Debug)]
pub(super) struct Frames {
    /// Somebody says or writes something.
    pub speech: ClassSet,
    /// A contact begins.
    pub opening: ClassSet,
    /// A contact ends.
    pub closing: ClassSet,
    /// Words that are laid down.
    pub script: ClassSet,
    /// Offered, not ordered.
    pub offered: ClassSet,
    /// One of several.
    pub example: ClassSet,
    /// Another way is set beside this one.
    pub other: ClassSet,
    /// Told of, abolished or held up as wrong.
    pub over: ClassSet,
    /// It must be so.
    pub order: ClassSet,
    /// How one greets.
    pub salutation: ClassSet,
    /// How one takes leave.
    pub sign_off: ClassSet,
    /// An apology from stock.
    pub apology: ClassSet,
    /// The company hides behind its rules.
    pub policy: ClassSet,
    /// A no with nothing after it.
    pub refusal: ClassSet,
    /// What is possible instead.
    pub way_on: ClassSet,
    /// Somebody is spoken to.
    pub address: ClassSet,
    /// Customers and who they bring.
    pub people: ClassSet,
    /// A heading above lines that are laid down.
    pub script_heading: ClassSet,
    /// A heading above how a contact begins.
    pub opening_heading: ClassSet,
    /// A heading above how one ends.
    pub closing_heading: ClassSet,
    /// A heading above lines that are told of, offered or held up as wrong.
    pub excusing_heading: ClassSet,
    /// A heading above offers.
    pub offer_heading: ClassSet,
    /// The rule about banks of replies.
    pub bank: Option<u32>,
}

impl Frames {
    /// Looks everything up.
    pub fn of(lexicon: &Lexicon, rules: &Rules) -> Frames {
        let classes = |names: &[&str]| lexicon.set_of(names);
        Frames {
            speech: classes(&[
                "speak",
                "speak-weak",
                "read-aloud",
                "write-reply",
                "greet",
                "part",
                "thank",
                "apologise",
                "inform",
                "ask",
                "refuse",
            ]),
            opening: classes(&["greeting", "greeting-weak", "greet", "salutation"]),
            closing: classes(&["closing", "closing-weak", "part", "sign-off-line"]),
            script: classes(&["script", "canned", "verbatim", "heading-script", "phrase-name"]),
            offered: classes(&["own-words", "up-to-you", "suggestion", "may", "judgement", "reverse-order"]),
            example: classes(&["example-cue"]),
            other: classes(&["alternative-cue"]),
            over: classes(&["no-longer", "criticised", "reported", "story-cue"]),
            order: classes(&[
                "must",
                "order-noun",
                "order-adjective",
                "order-verb",
                "always",
                "everyone-serving",
            ]),
            salutation: classes(&["salutation"]),
            sign_off: classes(&["sign-off-line"]),
            apology: classes(&["stock-apology"]),
            policy: classes(&["policy-speak"]),
            refusal: classes(&["dead-end"]),
            way_on: classes(&["way-on"]),
            address: classes(&[
                "pronoun-you",
                "pronoun-we",
                "pronoun-i",
                "stock-phrase",
                "salutation",
                "sign-off-line",
                "stock-apology",
            ]),
            people: classes(&["customer", "companion"]),
            script_heading: classes(&["heading-script", "script", "canned", "verbatim"]),
            opening_heading: classes(&["greeting", "greeting-weak"]),
            closing_heading: classes(&["closing", "closing-weak"]),
            excusing_heading: classes(&[
                "heading-dont",
                "no-longer",
                "criticised",
                "reported",
                "example-cue",
                "own-words",
                "story-cue",
                "suggestion",
            ]),
            offer_heading: classes(&["heading-offer"]),
            bank: rules.position("reply-bank").map(|at| at as u32),
        }
    }
}
