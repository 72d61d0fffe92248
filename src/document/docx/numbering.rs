//! numbering.xml → whether a paragraph is bulleted or numbered, and its number, counted as Word counts.

use super::styles::Styles;
use crate::document::ReadError;
use crate::document::office::xml::{Part, Space, Tag};
use std::collections::{HashMap, HashSet};

/// Lists as numbering.xml defines them, and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    templates: HashMap<u32, Template>,
    nums: HashMap<u32, Num>,
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

const LEVELS: usize = 9;

#[derive(Default)]
struct Template {
    levels: [Level; LEVELS],
    /// The numbering style that holds the real levels.
    linked: Option<String>,
}

#[derive(Clone, Default)]
struct Level {
    format: String,
    /// `%1.%2`
    text: String,
    start: Option<u32>,
    /// The style whose paragraphs are on this level.
    style: Option<String>,
}

#[derive(Default)]
struct Num {
    template: u32,
    starts: [Option<u32>; LEVELS],
}

/// A paragraph in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What tells one list from the next.
    pub template: u32,
    pub level: u8,
    /// Its number; a bullet has none.
    pub number: Option<u32>,
    /// As it is printed ("4.2"); empty for a bullet.
    pub label: String,
}

impl Numbering {
    pub fn read(name: &str, part: &str, text: &str) -> Result<Numbering, ReadError> {
        let mut found = Numbering::default();
        let mut xml = Part::new(name, part, text);
        let mut path: Vec<String> = Vec::new();
        let (mut template, mut num) = (None::<u32>, None::<u32>);
        let mut level = 0_usize;
        while let Some(tag) = xml.next()? {
            match tag {
                Tag::Start(space, element) => {
                    let local = if space == Space::Word { element.name() } else { "" };
                    let parent = path.last().map_or("", String::as_str);
                    let index = || -> usize {
                        let of = element.attribute("ilvl").and_then(|v| v.trim().parse().ok());
                        of.unwrap_or(0).min(LEVELS - 1)
                    };
                    match local {
                        "abstractNum" => {
                            template = element.attribute("abstractNumId").and_then(|v| v.parse().ok());
                            if let Some(id) = template {
                                found.templates.entry(id).or_default();
                            }
                        }
                        "num" => {
                            num = element.attribute("numId").and_then(|v| v.parse().ok());
                            if let Some(id) = num {
                                found.nums.entry(id).or_default();
                            }
                        }
                        "lvlOverride" => level = index(),
                        "lvl" => {
                            level = index();
                            if let Some(t) = template.and_then(|t| found.templates.get_mut(&t)) {
                                t.levels[level] = Level::default();
                            }
                        }
                        "abstractNumId" => {
                            if let Some(n) = num.and_then(|n| found.nums.get_mut(&n)) {
                                n.template = element.number().unwrap_or(0);
                            }
                        }
                        "startOverride" => {
                            if let Some(n) = num.and_then(|n| found.nums.get_mut(&n)) {
                                n.starts[level] = element.number();
                            }
                        }
                        "numStyleLink" => {
                            if let Some(t) = template.and_then(|t| found.templates.get_mut(&t)) {
                                t.linked = element.val();
                            }
                        }
                        "numFmt" | "lvlText" | "start" | "pStyle" if parent == "lvl" => {
                            if let Some(t) = template.and_then(|t| found.templates.get_mut(&t)) {
                                let level = &mut t.levels[level];
                                match local {
                                    "numFmt" => level.format = element.val().unwrap_or_default(),
                                    "lvlText" => level.text = element.val().unwrap_or_default(),
                                    "start" => level.start = element.number(),
                                    _ => level.style = element.val(),
                                }
                            }
                        }
                        _ => {}
                    }
                    path.push(local.to_owned());
                }
                Tag::End => match path.pop().as_deref() {
                    Some("abstractNum") => template = None,
                    Some("num") => num = None,
                    _ => {}
                },
                Tag::Text(_) => {}
            }
        }
        Ok(found)
    }

    /// Counts a paragraph of list `num`. `level` is what it says itself; without it the level is the one its style
    /// belongs to. `None`: no list.
    pub fn item(
        &mut self,
        num: u32,
        level: Option<u8>,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<Item> {
        if num == 0 {
            return None;
        }
        let of = self.nums.get(&num)?;
        let (mut template, starts) = (of.template, of.starts);
        if let Some(linked) = self.templates.get(&template).and_then(|t| t.linked.as_deref())
            && let Some(other) = styles.list_of(linked).and_then(|n| self.nums.get(&n))
        {
            template = other.template;
        }
        let levels = &self.templates.get(&template)?.levels;
        let own = |l: &Level| l.style.is_some() && l.style.as_deref() == style;
        let level = level
            .or_else(|| levels.iter().position(own).and_then(|l| u8::try_from(l).ok()))
            .unwrap_or(0)
            .min(LEVELS as u8 - 1);
        let at = usize::from(level);
        let start = |l: usize| starts[l].or(levels[l].start).unwrap_or(1);
        let counted = self.counted.entry(template).or_default();
        if self.begun.insert(num) && starts.iter().any(Option::is_some) {
            for (l, start) in starts.iter().enumerate() {
                if start.is_some() {
                    counted[l] = None;
                }
            }
        }
        let number = counted[at].map_or(start(at), |n| n.saturating_add(1));
        counted[at] = Some(number);
        for deeper in &mut counted[at + 1..] {
            *deeper = None;
        }
        let bullet = matches!(levels[at].format.as_str(), "bullet" | "none");
        let mut label = String::new();
        if !bullet {
            let mut signs = levels[at].text.chars();
            while let Some(sign) = signs.next() {
                match (sign, sign == '%') {
                    (_, true) => {
                        let l = signs.next().and_then(|d| d.to_digit(10)).map_or(0, |d| d as usize);
                        if (1..=LEVELS).contains(&l) {
                            let n = counted[l - 1].unwrap_or_else(|| start(l - 1));
                            label.push_str(&write(n, &levels[l - 1].format));
                        }
                    }
                    (sign, false) => label.push(sign),
                }
            }
        }
        let label = label.trim().trim_end_matches(['.', ')', ':']).to_owned();
        Some(Item { template, level, number: (!bullet).then_some(number), label })
    }
}

/// A number as Word prints it.
fn write(n: u32, format: &str) -> String {
    let letters = |first: u8| {
        // After z comes aa, then bb.
        let (count, letter) = ((n.saturating_sub(1) / 26 + 1).min(20), (n.saturating_sub(1) % 26) as u8);
        String::from(char::from(first + letter)).repeat(count as usize)
    };
    match format {
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 4000 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        assert_eq!(write(4, "decimal"), "4");
        assert_eq!(write(7, "decimalZero"), "07");
        assert_eq!(write(28, "lowerLetter"), "bb");
        assert_eq!(write(1, "upperLetter"), "A");
        assert_eq!(write(1994, "upperRoman"), "MCMXCIV");
        assert_eq!(write(4, "lowerRoman"), "iv");
        assert_eq!(write(0, "lowerLetter"), "a");
    }
}
