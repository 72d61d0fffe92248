//! What the `.gitignore` files on the way to a file say about it: the nearest that says anything decides.

use ignore::Match;
use ignore::gitignore::Gitignore;
use std::path::Path;

/// The `.gitignore` files that hold at one point of a walk.
pub struct Ignored {
    /// From the top down, each with the depth of its folder in the walk; those above the walk have none.
    files: Vec<(Option<usize>, Gitignore)>,
}

impl Ignored {
    /// Those above a folder that is about to be walked, up to the top of its repository. Outside of a repository
    /// only what lies in the walk counts.
    pub fn above(root: &Path) -> Self {
        let above: Vec<&Path> = root.ancestors().collect();
        let top = above.iter().position(|folder| folder.join(".git").exists()).unwrap_or(0);
        let mut ignored = Ignored { files: Vec::new() };
        for folder in above.iter().take(top + 1).skip(1).rev() {
            ignored.load(folder, None);
        }
        ignored
    }

    /// The walk goes into a folder `depth` levels down.
    pub fn enter(&mut self, folder: &Path, depth: usize) {
        self.load(folder, Some(depth));
    }

    fn load(&mut self, folder: &Path, depth: Option<usize>) {
        let path = folder.join(".gitignore");
        if path.is_file() {
            // Lines that are no globs are left out, as git does.
            let (file, _) = Gitignore::new(path);
            self.files.push((depth, file));
        }
    }

    /// Whether git leaves out this file or folder, `depth` levels down.
    pub fn names(&mut self, path: &Path, folder: bool, depth: usize) -> bool {
        // Folders the walk has left have no say any more.
        while self.files.last().is_some_and(|(d, _)| d.is_some_and(|d| d >= depth)) {
            self.files.pop();
        }
        let mut said = self.files.iter().rev().map(|(_, file)| file.matched(path, folder));
        matches!(said.find(|m| !m.is_none()), Some(Match::Ignore(_)))
    }
}
