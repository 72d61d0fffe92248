//! What git says was changed → [`Changed`]: the working tree against a commit, new files included.

use crate::problem::{AnyProblem, Problem};
use crate::triage::changed::{Changed, Lines};
use crate::walk::Names;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is compared with where the call names nothing: what was last committed.
pub const LAST: &str = "HEAD";

/// What was changed since `base`, or since the branch left it.
///
/// # Errors
/// No git, no repository, no such commit.
pub fn since(base: &str, names: &Names) -> Result<Changed, AnyProblem> {
    let here = names.here();
    let top = git(here, &["rev-parse", "--show-toplevel"]).map_err(|said| {
        let problem =
            Problem::new("git::no-repository", format!("`--changed` asks git, and git says: {said}"));
        problem.help("call it inside a repository, with git installed")
    })?;
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    let top = top.canonicalize().unwrap_or(top);
    let commit = match base {
        LAST => git(&top, &["rev-parse", "--verify", "--quiet", "HEAD"]),
        base => git(&top, &["merge-base", "--", base, "HEAD"]),
    };
    let mut changed = Changed::default();
    let commit = match commit {
        Ok(commit) => Some(commit.trim().to_owned()),
        // Nothing is committed yet: everything is new.
        Err(_) if base == LAST => None,
        Err(said) => {
            let message = format!("git does not know where this branch left `{base}`: {said}");
            let help = "fetch more of its history; with actions/checkout that is `fetch-depth: 0`";
            return Err(Problem::new("git::no-base", message).help(help).into());
        }
    };
    let failed = |said: String| Problem::new("git::failed", format!("git failed: {said}"));
    if let Some(commit) = &commit {
        let options = [
            "-c",
            "core.quotePath=false",
            "diff",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--unified=0",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            "--diff-filter=d",
            "--find-renames",
            commit,
            "--",
        ];
        let diff = git(&top, &options).map_err(failed)?;
        for (file, lines) in files(&diff) {
            changed.add(top.join(file), lines);
        }
    }
    let which: &[&str] = match commit {
        Some(_) => &["ls-files", "-z", "--others", "--exclude-standard"],
        None => &["ls-files", "-z", "--others", "--cached", "--exclude-standard"],
    };
    let new = git(&top, which).map_err(failed)?;
    for file in new.split('\0').filter(|file| !file.is_empty()) {
        changed.add(top.join(file), Lines::All);
    }
    Ok(changed)
}

/// What git prints.
///
/// # Errors
/// What it says on standard error, in one line.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| crate::problem::in_words(&error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("").trim().trim_start_matches("fatal: ");
    Err(if said.is_empty() { "nothing".to_owned() } else { said.to_owned() })
}

/// The files of a diff without context, each with the lines it now has of the change.
fn files(diff: &str) -> Vec<(String, Lines)> {
    let mut files: Vec<(String, Lines)> = Vec::new();
    // Whether the lines are those of a file's head, and not of its text, which may look the same.
    let mut head = false;
    let mut left = 0;
    for line in diff.lines() {
        if left == 0 && line.starts_with("diff --git ") {
            head = true;
        } else if head && line.starts_with("+++ ") {
            if let Some(file) = name(&line[4..]) {
                files.push((file, Lines::Some(Vec::new())));
            }
        } else if head && line.starts_with("Binary files ") {
            // `Binary files a/X and b/X differ`; a new one has /dev/null on the left.
            let file =
                line.strip_suffix(" differ").and_then(|l| l.rsplit_once(" and ")).and_then(|(_, b)| name(b));
            files.extend(file.map(|file| (file, Lines::All)));
        } else if left == 0 && line.starts_with("@@ ") {
            head = false;
            if let Some((old, start, count)) = hunk(line) {
                left = old + count;
                if let (Some((_, Lines::Some(lines))), true) = (files.last_mut(), count > 0) {
                    lines.push(start..=start + count - 1);
                }
            }
        } else if left > 0 && line.starts_with(['+', '-']) {
            left -= 1;
        }
    }
    files
}

/// The path behind `b/`, which git puts in quotation marks where it holds odd characters.
fn name(written: &str) -> Option<String> {
    // A tab ends a name that holds spaces.
    let written = written.strip_suffix('\t').unwrap_or(written);
    let Some(quoted) = written.strip_prefix('"').and_then(|w| w.strip_suffix('"')) else {
        return written.strip_prefix("b/").map(str::to_owned);
    };
    let mut bytes = Vec::new();
    let mut rest = quoted.as_bytes();
    while let [first, more @ ..] = rest {
        rest = more;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let [sign, more @ ..] = rest else { break };
        rest = more;
        bytes.push(match sign {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            b'0'..=b'7' => {
                let digits =
                    std::str::from_utf8(&quoted.as_bytes()[quoted.len() - rest.len() - 1..][..3]).ok()?;
                rest = &rest[2..];
                u8::from_str_radix(digits, 8).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8_lossy(&bytes).strip_prefix("b/").map(str::to_owned)
}

/// `@@ -3,2 +4,5 @@` → how many lines went, the first that came and how many came.
fn hunk(line: &str) -> Option<(u32, u32, u32)> {
    let mut words = line.split(' ').skip(1);
    let numbers = |word: &str| -> Option<(u32, u32)> {
        let word = word.get(1..)?;
        let (start, count) = word.split_once(',').unwrap_or((word, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((_, old), (start, count)) = (numbers(words.next()?)?, numbers(words.next()?)?);
    Some((old, start, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_read_by_its_counts_not_by_its_looks() {
        let diff = "diff --git a/x y.md b/x y.md\nindex 1..2 100644\n--- a/x y.md\t\n+++ b/x y.md\t\n\
            @@ -1 +1,3 @@\n-old\n+new\n+++ b/no.md\n+@@ -1 +9 @@\n@@ -9,2 +10,0 @@ text\n-a\n--- b\n\
            diff --git \"a/t\\tb\\303\\251.md\" \"b/t\\tb\\303\\251.md\"\n--- /dev/null\n+++ \"b/t\\tb\\303\\251.md\"\n\
            @@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n\
            diff --git a/w.docx b/w.docx\nBinary files a/w.docx and b/w.docx differ\n\
            diff --git a/old.md b/moved.md\nsimilarity index 100%\nrename from old.md\nrename to moved.md\n";
        let expected = [
            ("x y.md".to_owned(), Lines::Some(vec![1..=3])),
            ("t\tb\u{e9}.md".to_owned(), Lines::Some(vec![1..=2])),
            ("w.docx".to_owned(), Lines::All),
        ];
        assert_eq!(files(diff), expected);
    }
}
