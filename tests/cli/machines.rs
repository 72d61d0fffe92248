//! What machines ask for: schemas that what people and the program write is held to, completions, manual pages.

use crate::scene::Scene;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn schema(name: &str) -> Value {
    let output = Scene::empty().program().args(["schema", name]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn wrong(schema: &Value, value: &Value) -> Vec<String> {
    jsonschema::meta::validate(schema).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(value).map(|e| format!("{e} at {}", e.instance_path())).collect()
}

/// The keys a mistake says there are: `help: there is a, b and c`.
fn told_keys(said: &str) -> BTreeSet<String> {
    let help = said.split("help: there is").nth(1).unwrap_or_else(|| panic!("{said}"));
    let help = help.split("\n\n").next().unwrap().split("-- exit").next().unwrap();
    let words = help.split([',', ' ', '\n']).filter(|w| !w.is_empty() && *w != "and");
    words.map(|w| w.trim_matches('`').to_owned()).collect()
}

fn keys(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

fn toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn the_schema_of_settings_knows_what_the_reader_knows() {
    let schema = schema("settings");
    let said =
        |text: &str| Scene::empty().file("a.md", "# A\n").file("loosetight.toml", text).call(&["check"]);
    assert_eq!(told_keys(&said("qqqqqqqqqqqq = 1\n")), keys(&schema));
    let documents = &schema["properties"]["documents"]["items"];
    assert_eq!(told_keys(&said("[[documents]]\nfiles = \"a\"\nqqqqqqqqqqqq = 1\n")), keys(documents));
    let level = &schema["properties"]["levels"]["additionalProperties"]["anyOf"][1];
    assert_eq!(told_keys(&said("[levels]\nx = { level = \"off\", qqqqqqqqqqqq = 1 }\n")), keys(level));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [
        "examples/burdock/loosetight.toml",
        "examples/kittiwake/loosetight.toml",
        "src/cli/init/loosetight.toml",
    ] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert_eq!(wrong(&schema, &toml(&text)), Vec::<String>::new(), "{file}");
    }
    for bad in [
        "fail-on = \"maybe\"",
        "levels = { x = \"loud\" }",
        "[[documents]]\nkind = \"macro\"",
        "max-size = \"big\"",
    ] {
        assert!(!wrong(&schema, &toml(bad)).is_empty(), "{bad}");
    }
}

#[test]
fn the_schema_of_packs_knows_what_the_reader_knows() {
    let schema = schema("pack");
    let rule = &schema["properties"]["rule"]["items"];
    let said = Scene::empty()
        .file("p.toml", "[[rule]]\nid = \"x\"\nqqqqqqqqqqqq = 1\n")
        .call(&["rules", "test", "p.toml"]);
    assert_eq!(told_keys(&said), keys(rule));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for pack in ["over-scripting.toml", "missing-outcome.toml", "policy.toml", "allowances.toml"] {
        let mut text = toml(&fs::read_to_string(folder.join(pack)).unwrap());
        for rule in text["rule"].as_array_mut().unwrap() {
            // What a rule is about is said by built-in packs only.
            rule.as_object_mut().unwrap().remove("about");
        }
        assert_eq!(wrong(&schema, &text), Vec::<String>::new(), "{pack}");
    }
    assert_eq!(wrong(&schema, &toml(crate::scene::PACK)), Vec::<String>::new());
    assert!(!wrong(&schema, &toml("[[rule]]\nid = \"x\"\n")).is_empty());
}

#[test]
fn the_schema_of_findings_and_baselines_holds_for_what_is_written() {
    let findings = schema("findings");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for brand in ["examples/burdock", "examples/kittiwake"] {
        let output = Command::new(env!("CARGO_BIN_EXE_loosetight"))
            .args(["check", "--format", "json", "--sensitivity", "everything", brand])
            .current_dir(root)
            .env_clear()
            .output()
            .unwrap();
        let run: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!run["findings"].as_array().unwrap().is_empty());
        assert_eq!(wrong(&findings, &run), Vec::<String>::new(), "{brand}");
    }
    let allow = "<!-- loosetight: allow lamp-quota because \"x\" until 2027-01-01 -->";
    let scene = Scene::new()
        .file("a.md", format!("---\nsite: Pier\nowner: Crew\n---\n# A\n\n{allow}\nThe harbour lamp burns two times.\n\nThe harbour buoy talk.\n"))
        .file("b.docx", "no zip")
        .file("c.pdf", "%PDF")
        .file("d.docx", crate::formats::docx(&["The harbour buoy talk."], Some((0, "loosetight: allow bell-order because x"))));
    let output =
        scene.program().args(["check", "--format", "json", "--today", "2026-11-21"]).output().unwrap();
    let run: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        run["problems"].as_array().unwrap().len() == 1 && run["allowances"].as_array().unwrap().len() == 2
    );
    assert_eq!(wrong(&findings, &run), Vec::<String>::new());
    let mut more = run.clone();
    more["findings"][0]["colour"] = "red".into();
    assert!(!wrong(&findings, &more).is_empty());
    fs::remove_file(scene.path("b.docx")).unwrap();
    scene.call(&["baseline", "write", "--today", "2026-11-21"]);
    let written = fs::read_to_string(scene.path("loosetight.baseline.json")).unwrap();
    let written: Value = serde_json::from_str(&written).unwrap();
    assert!(!written["entries"].as_array().unwrap().is_empty());
    assert_eq!(wrong(&schema("baseline"), &written), Vec::<String>::new());
}

#[test]
fn completions_name_every_command_and_are_read_by_the_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Scene::empty().program().args(["completions", shell]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        for word in ["check", "baseline", "worklist", "changed"] {
            assert!(text.contains(word), "{shell}: {word}");
        }
    }
    if Command::new("bash").arg("--version").output().is_err() {
        return;
    }
    let script = "source <(\"$0\" completions bash)\nCOMP_WORDS=(loosetight base)\nCOMP_CWORD=1\n\
        _loosetight loosetight base loosetight\necho \"${COMPREPLY[@]}\"";
    let output =
        Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_loosetight")]).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "baseline",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_command_has_a_manual_page() {
    let scene = Scene::empty();
    let said = scene.call(&["man", "--output", "pages"]);
    assert!(said.ends_with(" pages in pages\n-- exit 0 --\n"), "{said}");
    for page in ["loosetight", "loosetight-check", "loosetight-baseline-decide", "loosetight-report-worklist"]
    {
        let text = fs::read_to_string(scene.path(&format!("pages/{page}.1"))).unwrap();
        assert!(text.contains(".TH ") && text.contains(".SH NAME"), "{page}");
    }
    let one = scene.call(&["man", "check"]);
    assert!(one.contains("\\-\\-fail\\-on"), "{one}");
    let none = scene.call(&["man", "chekc"]);
    assert!(none.contains("did you mean `check`?") && none.ends_with("-- exit 2 --\n"), "{none}");
}
