//! Names and attributes of elements → what they mean for a reader of text.

use crate::document::InlineKind;
use crate::source::Span;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text does not flow across its edges.
    Block,
    Heading(u8),
    List {
        ordered: bool,
    },
    Item,
    /// `dt` (a term) or `dd` (what it means).
    Description {
        term: bool,
    },
    Table,
    TableHead,
    Row,
    Cell {
        header: bool,
    },
    Quote,
    Pre,
    Break,
    Inline(InlineKind),
    Span,
    /// `q`: its quotation marks are not in the text.
    Quotation,
    Title,
    Meta,
    /// Not for reading.
    Skip,
    /// Nothing.
    Nothing,
    /// No element of HTML.
    Unknown,
}

/// The role of an element; `name` is in lower case.
pub(super) fn role(name: &str) -> Role {
    match name {
        "p" | "div" | "section" | "article" | "main" | "aside" | "header" | "footer" | "body" | "html"
        | "head" | "address" | "figure" | "figcaption" | "details" | "summary" | "fieldset" | "legend"
        | "form" | "hr" | "caption" | "center" | "hgroup" | "dialog" | "option" | "colgroup" => Role::Block,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "ul" | "menu" | "dl" => Role::List { ordered: false },
        "ol" => Role::List { ordered: true },
        "li" => Role::Item,
        "dt" => Role::Description { term: true },
        "dd" => Role::Description { term: false },
        "table" => Role::Table,
        "thead" => Role::TableHead,
        "tr" => Role::Row,
        "td" => Role::Cell { header: false },
        "th" => Role::Cell { header: true },
        "blockquote" => Role::Quote,
        "pre" | "xmp" | "listing" => Role::Pre,
        "br" => Role::Break,
        "b" | "strong" => Role::Inline(InlineKind::Strong),
        "i" | "em" | "cite" | "dfn" => Role::Inline(InlineKind::Emphasis),
        "code" | "kbd" | "samp" | "tt" | "var" => Role::Inline(InlineKind::Code),
        "s" | "del" | "strike" => Role::Inline(InlineKind::Struck),
        "a" => Role::Inline(InlineKind::Link),
        "span" | "font" => Role::Span,
        "q" => Role::Quotation,
        "title" => Role::Title,
        "meta" => Role::Meta,
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "canvas"
        | "audio" | "video" | "nav" | "select" | "datalist" | "textarea" | "map" | "ac:parameter" => {
            Role::Skip
        }
        "abbr" | "area" | "base" | "bdi" | "bdo" | "big" | "button" | "col" | "data" | "embed" | "img"
        | "input" | "ins" | "label" | "link" | "mark" | "meter" | "optgroup" | "output" | "param"
        | "picture" | "progress" | "rp" | "rt" | "ruby" | "slot" | "small" | "source" | "sub" | "sup"
        | "tbody" | "tfoot" | "time" | "track" | "u" | "wbr" | "path" => Role::Nothing,
        _ => Role::Unknown,
    }
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// White space of HTML; a non-breaking space between words is one for a reader too.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}')
}

/// What a tag inside a line of Markdown means.
pub(crate) enum InlineTag {
    /// `<br>`.
    Break,
    /// `<b>` and the like.
    Open(InlineKind),
    /// Its end.
    Close(InlineKind),
    /// Another element of HTML.
    Known,
    /// No element of HTML.
    Unknown,
}

/// What the tag `<…>` means.
pub(crate) fn inline_tag(tag: &str) -> InlineTag {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let close = inner.starts_with('/');
    let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    match role(&name.to_ascii_lowercase()) {
        Role::Break => InlineTag::Break,
        // A link in HTML has an address; without one `<a>` is a letter in brackets.
        Role::Inline(kind) if close => InlineTag::Close(kind),
        Role::Inline(kind) => InlineTag::Open(kind),
        Role::Unknown if !inner.starts_with(['!', '?']) => InlineTag::Unknown,
        _ => InlineTag::Known,
    }
}

/// The attributes of one tag that matter here, kept between tags for their memory.
#[derive(Default)]
pub(super) struct Attributes {
    kept: Vec<(&'static str, String, Span)>,
    used: usize,
    current: Option<usize>,
    any: bool,
}

const NAMES: &[&str] = &[
    "class",
    "style",
    "id",
    "hidden",
    "aria-hidden",
    "role",
    "start",
    "value",
    "colspan",
    "rowspan",
    "name",
    "content",
    "data-language",
];

impl Attributes {
    pub fn clear(&mut self) {
        self.used = 0;
        self.current = None;
        self.any = false;
    }

    pub fn name(&mut self, name: &[u8]) {
        self.any = true;
        self.current = NAMES.iter().find(|n| n.as_bytes() == name).map(|known| {
            if self.used == self.kept.len() {
                self.kept.push(("", String::new(), Span::default()));
            }
            let slot = &mut self.kept[self.used];
            slot.0 = known;
            slot.1.clear();
            self.used += 1;
            self.used - 1
        });
    }

    /// The value of the attribute named last; `at` is where it begins in the source.
    pub fn value(&mut self, value: &[u8], at: usize, source: &str) {
        let Some(slot) = self.current.and_then(|i| self.kept.get_mut(i)) else { return };
        slot.1.push_str(&String::from_utf8_lossy(value));
        let start = source.floor_char_boundary(at);
        let quote = usize::from(source[start..].starts_with(['"', '\'']));
        let end = (start + quote + slot.1.len()).min(source.len());
        slot.2 = if source.get(start + quote..end) == Some(&slot.1) {
            Span::new(start + quote, end)
        } else {
            Span::new(start, start)
        };
    }

    fn find(&self, name: &str) -> Option<&(&'static str, String, Span)> {
        self.kept[..self.used].iter().find(|(n, ..)| *n == name)
    }

    /// An attribute's value, empty where it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).map_or("", |(_, v, _)| v)
    }

    /// Where an attribute's value stands.
    pub fn place(&self, name: &str) -> Span {
        self.find(name).map_or(Span::default(), |(.., at)| *at)
    }

    /// Whether the tag has no attribute at all.
    pub fn is_empty(&self) -> bool {
        !self.any
    }

    /// Whether a reader never sees the element: hidden, or a part of the export and not of the page.
    pub fn hidden(&self) -> bool {
        self.used > 0
            && (self.find("hidden").is_some()
                || self.get("aria-hidden") == "true"
                || self.style_has("display:none")
                || matches!(self.get("id"), "breadcrumb-section" | "breadcrumbs" | "footer-logo")
                || self.class("page-metadata"))
    }

    fn class(&self, name: &str) -> bool {
        self.get("class").split_ascii_whitespace().any(|c| c == name)
    }

    /// Whether the style says this, white space and case aside.
    pub fn style_has(&self, rule: &str) -> bool {
        let style = self.get("style");
        !style.is_empty() && squeezed(style).contains(rule)
    }

    /// Whether style or class make the text bold.
    pub fn bold(&self, classes: &[String]) -> bool {
        self.get("class").split_ascii_whitespace().any(|c| classes.iter().any(|b| b == c))
            || (!self.get("style").is_empty() && is_bold(&squeezed(self.get("style"))))
    }

    /// Where the word stands that names the language of a `pre` or `code` (`language-bash`, `lang-py`).
    pub fn language(&self) -> Span {
        let data = self.place("data-language");
        if !data.is_empty() {
            return data;
        }
        let (class, place) = (self.get("class"), self.place("class"));
        for prefix in ["language-", "lang-", "brush: "] {
            if let Some(at) = class.find(prefix).map(|n| n + prefix.len()) {
                let end = class[at..].find([' ', ';']).map_or(class.len(), |n| at + n);
                let start = place.start as usize;
                return if place.is_empty() { Span::default() } else { Span::new(start + at, start + end) };
            }
        }
        Span::default()
    }

    /// The list and level of Google Docs (`lst-kix_abc-1`).
    pub fn google_list(&self) -> Option<(String, usize)> {
        let class = self.get("class").split_ascii_whitespace().find(|c| c.starts_with("lst-"))?;
        let (id, level) = class.rsplit_once('-')?;
        Some((id.to_owned(), level.parse().ok().filter(|l| *l < 64)?))
    }
}

fn squeezed(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

fn is_bold(squeezed: &str) -> bool {
    ["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800", "font-weight:900"]
        .iter()
        .any(|w| squeezed.contains(w))
}

/// Names of classes that a style sheet makes bold, as Google Docs writes them (`.c3{font-weight:700}`).
pub(super) fn bold_classes(sheet: &str, found: &mut Vec<String>) {
    for rule in sheet.split('}') {
        let Some((selector, body)) = rule.split_once('{') else { continue };
        let Some(name) = selector.trim().strip_prefix('.') else { continue };
        let simple = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if simple && found.len() < 1000 && is_bold(&squeezed(body)) {
            found.push(name.to_owned());
        }
    }
}
