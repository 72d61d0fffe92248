use crate::show::{origin, read, show};
use loosetight::document::InlineKind;

fn blocks(text: &str) -> Vec<String> {
    show(&read("a.html", text))
}

#[test]
fn headings_lists_quotes_and_entities() {
    let text = "<!DOCTYPE html>\n<html><head><title>Desk &amp; door</title><style>p{color:red}</style></head><body>\n<h1>The\n  desk</h1>\n<p>Say&nbsp;<em>fish &amp; chips</em>,\n   then &ldquo;bye&rdquo;.<p>No end tag\n<ul><li>One<li>Two<ol start=3><li>Deep</ol></ul>\n<blockquote>So kind.</blockquote><script>var x = 'Always say';</script>Loose end 😀\n</body></html>\n";
    let d = read("a.html", text);
    assert_eq!(
        show(&d),
        [
            "h1 The desk",
            "p Say fish & chips, then “bye”.",
            "p No end tag",
            "l0.0 One",
            "l0.0 Two",
            "l1.1#3 Deep",
            "> p So kind.",
            "p Loose end 😀",
        ]
    );
    assert_eq!(origin(&d, "fish & chips"), "fish &amp; chips");
    assert_eq!(origin(&d, "Say fish"), "Say&nbsp;<em>fish");
    assert_eq!(origin(&d, "“bye”"), "&ldquo;bye&rdquo;");
    assert_eq!(origin(&d, "The desk"), "The\n  desk");
    assert_eq!(origin(&d, "😀"), "😀");
    assert_eq!(
        d.meta("title").map(|m| (m.value.as_str(), d.source.slice(m.span))),
        Some(("Desk & door", "Desk &amp; door"))
    );
    assert!(d.source.slice(d.sections[1].span).starts_with("<h1>"));
}

#[test]
fn tables_with_spans_and_empty_cells() {
    let text = "<table><thead><tr><th>Step</th><th>Say</th></tr></thead><tbody><tr><td rowspan=2>1</td><td>Hello<br>there</td></tr><tr><td></td></tr><tr><td colspan=2><p>a</p><p>b</p></td></tr></table><table><tr><th>Owner</th><td>Desk</td></tr><tr><th>Version</th><td>2</td></tr></table>";
    let d = read("a.html", text);
    assert_eq!(
        show(&d),
        [
            "t0[0,0]h Step",
            "t0[0,1]h Say",
            "t0[1,0] 1",
            "t0[1,1] Hello there",
            "t0[2,1] ",
            "t0[3,0] a",
            "t0[3,0] b",
            "t1[0,0] Owner",
            "t1[0,1] Desk",
            "t1[1,0] Version",
            "t1[1,1] 2",
        ]
    );
    assert_eq!(d.column_heading(&d.blocks[3]).map(|b| d.text(b)), Some("Say"));
    assert_eq!((d.tables[0].rows, d.tables[0].columns), (4, 2));
    assert_eq!(d.meta("version").map(|m| m.value.as_str()), Some("2"));
    assert!(d.tables[1].control && !d.tables[0].control);
    assert!(d.inlines.iter().any(|i| i.kind == InlineKind::Break));
}

#[test]
fn pre_is_prose_or_program_and_comments_are_kept() {
    let text = "<pre>Dear [Name],\n\nThank you for <b>writing</b> &amp; waiting.\n</pre><pre><code class=\"language-bash\">echo Thank you for calling.</code></pre><!-- loosetight: allow x because \"y\" --><p>After</p>";
    let d = read("a.html", text);
    assert_eq!(show(&d), ["f0 Dear [Name],", "f0 Thank you for writing & waiting.", "code ", "p After"]);
    assert_eq!(origin(&d, "writing & waiting"), "writing</b> &amp; waiting");
    assert_eq!(d.source.slice(d.fences[1].info), "bash");
    assert_eq!((d.comments[0].text.as_str(), d.comments[0].before), ("loosetight: allow x because \"y\"", 3));
}

#[test]
fn bold_lines_double_breaks_and_odd_bullets() {
    let text = "<h2>Phones</h2><p><b>Greeting:</b></p><div>First thought.<br><br>Second one.<br>• Ask<br>• Listen</div><p style='display:none'>never seen</p>";
    assert_eq!(
        blocks(text),
        ["h2 Phones", "h3 Greeting:", "p First thought.", "p Second one.", "l0.0 Ask", "l0.0 Listen"]
    );
}

#[test]
fn google_docs_keeps_its_levels_and_bold_classes() {
    let text = "<style>.c1{font-weight:700}.c2{color:#000}</style><p class=\"c2\"><span class=\"c1\">Calls</span></p><ul class=\"lst-kix_a-0 start\"><li><span>One</span></li></ul><ul class=\"lst-kix_a-1 start\"><li>Deep</li></ul><ul class=\"lst-kix_a-0\"><li>Two</li></ul><p>After</p>";
    assert_eq!(blocks(text), ["h1 Calls", "l0.0 One", "l1.1 Deep", "l0.0 Two", "p After"]);
}

#[test]
fn html_inside_markdown_is_read_and_a_placeholder_is_a_word() {
    let d = read(
        "a.md",
        "<details>\n<summary>More</summary>\n<ul><li>Say <b>hi</b></ul>\n</details>\n\n> <div>Quoted &amp; kept</div>\n\n<Name>\nthanks you.\n",
    );
    assert_eq!(show(&d), ["p More", "l0.0 Say hi", "> p Quoted & kept", "p <Name> thanks you."]);
}
