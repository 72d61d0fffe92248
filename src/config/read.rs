//! The text of a `loosetight.toml` → [`Config`], or every mistake in it at once.
//!
//! The TOML reader gives a tree with places and goes on after a mistake; the tree is walked against the list of keys
//! there are. (Serde would stop at the first mistake.)

use super::{Config, DocumentSet, FailOn, Pattern, RuleLevel, Sensitivity, Setting};
use crate::document::Kind;
use crate::finding::Level;
use crate::problem::Problem;
use crate::source::Source;
use crate::toml_text::{self, Codes, Value};
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// What mistakes of this file are called.
const CODES: Codes = Codes {
    syntax: "config::syntax",
    unknown_key: "config::unknown-key",
    missing_key: "config::missing-key",
    wrong_type: "config::wrong-type",
    unknown_word: "config::unknown-word",
};

/// Keys at the top of the file.
const TOP: [&str; 10] = [
    "policy",
    "include",
    "exclude",
    "documents",
    "levels",
    "packs",
    "baseline",
    "fail-on",
    "sensitivity",
    "max-size",
];
/// Keys of a `[[documents]]` table.
const DOCUMENTS: [&str; 5] = ["files", "kind", "touchpoint", "site", "owner"];
/// Keys of a level written as a table.
const LEVEL: [&str; 3] = ["level", "because", "until"];

/// Reads the text of a `loosetight.toml` that lies in `folder`.
///
/// # Errors
/// Every mistake of the file, in the order they stand in it.
pub fn read(source: &Source, folder: &Path) -> Result<Config, Vec<Problem>> {
    let (file, tree) = toml_text::Reader::open(source, &CODES);
    let mut reader = Reader { file, folder };
    let config = reader.config(tree.get_ref());
    let problems = reader.file.problems();
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

struct Reader<'a> {
    file: toml_text::Reader<'a>,
    folder: &'a Path,
}

impl Reader<'_> {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config {
            source: Some(self.file.source.clone()),
            folder: self.folder.to_owned(),
            ..Config::default()
        };
        self.file.known_keys(table, &TOP, "a setting");
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "baseline" => config.baseline = self.path(value, "baseline"),
                "policy" => config.policy = self.path(value, "policy"),
                "include" => config.include = self.patterns(value, "include"),
                "exclude" => config.exclude = self.patterns(value, "exclude"),
                "packs" => {
                    config.packs =
                        self.file.texts(value, "packs").into_iter().map(|t| self.joined(t)).collect();
                }
                "documents" => config.documents = self.documents(value),
                "levels" => self.levels(value, &mut config),
                "fail-on" => {
                    config.fail_on = self.file.word(value, "fail-on", &FailOn::WORDS, FailOn::named);
                }
                "sensitivity" => {
                    config.sensitivity =
                        self.file.word(value, "sensitivity", &Sensitivity::WORDS, Sensitivity::named);
                }
                "max-size" => config.max_size = self.size(value),
                _ => {}
            }
        }
        config
    }

    fn joined(&self, text: Setting<String>) -> Setting<PathBuf> {
        Setting { value: self.folder.join(text.value), span: text.span }
    }

    fn path(&mut self, value: &Value<'_>, key: &str) -> Option<Setting<PathBuf>> {
        self.file.text(value, key).map(|t| self.joined(t))
    }

    fn patterns(&mut self, value: &Value<'_>, key: &str) -> Vec<Setting<Pattern>> {
        let mut patterns = Vec::new();
        for Setting { value: text, span } in self.file.texts(value, key) {
            match Pattern::new(self.folder, &text) {
                Ok(value) => patterns.push(Setting { value, span }),
                Err(why) => {
                    let problem = Problem::new("config::glob", format!("`{text}` cannot be read as a glob"))
                        .help("globs are written as in .gitignore: `drafts`, `sops/**/*.md`, `*.old.md`");
                    self.file.helped(span, problem, &why);
                }
            }
        }
        patterns
    }

    fn size(&mut self, value: &Value<'_>) -> Option<Setting<u64>> {
        let span = value.span().into();
        let bytes = match value.get_ref() {
            DeValue::String(text) => super::size_named(text),
            DeValue::Integer(n) => u64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        if bytes.is_none() {
            self.file.expected(value, "max-size", "a size such as \"50 MB\"");
        }
        bytes.map(|value| Setting { value, span })
    }

    fn documents(&mut self, value: &Value<'_>) -> Vec<DocumentSet> {
        let Some(tables) = value.get_ref().as_array() else {
            self.file.expected(value, "documents", "tables, each begun with `[[documents]]`");
            return Vec::new();
        };
        tables.iter().filter_map(|table| self.document_set(table)).collect()
    }

    fn document_set(&mut self, value: &Value<'_>) -> Option<DocumentSet> {
        let Some(table) = value.get_ref().as_table() else {
            self.file.expected(value, "documents", "tables, each begun with `[[documents]]`");
            return None;
        };
        self.file.known_keys(table, &DOCUMENTS, "a setting of `[[documents]]`");
        let mut set =
            DocumentSet { files: Vec::new(), kind: None, touchpoints: Vec::new(), site: None, owner: None };
        for (key, value) in table.iter() {
            match key.get_ref().as_ref() {
                "files" => set.files = self.patterns(value, "files"),
                "kind" => set.kind = self.file.word(value, "kind", &Kind::ALL.map(Kind::word), Kind::named),
                "touchpoint" => set.touchpoints = self.file.texts(value, "touchpoint"),
                "site" => set.site = self.file.text(value, "site"),
                "owner" => set.owner = self.file.text(value, "owner"),
                _ => {}
            }
        }
        if table.get("files").is_none() {
            let problem =
                Problem::new("config::missing-key", "`[[documents]]` does not say which `files` it is about")
                    .help("add a line such as `files = \"macros/**/*.md\"`");
            self.file.helped(value.span().into(), problem, "`files` is missing");
        }
        Some(set)
    }

    fn levels(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = value.get_ref().as_table() else {
            self.file.expected(
                value,
                "levels",
                "a table: [levels], then lines such as `name-quota = \"consider\"`",
            );
            return;
        };
        for (key, value) in table.iter() {
            let rule = key.get_ref().as_ref();
            if let Some(level) = self.rule_level(value, rule) {
                config.levels.insert(rule.to_owned(), Setting { value: level, span: key.span().into() });
            }
        }
    }

    fn rule_level(&mut self, value: &Value<'_>, rule: &str) -> Option<RuleLevel> {
        const WORDS: [&str; 4] = ["must-fix", "should-fix", "consider", "off"];
        let named = |word: &str| match word.trim() {
            "off" => Some(None),
            word => Level::named(word).map(Some),
        };
        let Some(table) = value.get_ref().as_table() else {
            let level = self.file.word(value, rule, &WORDS, named)?.value;
            return Some(RuleLevel { level, because: None, until: None });
        };
        self.file.known_keys(table, &LEVEL, "a setting of a level");
        let Some(level) = table.get("level") else {
            let problem = Problem::new("config::missing-key", format!("`{rule}` does not say which level"))
                .help("write `{ level = \"consider\", because = \"…\", until = 2027-03-31 }`");
            self.file.helped(value.span().into(), problem, "`level` is missing");
            return None;
        };
        let level = self.file.word(level, "level", &WORDS, named)?.value;
        let because = table.get("because").and_then(|v| self.file.text(v, "because")).map(|t| t.value);
        let until = table.get("until").and_then(|v| self.date(v, "until"));
        Some(RuleLevel { level, because, until })
    }

    fn date(&mut self, value: &Value<'_>, key: &str) -> Option<jiff::civil::Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.as_ref().to_owned(),
            _ => String::new(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            self.file.expected(value, key, "a date such as 2027-03-31");
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use miette::Diagnostic;

    fn config(text: &str) -> Result<Config, Vec<Problem>> {
        read(&Source::new("loosetight.toml", text), Path::new("/hotel"))
    }

    /// Line, message, the words underlined and the help of every mistake.
    fn mistakes(text: &str) -> Vec<(u32, String, String, String)> {
        let source = Source::new("loosetight.toml", text);
        let problems = read(&source, Path::new("/hotel")).unwrap_err();
        let told = problems.iter().map(|p| {
            let label = p.labels().unwrap().next().unwrap();
            let span = Span::new(label.offset(), label.offset() + label.len());
            let help = p.help().map(|h| h.to_string()).unwrap_or_default();
            (source.position(span.start).line, p.to_string(), source.slice(span).to_owned(), help)
        });
        told.collect()
    }

    #[test]
    fn everything_a_file_can_say_is_read() {
        let config = config(
            r##"
policy = "harbor.promise"
include = "**/*.md"
exclude = ["drafts", "/old"]
packs = ["rules/ours.toml"]
fail-on = "should fix"
sensitivity = "thorough"
max-size = "5 MB"

[levels]
name-quota = "consider"
smile-order = { level = "off", because = "Trial until spring", until = 2027-03-31 }

[[documents]]
files = "macros/**"
kind = "macros"

[[documents]]
files = ["macros/arrival/*.md", "desk.md"]
touchpoint = ["arrival", "departure"]
site = "Pier"
owner = "Front of House lead"
"##,
        )
        .unwrap();
        assert_eq!(
            config.policy.as_ref().map(|p| p.value.as_path()),
            Some(Path::new("/hotel/harbor.promise"))
        );
        assert_eq!(config.fail_on.as_ref().map(|f| f.value), Some(FailOn::Level(Level::ShouldFix)));
        assert_eq!(config.sensitivity.as_ref().map(|s| s.value), Some(Sensitivity::Thorough));
        assert_eq!(config.max_size.as_ref().map(|s| s.value), Some(5_000_000));
        assert_eq!(config.levels["name-quota"].value.level, Some(Level::Consider));
        let off = &config.levels["smile-order"].value;
        assert_eq!((off.level, off.because.as_deref()), (None, Some("Trial until spring")));
        assert_eq!(off.until, Some(jiff::civil::date(2027, 3, 31)));

        let arrival = Path::new("/hotel/macros/arrival/hello.md");
        let (kind, glob) = config.documents(arrival, |set| set.kind.as_ref()).unwrap();
        assert_eq!((kind.value, glob.value.text()), (Kind::Macro, "macros/**"));
        let touchpoints = |path: &str| {
            let found = config.documents(Path::new(path), |set| (!set.touchpoints.is_empty()).then_some(set));
            found.map(|(set, _)| set.touchpoints.iter().map(|t| t.value.as_str()).collect::<Vec<_>>())
        };
        assert_eq!(touchpoints("/hotel/macros/arrival/hello.md"), Some(vec!["arrival", "departure"]));
        assert_eq!(touchpoints("/hotel/macros/hello.md"), None);
        assert_eq!(config.place(config.levels["name-quota"].span), "loosetight.toml:11");
    }

    #[test]
    fn all_mistakes_of_a_file_are_told_at_once_and_in_order() {
        let told = mistakes(
            r##"
polcy = "harbor.promise"
exclude = [3, "a[b"]
fail-on = "shuld-fix"
sensitivity = true
max-size = "big"

[levels]
name-quota = "error"
smile-order = { because = "x", untl = 2027-03-31 }

[[documents]]
file = "macros/**"
kind = "macro library"
"##,
        );
        let brief: Vec<_> = told
            .iter()
            .map(|(line, message, at, help)| (*line, message.as_str(), at.as_str(), help.as_str()))
            .collect();
        assert_eq!(
            brief,
            [
                (2, "`polcy` is not a setting", "polcy", "did you mean `policy`?"),
                (3, "`exclude` takes a text in quotes", "3", ""),
                (
                    3,
                    "`a[b` cannot be read as a glob",
                    "\"a[b\"",
                    "globs are written as in .gitignore: `drafts`, `sops/**/*.md`, `*.old.md`"
                ),
                (
                    4,
                    "`fail-on` is one of must-fix, should-fix, consider and never",
                    "\"shuld-fix\"",
                    "did you mean `should-fix`?"
                ),
                (5, "`sensitivity` takes a text in quotes", "true", ""),
                (6, "`max-size` takes a size such as \"50 MB\"", "\"big\"", ""),
                (
                    9,
                    "`name-quota` is one of must-fix, should-fix, consider and off",
                    "\"error\"",
                    "there is must-fix, should-fix, consider and off"
                ),
                (
                    10,
                    "`smile-order` does not say which level",
                    "{ because = \"x\", untl = 2027-03-31 }",
                    "write `{ level = \"consider\", because = \"…\", until = 2027-03-31 }`"
                ),
                (10, "`untl` is not a setting of a level", "untl", "did you mean `until`?"),
                (
                    12,
                    "`[[documents]]` does not say which `files` it is about",
                    "[[documents]]",
                    "add a line such as `files = \"macros/**/*.md\"`"
                ),
                (13, "`file` is not a setting of `[[documents]]`", "file", "did you mean `files`?"),
                (
                    14,
                    "`kind` is one of playbook, handbook, macro, scorecard, training, journey, story, experiment, \
                     basics and technical",
                    "\"macro library\"",
                    "did you mean `macro`?"
                ),
            ]
        );
    }

    #[test]
    fn broken_toml_is_told_with_its_place_beside_the_other_mistakes() {
        let told = mistakes("policy = harbor.promise\nfial-on = \"never\"\n");
        assert!(told.iter().any(|(line, ..)| *line == 1), "{told:?}");
        assert!(told.iter().any(|(line, message, ..)| *line == 2 && message.contains("fial-on")), "{told:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(\\PC|\n|\\[|\\]|=|\"|levels|documents|files){0,80}") {
            let _ = config(&text);
        }
    }
}
