//! Makes the corpus the speed is measured on: `cargo run --release --example corpus -- FOLDER [DOCUMENTS] [SEED]`.
//!
//! Documents such as companies keep, from 1 to 30 kB, of five moods and three formats; no two alike, and the same ones
//! on every machine. A policy and a `loosetight.toml` lie beside them.

mod chance;
mod clauses;
mod habits;
mod shapes;

use chance::Chance;
use clauses::Clauses;
use habits::Format;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const CLAUSES: &str = include_str!("clauses.txt");
const POLICY: &str = include_str!("corpus.promise");
const SETTINGS: &str =
    "policy = \"corpus.promise\"\n\n[[documents]]\nfiles = \"replies/\"\nkind = \"macro\"\n";
/// The folders documents lie in, and how often.
const FOLDERS: [(&str, usize); 5] =
    [("procedures", 40), ("replies", 15), ("service", 20), ("sites", 15), ("archive", 10)];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, or: u64| args.get(at).map_or(Some(or), |text| text.parse().ok());
    let (Some(folder), Some(documents), Some(seed)) = (args.first(), number(1, 1000), number(2, 1)) else {
        let _ = writeln!(io::stderr(), "usage: corpus FOLDER [DOCUMENTS] [SEED]");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), documents, seed) {
        Ok(bytes) => {
            let _ = writeln!(io::stdout(), "{documents} documents, {bytes} bytes, seed {seed}");
            ExitCode::SUCCESS
        }
        Err(e) => {
            let _ = writeln!(io::stderr(), "{folder}: {e}");
            ExitCode::from(2)
        }
    }
}

/// Writes the corpus; how many bytes the documents have.
fn write(folder: &Path, documents: u64, seed: u64) -> io::Result<usize> {
    let clauses = Clauses::read(CLAUSES);
    let mut bytes = 0;
    for n in 0..documents {
        let (name, text) = document(&clauses, seed, n);
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, &text)?;
        bytes += text.len();
    }
    std::fs::write(folder.join("corpus.promise"), POLICY)?;
    std::fs::write(folder.join("loosetight.toml"), SETTINGS)?;
    Ok(bytes)
}

/// The name and the text of document number `n`.
fn document(clauses: &Clauses<'_>, seed: u64, n: u64) -> (PathBuf, String) {
    let mut chance = Chance::new(seed, n + 1);
    let size = chance.size(1_000, 28_000);
    let format = chance.weighed(&Format::ALL);
    let folder = chance.weighed(&FOLDERS);
    let blocks = shapes::document(clauses, &mut chance, size);
    let text = habits::file(&blocks, format, &mut chance);
    (Path::new(folder).join(format!("{n:04}.{}", format.extension())), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn some(seed: u64) -> Vec<(PathBuf, String)> {
        let clauses = Clauses::read(CLAUSES);
        (0..60).map(|n| document(&clauses, seed, n)).collect()
    }

    #[test]
    fn a_seed_always_makes_the_same_documents_and_another_makes_others() {
        assert_eq!(some(7), some(7));
        assert!(some(7).iter().zip(&some(8)).all(|(a, b)| a.1 != b.1));
    }

    #[test]
    fn documents_are_between_one_and_thirty_or_so_kilobytes() {
        for (name, text) in some(3) {
            assert!((1_000..36_000).contains(&text.len()), "{} has {} bytes", name.display(), text.len());
        }
    }

    #[test]
    fn hardly_any_sentence_comes_twice() {
        let all = some(5);
        let sentences: Vec<&str> = all
            .iter()
            .filter(|(name, _)| name.extension().is_some_and(|e| e == "md"))
            .flat_map(|(_, text)| text.split(['.', '\n']))
            .filter(|s| s.len() > 40)
            .collect();
        let distinct: HashSet<&str> = sentences.iter().copied().collect();
        assert!(distinct.len() * 10 > sentences.len() * 9, "{} of {}", distinct.len(), sentences.len());
    }
}
