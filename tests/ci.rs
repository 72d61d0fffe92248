//! The set-ups under `examples/ci`, their scripts run as the forge would run them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ci")
}

/// The lines of a block `key: |` of a step, or of the one line behind `key:`; the set-ups use no other YAML here.
fn script(text: &str, step: &str, key: &str) -> String {
    let after = text.split_once(step).unwrap().1;
    let after = after.split_once(&format!("{key}:")).unwrap().1;
    let mut lines = after.lines().skip(1).peekable();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let depth = indent(lines.peek().unwrap());
    let own = lines.take_while(|line| line.trim().is_empty() || indent(line) >= depth);
    own.map(|line| line.get(depth..).unwrap_or("").to_owned() + "\n").collect()
}

/// Runs a script in a folder with the program on the path.
fn run(script: &str, folder: &Path, env: &[(&str, &str)]) -> Option<Output> {
    let bin = Path::new(env!("CARGO_BIN_EXE_loosetight")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-e", "-o", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    bash.env_remove("GITHUB_STEP_SUMMARY").envs(env.iter().copied()).output().ok()
}

fn scene() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The top of a repository: nothing above it counts.
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("my replies")).unwrap();
    let text = "# Hello\n\nUse the customer's name at least three times in every call.\n";
    fs::write(folder.path().join("my replies/hello.md"), text).unwrap();
    fs::write(folder.path().join("calm.md"), "# Calm\n\nThe water is calm.\n").unwrap();
    folder
}

#[test]
fn the_action_annotates_and_writes_sarif() {
    let action = fs::read_to_string(root().join("github/action.yml")).unwrap();
    let folder = scene();
    let install = script(&action, "name: Install", "run");
    let Some(output) = run(&install, folder.path(), &[("SOURCE", "nowhere"), ("VERSION", "none")]) else {
        return;
    };
    assert!(output.status.success(), "installed already");
    let check = script(&action, "name: Check", "run");
    let env = [
        ("PATHS", "my replies\ncalm.md\n"),
        ("FAIL_ON", "consider"),
        ("CHANGED_SINCE", ""),
        ("SARIF", "x.sarif"),
    ];
    let output = run(&check, folder.path(), &env).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("file=my replies/hello.md,line=3") && said.contains("[name-quota]"), "{said}");
    let sarif: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("x.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    // Every input is handed over.
    for input in ["paths", "fail-on", "changed-since", "sarif", "source", "version"] {
        assert!(action.contains(&format!("\n  {input}:\n")), "{input}");
        assert!(action.contains(&format!("${{{{ inputs.{input} }}}}")), "{input}");
    }
}

#[test]
fn the_gitlab_job_writes_both_of_its_reports() {
    let job = fs::read_to_string(root().join("gitlab/loosetight.yml")).unwrap();
    let folder = scene();
    let line = script(&job, "image:", "\n  script");
    let line = line.trim().strip_prefix("- ").unwrap();
    let Some(output) = run(line, folder.path(), &[("LOOSETIGHT_PATHS", ".")]) else { return };
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    let report = fs::read(folder.path().join("gl-code-quality-report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report[0]["location"]["path"], "my replies/hello.md");
    let junit = fs::read_to_string(folder.path().join("loosetight.xml")).unwrap();
    assert_eq!(roxmltree::Document::parse(&junit).unwrap().root_element().tag_name().name(), "testsuites");
    for file in ["gl-code-quality-report.json", "loosetight.xml"] {
        assert!(job.contains(&format!(": {file}\n")), "{file} is an artifact");
    }
}
