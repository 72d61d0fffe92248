//! `report`: the page a company shares, as the program writes it.

use crate::scene::Scene;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;
use std::fs;

const POLICY: &str = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\n\
    journey \"A voyage\" {\n  stage in \"I want to land\" {\n    touchpoint landing \"At the quay\" { moment of truth }\n  }\n}\n\
    tight {\n  outcome safe \"Sailors know where the rocks are\" { at landing }\n}\n";

fn page(scene: &Scene, arguments: &[&str]) -> String {
    let arguments = [&["report", "--today", "2026-11-21"], arguments].concat();
    let output = scene.program().args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

/// The page's elements: name and attributes. Every mistake of the tokenizer, every id used twice, every link that leads
/// nowhere, and every element left open fails.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let void = ["meta", "input", "br", "link", "img"];
    let (mut elements, mut open) = (Vec::new(), Vec::<String>::new());
    for token in Tokenizer::new(page).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                if !tag.self_closing && !void.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                let attributes: Vec<_> = tag.attributes.iter().map(|(k, v)| (text(k), text(v))).collect();
                elements.push((name, attributes));
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(text(&tag.name))),
            Token::Error(error) => panic!("the page does not parse: {error:?}"),
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    let mut ids = BTreeSet::new();
    for (_, attributes) in &elements {
        for (_, id) in attributes.iter().filter(|(name, _)| name == "id") {
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
    }
    for (name, attributes) in &elements {
        for (_, aim) in attributes.iter().filter(|(name, _)| name == "href") {
            let aim =
                aim.strip_prefix('#').unwrap_or_else(|| panic!("<{name}> leads out of the page: {aim}"));
            assert!(ids.contains(aim), "nothing is called {aim}");
        }
    }
    elements
}

#[test]
fn the_page_parses_stands_alone_and_is_the_same_twice() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/kittiwake");
    let scene = Scene::empty();
    let first = page(&scene, &[example]);
    assert_eq!(first, page(&scene, &[example]));
    let elements = elements(&first);
    let count = |name: &str| elements.iter().filter(|(n, _)| n == name).count();
    assert_eq!((count("main"), count("h1"), count("svg"), count("script"), count("style")), (1, 1, 1, 1, 1));
    assert_eq!(count("table"), count("caption"));
    assert_eq!(count("link") + count("img") + count("iframe"), 0);
    for (name, attributes) in &elements {
        let loud = attributes.iter().find(|(k, _)| k == "src" || k == "style" || k.starts_with("on"));
        assert_eq!(loud, None, "<{name}>");
        if name == "th" {
            assert!(attributes.iter().any(|(k, _)| k == "scope"));
        }
    }
    for piece in [
        "promise",
        "kept",
        "numbers",
        "counts",
        "journey",
        "rewrite",
        "boundaries",
        "cards",
        "policy",
        "findings",
    ] {
        assert!(first.contains(&format!("<section id=\"{piece}\"")), "{piece}");
    }
}

#[test]
fn nothing_a_document_says_is_acted_on() {
    let evil = "</script></style><script>alert(1)</script>]]><img src=x onerror=alert(1)> \u{202E}txet";
    let policy = POLICY.replace("Ships get home.", "Ships get <script>alert(2)</script> home]]>.");
    let scene = Scene::new()
        .file("harbour.promise", policy)
        .file(
            "a/<img src=x onerror=alert(3)>.md",
            format!(
                "# Landing \u{202E}gnidaeh [x](javascript:alert(4)) {evil}\n\n\
                 The harbour lamp burns four times &lt;script&gt;alert(5)&lt;/script&gt;.\n"
            ),
        )
        .file("b.txt", format!("The harbour lamp burns three times {evil}.\n"));
    let page = page(&scene, &["--title", "<script>alert(6)</script>"]);
    let elements = elements(&page);
    let scripts = elements.iter().filter(|(name, _)| name == "script").count();
    assert_eq!((scripts, elements.iter().filter(|(name, _)| name == "img").count()), (1, 0));
    assert!(page.contains("&lt;script&gt;alert(1)"), "the words are there, as words");
    for alert in [2, 5] {
        assert!(page.contains(&format!("&lt;script&gt;alert({alert})")), "{alert}");
    }
    assert!(page.contains("<h1><span dir=\"auto\">&lt;script&gt;alert(6)"));
    assert!(!page.contains('\u{202E}'));
}

#[test]
fn many_findings_make_no_endless_page() {
    let mut scene = Scene::new().file("harbour.promise", POLICY);
    for n in 0..60 {
        let lines: String =
            (0..200).map(|i| format!("The harbour lamp burns {n} and {i} times.\n\n## Next\n\n")).collect();
        scene = scene.file(&format!("quay-{n}.md"), format!("# Landing\n\n{lines}"));
    }
    let page = page(&scene, &[]);
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    let rows = page.split("<table class=\"findings\">").nth(1).unwrap().matches("<tr class=\"").count();
    assert_eq!(rows, 10_000);
    assert!(page.contains("more</p>"), "what is left out is said");
}

#[test]
fn the_page_goes_into_the_file_it_is_asked_into() {
    let scene = Scene::new().file("harbour.promise", POLICY).file("a.md", "# Landing\n\nThe lamp burns.\n");
    let told = scene.call(&["report", "--today", "2026-11-21", "-o", "page.html"]);
    assert!(told.starts_with("page.html: ") && told.ends_with("-- exit 0 --\n"), "{told}");
    let written = fs::read_to_string(scene.path("page.html")).unwrap();
    fs::remove_file(scene.path("page.html")).unwrap();
    assert_eq!(written, page(&scene, &[]));
    let told = scene.call(&["report", "-o", "nowhere/page.html"]);
    assert!(told.contains("output::not-writable") && told.ends_with("-- exit 2 --\n"), "{told}");
}
