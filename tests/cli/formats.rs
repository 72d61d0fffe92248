//! The formats for machines, each read back by a parser that is not the one that wrote it, with names, headings and
//! quotations that try to break out.

use crate::scene::Scene;
use serde_json::Value;
use std::collections::HashSet;
use std::fs;

/// A name with what separates things in one format or another.
const NASTY: &str = "pier/a,b;c %41 & é #1 'q'.md";

/// A policy, and documents with characters of all sorts around what is found.
fn scene() -> Scene {
    // Nothing is to be said about the policy itself.
    let policy = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n  for \"Sailors\"\n  unlike \"Ports without a lamp\"\n  \
        expects \"A lamp\"\n  values \"Sleep\" drives trust\n  owner \"Harbour master\"\n  reviewed 2026-11-02\n  \
        review every 6 months\n}\n\
        loose {\n  empower crew \"Everyone on the pier\" {\n    may spend up to 250 EUR per stay\n    without approval\n  \
        }\n}\n\
        backstage {\n  culture {\n    hire \"Early risers\"\n    basics every 6 months\n    teach every week\n    \
        praise every week\n    align every day\n  }\n}\n";
    let nasty = "# \"Quotes\" & <b>tags</b> | pipes, 100% `code`: *all*\r\n\r\n\
        \u{1f6a2} @everyone, see #12: “The harbour lamp burns three times” & <i>no</i> ]]> 50%25::error::x,y=z.\r\n\r\n\
        The harbour\u{e9} bell\r\nin order of\tsize, e\u{301}.\r\n\r\n\
        Get approval from the duty manager for any refund above 50 EUR.\r\n";
    Scene::new()
        .file("harbour.promise", policy)
        .file(NASTY, nasty)
        .file("pier/quiet.md", "# Quiet\n\nThe water is calm.\n")
        .file("pier/word.docx", docx(&["The harbour buoy talk & <more>."], None))
}

/// A Word document of these paragraphs, with a comment at one of them.
pub fn docx(paragraphs: &[&str], comment: Option<(usize, &str)>) -> Vec<u8> {
    use std::io::Write;
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let plain = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut body = String::new();
    for (i, text) in paragraphs.iter().enumerate() {
        let at = comment.is_some_and(|(at, _)| at == i);
        let mark = if at { r#"<w:r><w:commentReference w:id="0"/></w:r>"# } else { "" };
        body += &format!("<w:p><w:r><w:t>{}</w:t></w:r>{mark}</w:p>", plain(text));
    }
    let mut parts = vec![
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/><Override PartName="/word/comments.xml" ContentType="{OFFICE}.comments+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"#
            ),
        ),
        ("word/document.xml", format!(r#"<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>"#)),
    ];
    if let Some((_, text)) = comment {
        parts.push(("word/_rels/document.xml.rels", format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r2" Type="{RELATIONS}/comments" Target="comments.xml"/></Relationships>"#)));
        parts.push(("word/comments.xml", format!(r#"<w:comments xmlns:w="{W}"><w:comment w:id="0"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment></w:comments>"#, plain(text))));
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn out(scene: &Scene, arguments: &[&str]) -> String {
    let output = scene.program().args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

fn report(format: &str) -> String {
    out(&scene(), &["check", "--today", "2026-11-21", "--format", format])
}

/// The findings as `--format json` has them: what every other format is held against.
fn findings() -> Vec<Value> {
    let run: Value = serde_json::from_str(&report("json")).unwrap();
    let findings = run["findings"].as_array().unwrap().clone();
    let mut rules: Vec<_> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["approval-below-limit", "bell-order", "buoy-talk", "lamp-quota"], "{findings:#?}");
    findings
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// `%C3%A9` → `é`, as RFC 3986 has it.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, more @ ..] = rest {
        rest = more;
        if *first == b'%' {
            let digits = std::str::from_utf8(&more[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &more[2..];
        } else {
            assert!(first.is_ascii_alphanumeric() || b"-._~/".contains(first), "{uri}");
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn sarif_is_valid_and_says_what_was_found() {
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_valid_sarif(&log);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let expected = findings();
    assert_eq!(results.len(), expected.len());
    let mut prints = HashSet::new();
    for (result, finding) in results.iter().zip(&expected) {
        assert_eq!(result["ruleId"], finding["rule"]);
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], finding["rule"]);
        assert!(text(&rule["help"]["markdown"]).contains(text(&finding["why"])));
        let location = &result["locations"][0];
        let uri = text(&location["physicalLocation"]["artifactLocation"]["uri"]);
        assert_eq!(decoded(uri), text(&finding["file"]));
        let region = &location["physicalLocation"]["region"];
        if finding["place"].is_null() {
            for (theirs, ours) in [
                ("startLine", "line"),
                ("startColumn", "column"),
                ("endLine", "end_line"),
                ("endColumn", "end_column"),
            ] {
                assert_eq!(region[theirs], finding[ours], "{result:#}");
            }
            assert_eq!(region["snippet"]["text"], finding["text"]);
        } else {
            assert_eq!(*region, Value::Null);
            assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], finding["place"]);
        }
        assert!(text(&result["message"]["text"]).contains(text(&finding["message"])));
        assert!(prints.insert(text(&result["partialFingerprints"]["loosetight/v1"]).to_owned()));
        assert_eq!(result["partialFingerprints"]["loosetight/v1"], finding["fingerprint"]);
    }
    let limit = results.iter().find(|r| r["ruleId"] == "approval-below-limit").unwrap();
    let clause = &limit["relatedLocations"][0]["physicalLocation"];
    assert_eq!(clause["artifactLocation"]["uri"], "harbour.promise");
    assert_eq!(clause["region"]["startLine"], 13);
}

/// Held against the committee's own schema.
pub fn assert_valid_sarif(log: &Value) {
    let schema = include_str!("../fixtures/sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // Where it names languages it has a bracket too many to be a regular expression.
    for at in ["/definitions/run/properties/language", "/definitions/toolComponent/properties/language"] {
        schema.pointer_mut(at).unwrap().as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(log).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The schema is one that says no.
    let mut broken = log.clone();
    broken["runs"][0]["tool"]["driver"]["name"] = Value::Null;
    assert!(!validator.is_valid(&broken));
}

#[test]
fn sarif_of_a_run_that_went_wrong_says_so() {
    let scene = scene().file("pier/broken.docx", "not a zip");
    let output = scene.program().args(["check", "--format", "sarif"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_valid_sarif(&log);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(text(&invocation["toolExecutionNotifications"][0]["message"]["text"]).contains("broken.docx"));
}

#[test]
fn paths_count_from_the_top_of_the_tree_wherever_the_call_is_made() {
    let scene = scene();
    let here = scene.program().current_dir(scene.path("pier").canonicalize().unwrap());
    let output = here.args(["check", "--format", "gitlab"]).output().unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(text(&list[0]["location"]["path"]), NASTY);
}

/// The name of a workflow command, its properties and its text.
type Command = (String, Vec<(String, String)>, String);

/// A command as the runner of GitHub Actions reads it (`ActionCommand.TryParseV2`).
fn command(line: &str) -> Option<Command> {
    let rest = line.strip_prefix("::")?;
    let (head, data) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let plain = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties = properties.split(',').filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let value = plain(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        Some((key.to_owned(), value))
    });
    Some((name.to_owned(), properties.collect(), plain(data).replace("%25", "%")))
}

#[test]
fn github_annotations_survive_percent_newline_comma_and_colon() {
    let said = report("github");
    let commands: Vec<_> = said.lines().map(|line| command(line).unwrap()).collect();
    let order: Vec<&str> = commands.iter().map(|(name, ..)| name.as_str()).collect();
    let mut sorted = order.clone();
    sorted.sort_by_key(|name| ["error", "warning", "notice"].iter().position(|n| n == name));
    assert_eq!(order, sorted);
    assert!(order.contains(&"error") && order.contains(&"warning") && order.contains(&"notice"));
    for finding in findings() {
        let rule = format!("[{}]", text(&finding["rule"]));
        let (_, properties, data) = commands
            .iter()
            .find(|(_, properties, _)| properties.iter().any(|(k, v)| k == "title" && v.ends_with(&rule)))
            .unwrap();
        let property = |key: &str| properties.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
        assert_eq!(property("file"), finding["file"].as_str());
        if finding["place"].is_null() {
            assert_eq!(property("line"), Some(finding["line"].to_string().as_str()));
            assert_eq!(property("endLine"), Some(finding["end_line"].to_string().as_str()));
            let column = finding["column"].to_string();
            let same_line = finding["line"] == finding["end_line"];
            assert_eq!(property("col"), same_line.then_some(column.as_str()));
        } else {
            assert_eq!(property("line"), None);
        }
        assert!(data.contains(text(&finding["message"])), "{data}");
        assert!(data.contains(&format!("\n\nInstead: {}", text(&finding["instead"][0]))), "{data}");
    }
}

#[test]
fn github_shows_ten_of_a_sort_the_worst_first_and_counts_the_rest() {
    let many =
        "The harbour lamp burns three times.\n\n## Next\n\nThe harbour buoy talk.\n\n## Next\n\n".repeat(13);
    let scene = Scene::new().file("many.md", format!("# Many\n\n{many}"));
    let said = out(&scene, &["check", "--format", "github"]);
    let sorts: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert_eq!(sorts, [["error"; 10], ["notice"; 10]].concat());
    let last = said.lines().last().unwrap();
    assert_eq!(last, "not annotated, as a step shows ten of each sort: 3 must fix, 3 consider");
}

#[test]
fn github_gets_a_summary_of_the_job() {
    let scene = scene().file("summary.md", "before\n");
    let path = scene.path("summary.md");
    let call =
        scene.program().args(["check", "--format", "github", "pier"]).env("GITHUB_STEP_SUMMARY", &path);
    assert_eq!(call.output().unwrap().status.code(), Some(1));
    let summary = fs::read_to_string(&path).unwrap();
    assert!(
        summary.starts_with("before\n## loosetight: 2 must fix · 1 should fix · 1 consider\n"),
        "{summary}"
    );
    // Other formats have no business there.
    let call = scene.program().args(["check", "--format", "json", "pier"]).env("GITHUB_STEP_SUMMARY", &path);
    call.output().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), summary);
}

#[test]
fn gitlab_reads_a_list_with_a_fingerprint_for_each() {
    let list: Value = serde_json::from_str(&report("gitlab")).unwrap();
    let list = list.as_array().unwrap();
    let expected = findings();
    assert_eq!(list.len(), expected.len());
    let mut prints = HashSet::new();
    for (entry, finding) in list.iter().zip(&expected) {
        assert!(prints.insert(text(&entry["fingerprint"])));
        assert_eq!(entry["check_name"], finding["rule"]);
        assert_eq!(entry["location"]["path"], finding["file"]);
        assert!(text(&entry["description"]).ends_with(text(&finding["message"])));
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(&entry["severity"])));
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    let scene = Scene::new().file("a.md", "# Quiet\n\nThe water is calm.\n");
    assert_eq!(scene.call(&["check", "--format", "gitlab"]), "[]\n-- exit 0 --\n");
}

#[test]
fn junit_has_a_suite_for_each_file_and_counts_that_add_up() {
    let said = report("junit");
    let tree = roxmltree::Document::parse(&said).unwrap();
    let root = tree.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let suites: Vec<_> = root.children().filter(|n| n.has_tag_name("testsuite")).collect();
    let names: Vec<_> = suites.iter().map(|s| s.attribute("name").unwrap()).collect();
    assert_eq!(names, ["harbour.promise", NASTY, "pier/quiet.md", "pier/word.docx"]);
    let count = |node: &roxmltree::Node<'_, '_>, tag: &str| {
        node.descendants().filter(|n| n.has_tag_name(tag)).count().to_string()
    };
    for node in suites.iter().chain([&root]) {
        assert_eq!(node.attribute("tests").unwrap(), count(node, "testcase"));
        assert_eq!(node.attribute("failures").unwrap(), count(node, "failure"));
    }
    for finding in findings() {
        let name = format!("{} (", text(&finding["rule"]));
        let case =
            root.descendants().find(|n| n.attribute("name").is_some_and(|n| n.starts_with(&name))).unwrap();
        assert_eq!(case.attribute("file"), finding["file"].as_str());
        let fails = finding["level"] == "must-fix";
        let said = case.children().find(|n| n.is_element()).unwrap();
        assert_eq!(said.tag_name().name(), if fails { "failure" } else { "system-out" });
        assert!(said.text().unwrap().contains(text(&finding["why"])));
    }
    let words = root.descendants().filter_map(|n| n.text()).collect::<String>();
    assert!(words.contains("& no ]]> 50%25::error::x,y=z."), "{words}");
}

#[test]
fn checkstyle_is_grouped_by_file() {
    let said = report("checkstyle");
    let tree = roxmltree::Document::parse(&said).unwrap();
    let files: Vec<_> = tree.root_element().children().filter(|n| n.has_tag_name("file")).collect();
    assert_eq!(files.len(), 4);
    for finding in findings() {
        let file = files.iter().find(|f| f.attribute("name") == finding["file"].as_str()).unwrap();
        let source = format!("loosetight.{}", text(&finding["rule"]));
        let error = file.children().find(|n| n.attribute("source") == Some(&source)).unwrap();
        let level = match text(&finding["level"]) {
            "must-fix" => "error",
            "should-fix" => "warning",
            _ => "info",
        };
        assert_eq!(error.attribute("severity"), Some(level));
        assert!(error.attribute("message").unwrap().ends_with(text(&finding["message"])));
        let lines = finding["place"].is_null();
        let line = finding["line"].to_string();
        assert_eq!(error.attribute("line"), lines.then_some(line.as_str()));
    }
}

#[test]
fn reviewdog_counts_columns_in_bytes() {
    let result: Value = serde_json::from_str(&report("rdjson")).unwrap();
    let diagnostics = result["diagnostics"].as_array().unwrap();
    let expected = findings();
    assert_eq!(diagnostics.len(), expected.len());
    for (diagnostic, finding) in diagnostics.iter().zip(&expected) {
        assert_eq!(diagnostic["code"]["value"], finding["rule"]);
        assert_eq!(diagnostic["location"]["path"], finding["file"]);
        if !finding["place"].is_null() {
            assert!(diagnostic["location"]["range"].is_null());
            continue;
        }
        let file = fs::read(scene().path(text(&finding["file"]))).unwrap();
        let offset = |position: &Value| {
            let line = position["line"].as_u64().unwrap() as usize;
            let ends = file.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
            let start = std::iter::once(0).chain(ends).nth(line - 1).unwrap();
            start + position["column"].as_u64().unwrap() as usize - 1
        };
        let range = &diagnostic["location"]["range"];
        let passage = &file[offset(&range["start"])..offset(&range["end"])];
        assert_eq!(std::str::from_utf8(passage).unwrap(), text(&finding["text"]));
    }
}

#[test]
fn markdown_shows_what_stands_there_and_calls_nobody() {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let said = report("markdown");
    assert!(!said.contains("@everyone"), "{said}");
    let (mut headings, mut items, mut quotes) = (Vec::new(), 0, Vec::new());
    let (mut words, mut html) = (String::new(), Vec::new());
    for event in Parser::new_ext(&said, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::BlockQuote(_)) => words.clear(),
            Event::Start(Tag::Item) => items += 1,
            Event::Text(text) | Event::Code(text) => words += &text,
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::InlineHtml(text) | Event::Html(text) => html.push(text.to_string()),
            Event::End(TagEnd::Heading(_)) => headings.push(words.clone()),
            Event::End(TagEnd::BlockQuote(_)) => quotes.push(words.trim().to_owned()),
            _ => {}
        }
    }
    assert_eq!(headings, ["loosetight: 2 must fix · 1 should fix · 1 consider", NASTY, "pier/word.docx"]);
    assert_eq!(items, findings().len());
    assert_eq!(html, ["<!-- -->"]);
    assert!(
        quotes.iter().any(|q| q.contains("@everyone, see #12: “The harbour lamp burns three times”")),
        "{quotes:#?}"
    );
    assert!(quotes.contains(&"The harbour buoy talk & <more>.".to_owned()), "{quotes:#?}");
}

#[test]
fn several_reports_at_once_each_whole() {
    let scene = scene().file("out/old.sarif", "what was there before");
    let said = out(
        &scene,
        &[
            "check",
            "pier",
            "--format",
            "compact",
            "--output",
            "sarif=out/old.sarif",
            "-o",
            "junit=out/j.xml",
            "--output",
            "json=out/j.json",
            "--output",
            "human=out/h.txt",
        ],
    );
    assert_eq!(said, out(&scene, &["check", "pier", "--format", "compact"]));
    for (format, file) in
        [("sarif", "out/old.sarif"), ("junit", "out/j.xml"), ("json", "out/j.json"), ("human", "out/h.txt")]
    {
        let written = fs::read_to_string(scene.path(file)).unwrap();
        let printed = scene.program().args(["check", "pier", "--format", format]).env("COLUMNS", "100");
        assert_eq!(written, String::from_utf8(printed.output().unwrap().stdout).unwrap(), "{format}");
    }
    let left: Vec<_> = fs::read_dir(scene.path("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn a_report_that_cannot_be_written_is_heard_of_before_the_work() {
    let scene = scene();
    snapbox::assert_data_eq!(
        scene.call(&[
            "check",
            "pier",
            "-o",
            "json=nowhere/x.json",
            "-o",
            "sarif=pier",
            "-o",
            "json=a.json",
            "-o",
            "md=a.json",
        ]),
        snapbox::str![[r#"
-- standard error --
output::not-writable

  × nowhere/x.json cannot be written: its folder does not exist

output::not-writable

  × pier cannot be written: it is a folder

usage::output

  × two reports are to be written to a.json
  help: give each a file of its own

-- exit 2 --

"#]]
    );
    assert!(!scene.path("a.json").exists());
    for (wrong, hint) in [
        ("sarif", "it is written FORMAT=FILE, such as sarif=findings.sarif"),
        ("srif=x", "did you mean sarif?"),
        ("json=-", "what goes to standard output is said with --format"),
    ] {
        let said = scene.call(&["check", "--output", wrong]);
        assert!(said.contains(hint) && said.contains("-- exit 2 --"), "{said}");
    }
}
