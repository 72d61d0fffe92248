//! Dates, figures, lists and sentences as they are said.

use crate::policy::model::*;
use jiff::civil::Date;

/// A text as a sentence: with a full stop, unless it has an end.
pub(super) fn sentence(text: &str) -> String {
    let ends = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')']);
    if ends.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// A text with a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A name as it is said: `made-right` → `made right`.
pub(super) fn said(name: &str) -> String {
    name.replace('-', " ")
}

/// A text in quotation marks; marks inside become single ones.
pub(super) fn quoted(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", text.replace(['"', '\u{201c}', '\u{201d}'], "'"))
}

/// `a, b and c`.
pub(super) fn list(parts: impl IntoIterator<Item = String>) -> String {
    crate::problem::listed(&parts.into_iter().collect::<Vec<_>>())
}

/// `a, b or c`.
pub(super) fn either(texts: &[Text]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.text.clone(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(Text::as_str).collect();
            format!("{} or {}", first.join(", "), last.text)
        }
    }
}

/// Texts as a list in quotation marks.
pub(super) fn quotes(texts: &[Text]) -> String {
    list(texts.iter().map(|t| quoted(&t.text)))
}

/// Texts one after the other, each a sentence.
pub(super) fn sentences(texts: &[Text]) -> String {
    texts.iter().map(|t| sentence(&t.text)).collect::<Vec<_>>().join(" ")
}

/// Names referred to, as a list.
pub(super) fn names<Id>(refs: &[Ref<Id>]) -> String {
    list(refs.iter().map(|r| said(&r.name)))
}

/// `14 September 2026`.
pub(super) fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m - 1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// `6 months`.
pub(super) fn length(interval: &Interval) -> String {
    let unit = match interval.unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
    };
    format!("{} {unit}{}", interval.count, if interval.count == 1 { "" } else { "s" })
}

/// `every 6 months`, `every week`.
pub(super) fn every(interval: &Interval) -> String {
    let length = length(interval);
    format!("every {}", length.strip_prefix("1 ").unwrap_or(&length))
}

/// A number without needless decimals.
pub(super) fn number(value: f64) -> String {
    format!("{value}")
}

/// `85%`, `6 of 7`, `0 per year`.
pub(super) fn quantity(q: &Quantity) -> String {
    let value = number(q.value);
    let what = match &q.unit {
        Unit::Count => value,
        Unit::Percent => format!("{value}%"),
        Unit::Of(scale) => format!("{value} of {}", number(*scale)),
        Unit::Named(unit) => format!("{value} {unit}"),
    };
    q.per.as_ref().map_or(what.clone(), |per| format!("{what} per {per}"))
}

/// `71% (Guest survey, 31 August 2026)`.
pub(super) fn reading(r: &Reading) -> String {
    let source = r.source.iter().map(|s| s.text.clone());
    let about: Vec<String> = source.chain(r.on.map(|d| date(d.date))).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    quantity(&r.quantity) + &about
}

/// `250 EUR`, `10% of the bill`.
pub(super) fn limit(limit: &Limit) -> String {
    match limit {
        Limit::Money(m) if m.amount.fract() == 0.0 => format!("{} {}", number(m.amount), m.currency),
        Limit::Money(m) => format!("{:.2} {}", m.amount, m.currency),
        Limit::ShareOfBill(share) => format!("{}% of the bill", number(*share)),
    }
}

/// `At arrival and departure.`
pub(super) fn at(at: &At) -> String {
    match at {
        At::Unsaid => String::new(),
        At::All => "Everywhere.".to_owned(),
        At::Touchpoints(list) => format!("At {}.", names(list)),
    }
}

/// What is measured, what is aimed at, where it stands.
pub(super) fn measure(m: &Measure) -> String {
    let aim = m.target.as_ref().map(|t| {
        let side = if t.direction == Direction::AtLeast { "at least" } else { "at most" };
        format!(", {side} {}", quantity(&t.quantity))
    });
    let now = m.now.as_ref().map(|r| format!("; now {}", reading(r)));
    let (aim, now) = (aim.unwrap_or_default(), now.unwrap_or_default());
    format!("We know by {}: {}{aim}{now}.", m.kind.text, quoted(&m.question.text))
}

/// Writes text in lines of at most `width` characters.
pub(super) fn wrap(out: &mut String, text: &str, first: &str, others: &str, width: usize) {
    let mut column = first.chars().count();
    out.push_str(first);
    let mut empty = true;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !empty && column + 1 + length > width {
            out.push('\n');
            out.push_str(others);
            column = others.chars().count();
            empty = true;
        }
        if !empty {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        empty = false;
    }
    out.push('\n');
}
