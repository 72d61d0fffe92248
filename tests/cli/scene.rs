//! A folder made for one test, and the program run in it.

use snapbox::cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

/// A pack with three rules of known behaviour, so that these tests do not hang on what the built-in rules say.
pub const PACK: &str = r#"
[[rule]]
id = "lamp-quota"
group = "over-scripting"
level = "must-fix"
title = "a lamp to be lit a number of times"
message = "this counts how often the lamp is lit"
why = "Whoever counts lamps does not look at the ship."
instead = ["Say what the ship should see.", "Leave the lamp to whoever stands beside it."]
patterns = [{ match = "lamp .. times", sure = true }]
bad = ["The harbour ⟦lamp burns three times⟧."]
good = ["The harbour lamp burns."]

[[rule]]
id = "bell-order"
group = "over-scripting"
level = "should-fix"
title = "a bell to be rung in order"
message = "this says in which order bells are rung"
why = "Bells are for ships, not for lists."
instead = ["Say who should hear it.", "Leave the order out."]
patterns = [{ match = "bell in order", sure = true }]
bad = ["The harbour ⟦bell in order⟧ of size."]
good = ["The harbour bell."]

[[rule]]
id = "buoy-talk"
group = "over-scripting"
level = "consider"
title = "a buoy to be talked to"
message = "this asks for talk with a buoy"
why = "Buoys do not answer."
instead = ["Talk to the ship.", "Say nothing."]
patterns = [{ match = "buoy talk", sure = true }]
bad = ["The harbour ⟦buoy talk⟧."]
good = ["The harbour buoy."]
"#;

/// A folder made for one test; it goes away with it.
pub struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    /// An empty folder, the top of a repository: nothing above it counts.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        Scene { folder }
    }

    /// A folder whose settings name the pack above.
    pub fn new() -> Self {
        Scene::empty().file("ours.toml", PACK).file("loosetight.toml", "packs = [\"ours.toml\"]\n")
    }

    /// With a file.
    pub fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, to be called in this folder.
    pub fn program(&self) -> Command {
        program(self.folder.path())
    }

    /// Calls the program: what it printed on both ways out, and how it ended.
    pub fn call(&self, arguments: &[&str]) -> String {
        told(self.program().args(arguments))
    }

    /// The same, with something on standard input.
    pub fn pipe(&self, arguments: &[&str], input: &str) -> String {
        told(self.program().args(arguments).stdin(input))
    }
}

fn program(folder: &Path) -> Command {
    Command::new(env!("CARGO_BIN_EXE_loosetight"))
        .env_clear()
        .env("COLUMNS", "80")
        .current_dir(folder.canonicalize().unwrap())
}

fn told(command: Command) -> String {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let err = if err.is_empty() { String::new() } else { format!("-- standard error --\n{err}") };
    format!("{out}{err}-- exit {} --\n", output.status.code().unwrap())
}
