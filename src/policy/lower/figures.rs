//! Dates, numbers, amounts and lengths of time: what was written → what it means, or why it means nothing.

use crate::policy::error::Mistake;
use crate::policy::model::TimeUnit;
use jiff::civil::Date;

/// Currencies of ISO 4217 in use, the common ones first, with a blank behind each.
const CURRENCIES: &str = "EUR USD GBP CHF JPY AUD CAD NZD SEK NOK DKK PLN CZK AED AFN ALL AMD ANG AOA ARS AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CDF CLP CNY COP CRC CUP CVE DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF \
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD \
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NPR OMR PAB PEN PGK PHP PKR \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
    TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ";

/// Signs of money and the code each stands for; a bare dollar is the United States', a yen Japan's.
const SIGNS: &[(char, &str)] = &[
    ('€', "EUR"),
    ('£', "GBP"),
    ('$', "USD"),
    ('¥', "JPY"),
    ('₹', "INR"),
    ('₺', "TRY"),
    ('₽', "RUB"),
    ('₩', "KRW"),
    ('₪', "ILS"),
    ('฿', "THB"),
    ('₫', "VND"),
    ('₱', "PHP"),
    ('₦', "NGN"),
    ('₴', "UAH"),
    ('₸', "KZT"),
    ('₡', "CRC"),
    ('₲', "PYG"),
    ('₵', "GHS"),
    ('₾', "GEL"),
];

/// Words people use for money, for the suggestion.
const MONEY_WORDS: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("franc", "CHF"),
    ("francs", "CHF"),
    ("yen", "JPY"),
];

/// The currency a code names.
pub fn currency(code: &str) -> Option<&'static str> {
    let at = (code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()))
        .then(|| CURRENCIES.find(code))??;
    CURRENCIES.get(at..at + 3).filter(|_| at % 4 == 0)
}

/// The code a word for money means: a misspelt code, `euros`.
pub fn meant_currency(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let by_word = MONEY_WORDS.iter().find(|(w, _)| *w == lower).map(|(_, code)| *code);
    let upper = word.to_uppercase();
    let near = || CURRENCIES.split(' ').find(|c| c.len() == 3 && strsim::damerau_levenshtein(c, &upper) == 1);
    by_word.or_else(|| currency(&upper)).or_else(near)
}

/// What the dashes of a word processor stand for.
fn plain_dashes(text: &str) -> String {
    text.replace(['\u{2010}', '\u{2011}', '\u{2013}', '\u{2212}'], "-")
}

/// A date in year, month and day. Anything else is a mistake, with the date it probably means.
pub fn date(text: &str) -> Result<Date, Mistake> {
    let plain = plain_dashes(text);
    let iso = plain.len() == 10 && plain.bytes().filter(|&b| b == b'-').count() == 2;
    if iso && let Ok(date) = plain.parse::<Date>() {
        return Ok(date);
    }
    Err(Mistake::BadDate { found: text.to_owned(), suggestion: meant_date(&plain).map(|d| d.to_string()) })
}

/// The one date that `14.9.2026`, `2026/9/14`, `14 September 2026` or `9/14/2026` can mean.
fn meant_date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut year = None;
    let mut month = None;
    let mut rest: Vec<i16> = Vec::new();
    for part in text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        let lower = part.to_lowercase();
        let digits =
            ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
        if let Some(at) = MONTHS.iter().position(|m| lower.starts_with(m)) {
            month = Some(at as i16 + 1);
        } else if digits.len() == 4 {
            year = Some(digits.parse().ok()?);
        } else {
            rest.push(digits.parse().ok()?);
        }
    }
    let (month, day) = match (month, rest.as_slice()) {
        (Some(month), [day]) => (month, *day),
        // With the year first, the month comes next.
        (None, [month, day]) if text.starts_with(|c: char| c.is_ascii_digit()) && year_first(text) => {
            (*month, *day)
        }
        (None, [day, month]) if text.contains('.') => (*month, *day),
        (None, [a, b]) if *a > 12 && *b <= 12 => (*b, *a),
        (None, [a, b]) if *b > 12 && *a <= 12 => (*a, *b),
        _ => return None,
    };
    Date::new(year?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn year_first(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 4
}

/// A number as people write it (`1,000`, `1 000.50`, `4,5`) → its value, or what is wrong with it.
pub fn number(text: &str) -> Result<f64, String> {
    let plain = plain_dashes(text);
    let (sign, digits) = match plain.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, plain.trim().trim_start_matches('+')),
    };
    let digits: String =
        digits.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | ' ' | '\'' | '\u{2019}')).collect();
    let bad = || format!("`{text}` cannot be read as a number");
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.') {
        return Err(bad());
    }
    let parts: Vec<&str> = digits.split([',', '.']).collect();
    let (last, before) = parts.split_last().ok_or_else(bad)?;
    let marks: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let mixed = marks.iter().any(|m| Some(m) != marks.first());
    // A mark is a decimal one if it comes last and is no thousands' comma: 1,000.50 · 4,5 · 4.125, not 1,000.
    let decimal = match marks.last() {
        None => false,
        Some(_) if mixed => marks.iter().filter(|m| Some(*m) == marks.last()).count() == 1,
        Some(',') => marks.len() == 1 && last.len() != 3,
        Some(_) => marks.len() == 1,
    };
    let groups = if decimal { before } else { parts.as_slice() };
    let grouped = groups.len() <= 1
        || groups.iter().skip(1).all(|g| g.len() == 3) && !groups[0].is_empty() && groups[0].len() <= 3;
    if !grouped || parts.iter().any(|p| p.is_empty()) {
        return Err(bad());
    }
    let value = if decimal { format!("{}.{last}", before.concat()) } else { parts.concat() };
    let value: f64 = value.parse().map_err(|_| bad())?;
    if value > 1e15 {
        return Err(format!("`{text}` is larger than anything a policy counts"));
    }
    Ok(sign * value)
}

/// A figure taken apart: what stands before the number, the number, what stands behind it.
pub fn apart(figure: &str) -> (&str, &str, &str) {
    let digit = |c: char| c.is_ascii_digit();
    let Some(first) = figure.find(digit) else { return (figure, "", "") };
    let last = figure.rfind(digit).map_or(first, |i| i + 1);
    // Letters inside belong behind: `24-hours-7` is no number.
    let end = figure[first..last].find(char::is_alphabetic).map_or(last, |i| first + i);
    (figure[..first].trim(), figure[first..end].trim(), figure[end..].trim())
}

/// The money sign in a figure's trimmings, as a code.
pub fn sign(text: &str) -> Option<&'static str> {
    let mut chars = text.trim_start_matches(['-', '+', '\u{2212}']).trim().chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    SIGNS.iter().find(|(sign, _)| *sign == only).map(|(_, code)| *code)
}

/// A unit of time, in singular or plural.
pub fn unit(word: &str) -> Option<TimeUnit> {
    let word = word.to_lowercase();
    Some(match word.strip_suffix('s').unwrap_or(&word) {
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "year" => TimeUnit::Year,
        _ => return None,
    })
}

/// What a length of time in words means, for the suggestion: `six months`, `quarter`, `other week`.
pub fn meant_interval(text: &str) -> Option<String> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    Some(match words.as_slice() {
        ["quarter"] => "3 months".into(),
        ["fortnight"] => "2 weeks".into(),
        ["half", "year"] | ["half-year"] => "6 months".into(),
        ["other" | "second", what] => format!("2 {}s", unit(what).map(|_| what.trim_end_matches('s'))?),
        [count, what] => {
            let n = NUMBERS.iter().position(|w| w == count).map(|at| at + 1)?;
            unit(what)?;
            format!("{n} {}{}", what.trim_end_matches('s'), if n == 1 { "" } else { "s" })
        }
        [one] => {
            let at = one.find(char::is_alphabetic)?;
            let n: u32 = one[..at].parse().ok()?;
            unit(&one[at..])?;
            format!("{n} {}", &one[at..])
        }
        _ => return None,
    })
}

/// A name made of any text: `Guests feel expected!` → `guests-feel-expected`, three words at most.
pub fn slug(text: &str) -> String {
    let words =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}').filter(|w| !w.is_empty());
    let words: Vec<String> =
        words.take(3).map(|w| w.replace(['\'', '\u{2019}'], "").to_lowercase()).collect();
    let slug = words.join("-");
    if slug.chars().any(char::is_alphabetic) {
        slug
    } else {
        format!("no-{slug}").trim_end_matches('-').to_owned()
    }
}

/// Whether a text is written as names are: letters and digits, joined by single hyphens, at least one letter.
pub fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || is_mark(c)))
}

/// Combining marks: letters with accents may be written in two characters.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
