//! The labelled corpus → `rules/judgement.bin`.
//!
//! ```text
//! cargo run --release --example train-judgement -- tests/quality/corpus            # cross-validate, then write
//! cargo run --release --example train-judgement -- tests/quality/corpus --test DIR  # measure on another corpus
//! cargo run --release --example train-judgement -- tests/quality/corpus --dry       # measure, write nothing
//! … --also DIR                                                                      # learn from a second corpus too
//! ```
//!
//! Logistic regression by AdaGrad (Duchi, Hazan, Singer 2011) over the very features the program uses, so that training
//! and use cannot drift apart. Weights are rounded to eight bits. Deterministic.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "units.rs"]
mod units;

use loosetight::document::{self, Document, Limits};
use loosetight::judge::{self, BUCKETS, NAME_BUCKETS, Opinion, QUESTIONS, SURROUNDINGS, Surroundings};
use loosetight::language::Reading;
use loosetight::lint::Linter;
use loosetight::rule::Sensitivity;
use std::path::{Path, PathBuf};

/// One sentence with what is true of it.
struct Sample {
    features: Vec<u32>,
    /// For each question: yes, no, or not to be judged by.
    truth: [Option<bool>; QUESTIONS],
    rule: String,
}

/// One document of the corpus, read.
struct Text {
    doc: Document,
    reading: Reading,
    samples: Vec<Sample>,
}

const NAMES: [&str; QUESTIONS] = ["over-scripted", "outcome"];
const FOLDS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let values = |name: &str| -> Vec<PathBuf> {
        args.iter()
            .zip(args.iter().skip(1))
            .filter(|(a, _)| *a == name)
            .map(|(_, v)| PathBuf::from(v))
            .collect()
    };
    let mut from = vec![PathBuf::from(args.first().expect("the folder of the corpus"))];
    from.extend(values("--also"));
    let linter = Linter::new(None, Vec::new(), Sensitivity::Everything).expect("the built-in packs compile");
    let train = load(&from, &linter);
    let count: usize = train.iter().map(|t| t.samples.len()).sum();
    println!("{count} sentences of {} documents", train.len());

    // What the first look says of documents it did not learn from is what the second look learns from.
    let mut first: Vec<Vec<Opinion>> =
        train.iter().map(|t| vec![Opinion::default(); t.samples.len()]).collect();
    for fold in 0..FOLDS {
        let part: Vec<&Sample> = others(&train, fold).flat_map(|t| &t.samples).collect();
        let models: Vec<Linear> = questions(&part);
        for (t, opinions) in train.iter().zip(&mut first).skip(fold).step_by(FOLDS) {
            *opinions = look(&models, t);
        }
    }
    let second = |skip: Option<usize>| -> Vec<[f32; SURROUNDINGS]> {
        (0..QUESTIONS)
            .map(|q| {
                let rows: Vec<_> = train
                    .iter()
                    .zip(&first)
                    .enumerate()
                    .filter(|(i, _)| skip.is_none_or(|fold| i % FOLDS != fold))
                    .flat_map(|(_, (t, o))| rows(t, o, q))
                    .collect();
                learn_second(&rows)
            })
            .collect()
    };
    for (q, name) in NAMES.iter().enumerate() {
        let alone = train.iter().zip(&first).flat_map(|(t, o)| {
            t.samples
                .iter()
                .zip(o)
                .filter_map(move |(s, o)| Some((if q == 0 { o.scripted } else { o.outcome }, s.truth[q]?)))
        });
        report(&format!("first look, {name}"), alone.collect());
        let mut scored = Vec::new();
        for fold in 0..FOLDS {
            let w = second(Some(fold));
            for (t, o) in train.iter().zip(&first).skip(fold).step_by(FOLDS) {
                scored.extend(rows(t, o, q).into_iter().map(|(x, y)| (dot(&x, &w[q]), y)));
            }
        }
        report(&format!("second look, {name}"), scored);
    }
    let all: Vec<&Sample> = train.iter().flat_map(|t| &t.samples).collect();
    let models = questions(&all);
    let second = second(None);
    let test = values("--test");
    if !test.is_empty() {
        let test = load(&test, &linter);
        for (q, name) in NAMES.iter().enumerate() {
            let scored = test
                .iter()
                .flat_map(|t| rows(t, &look(&models, t), q))
                .map(|(x, y)| (dot(&x, &second[q]), y));
            report(&format!("test, {name}"), scored.collect());
        }
    }
    let mut names: Vec<String> = all.iter().map(|s| s.rule.clone()).filter(|r| !r.is_empty()).collect();
    names.sort();
    names.dedup();
    let scripted: Vec<&Sample> = all.iter().filter(|s| !s.rule.is_empty()).copied().collect();
    let heads: Vec<Linear> =
        names.iter().map(|n| Linear::learn(&scripted, NAME_BUCKETS, |s| Some(s.rule == *n))).collect();
    if !args.iter().any(|a| a == "--dry") {
        let out = Path::new("rules/judgement.bin");
        std::fs::write(out, encode(&models, &second, &names, &heads)).expect("rules/ can be written");
        println!("wrote {}", out.display());
    }
}

fn others(train: &[Text], fold: usize) -> impl Iterator<Item = &Text> {
    train.iter().enumerate().filter(move |(i, _)| i % FOLDS != fold).map(|(_, t)| t)
}

fn questions(part: &[&Sample]) -> Vec<Linear> {
    (0..QUESTIONS).map(|q| Linear::learn(part, BUCKETS, |s| s.truth[q])).collect()
}

fn look(models: &[Linear], t: &Text) -> Vec<Opinion> {
    let score = |s: &Sample, q: usize| models[q].score(&s.features, BUCKETS);
    t.samples.iter().map(|s| Opinion { scripted: score(s, 0), outcome: score(s, 1) }).collect()
}

fn rows(t: &Text, first: &[Opinion], q: usize) -> Vec<([f32; SURROUNDINGS], bool)> {
    let around = Surroundings::of(&t.doc, &t.reading, first);
    let truth = |i: usize| t.samples[i].truth[q];
    (0..first.len()).filter_map(|i| Some((around.at(&t.doc, &t.reading, first, i, q), truth(i)?))).collect()
}

fn dot(x: &[f32; SURROUNDINGS], w: &[f32; SURROUNDINGS]) -> f32 {
    x.iter().zip(w).map(|(x, w)| x * w).sum()
}

/// Plain logistic regression by gradient descent; a handful of weights need nothing cleverer.
fn learn_second(rows: &[([f32; SURROUNDINGS], bool)]) -> [f32; SURROUNDINGS] {
    let mut w = [0.0f32; SURROUNDINGS];
    let mut seen = [1e-6f32; SURROUNDINGS];
    for _ in 0..400 {
        let mut g = [0.0f32; SURROUNDINGS];
        for (x, y) in rows {
            let error = 1.0 / (1.0 + (-dot(x, &w)).exp()) - *y as u8 as f32;
            for (g, x) in g.iter_mut().zip(x) {
                *g += error * x;
            }
        }
        for i in 0..SURROUNDINGS {
            let g = g[i] / rows.len() as f32 + 1e-4 * w[i];
            seen[i] += g * g;
            w[i] -= 0.3 * g / seen[i].sqrt();
        }
    }
    w
}

/// Reads all `.units` files of the folders.
fn load(folders: &[PathBuf], linter: &Linter) -> Vec<Text> {
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|f| {
            std::fs::read_dir(f).expect("a folder of .units files").filter_map(|e| Some(e.ok()?.path()))
        })
        .filter(|p| p.extension().is_some_and(|e| e == "units"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| units::parse(&std::fs::read_to_string(file).unwrap()))
        .map(|labelled| read(labelled, linter))
        .collect()
}

/// Reads one document and gives every sentence the label of the unit it shares most with.
fn read(labelled: units::Labelled, linter: &Linter) -> Text {
    let doc = document::read("corpus.md", labelled.text.as_bytes(), Limits::default()).expect("Markdown");
    let reading = linter.read(&doc);
    let mut samples = Vec::new();
    for (i, s) in reading.sentences.iter().enumerate() {
        let span = doc.flat.to_source(s.text);
        let shared = |u: &units::Unit| u.span.end.min(span.end).saturating_sub(u.span.start.max(span.start));
        let unit = labelled.units.iter().max_by_key(|u| shared(u)).filter(|u| shared(u) > 0);
        let mut features = Vec::new();
        judge::features(&doc, &reading, linter.lexicon(), i, &mut features);
        let truth = |yes: &dyn Fn(&str) -> bool| match unit {
            Some(u) if yes(&u.label) => Some(true),
            Some(u) if yes(&u.also) => None,
            Some(_) => Some(false),
            None => None,
        };
        samples.push(Sample {
            features,
            truth: [truth(&|l| l.starts_with("S-")), truth(&|l| l == "O")],
            rule: unit.map(|u| u.rule.clone()).unwrap_or_default(),
        });
    }
    Text { doc, reading, samples }
}

/// A linear model.
struct Linear {
    weights: Vec<f32>,
    bias: f32,
}

impl Linear {
    fn learn(samples: &[&Sample], buckets: usize, truth: impl Fn(&Sample) -> Option<bool>) -> Linear {
        const EPOCHS: usize = 8;
        const RATE: f32 = 0.35;
        const DECAY: f32 = 2e-5;
        let mut m = Linear { weights: vec![0.0; buckets], bias: -1.0 };
        let mut seen = vec![1e-3f32; buckets];
        let mut seen_bias = 1e-3f32;
        let known: Vec<(&Sample, bool)> = samples.iter().filter_map(|s| Some((*s, truth(s)?))).collect();
        let yes = known.iter().filter(|k| k.1).count().max(1) as f32;
        // Half-way between counting every sentence alike and counting both answers alike.
        let lift = ((known.len() as f32 - yes) / yes).max(1.0).sqrt();
        let mut order: Vec<usize> = (0..known.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15u64;
        for _ in 0..EPOCHS {
            for i in (1..order.len()).rev() {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(i, (random >> 33) as usize % (i + 1));
            }
            for &i in &order {
                let (s, y) = known[i];
                let norm = judge::norm(s.features.len());
                let p = 1.0 / (1.0 + (-m.score(&s.features, buckets)).exp());
                let error = (p - y as u8 as f32) * if y { lift } else { 1.0 };
                let g = error * norm;
                for f in &s.features {
                    let at = *f as usize & (buckets - 1);
                    let g = g + DECAY * m.weights[at];
                    seen[at] += g * g;
                    m.weights[at] -= RATE * g / seen[at].sqrt();
                }
                seen_bias += error * error;
                m.bias -= RATE * 0.1 * error / seen_bias.sqrt();
            }
        }
        m
    }

    fn score(&self, features: &[u32], buckets: usize) -> f32 {
        let sum: f32 = features.iter().map(|f| self.weights[*f as usize & (buckets - 1)]).sum();
        self.bias + judge::norm(features.len()) * sum
    }

    /// Weights as eight bits, and what one step of them is worth.
    fn rounded(&self) -> (Vec<u8>, f32) {
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
        let step = most / 127.0;
        (self.weights.iter().map(|w| (w / step).round().clamp(-127.0, 127.0) as i8 as u8).collect(), step)
    }
}

fn report(what: &str, mut scored: Vec<(f32, bool)>) {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let yes = scored.iter().filter(|s| s.1).count() as f32;
    let (mut tp, mut best) = (0.0, (0.0, 0.0, 0.0, 0.0));
    let mut at = [(0.0f32, 0.0f32); 4];
    let floors = [0.95, 0.9, 0.85, 0.8];
    for (i, (score, truth)) in scored.iter().enumerate() {
        tp += *truth as u8 as f32;
        let (p, r) = (tp / (i + 1) as f32, tp / yes);
        let f = 2.0 * p * r / (p + r).max(1e-9);
        if f > best.0 {
            best = (f, p, r, *score);
        }
        for (a, floor) in at.iter_mut().zip(floors) {
            if p >= floor && r > a.0 {
                *a = (r, *score);
            }
        }
    }
    print!("{what:<34} F1 {:.3} (precision {:.3}, recall {:.3}, at {:.2})", best.0, best.1, best.2, best.3);
    for ((r, score), floor) in at.iter().zip(floors) {
        print!("  recall {r:.2} at precision {floor} (from {score:.2})");
    }
    println!();
}

/// The layout that `judge::Judge::builtin` reads.
fn encode(models: &[Linear], second: &[[f32; SURROUNDINGS]], names: &[String], heads: &[Linear]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut put = |v: f32| out.extend(v.to_le_bytes());
    let rounded: Vec<(Vec<u8>, f32)> = models.iter().map(Linear::rounded).collect();
    models.iter().for_each(|m| put(m.bias));
    rounded.iter().for_each(|r| put(r.1));
    // One step for all names, so that their answers compare.
    let most = heads.iter().flat_map(|h| &h.weights).fold(0.0f32, |a, w| a.max(w.abs()));
    let step = (most / 127.0).max(1e-6);
    put(step);
    put(names.len() as f32);
    second.iter().flatten().for_each(|w| put(*w));
    for (n, h) in names.iter().zip(heads) {
        out.push(n.len() as u8);
        out.extend(n.as_bytes());
        out.extend(h.bias.to_le_bytes());
    }
    for i in 0..BUCKETS {
        out.extend(rounded.iter().map(|r| r.0[i]));
    }
    for i in 0..NAME_BUCKETS {
        out.extend(heads.iter().map(|h| (h.weights[i] / step).round().clamp(-127.0, 127.0) as i8 as u8));
    }
    out
}
