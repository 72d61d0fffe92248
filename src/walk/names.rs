//! Paths as they are opened ↔ names as they are shown: relative to where the call was made, with forward slashes.

use std::path::{Component, Path, PathBuf};

/// Turns paths into names, seen from one folder.
#[derive(Clone, Debug)]
pub struct Names {
    here: PathBuf,
}

impl Names {
    /// Names as seen from `here`, an absolute path.
    pub fn seen_from(here: impl Into<PathBuf>) -> Self {
        Names { here: here.into() }
    }

    /// The folder names are seen from.
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// A path of a call, made absolute. `..` steps out of where a link leads, as the system would.
    pub fn absolute(&self, given: &Path) -> PathBuf {
        let mut path = self.here.clone();
        for part in given.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    path = path.canonicalize().unwrap_or(path);
                    path.pop();
                }
                part => path.push(part),
            }
        }
        path
    }

    /// The name of an absolute path: relative to here where that can be said without going up to the root.
    pub fn show(&self, path: &Path) -> String {
        let near = self.here.ancestors().enumerate().find_map(|(up, folder)| {
            let rest = path.strip_prefix(folder).ok()?;
            let said = up == 0 || folder.components().any(|c| matches!(c, Component::Normal(_)));
            said.then(|| "../".repeat(up) + &slashes(rest))
        });
        match near {
            Some(name) if name.is_empty() => ".".to_owned(),
            Some(name) => name,
            None => slashes(path),
        }
    }
}

fn slashes(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_without_going_up_to_the_root() {
        let names = Names::seen_from("/srv/hotel/sops");
        let show = |path: &str| names.show(Path::new(path));
        assert_eq!(show("/srv/hotel/sops/a.md"), "a.md");
        assert_eq!(show("/srv/hotel/sops"), ".");
        assert_eq!(show("/srv/hotel/harbor.promise"), "../harbor.promise");
        assert_eq!(show("/srv/b.md"), "../../b.md");
        assert_eq!(show("/elsewhere/a.md"), "/elsewhere/a.md");
    }

    #[test]
    fn absolute_paths_have_no_dots() {
        let names = Names::seen_from("/nowhere/hotel");
        assert_eq!(names.absolute(Path::new("./a/../b.md")), Path::new("/nowhere/hotel/b.md"));
        assert_eq!(names.absolute(Path::new("/x/y.md")), Path::new("/x/y.md"));
        assert_eq!(names.absolute(Path::new(".")), Path::new("/nowhere/hotel"));
    }
}
