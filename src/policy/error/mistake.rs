//! Every mistake a policy can have, in words.

use crate::policy::vocabulary::either;

/// What is wrong. The message says it, the label stands under the text, the help is the way out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Mistake {
    // Files.
    /// A file that cannot be read.
    #[error("{path} cannot be read: {why}")]
    CannotRead {
        /// The file, as it is shown.
        path: String,
        /// The reason, as the system puts it.
        why: String,
    },
    /// A file that is no UTF-8.
    #[error("{path} is not written in UTF-8")]
    NotUtf8 {
        /// The file, as it is shown.
        path: String,
    },
    /// A file beyond the size limit.
    #[error("this policy is larger than {} KB", crate::policy::parse::LARGEST / 1024)]
    TooLarge,
    /// A file built to keep the reader busy.
    #[error("this policy is too tangled to be read")]
    TooTangled,
    /// Blocks beyond the depth limit.
    #[error("blocks stand inside each other more than {} deep", crate::policy::parse::DEEPEST)]
    TooDeep,
    /// An `include` or `extends` that names no file.
    #[error("there is no file {path}")]
    MissingFile {
        /// The word: `include` or `extends`.
        word: &'static str,
        /// As it is written.
        path: String,
    },
    /// An `include` or `extends` that leads out of the folders it may name.
    #[error("`{word}` may not lead to {path}")]
    OutsideFolder {
        /// The word: `include` or `extends`.
        word: &'static str,
        /// As it is written.
        path: String,
        /// What it breaks.
        why: &'static str,
    },
    /// Files that include or extend each other in a circle.
    #[error("these files lead back to where they began: {chain}")]
    Circle {
        /// `a.promise → b.promise → a.promise`.
        chain: String,
    },
    /// Files that include files that include files.
    #[error("files include each other more than {} deep", crate::policy::load::DEEPEST_INCLUDE)]
    IncludedTooDeep,
    /// A glob nobody can read.
    #[error("{pattern} is no pattern of file names: {why}")]
    BadPattern {
        /// As it is written.
        pattern: String,
        /// The reason.
        why: String,
    },
    /// An `include` or `extends` in a text that has no file.
    #[error("`{word}` needs a file to start from, and this text has none")]
    NoFile {
        /// The word: `include` or `extends`.
        word: &'static str,
    },

    // How it is written.
    /// A quotation without an end.
    #[error("this quotation is never closed")]
    UnclosedQuotation,
    /// A quotation with nothing in it.
    #[error("this quotation is empty")]
    EmptyQuotation,
    /// A block without an end.
    #[error("this brace is never closed")]
    UnclosedBrace {
        /// The word the block belongs to.
        word: String,
    },
    /// A `}` too many.
    #[error("this brace closes nothing")]
    StrayBrace,
    /// A block without a line before it.
    #[error("this block belongs to nothing")]
    BareBlock,
    /// A character that means nothing here.
    #[error("`{found}` means nothing here")]
    OddCharacter {
        /// The character or characters.
        found: String,
        /// What to do about it.
        help: String,
    },
    /// A line that begins with no word.
    #[error("this line begins with {found}, not with a word of the language")]
    NotALine {
        /// What it begins with, in words.
        found: &'static str,
        /// The block.
        block: &'static str,
    },
    /// A comma with nothing behind it.
    #[error("nothing follows this comma")]
    LooseComma,
    /// No comma where a list goes on.
    #[error("a comma is missing before {found}")]
    MissingComma {
        /// What comes next.
        found: String,
    },

    // Words.
    /// A word the language does not have.
    #[error("`{word}` is not a word of the policy language")]
    UnknownWord {
        /// As it is written.
        word: String,
        /// The block it stands in.
        block: &'static str,
        /// The word that was probably meant.
        suggestion: Option<&'static str>,
        /// The words there are.
        known: Vec<&'static str>,
    },
    /// A word of the language in a block it does not belong to.
    #[error("`{word}` does not belong {}", place(block))]
    WrongBlock {
        /// The word.
        word: &'static str,
        /// Where it stands.
        block: &'static str,
        /// Where it belongs, in words: "in `tight`".
        home: String,
        /// What it is for, where it is the same in every block.
        meaning: Option<&'static str>,
        /// The word of this block that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A line that lacks something.
    #[error("`{word}` is missing {expected}")]
    Missing {
        /// The word.
        word: &'static str,
        /// What is expected, in words.
        expected: String,
        /// The line as people would write it.
        example: String,
    },
    /// Something in a line that does not belong there.
    #[error("`{word}` does not take {found}")]
    Unexpected {
        /// The word.
        word: &'static str,
        /// What stands there.
        found: String,
        /// What to do about it.
        help: String,
    },
    /// A block behind a word that has none.
    #[error("`{word}` has no block")]
    NoBlockHere {
        /// The word.
        word: &'static str,
    },
    /// A line that may stand once and stands twice.
    #[error("`{word}` stands twice {}", place(block))]
    SaidTwice {
        /// The word.
        word: &'static str,
        /// The block.
        block: &'static str,
    },
    /// Two lines of which only one may stand.
    #[error("`{one}` and `{other}` exclude each other")]
    EitherOr {
        /// The first.
        one: &'static str,
        /// The second.
        other: &'static str,
        /// What they decide.
        about: &'static str,
    },
    /// A word that is none of those a line can take.
    #[error("`{found}` is not one of the words `{word}` takes")]
    UnknownChoice {
        /// The line's word.
        word: &'static str,
        /// As it is written.
        found: String,
        /// What there is to choose from.
        choices: &'static [&'static str],
        /// The one that was probably meant.
        suggestion: Option<&'static str>,
    },

    // Dates, amounts, names.
    /// A date that is none.
    #[error("`{found}` is not a date")]
    BadDate {
        /// As it is written.
        found: String,
        /// The date it probably means.
        suggestion: Option<String>,
    },
    /// An amount that is none.
    #[error("`{found}` is not an amount")]
    BadAmount {
        /// As it is written.
        found: String,
        /// What is wrong with it, and the way out.
        help: String,
    },
    /// A share that is none.
    #[error("`{found}` is not a share")]
    BadShare {
        /// As it is written.
        found: String,
        /// What is wrong with it, and the way out.
        help: String,
    },
    /// A number that is none.
    #[error("`{found}` is not a usable number")]
    BadNumber {
        /// As it is written.
        found: String,
        /// What is wrong with it, and the way out.
        help: String,
    },
    /// A length of time that is none.
    #[error("`{found}` is not a length of time")]
    BadInterval {
        /// As it is written.
        found: String,
        /// What is wrong with it, and the way out.
        help: String,
    },
    /// A name that is not written as names are.
    #[error("`{found}` is not a name")]
    BadName {
        /// As it is written.
        found: String,
        /// What it could be called.
        suggestion: String,
    },
    /// A reference to nothing.
    #[error("there is no {kind} `{name}`")]
    UnknownName {
        /// As it is written.
        name: String,
        /// `touchpoint`, `outcome`, `experiment`.
        kind: &'static str,
        /// The name that was probably meant.
        suggestion: Option<String>,
        /// What this name is declared as.
        other_kind: Option<&'static str>,
        /// The names there are.
        declared: Vec<String>,
    },
    /// A name that is declared twice.
    #[error("the {word}{} is declared twice", called(name))]
    DeclaredTwice {
        /// What it is declared as.
        word: &'static str,
        /// The name; empty for what has none.
        name: String,
    },

    // The whole.
    /// A policy without a brand.
    #[error("this policy has no brand")]
    NoBrand,
    /// A brand without a promise.
    #[error("this brand makes no promise")]
    NoPromise,

    // Worth knowing.
    /// Something inherited is replaced.
    #[error("{what} replaces the one this policy inherits")]
    Overridden {
        /// `the outcome `safe``.
        what: String,
    },
    /// An `include` that no file fits.
    #[error("no file fits {pattern}")]
    IncludesNothing {
        /// As it is written.
        pattern: String,
    },
}

/// "at the top of a file", "in a `tight` block".
fn place(block: &str) -> String {
    if block.is_empty() { "at the top of a file".into() } else { format!("in `{block}`") }
}

/// ` `safe``, or nothing for what has no name.
fn called(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" `{name}`") }
}

/// `did you mean …?`.
fn meant(word: &str) -> String {
    format!("did you mean `{word}`?")
}

impl Mistake {
    /// A name for the kind of mistake, to look it up by; it never changes.
    pub fn code(&self) -> &'static str {
        use Mistake::*;
        match self {
            CannotRead { .. } => "policy::cannot-read",
            NotUtf8 { .. } => "policy::not-utf-8",
            TooLarge => "policy::too-large",
            TooTangled => "policy::too-tangled",
            TooDeep => "policy::too-deep",
            MissingFile { .. } => "policy::missing-file",
            OutsideFolder { .. } => "policy::outside-folder",
            Circle { .. } => "policy::circle",
            IncludedTooDeep => "policy::included-too-deep",
            BadPattern { .. } => "policy::bad-pattern",
            NoFile { .. } => "policy::no-file",
            UnclosedQuotation => "policy::unclosed-quotation",
            EmptyQuotation => "policy::empty-quotation",
            UnclosedBrace { .. } => "policy::unclosed-brace",
            StrayBrace => "policy::stray-brace",
            BareBlock => "policy::bare-block",
            OddCharacter { .. } => "policy::odd-character",
            NotALine { .. } => "policy::not-a-line",
            LooseComma => "policy::loose-comma",
            MissingComma { .. } => "policy::missing-comma",
            UnknownWord { .. } => "policy::unknown-word",
            WrongBlock { .. } => "policy::wrong-block",
            Missing { .. } => "policy::missing",
            Unexpected { .. } => "policy::unexpected",
            NoBlockHere { .. } => "policy::no-block-here",
            SaidTwice { .. } => "policy::said-twice",
            EitherOr { .. } => "policy::either-or",
            UnknownChoice { .. } => "policy::unknown-choice",
            BadDate { .. } => "policy::bad-date",
            BadAmount { .. } => "policy::bad-amount",
            BadShare { .. } => "policy::bad-share",
            BadNumber { .. } => "policy::bad-number",
            BadInterval { .. } => "policy::bad-interval",
            BadName { .. } => "policy::bad-name",
            UnknownName { .. } => "policy::unknown-name",
            DeclaredTwice { .. } => "policy::declared-twice",
            NoBrand => "policy::no-brand",
            NoPromise => "policy::no-promise",
            Overridden { .. } => "policy::overridden",
            IncludesNothing { .. } => "policy::includes-nothing",
        }
    }

    /// Whether it kept the whole file from being read.
    pub fn hides_the_rest(&self) -> bool {
        use Mistake::*;
        matches!(self, CannotRead { .. } | NotUtf8 { .. } | TooLarge | TooTangled | TooDeep)
    }

    /// Whether it is only worth knowing.
    pub fn is_warning(&self) -> bool {
        matches!(self, Mistake::Overridden { .. } | Mistake::IncludesNothing { .. })
    }

    /// What stands under the text.
    pub fn label(&self) -> String {
        use Mistake::*;
        match self {
            UnknownWord { suggestion: Some(word), .. } => meant(word),
            UnknownWord { block, .. } => format!("expected a word that belongs {}", place(block)),
            UnknownChoice { suggestion: Some(word), .. } => meant(word),
            UnknownChoice { choices, .. } => format!("expected {}", either(choices)),
            UnknownName { suggestion: Some(name), .. } => meant(name),
            UnknownName { other_kind: Some(other), kind, .. } => {
                format!("this is {}, not {}", a(other), a(kind))
            }
            UnknownName { kind, .. } => format!("no {kind} is called that"),
            WrongBlock { suggestion: Some(word), .. } => meant(word),
            WrongBlock { home, .. } => format!("this belongs {home}"),
            Missing { expected, .. } => format!("expected {expected}"),
            BadDate { suggestion: Some(date), .. } => format!("did you mean {date}?"),
            BadDate { .. } => "expected a date, such as 2026-09-14".into(),
            BadAmount { .. } => "expected an amount, such as 250 EUR".into(),
            BadShare { .. } => "expected a share, such as 61%".into(),
            BadNumber { .. } => "expected a number, such as 85%, 6 of 7 or 0 per year".into(),
            BadInterval { .. } => "expected a length of time, such as 6 months".into(),
            BadName { suggestion, .. } => {
                format!("expected a name in hyphenated words, such as `{suggestion}`")
            }
            UnclosedQuotation => "expected a quotation mark at its end".into(),
            EmptyQuotation => "expected words between the marks".into(),
            UnclosedBrace { word } if word.is_empty() => "opened here".into(),
            UnclosedBrace { word } => format!("the block of `{word}` opens here"),
            StrayBrace => "nothing is open here".into(),
            BareBlock => "expected a line before it".into(),
            NotALine { block, .. } => format!("expected a word that belongs {}", place(block)),
            LooseComma => "expected one more behind it, or no comma".into(),
            MissingComma { .. } => "expected a comma before this".into(),
            OddCharacter { .. } | Unexpected { .. } => "not expected here".into(),
            NoBlockHere { .. } => "expected no block".into(),
            SaidTwice { .. } | DeclaredTwice { .. } => "and again here".into(),
            EitherOr { .. } => "one of the two is too much".into(),
            TooDeep => "this goes too far".into(),
            MissingFile { .. } => "no such file".into(),
            OutsideFolder { why, .. } => (*why).into(),
            Circle { .. } => "this closes the circle".into(),
            IncludedTooDeep => "this goes too far".into(),
            NoPromise => "expected a line `promise \"…\"` in its block".into(),
            NoBrand => "expected a block `brand \"…\" { promise \"…\" }`".into(),
            Overridden { .. } => "this one holds".into(),
            NotUtf8 { .. } => "from here on".into(),
            TooLarge
            | TooTangled
            | NoFile { .. }
            | CannotRead { .. }
            | BadPattern { .. }
            | IncludesNothing { .. } => "here".into(),
        }
    }

    /// The way out.
    pub fn help(&self) -> Option<String> {
        use Mistake::*;
        Some(match self {
            UnknownWord { known, block, .. } => {
                format!("{} there can be {}", capital(&place(block)), crate::problem::listed(&ticked(known)))
            }
            WrongBlock { word, home, meaning, .. } => match meaning {
                Some(meaning) => format!("`{word}`: {meaning}. It belongs {home}"),
                None => format!("`{word}` belongs {home}"),
            },
            Missing { example, .. } => format!("write, for example: {example}"),
            Unexpected { help, .. } | OddCharacter { help, .. } => help.clone(),
            BadAmount { help, .. }
            | BadShare { help, .. }
            | BadNumber { help, .. }
            | BadInterval { help, .. } => help.clone(),
            UnknownChoice { choices, .. } => {
                format!("the words are {}", crate::problem::listed(&ticked(choices)))
            }
            UnknownName { declared, kind, .. } if declared.is_empty() => format!("no {kind} is declared yet"),
            UnknownName { declared, .. } if declared.len() == 1 => format!("there is only `{}`", declared[0]),
            UnknownName { declared, .. } if declared.len() <= 12 => {
                format!("there are {}", crate::problem::listed(&ticked(declared)))
            }
            UnknownName { .. } => return None,
            BadDate { .. } => "write year, month and day, as in 2026-09-14".into(),
            BadName { .. } => {
                "a name is one word, or several joined by hyphens; prose stands in quotation marks".into()
            }
            UnclosedQuotation => "close it with \"; inside a quotation, write \\\"".into(),
            EmptyQuotation => "say something, or leave the line out".into(),
            UnclosedBrace { .. } => "write a } where the block ends".into(),
            StrayBrace => "take it away, or write the { it belongs to".into(),
            BareBlock => "a block belongs to a line, as in `tight { … }`".into(),
            NotALine { .. } => {
                "every line begins with a word of the language; a quotation goes on over lines until its mark"
                    .into()
            }
            LooseComma | MissingComma { .. } => {
                "a comma stands between the parts of a list, and only there".into()
            }
            NoBlockHere { word } => format!("take the braces away; `{word}` stands on a line of its own"),
            SaidTwice { word, .. } => format!("`{word}` is said once; keep one of the two"),
            EitherOr { about, .. } => format!("they decide {about}; keep one of the two"),
            DeclaredTwice { .. } => "give one of the two another name".into(),
            NoBrand => "the least a policy says is: brand \"Harbor Hotels\" { promise \"…\" }".into(),
            NoPromise => "say in one or two sentences what every customer can count on".into(),
            TooDeep => "the language needs five levels at most; is a } missing?".into(),
            TooTangled => "is a quotation mark missing near the beginning?".into(),
            TooLarge => "divide it into files, and `include` them".into(),
            NotUtf8 { .. } => "save it as UTF-8, without other encodings".into(),
            MissingFile { .. } => "paths begin at the folder of the file they are written in".into(),
            OutsideFolder { .. } => {
                "name a .promise file by a path that begins at this file's folder and stays in the repository"
                    .into()
            }
            Circle { .. } => "let one of them go".into(),
            IncludedTooDeep => "name the files from the first one".into(),
            NoFile { .. } => "save the text as a file first".into(),
            BadPattern { .. } => "`*` stands for any name, `**` for any folders".into(),
            IncludesNothing { .. } => "take the line away, or write the files".into(),
            Overridden { .. } => return None,
            CannotRead { .. } => return None,
        })
    }
}

/// `an outcome`, `a touchpoint`.
fn a(word: &str) -> String {
    format!("{} {word}", if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" })
}

fn ticked(words: &[impl AsRef<str>]) -> Vec<String> {
    words.iter().map(|w| format!("`{}`", w.as_ref())).collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
