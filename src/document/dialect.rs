//! How a line of text begins when its author had no markup: odd bullets, numbers, letters, a `#` without a space.
//! Shared by plain text and by Markdown, where Word exports leave such lines inside paragraphs.

/// What a line begins as. `skip` is how many bytes of the line are marker, not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// `#Arrival`.
    Heading { level: u8, skip: usize },
    /// `• call back`; the sign tells levels apart.
    Bullet { sign: char, skip: usize },
    /// `3.1 Recognise the guest`: the last number, and how many there are.
    Number { number: u32, parts: u8, skip: usize },
    /// `a) call back`, `(iv) call back`.
    Letter { skip: usize },
}

/// How `line` begins. `fresh` says that a new thought may begin here: the line opens a paragraph, or the one before
/// ended a sentence or was such a line itself. In the middle of a sentence only unmistakable signs count.
pub(crate) fn opening(line: &str, fresh: bool) -> Option<Opening> {
    match *line.as_bytes().first()? {
        b'#' => hash(line, fresh),
        b'0'..=b'9' if fresh => number(line),
        b'(' if fresh => letter(line),
        b'o' => letter_bullet(line, fresh),
        b'a'..=b'n' | b'p'..=b'z' if fresh => letter(line).or_else(|| letter_bullet(line, fresh)),
        0x80.. => bullet(line, fresh),
        _ => None,
    }
}

/// `#Arrival`, `##3 Arrival`. One `#` may be a hashtag or a channel: it needs a capital and no full stop.
fn hash(line: &str, fresh: bool) -> Option<Opening> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let text = line[level..].trim_end().trim_end_matches('#').trim_end();
    let first = text.chars().next()?;
    let heading = match level {
        1 => fresh && first.is_uppercase() && title_like(text) && !text.contains('#'),
        2..=6 => first.is_alphanumeric() || matches!(first, '*' | '_' | '"' | '“'),
        _ => false,
    };
    heading.then_some(Opening::Heading { level: u8::try_from(level).unwrap_or(6), skip: level })
}

/// Signs that Word, web pages and people use for bullets.
fn bullet(line: &str, fresh: bool) -> Option<Opening> {
    let mut chars = line.chars();
    let sign = chars.next()?;
    let certain = match sign {
        '•' | '●' | '○' | '◦' | '▪' | '▫' | '■' | '□' | '◆' | '◇' | '‣' | '⁃' | '∙' | '➢' | '➤' | '►'
        | '▶' | '▸' | '❖' | '✓' | '✔' | '☐' | '☑' | '☒' | '✗' | '✘' | '\u{f0b7}' | '\u{f0a7}'
        | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' | '\u{f02d}' | '\u{f06f}' => true,
        '§' | '·' | '–' | '—' | '→' | 'Ø' | 'ü' | '⮚' | '\u{ad}' => false,
        _ => return None,
    };
    let rest = chars.as_str();
    let text = rest.trim_start();
    let gap = rest.len() - text.len();
    // "•Text" happens; "§312" is a law and "–Text" a thought.
    if text.is_empty() || (gap == 0 && !certain) || !(certain || fresh) {
        return None;
    }
    if sign == '§' && text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(Opening::Bullet { sign, skip: line.len() - text.len() })
}

/// Word's second-level bullet is the letter `o` in Courier; its other signs come out as `v`, `q` or `n` with a tab.
fn letter_bullet(line: &str, fresh: bool) -> Option<Opening> {
    let sign = char::from(*line.as_bytes().first()?);
    let rest = &line[1..];
    let text = rest.trim_start();
    let gap = &rest[..rest.len() - text.len()];
    let wide = gap.len() > 1 || gap == "\t";
    let capital = text.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '\'' | '‘'));
    let is = match sign {
        'o' => wide || (gap == " " && fresh && capital),
        'v' | 'q' | 'n' => wide && fresh,
        _ => false,
    };
    (is && !text.is_empty()).then_some(Opening::Bullet { sign, skip: line.len() - text.len() })
}

/// `3.1 Text`, `3.1. Text`, `2) Text`, `4. Text`: what follows begins like a sentence, so "2.5 million" is none.
fn number(line: &str) -> Option<Opening> {
    let bytes = line.as_bytes();
    let (mut at, mut parts, mut number) = (0, 0_u8, 0);
    loop {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) {
            break;
        }
        number = line[at..at + digits].parse().ok()?;
        at += digits;
        parts = parts.saturating_add(1);
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
        } else {
            break;
        }
    }
    if parts == 0 {
        return None;
    }
    let closed = matches!(bytes.get(at), Some(b'.' | b')'));
    if closed {
        at += 1;
    }
    let rest = &line[at..];
    let text = rest.trim_start();
    let gap = rest.len() - text.len();
    let begins =
        text.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '\'' | '‘' | '[' | '*'));
    let is = gap > 0 && if closed { parts == 1 || begins } else { parts > 1 && begins };
    (is && !text.is_empty()).then_some(Opening::Number { number, parts, skip: line.len() - text.len() })
}

/// `a) Text`, `(a) Text`, `(2) Text`, `iv) Text`.
fn letter(line: &str) -> Option<Opening> {
    let open = line.starts_with('(');
    let inner = &line[usize::from(open)..];
    let close = inner.bytes().take(5).position(|b| b == b')')?;
    let name = &inner[..close];
    let letters = match name.len() {
        1 => name.bytes().all(|b| b.is_ascii_alphanumeric()),
        2..=4 => {
            name.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
                || (open && name.bytes().all(|b| b.is_ascii_digit()))
        }
        _ => false,
    };
    let rest = &inner[close + 1..];
    let text = rest.trim_start();
    let is = letters && rest.len() > text.len() && !text.is_empty();
    is.then_some(Opening::Letter { skip: line.len() - text.len() })
}

/// Whether a line may be a title: short, begins with a capital or a number, ends without a full stop, is no quotation.
pub(crate) fn title_like(text: &str) -> bool {
    let text = text.trim();
    let Some(first) = text.chars().next() else { return false };
    if text.len() > 90
        || !(first.is_uppercase() || first.is_numeric() || (first.is_alphabetic() && !first.is_lowercase()))
    {
        return false;
    }
    let last = text.chars().next_back().unwrap_or(' ');
    !matches!(last, '.' | '!' | ';' | ',' | '…' | '"' | '”' | '»') && text.split_whitespace().count() <= 12
}

/// Whether a sentence may have ended with this text, so that the next line can begin something new.
pub(crate) fn ends_thought(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '"', '”', '’', '\'', ')', '*', '_']);
    text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// Items of odd bullets in a row: which sign is which level, and which list each level is.
#[derive(Default)]
pub(crate) struct Levels {
    /// Sign and list of each level, outermost first.
    open: Vec<(Sign, u32)>,
}

/// What tells the levels of such a list apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Bullet(char),
    Number(u8),
    Letter,
}

impl Sign {
    /// The sign of an opening that is an item.
    pub fn of(opening: Opening) -> Option<(Sign, Option<u32>, usize)> {
        match opening {
            Opening::Heading { .. } => None,
            Opening::Bullet { sign, skip } => Some((Sign::Bullet(sign), None, skip)),
            Opening::Number { number, parts, skip } => Some((Sign::Number(parts), Some(number), skip)),
            Opening::Letter { skip } => Some((Sign::Letter, None, skip)),
        }
    }
}

impl Levels {
    /// Whether such a list is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The level of an item with this sign; lists that end are handed to `end`, `begin` gives the index of a new one.
    pub fn item(&mut self, sign: Sign, b: &mut crate::document::builder::Builder) -> (u32, u8) {
        let known = self.open.iter().position(|(s, _)| *s == sign);
        match known {
            Some(at) => self.close(at + 1, b),
            None => {
                let list = b.begin_list(!matches!(sign, Sign::Bullet(_)));
                self.open.push((sign, list));
            }
        }
        let depth = self.open.len() - 1;
        let list = self.open.last().map_or(0, |(_, l)| *l);
        (list, u8::try_from(depth).unwrap_or(u8::MAX))
    }

    /// Ends the lists from level `from` on; the open block belongs to them and must have ended.
    pub fn close(&mut self, from: usize, b: &mut crate::document::builder::Builder) {
        for (_, list) in self.open.drain(from.min(self.open.len())..) {
            b.end_list(list);
        }
    }
}
