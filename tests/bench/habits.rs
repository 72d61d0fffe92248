//! Blocks → the bytes of a file, in the habits of whoever keeps it: Markdown of several tastes, plain text, HTML.

use crate::chance::Chance;
use crate::shapes::Block;
use std::fmt::Write;

/// In which format a document is kept.
#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// A page saved from a wiki.
    Html,
}

impl Format {
    /// How often each is met.
    pub const ALL: [(Format, usize); 3] = [(Format::Markdown, 80), (Format::Text, 12), (Format::Html, 8)];

    /// The end of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Text => "txt",
            Format::Html => "html",
        }
    }
}

/// What one writer always does.
struct Habits {
    bullet: &'static str,
    /// Column to wrap lines at; 0 for never.
    wrap: usize,
    bold_headings: bool,
    numbered_headings: bool,
    fences: bool,
    curly: bool,
    crlf: bool,
    /// How often in a hundred a word is emphasised.
    emphasis: usize,
    front_matter: bool,
}

impl Habits {
    fn new(chance: &mut Chance) -> Self {
        Habits {
            bullet: chance.one(&["-", "-", "*", "+", "•"]),
            wrap: chance.one(&[0, 0, 72, 80, 100]),
            bold_headings: chance.percent(12),
            numbered_headings: chance.percent(25),
            fences: chance.percent(50),
            curly: chance.percent(40),
            crlf: chance.percent(8),
            emphasis: chance.one(&[0, 0, 1, 3]),
            front_matter: chance.percent(40),
        }
    }
}

/// The file.
pub fn file(blocks: &[Block], format: Format, chance: &mut Chance) -> String {
    let habits = Habits::new(chance);
    let mut page = Page { out: String::new(), habits, section: 0, chance };
    match format {
        Format::Markdown => page.markdown(blocks),
        Format::Text => page.text(blocks),
        Format::Html => page.html(blocks),
    }
    let Page { mut out, habits, .. } = page;
    if habits.curly && format != Format::Html {
        out = curled(&out);
    }
    if habits.crlf { out.replace('\n', "\r\n") } else { out }
}

struct Page<'a> {
    out: String,
    habits: Habits,
    section: usize,
    chance: &'a mut Chance,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Words of a text, some of them emphasised, over as many lines as the habit wants.
    fn flow(&mut self, first: &str, then: &str, text: &str, emphasise: bool) {
        let mut column = first.chars().count();
        self.out.push_str(first);
        for (i, word) in text.split(' ').enumerate() {
            let width = word.chars().count() + 1;
            if i > 0 && self.habits.wrap > 0 && column + width > self.habits.wrap {
                self.out.push('\n');
                self.out.push_str(then);
                column = then.chars().count();
            } else if i > 0 {
                self.out.push(' ');
            }
            column += width;
            let plain = word.chars().all(char::is_alphanumeric);
            if emphasise && plain && self.chance.percent(self.habits.emphasis) {
                let star = self.chance.one(&["*", "**", "_"]);
                self.out.push_str(star);
                self.out.push_str(word);
                self.out.push_str(star);
            } else {
                self.out.push_str(word);
            }
        }
        self.out.push('\n');
    }

    fn heading(&mut self, depth: usize, text: &str) -> String {
        if depth == 2 {
            self.section += 1;
        }
        match self.habits.numbered_headings && depth == 2 {
            true => format!("{}. {text}", self.section),
            false => text.to_owned(),
        }
    }

    fn markdown(&mut self, blocks: &[Block]) {
        if self.habits.front_matter {
            let owner = self.chance.one(&["Operations", "Service design", "Head of Reception", "Quality"]);
            let (month, day) = (self.chance.between(1, 12), self.chance.between(1, 28));
            let year = self.chance.between(2023, 2026);
            self.line(&format!("---\nowner: {owner}\nreviewed: {year}-{month:02}-{day:02}\n---\n"));
        }
        for block in blocks {
            match block {
                Block::Heading(depth, text) => {
                    let text = self.heading(*depth, text);
                    match self.habits.bold_headings && *depth > 1 {
                        true => self.line(&format!("**{text}**")),
                        false => self.line(&format!("{} {text}", "#".repeat(*depth))),
                    }
                }
                Block::Paragraph(sentences) => self.flow("", "", &sentences.join(" "), true),
                Block::List(numbered, items) => {
                    for (i, item) in items.iter().enumerate() {
                        let mark = if *numbered {
                            format!("{}. ", i + 1)
                        } else {
                            format!("{} ", self.habits.bullet)
                        };
                        let indent = " ".repeat(mark.chars().count());
                        self.flow(&mark, &indent, item, true);
                    }
                }
                Block::Table(head, rows) => {
                    self.line(&format!("| {} |", head.join(" | ")));
                    self.line(&format!("|{}", "---|".repeat(head.len())));
                    for row in rows {
                        self.line(&format!("| {} |", row.join(" | ")));
                    }
                }
                Block::Quote(lines) => self.flow("> ", "> ", &lines.join(" "), false),
                Block::Reply(lines) if self.habits.fences => {
                    self.line("```");
                    self.line(&lines.join("\n\n"));
                    self.line("```");
                }
                Block::Reply(lines) => self.line(&format!("> {}", lines.join("\n>\n> "))),
            }
            self.out.push('\n');
        }
    }

    fn text(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(depth, text) => {
                    let text = self.heading(*depth, text);
                    self.line(&if *depth < 3 { text.to_uppercase() } else { text });
                }
                Block::Paragraph(sentences) => self.flow("", "", &sentences.join(" "), false),
                Block::List(numbered, items) => {
                    for (i, item) in items.iter().enumerate() {
                        let mark = if *numbered {
                            format!("{}) ", i + 1)
                        } else {
                            format!("{} ", self.habits.bullet)
                        };
                        self.flow(&mark, "   ", item, false);
                    }
                }
                Block::Table(head, rows) => {
                    for row in rows {
                        for (name, cell) in head.iter().zip(row) {
                            self.line(&format!("{name}: {cell}"));
                        }
                        self.out.push('\n');
                    }
                }
                Block::Quote(lines) => self.flow("    ", "    ", &lines.join(" "), false),
                Block::Reply(lines) => self.line(&lines.join("\n")),
            }
            self.out.push('\n');
        }
    }

    fn html(&mut self, blocks: &[Block]) {
        self.line("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Wiki</title>");
        self.line(
            "<style>body { margin: 0 } .panel { border: 1px solid }</style></head>\n<body><div id=\"main\">",
        );
        for block in blocks {
            match block {
                Block::Heading(depth, text) => {
                    let text = self.heading(*depth, text);
                    self.line(&format!("<h{depth} id=\"s{}\">{}</h{depth}>", self.section, escaped(&text)));
                }
                Block::Paragraph(sentences) => {
                    self.flow("<p>", "   ", &escaped(&sentences.join(" ")), false);
                    self.line("</p>");
                }
                Block::List(numbered, items) => {
                    let tag = if *numbered { "ol" } else { "ul" };
                    self.line(&format!("<{tag} class=\"list\">"));
                    for item in items {
                        self.line(&format!("<li><span>{}</span></li>", escaped(item)));
                    }
                    self.line(&format!("</{tag}>"));
                }
                Block::Table(head, rows) => {
                    self.line("<table class=\"grid\"><tbody>");
                    self.row("th", head);
                    for row in rows {
                        self.row("td", row);
                    }
                    self.line("</tbody></table>");
                }
                Block::Quote(lines) => {
                    self.line(&format!("<blockquote><p>{}</p></blockquote>", escaped(&lines.join(" "))));
                }
                Block::Reply(lines) => {
                    let lines: Vec<_> = lines.iter().map(|l| format!("<p>{}</p>", escaped(l))).collect();
                    self.line(&format!("<div class=\"panel\">{}</div>", lines.join("\n")));
                }
            }
        }
        self.line("</div></body></html>");
    }

    fn row(&mut self, tag: &str, cells: &[String]) {
        let mut row = String::from("<tr>");
        for cell in cells {
            let _ = write!(row, "<{tag}>{}</{tag}>", escaped(cell));
        }
        self.line(&(row + "</tr>"));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&rsquo;")
}

/// Straight quotation marks and apostrophes made round, as word processors do.
fn curled(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 50);
    let mut before = ' ';
    for c in text.chars() {
        out.push(match c {
            '"' if before.is_whitespace() || before == '(' => '“',
            '"' => '”',
            '\'' => '’',
            other => other,
        });
        before = c;
    }
    out
}
