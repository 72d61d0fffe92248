//! `rules/lexicon/en/*` → one table the program looks words up in without building anything at start-up.
//!
//! The table (`lexicon.bin`) holds the classes, the distinct sets of classes, the words with their base form, and an
//! open-addressed index over the words. `src/language/lexicon.rs` reads it; the layout is described there. The concepts
//! of coverage become a table too (`concepts.bin`, read by `src/coverage/concepts.rs`), the packs JSON.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

#[path = "src/language/inflect.rs"]
#[allow(dead_code)]
mod inflect;
#[path = "src/language/key.rs"]
#[allow(dead_code)]
mod key;
#[path = "src/language/stem.rs"]
#[allow(dead_code)]
mod stem;

use inflect::{Form, Inflect};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    #[allow(dead_code)]
    about: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    inflect: Option<String>,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
}

struct Word {
    lemma: usize,
    form: u8,
    classes: Vec<u16>,
}

#[derive(Default)]
struct Table {
    words: Vec<(String, Word)>,
    index: HashMap<String, usize>,
}

impl Table {
    fn add(&mut self, text: &str, lemma: Option<usize>, form: Form, class: Option<u16>) -> usize {
        let text = key::normal(text);
        let at = *self.index.entry(text.clone()).or_insert_with(|| {
            let n = self.words.len();
            self.words
                .push((text, Word { lemma: lemma.unwrap_or(n), form: form as u8, classes: Vec::new() }));
            n
        });
        if let Some(c) = class {
            let classes = &mut self.words[at].1.classes;
            if !classes.contains(&c) {
                classes.push(c);
            }
        }
        at
    }

    fn add_forms(
        &mut self,
        word: &str,
        how: Inflect,
        irregular: &BTreeMap<String, Vec<(String, Form)>>,
        class: Option<u16>,
    ) {
        let lemma = self.add(word, None, Form::Base, class);
        if how == Inflect::None {
            return;
        }
        match irregular.get(word) {
            Some(own) if how == Inflect::Verb => {
                for (text, form) in own {
                    self.add(text, Some(lemma), *form, class);
                }
                for (text, form) in inflect::forms(word, how) {
                    if matches!(form, Form::S | Form::Ing) {
                        self.add(&text, Some(lemma), form, class);
                    }
                }
            }
            _ => {
                for (text, form) in inflect::forms(word, how) {
                    self.add(&text, Some(lemma), form, class);
                }
            }
        }
    }
}

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=src/language/inflect.rs");
    println!("cargo:rerun-if-changed=src/language/key.rs");
    println!("cargo:rerun-if-changed=src/language/stem.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    lexicon(Path::new("rules/lexicon/en"), &out.join("lexicon.bin"));
    packs(Path::new("rules"), &out);
    concepts(Path::new("rules/concepts.toml"), &out.join("concepts.bin"));
}

/// The built-in packs as JSON, which loads in a tenth of the time that TOML takes at every start.
fn packs(from: &Path, out: &Path) {
    for name in
        ["over-scripting", "missing-outcome", "policy", "policy-words", "records", "allowances", "limits"]
    {
        let path = from.join(format!("{name}.toml"));
        let json = match std::fs::read_to_string(&path) {
            Ok(text) => {
                let value: toml::Table =
                    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                serde_json::to_string(&value).expect("TOML values are JSON values")
            }
            Err(_) => "{}".to_owned(),
        };
        std::fs::write(out.join(format!("{name}.json")), json).expect("OUT_DIR can be written");
    }
}

fn lexicon(from: &Path, to: &Path) {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(from).map(|d| d.filter_map(|e| Some(e.ok()?.path())).collect()).unwrap_or_default();
    files.sort();
    let irregular = irregular(&from.join("verbs.tsv"));
    let mut table = Table::default();
    let mut names: Vec<String> = vec!["verb".into(), "verb-mixed".into(), "verb-rare".into()];
    let mut phrases: Vec<(Vec<usize>, u16)> = Vec::new();
    let mut classes: Vec<(String, Class, PathBuf)> = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
        let text = std::fs::read_to_string(file).expect("a lexicon file can be read");
        let read: BTreeMap<String, Class> =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        classes.extend(read.into_iter().map(|(n, c)| (n, c, file.clone())));
    }
    // Verbs first, so that an inflected verb keeps the verb as its base form.
    for (lemma, dominance) in verbs(&from.join("verbs.tsv")) {
        let class = match dominance.as_str() {
            "v" => 0,
            "m" => 1,
            _ => 2,
        };
        table.add_forms(&lemma, Inflect::Verb, &irregular, Some(class));
    }
    for (name, class, file) in &classes {
        let id = match names.iter().position(|n| n == name) {
            Some(i) => i,
            None => {
                names.push(name.clone());
                names.len() - 1
            }
        } as u16;
        let how = match class.inflect.as_deref() {
            Some("verb") => Inflect::Verb,
            Some("noun") => Inflect::Noun,
            Some("adjective") => Inflect::Adjective,
            Some("none") | None => Inflect::None,
            Some(other) => panic!("{}: [{name}]: no such inflection: {other}", file.display()),
        };
        for word in &class.words {
            let parts = key::words(word);
            if parts.len() > 1 {
                // A noun changes its last word ("gym-goers"), a verb its first ("signs off").
                let changing = if how == Inflect::Verb { &parts[0] } else { &parts[parts.len() - 1] };
                table.add_forms(changing, how, &irregular, None);
                continue;
            }
            table.add_forms(&key::normal(word), how, &irregular, Some(id));
        }
    }
    // Phrases come when all words are known with their forms, so that "guests" in a phrase is a form of "guest".
    for (name, class, _) in &classes {
        let id = names.iter().position(|n| n == name).expect("every class was numbered above") as u16;
        let several = class.words.iter().filter(|w| key::words(w).len() > 1);
        for phrase in class.forms.iter().chain(&class.phrases).chain(several) {
            let words: Vec<usize> =
                key::words(phrase).iter().map(|w| table.add(w, None, Form::Base, None)).collect();
            if words.len() == 1 {
                let text = key::normal(phrase);
                table.add(&text, None, Form::Base, Some(id));
            } else if !words.is_empty() {
                phrases.push((words, id));
            }
        }
    }
    std::fs::write(to, encode(&names, &table, &phrases)).expect("OUT_DIR can be written");
}

/// `lemma TAB dominance [TAB irregular forms, comma separated, past first]`, one verb a line.
fn verbs(path: &Path) -> Vec<(String, String)> {
    rows(path).into_iter().map(|r| (r[0].clone(), r.get(1).cloned().unwrap_or_default())).collect()
}

fn irregular(path: &Path) -> BTreeMap<String, Vec<(String, Form)>> {
    let mut out = BTreeMap::new();
    for r in rows(path) {
        if let Some(forms) = r.get(2).filter(|f| !f.is_empty()) {
            let forms = forms
                .split(',')
                .map(|f| {
                    let f = f.trim().to_owned();
                    let form = if f.ends_with("ing") {
                        Form::Ing
                    } else if f.ends_with('s') {
                        Form::S
                    } else {
                        Form::Past
                    };
                    (f, form)
                })
                .collect();
            out.insert(r[0].clone(), forms);
        }
    }
    out
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty() && !l.starts_with("lemma\t"))
        .map(|l| l.split('\t').map(|c| c.trim().to_owned()).collect())
        .collect()
}

fn encode(names: &[String], table: &Table, phrases: &[(Vec<usize>, u16)]) -> Vec<u8> {
    assert!(names.len() <= key::MAX_CLASSES, "{} classes; room for {}", names.len(), key::MAX_CLASSES);
    assert!(table.words.len() < 60_000, "{} words; an index of 16 bits holds 65,535", table.words.len());
    let mut sets: Vec<Vec<u16>> = vec![Vec::new()];
    let mut set_of: HashMap<Vec<u16>, u16> = HashMap::from([(Vec::new(), 0)]);
    let mut records: Vec<u8> = Vec::new();
    let mut text: Vec<u8> = Vec::new();
    for (word, w) in &table.words {
        let mut classes = w.classes.clone();
        classes.sort_unstable();
        let set = *set_of.entry(classes.clone()).or_insert_with(|| {
            sets.push(classes.clone());
            (sets.len() - 1) as u16
        });
        records.extend((text.len() as u32).to_le_bytes());
        records.extend((w.lemma as u16).to_le_bytes());
        records.extend(set.to_le_bytes());
        records.push(word.len() as u8);
        records.push(w.form);
        let stem = stem::Stem::of(word);
        records.extend([stem.denies as u8, 0]);
        records.extend(stem.hash.to_le_bytes());
        text.extend(word.as_bytes());
    }
    let slots = (table.words.len() * 2).next_power_of_two().max(16);
    let mut index = vec![u16::MAX; slots];
    for (i, (word, _)) in table.words.iter().enumerate() {
        let mut at = key::hash(word.as_bytes()) as usize & (slots - 1);
        while index[at] != u16::MAX {
            at = (at + 1) & (slots - 1);
        }
        index[at] = i as u16;
    }
    let mut out = Vec::new();
    for n in [names.len(), sets.len(), table.words.len(), slots, phrases.len(), text.len()] {
        out.extend((n as u32).to_le_bytes());
    }
    for n in names {
        out.push(n.len() as u8);
        out.extend(n.as_bytes());
    }
    for s in &sets {
        let mut bits = [0u64; key::MAX_CLASSES / 64];
        for &c in s {
            bits[c as usize / 64] |= 1 << (c % 64);
        }
        for b in bits {
            out.extend(b.to_le_bytes());
        }
    }
    out.extend(records);
    for i in index {
        out.extend(i.to_le_bytes());
    }
    for (words, class) in phrases {
        out.push(words.len() as u8);
        out.extend(class.to_le_bytes());
        for w in words {
            out.extend((*w as u16).to_le_bytes());
        }
    }
    out.extend(text);
    out
}

/// One concept as written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Concept {
    about: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    opposites: Vec<String>,
    #[serde(default)]
    field: Vec<String>,
    #[serde(default)]
    statement: Vec<String>,
}

/// An expression that speaks for a concept, behind its first stem; in the table by what it opens with.
#[derive(Clone)]
struct Expression {
    rest: Vec<u32>,
    concept: u16,
    weight: f32,
    denied: bool,
}

type Expressions = BTreeMap<u32, Vec<Expression>>;

fn concepts(from: &Path, to: &Path) {
    let text = std::fs::read_to_string(from).expect("the concepts can be read");
    let written: BTreeMap<String, Concept> =
        toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    let (mut entries, mut statements) = (Expressions::new(), Expressions::new());
    let mut out = (written.len() as u32).to_le_bytes().to_vec();
    for (id, (name, c)) in written.iter().enumerate() {
        for text in [name, &c.about] {
            out.extend((text.len() as u16).to_le_bytes());
            out.extend(text.as_bytes());
        }
        // What an expression of several words, and a single word, is worth.
        for (list, several, single, denied) in [
            (&c.words, 1.5, 1.5, false),
            (&c.phrases, 1.5, 1.5, false),
            (&c.signs, 1.2, 0.8, false),
            (&c.opposites, 1.0, 1.0, true),
            (&c.field, 0.9, 0.9, false),
        ] {
            for text in list {
                express(&mut entries, text, id as u16, denied, |n| if n == 1 { single } else { several });
            }
        }
        for text in [&c.statement, &c.words, &c.phrases].into_iter().flatten() {
            express(&mut statements, text, id as u16, false, |n| 2.0 * (1.0 + 0.5 * (n as f32 - 1.0)));
        }
    }
    for table in [&mut entries, &mut statements] {
        thin(table);
    }
    // A small word of the language by itself points nowhere.
    for (&opening, list) in &mut entries {
        list.retain(|e| !e.rest.is_empty() || !stem::is_small(opening));
    }
    for table in [&entries, &statements] {
        encode_expressions(table, &mut out);
    }
    std::fs::write(to, out).expect("OUT_DIR can be written");
}

fn express(to: &mut Expressions, text: &str, concept: u16, denied: bool, weight: impl Fn(usize) -> f32) {
    let stems: Vec<u32> = stem::words(text).map(|w| stem::Stem::of(w).hash).filter(|&h| h != 0).collect();
    let Some((&first, rest)) = stems.split_first() else { return };
    let list = to.entry(stem::opening(first, rest.first().copied())).or_default();
    if !list.iter().any(|e| e.concept == concept && e.rest == rest && e.denied == denied) {
        list.push(Expression { rest: rest.to_vec(), concept, weight: weight(stems.len()), denied });
    }
}

/// An expression that speaks for several concepts speaks less for each.
fn thin(table: &mut Expressions) {
    for list in table.values_mut() {
        let all = list.clone();
        for e in list {
            let alike = all.iter().filter(|o| o.rest == e.rest && o.denied == e.denied).count();
            e.weight /= (alike as f32).sqrt();
        }
    }
}

fn encode_expressions(table: &Expressions, out: &mut Vec<u8>) {
    let slots = (table.len() * 2).next_power_of_two().max(16);
    let mut index = vec![[0u32; 3]; slots];
    let (mut list, mut further, mut count) = (Vec::new(), Vec::new(), 0u32);
    for (&stem, expressions) in table {
        let mut at = stem as usize & (slots - 1);
        while index[at][0] != 0 {
            at = (at + 1) & (slots - 1);
        }
        index[at] = [stem, count, expressions.len() as u32];
        count += expressions.len() as u32;
        for e in expressions {
            list.extend((further.len() as u32 / 4).to_le_bytes());
            list.extend(e.weight.to_le_bytes());
            list.extend(e.concept.to_le_bytes());
            list.extend([e.rest.len() as u8, e.denied as u8]);
            further.extend(e.rest.iter().flat_map(|s| s.to_le_bytes()));
        }
    }
    for n in [slots as u32, count, further.len() as u32 / 4] {
        out.extend(n.to_le_bytes());
    }
    out.extend(index.iter().flatten().flat_map(|n| n.to_le_bytes()));
    out.extend(list);
    out.extend(further);
}
