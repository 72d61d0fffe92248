//! How a run ends, in every format.

use crate::scene::Scene;

const FORMATS: [&str; 4] = ["human", "narrated", "compact", "json"];

fn exit(scene: &Scene, arguments: &[&str]) -> i32 {
    scene.program().args(arguments).output().unwrap().status.code().unwrap()
}

fn scene() -> Scene {
    Scene::new()
        .file("must.md", "The harbour lamp burns three times.\n")
        .file("should.md", "The harbour bell in order of size.\n")
        .file("consider.md", "The harbour buoy talk.\n")
        .file("clean.md", "The harbour.\n")
}

#[test]
fn only_what_must_be_fixed_fails_unless_something_else_is_said() {
    let scene = scene();
    for format in FORMATS {
        let exit = |more: &[&str]| exit(&scene, &[&["check", "--format", format], more].concat());
        assert_eq!(exit(&["must.md"]), 1, "{format}");
        assert_eq!(exit(&["should.md", "consider.md", "clean.md"]), 0, "{format}");
        assert_eq!(exit(&["--fail-on", "should-fix", "should.md"]), 1, "{format}");
        assert_eq!(exit(&["--fail-on", "should-fix", "consider.md"]), 0, "{format}");
        assert_eq!(exit(&["--fail-on", "consider", "consider.md"]), 1, "{format}");
        assert_eq!(exit(&["--fail-on", "consider", "clean.md"]), 0, "{format}");
        assert_eq!(exit(&["--fail-on", "never", "."]), 0, "{format}");
        assert_eq!(exit(&["--exit-zero", "."]), 0, "{format}");
        assert_eq!(exit(&[".", "missing.md"]), 2, "{format}");
        assert_eq!(exit(&["--exit-zero", ".", "missing.md"]), 2, "{format}");
    }
}

#[test]
fn settings_say_from_where_on_to_fail_and_the_call_says_it_louder() {
    let scene = scene().file("loosetight.toml", "packs = [\"ours.toml\"]\nfail-on = \"never\"\n");
    assert_eq!(exit(&scene, &["check"]), 0);
    assert_eq!(exit(&scene, &["check", "--fail-on", "consider"]), 1);
    let scene = scene.file("strict/loosetight.toml", "packs = [\"../ours.toml\"]\nfail-on = \"consider\"\n");
    assert_eq!(exit(&scene, &["check"]), 0);
    let scene = scene.file("strict/buoy.md", "The harbour buoy talk.\n");
    assert_eq!(exit(&scene, &["check"]), 1);
}

#[test]
fn a_folder_without_documents_is_no_mistake() {
    let scene = Scene::empty().file("program.rs", "fn main() {}\n");
    assert_eq!(exit(&scene, &["check"]), 0);
}

#[test]
fn usage_mistakes_end_with_two() {
    let scene = Scene::empty();
    for arguments in
        [&[][..], &["chek"], &["check", "--fail-on", "error"], &["check", "--nothing"], &["explain", "x"]]
    {
        assert_eq!(exit(&scene, arguments), 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["rules", "list"], &["explain"]]
    {
        assert_eq!(exit(&scene, arguments), 0, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly_and_with_the_code_it_would_have_had() {
    use std::io::Read;
    use std::process::Stdio;
    let line = "The harbour lamp burns three times.\n\n";
    for (fail_on, expected) in [("must-fix", 1), ("never", 0)] {
        for format in FORMATS {
            let scene = Scene::new().file("long.md", line.repeat(1_500));
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_loosetight"))
                .args(["check", "--format", format, "--fail-on", fail_on])
                .env_clear()
                .current_dir(scene.path("."))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut some = [0; 10];
            child.stdout.take().unwrap().read_exact(&mut some).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
            assert_eq!(output.status.code(), Some(expected), "{format}");
        }
    }
}

#[test]
fn the_same_run_prints_the_same() {
    let mut scene = Scene::new();
    for n in 0..40 {
        let text = format!("# {n}\n\nThe harbour lamp burns {n} times.\n\nThe harbour buoy talk.\n")
            .repeat(n % 7 + 1);
        scene = scene.file(&format!("{}/{n}.md", n % 3), text);
    }
    for format in FORMATS {
        let first = scene.call(&["check", "--format", format]);
        let again = scene.call(&["check", "--format", format, "2", ".", "0/0.md"]);
        assert_eq!(first, again, "{format}");
    }
}
