//! The text of a pack → its rules, and every mistake in it at once. A rule with a mistake is left out, the others count.

use super::{About, Example, Marked, Rule, Scope, Sensitivity, When};
use crate::document::Kind;
use crate::finding::{Group, Level};
use crate::language::{Lexicon, marks};
use crate::problem::{Problem, listed};
use crate::rule::expression::Expression;
use crate::rule::pattern::{self, PatternError};
use crate::source::{Source, Span};
use crate::toml_text::{Codes, Reader, Setting, Value};
use toml::de::{DeTable, DeValue};

const CODES: Codes = Codes {
    syntax: "pack::syntax",
    unknown_key: "pack::unknown-key",
    missing_key: "pack::missing-key",
    wrong_type: "pack::wrong-type",
    unknown_word: "pack::unknown-word",
};
const RULE: [&str; 19] = [
    "id",
    "aliases",
    "group",
    "level",
    "sensitivity",
    "title",
    "message",
    "why",
    "source",
    "instead",
    "unless",
    "patterns",
    "phrases",
    "regex",
    "scope",
    "bad",
    "good",
    "document",
    "policy",
];
const MARKED: [&str; 4] = ["match", "with", "without", "sure"];
const SCOPE: [&str; 3] = ["kinds", "touchpoints", "headings"];
const DOCUMENT: [&str; 3] = ["text", "kind", "sensitivity"];
const GROUPS: [&str; 4] = ["over-scripting", "missing-outcome", "policy", "record"];

/// A pack, read.
#[derive(Debug)]
pub struct Pack {
    /// The file.
    pub source: Source,
    /// Its rules, those with a mistake left out.
    pub rules: Vec<Rule>,
    /// Where each of them says its name.
    pub places: Vec<Span>,
    /// All that is wrong with it, in the order it stands there.
    pub problems: Vec<Problem>,
}

/// Reads a pack.
pub fn read(name: &str, text: &str) -> Pack {
    let source = Source::new(name, text);
    let (rules, places, problems) = {
        let (file, tree) = Reader::open(&source, &CODES);
        let mut lexicon = Lexicon::english();
        let mut of = PackReader { file, lexicon: &mut lexicon };
        let rules = of.rules(tree.get_ref());
        let (rules, places) = rules.into_iter().map(|r| (r.value, r.span)).unzip();
        (rules, places, of.file.problems())
    };
    Pack { source, rules, places, problems }
}

struct PackReader<'a> {
    file: Reader<'a>,
    /// To try patterns on.
    lexicon: &'a mut Lexicon,
}

impl PackReader<'_> {
    fn rules(&mut self, table: &DeTable<'_>) -> Vec<Setting<Rule>> {
        self.file.known_keys(table, &["rule"], "part of a pack");
        let Some(value) = table.get("rule") else {
            if self.file.mistakes() == 0 {
                let problem = Problem::new(CODES.missing_key, "there is no rule in this pack")
                    .help("a rule begins with a line `[[rule]]`; `loosetight explain packs` shows one");
                self.file.helped(Span::new(0, 0), problem, "here");
            }
            return Vec::new();
        };
        let mut rules: Vec<Setting<Rule>> = Vec::new();
        for value in self.tables(value, "rule") {
            let before = self.file.mistakes();
            let rule = self.rule(value);
            if rules.iter().any(|known| known.value.id == rule.value.id) {
                let message = format!("there are two rules `{}` in this pack", rule.value.id);
                self.file.problem(rule.span, "pack::taken", message, "the second one");
            }
            if self.file.mistakes() == before {
                rules.push(rule);
            }
        }
        rules
    }

    fn tables<'v, 'i>(&mut self, value: &'v Value<'i>, key: &str) -> Vec<&'v DeTable<'i>> {
        let what = format!("tables, each begun with `[[{key}]]`");
        let Some(items) = value.get_ref().as_array() else {
            self.file.expected(value, key, &what);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(table),
                None => self.file.expected(item, key, &what),
            }
        }
        tables
    }

    fn rule(&mut self, table: &DeTable<'_>) -> Setting<Rule> {
        self.file.known_keys(table, &RULE, "part of a rule");
        let id = table.get("id").and_then(|v| self.file.text(v, "id"));
        let place = id.as_ref().map_or_else(|| first_key(table), |id| id.span);
        if let Some(id) = &id {
            self.check_id(id);
        }
        let rule = Rule {
            // Policies and settings are judged by code.
            about: About::Documents,
            id: id.map(|id| id.value).unwrap_or_default(),
            group: self.word(table, "group", &GROUPS, group_named).unwrap_or(Group::OverScripting),
            level: self.word(table, "level", &Level::WORDS, Level::named).unwrap_or(Level::ShouldFix),
            sensitivity: self
                .word(table, "sensitivity", &Sensitivity::WORDS, Sensitivity::named)
                .unwrap_or_default(),
            aliases: self.texts(table, "aliases"),
            title: self.text(table, "title"),
            message: self.text(table, "message"),
            why: self.text(table, "why"),
            source: self.text(table, "source"),
            unless: self.text(table, "unless"),
            instead: self.texts(table, "instead"),
            bad: self.texts(table, "bad"),
            good: self.texts(table, "good"),
            patterns: self.patterns(table),
            phrases: self.phrases(table),
            regex: self.expressions(table),
            scope: self.scope(table),
            documents: self.documents(table),
            policy: table.get("policy").and_then(|v| self.file.text(v, "policy")).map(|t| t.value),
        };
        self.check_whole(table, &rule, place);
        Setting { value: rule, span: place }
    }

    /// Says what a rule lacks.
    fn check_whole(&mut self, table: &DeTable<'_>, rule: &Rule, place: Span) {
        let needed = ["id", "title", "message", "why", "instead"];
        let missing: Vec<String> =
            needed.iter().filter(|k| table.get(**k).is_none()).map(|k| format!("`{k}`")).collect();
        let name = if rule.id.is_empty() { "this rule".to_owned() } else { format!("`{}`", rule.id) };
        if !missing.is_empty() {
            let problem = Problem::new(CODES.missing_key, format!("{name} has no {}", listed(&missing)))
                .help("`loosetight explain packs` shows a whole rule");
            self.file.helped(place, problem, "this rule");
        }
        if let Some(instead) = table.get("instead").filter(|_| rule.instead.len() < 2) {
            let problem =
                Problem::new(CODES.missing_key, format!("{name} shows fewer than two ways to write it"))
                    .help("`instead` takes two different ways; one alone would become the next script");
            self.file.helped(instead.span().into(), problem, "only this");
        }
        if ["patterns", "phrases", "regex"].iter().all(|key| table.get(*key).is_none()) {
            let problem = Problem::new(CODES.missing_key, format!("{name} does not say what it looks for"))
                .help("give it `phrases`, `patterns` or `regex`");
            self.file.helped(place, problem, "this rule");
        }
    }

    fn check_id(&mut self, id: &Setting<String>) {
        let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase());
        if !id.value.split('-').all(word) {
            let problem = Problem::new("pack::name", format!("`{}` is no name for a rule", id.value))
                .help("small letters, figures and hyphens, such as `pen-click`: it is written after `allow`");
            self.file.helped(id.span, problem, "here");
        }
    }

    fn text(&mut self, table: &DeTable<'_>, key: &str) -> String {
        table.get(key).and_then(|v| self.file.text(v, key)).map(|t| t.value).unwrap_or_default()
    }

    fn settings(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Setting<String>> {
        table.get(key).map(|v| self.file.texts(v, key)).unwrap_or_default()
    }

    fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        self.settings(table, key).into_iter().map(|t| t.value).collect()
    }

    fn word<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        words: &[&str],
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        table.get(key).and_then(|v| self.file.word(v, key, words, named)).map(|t| t.value)
    }

    fn patterns(&mut self, table: &DeTable<'_>) -> Vec<When> {
        let Some(value) = table.get("patterns") else { return Vec::new() };
        let what = "a list of patterns: \"<say> .. word\", or { match = \"…\", without = [\"negated\"] }";
        let Some(items) = value.get_ref().as_array() else {
            self.file.expected(value, "patterns", what);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.pattern(item, what)).collect()
    }

    fn pattern(&mut self, value: &Value<'_>, what: &str) -> Option<When> {
        let table = match value.get_ref() {
            DeValue::String(_) => {
                let text = self.file.text(value, "patterns")?;
                self.check_pattern(&text);
                return Some(When::Bare(text.value));
            }
            DeValue::Table(table) => table,
            _ => {
                self.file.expected(value, "patterns", what);
                return None;
            }
        };
        self.file.known_keys(table, &MARKED, "part of a pattern");
        let Some(pattern) = table.get("match") else {
            let problem = Problem::new(CODES.missing_key, "this pattern does not say what it matches")
                .help("write `{ match = \"…\" }`");
            self.file.helped(value.span().into(), problem, "`match` is missing");
            return None;
        };
        let pattern = self.file.text(pattern, "match")?;
        self.check_pattern(&pattern);
        let sure = table.get("sure").is_some_and(|v| match v.get_ref() {
            DeValue::Boolean(sure) => *sure,
            _ => {
                self.file.expected(v, "sure", "true or false");
                false
            }
        });
        let (with, without) = (self.marks(table, "with"), self.marks(table, "without"));
        Some(When::Marked(Marked { pattern: pattern.value, with, without, sure }))
    }

    fn marks(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        let known: Vec<&str> = marks::NAMES.iter().map(|(_, name)| *name).collect();
        let named = |word: &str| known.iter().find(|k| **k == word).map(|k| (*k).to_owned());
        let texts = self.settings(table, key);
        texts.into_iter().filter_map(|t| self.file.named(t, key, &known, named)).map(|t| t.value).collect()
    }

    fn check_pattern(&mut self, text: &Setting<String>) {
        if let Err(error) = pattern::compile(&text.value, self.lexicon) {
            self.broken(text, error);
        }
    }

    /// Tells where in a text a pattern, phrase or expression goes wrong.
    fn broken(&mut self, text: &Setting<String>, error: PatternError) {
        let span = self.file.inside(text, error.at);
        let problem = Problem::new("pack::broken", error.message);
        let problem = match error.help {
            Some(help) => problem.help(help),
            None => problem,
        };
        self.file.helped(span, problem, "here");
    }

    fn phrases(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let texts = self.settings(table, "phrases");
        for text in &texts {
            if let Err(error) = pattern::phrase(&text.value, self.lexicon) {
                self.broken(text, error);
            }
        }
        texts.into_iter().map(|t| t.value).collect()
    }

    fn expressions(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let texts = self.settings(table, "regex");
        for text in &texts {
            if let Err(error) = Expression::new(&text.value) {
                self.broken(text, error);
            }
        }
        texts.into_iter().map(|t| t.value).collect()
    }

    fn scope(&mut self, table: &DeTable<'_>) -> Scope {
        let Some(value) = table.get("scope") else { return Scope::default() };
        let Some(scope) = value.get_ref().as_table() else {
            self.file.expected(value, "scope", "a table such as { kinds = [\"macro\"] }");
            return Scope::default();
        };
        self.file.known_keys(scope, &SCOPE, "part of a scope");
        let kinds = self.settings(scope, "kinds");
        let words = Kind::ALL.map(Kind::word);
        let kinds = kinds.into_iter().filter_map(|t| self.file.named(t, "kinds", &words, Kind::named));
        let kinds = kinds.map(|t| t.value).collect();
        let headings = self.settings(scope, "headings");
        for text in &headings {
            if let Err(error) = pattern::phrase(&text.value, self.lexicon) {
                self.broken(text, error);
            }
        }
        Scope {
            kinds,
            touchpoints: self.texts(scope, "touchpoints"),
            headings: headings.into_iter().map(|t| t.value).collect(),
        }
    }

    fn documents(&mut self, table: &DeTable<'_>) -> Vec<Example> {
        let Some(value) = table.get("document") else { return Vec::new() };
        let mut documents = Vec::new();
        for table in self.tables(value, "rule.document") {
            self.file.known_keys(table, &DOCUMENT, "part of an example");
            if table.get("text").is_none() {
                let problem = Problem::new(CODES.missing_key, "this example has no `text`");
                self.file.helped(first_key(table), problem, "here");
            }
            documents.push(Example {
                text: self.text(table, "text"),
                kind: self.word(table, "kind", &Kind::ALL.map(Kind::word), Kind::named),
                sensitivity: self.word(table, "sensitivity", &Sensitivity::WORDS, Sensitivity::named),
            });
        }
        documents
    }
}

/// Where a table begins, for what has no place of its own.
fn first_key(table: &DeTable<'_>) -> Span {
    table.keys().map(|k| Span::from(k.span())).min().unwrap_or_default()
}

fn group_named(word: &str) -> Option<Group> {
    let groups = [Group::OverScripting, Group::MissingOutcome, Group::Policy, Group::Record];
    GROUPS.iter().position(|g| *g == word).map(|i| groups[i])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Look;

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(\\PC|\n|\\[|\\]|=|\"|rule|scope|regex|patterns|phrases|document){0,80}") {
            let _ = read("pack.toml", &text);
        }

        #[test]
        fn no_pattern_phrase_or_expression_makes_it_panic(text in "(\\PC|\\(|\\)|<|>|\\||\\[|a|\\.\\.|\\?|!){0,40}") {
            let quoted = toml::Value::String(text).to_string();
            let pack = format!("[[rule]]\nid = \"a\"\npatterns = [{quoted}]\nphrases = {quoted}\nregex = {quoted}\n");
            for problem in read("pack.toml", &pack).problems {
                Look::plain().render(&problem, true).expect("it can be shown");
            }
        }
    }
}
