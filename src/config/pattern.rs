//! One glob of `loosetight.toml`, written as in `.gitignore`: `drafts` means anything of that name at any depth and
//! all that lies below it, `/drafts` only beside the settings, `sops/**/*.md` counts from there.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};

/// A compiled glob.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    folder: PathBuf,
    matcher: Gitignore,
}

impl Pattern {
    /// Compiles a glob that counts from `folder`. The error says in words what is wrong with it.
    pub fn new(folder: &Path, text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("an empty glob matches nothing".to_owned());
        }
        if text.starts_with('!') {
            return Err("a glob here cannot begin with `!`".to_owned());
        }
        let mut builder = GitignoreBuilder::new(folder);
        builder.allow_unclosed_class(false);
        // A `#` starts a comment in .gitignore only.
        let line = if text.starts_with('#') { format!("\\{text}") } else { text.to_owned() };
        let matcher = builder.add_line(None, &line).and_then(|b| b.build()).map_err(|e| match e {
            ignore::Error::Glob { err, .. } => err,
            other => other.to_string(),
        })?;
        Ok(Pattern { text: text.to_owned(), folder: folder.to_owned(), matcher })
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it names this file, or a folder above it.
    pub fn matches(&self, path: &Path) -> bool {
        self.names(path, false)
    }

    /// Whether it names this folder, or one above it.
    pub fn matches_folder(&self, path: &Path) -> bool {
        self.names(path, true)
    }

    fn names(&self, path: &Path, folder: bool) -> bool {
        let Ok(inside) = path.strip_prefix(&self.folder) else { return false };
        !inside.as_os_str().is_empty() && self.matcher.matched_path_or_any_parents(inside, folder).is_ignore()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.folder == other.folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        Pattern::new(Path::new("/hotel"), glob).unwrap().matches(Path::new(path))
    }

    #[test]
    fn globs_read_as_in_gitignore() {
        assert!(matches("drafts", "/hotel/drafts/a.md"));
        assert!(matches("drafts", "/hotel/sops/drafts/deep/a.md"));
        assert!(!matches("/drafts", "/hotel/sops/drafts/a.md"));
        assert!(matches("*.draft.md", "/hotel/sops/a.draft.md"));
        assert!(matches("sops/*.md", "/hotel/sops/a.md"));
        assert!(!matches("sops/*.md", "/hotel/sops/deep/a.md"));
        assert!(matches("sops/**/*.md", "/hotel/sops/deep/a.md"));
        assert!(!matches("drafts", "/elsewhere/drafts/a.md"));
        assert!(matches("#1.md", "/hotel/#1.md"));
    }

    #[test]
    fn what_cannot_be_a_glob_is_said_in_words() {
        for glob in ["", "!a", "a[b"] {
            assert!(Pattern::new(Path::new("/hotel"), glob).is_err(), "{glob}");
        }
    }
}
