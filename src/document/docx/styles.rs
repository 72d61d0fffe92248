//! styles.xml → what each style makes of a paragraph: a heading, a list item, a quotation, bold.

use crate::document::ReadError;
use crate::document::office::xml::{Part, Space, Tag};
use std::collections::HashMap;

/// Styles by their id. Ids are localised (`berschrift1`), names are not (`heading 1`).
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    num: Option<u32>,
    level: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    /// A table style that sets its first row apart.
    first_row: bool,
}

/// What a paragraph's style makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Title,
    /// Level from 1.
    Heading(u8),
    /// Part of a table of contents.
    Contents,
    Quote,
    /// A further paragraph of a list item.
    ListContinue,
    /// In the heading row of a table.
    TableHeading,
}

/// Styles based on one another in a circle, or deeper than anybody builds, end here.
const DEEPEST: usize = 32;

impl Styles {
    pub fn read(name: &str, part: &str, text: &str) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        let mut xml = Part::new(name, part, text);
        let mut path: Vec<String> = Vec::new();
        let mut id = None;
        while let Some(tag) = xml.next()? {
            match tag {
                Tag::Start(space, element) => {
                    let local = if space == Space::Word { element.name() } else { "" };
                    let parent = path.last().map_or("", String::as_str);
                    if local == "style" {
                        let of = element.attribute("styleId").unwrap_or_default();
                        let default =
                            matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
                        if default && element.attribute("type").as_deref() == Some("paragraph") {
                            styles.default = Some(of.clone());
                        }
                        styles.styles.insert(of.clone(), Style::default());
                        id = Some(of);
                    } else if let Some(style) = id.as_ref().and_then(|id| styles.styles.get_mut(id)) {
                        let conditional = path.iter().any(|p| p == "tblStylePr");
                        match (local, parent) {
                            ("name", "style") => {
                                style.name = element.val().unwrap_or_default().to_lowercase();
                            }
                            ("basedOn", "style") => style.based_on = element.val(),
                            ("tblStylePr", _) => {
                                style.first_row |= element.attribute("type").as_deref() == Some("firstRow");
                            }
                            _ if conditional => {}
                            ("outlineLvl", _) => style.outline = element.number(),
                            ("numId", _) => style.num = element.number(),
                            ("ilvl", _) => style.level = element.number(),
                            ("b", "rPr") => style.bold = Some(element.on()),
                            ("i", "rPr") => style.italic = Some(element.on()),
                            ("vanish", "rPr") => style.hidden = Some(element.on()),
                            _ => {}
                        }
                    }
                    path.push(local.to_owned());
                }
                Tag::End => {
                    if path.pop().as_deref() == Some("style") {
                        id = None;
                    }
                }
                Tag::Text(_) => {}
            }
        }
        Ok(styles)
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id.filter(|id| self.styles.contains_key(*id)).or(self.default.as_deref());
        let get = |id: Option<&'a str>| id.and_then(|id| self.styles.get(id));
        std::iter::successors(get(first), move |s| get(s.based_on.as_deref())).take(DEEPEST)
    }

    /// What the style of a paragraph makes of it.
    pub fn role(&self, id: Option<&str>) -> Role {
        if let Some(id) = id.filter(|id| !self.styles.contains_key(*id)) {
            // A file without its styles still says `Heading1`.
            return named(&id.to_lowercase()).unwrap_or(Role::Body);
        }
        for style in self.chain(id) {
            if let Some(role) = named(&style.name) {
                return role;
            }
            match style.outline {
                Some(level @ 0..=8) => return Role::Heading(level + 1),
                Some(_) => return Role::Body,
                None => {}
            }
        }
        Role::Body
    }

    /// The list a style puts its paragraphs in, and the level.
    pub fn list(&self, id: Option<&str>) -> (Option<u32>, Option<u8>) {
        let num = self.chain(id).find_map(|s| s.num);
        (num, self.chain(id).find_map(|s| s.level))
    }

    /// The level that one of Word's list styles has in its name (`List Bullet 2`), from 0: each has a list of its own.
    pub fn list_level(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|s| {
            let rest = s.name.strip_prefix("list ")?;
            let rest = rest.strip_prefix("bullet ").or_else(|| rest.strip_prefix("number ")).unwrap_or(rest);
            let level: u8 = rest.parse().ok()?;
            (2..=5).contains(&level).then(|| level - 1)
        })
    }

    /// The list of a numbering style, for numberings that only name it.
    pub fn list_of(&self, id: &str) -> Option<u32> {
        self.styles.get(id)?.num
    }

    pub fn bold(&self, id: Option<&str>) -> Option<bool> {
        self.chain(id).find_map(|s| s.bold)
    }

    /// What a character style says itself; without one, nothing.
    pub fn run(&self, id: &str) -> (Option<bool>, Option<bool>, Option<bool>) {
        let chain = || self.styles.contains_key(id).then(|| self.chain(Some(id))).into_iter().flatten();
        (chain().find_map(|s| s.bold), chain().find_map(|s| s.italic), chain().find_map(|s| s.hidden))
    }

    /// Whether a table style sets its first row apart.
    pub fn first_row(&self, id: &str) -> bool {
        self.styles.contains_key(id) && self.chain(Some(id)).any(|s| s.first_row)
    }
}

/// The role of one of Word's own styles, by its name in lower case.
fn named(name: &str) -> Option<Role> {
    if let Some(level) = name.strip_prefix("heading") {
        let level: u8 = level.trim().parse().ok()?;
        return (1..=9).contains(&level).then_some(Role::Heading(level));
    }
    match name {
        "title" => Some(Role::Title),
        "quote" | "intense quote" | "block text" | "quotations" => Some(Role::Quote),
        "toc heading" | "table of figures" | "contents heading" => Some(Role::Contents),
        "table heading" => Some(Role::TableHeading),
        "list paragraph" | "listparagraph" => Some(Role::ListContinue),
        _ if name.starts_with("toc ") => Some(Role::Contents),
        _ if name.starts_with("list continue") => Some(Role::ListContinue),
        _ => None,
    }
}
