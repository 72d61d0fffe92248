//! `clauses.txt` → sentences: banks of alternatives that speak each other.

use crate::chance::Chance;
use std::collections::HashMap;

/// The banks.
pub struct Clauses<'a>(HashMap<&'a str, Vec<&'a str>>);

impl<'a> Clauses<'a> {
    /// Reads the banks; see the head of `clauses.txt` for how they are written.
    pub fn read(text: &'a str) -> Self {
        let mut banks: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut bank = "";
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => bank = name,
                None => banks.entry(bank).or_default().push(line),
            }
        }
        Clauses(banks)
    }

    /// One alternative of a bank, spoken out.
    pub fn say(&self, bank: &str, chance: &mut Chance) -> String {
        let mut out = String::new();
        self.speak(chance.one(&self.0[bank]), chance, &mut out);
        out
    }

    /// Speaks one alternative.
    fn speak(&self, text: &str, chance: &mut Chance, out: &mut String) {
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            out.push_str(&rest[..start]);
            let (inside, after) = braced(&rest[start..]);
            self.slot(inside, chance, out);
            rest = after;
        }
        out.push_str(rest);
    }

    /// Speaks what stands between two braces.
    fn slot(&self, slot: &str, chance: &mut Chance, out: &mut String) {
        if let Some(field) = slot.strip_prefix('{') {
            // A field of a template, to stay as it is: {{first_name}}.
            out.push_str("{{");
            out.push_str(field);
            out.push('}');
        } else if let Some(bank) = slot.strip_prefix('?') {
            if chance.percent(50) {
                self.slot(bank, chance, out);
            }
        } else if let Some((least, most)) = range(slot) {
            out.push_str(&chance.between(least, most).to_string());
        } else if let Some(bank) = self.0.get(slot) {
            self.speak(chance.one(bank), chance, out);
        } else if let Some(bank) = self.0.get(slot.to_lowercase().as_str()) {
            let mut said = String::new();
            self.speak(chance.one(bank), chance, &mut said);
            if slot.chars().all(char::is_uppercase) {
                out.push_str(&said.to_uppercase());
            } else {
                let mut letters = said.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(letters.as_str());
            }
        } else {
            let words = alternatives(slot);
            self.speak(chance.one(&words), chance, out);
        }
    }
}

/// What stands between the brace a text begins with and the one that closes it, and what comes after.
fn braced(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    (&text[1..], "")
}

/// `a/b{c/d}` as `a` and `b{c/d}`.
fn alternatives(slot: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in slot.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '/' if depth == 0 => {
                parts.push(&slot[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&slot[from..]);
    parts
}

/// `3-12` as a range of numbers.
fn range(slot: &str) -> Option<(usize, usize)> {
    let (least, most) = slot.split_once('-')?;
    Some((least.parse().ok()?, most.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_spoken_and_fields_of_templates_stay() {
        let clauses = Clauses::read(
            "# remark\n[animal]\nfox\n[line]\n{Animal} and {ANIMAL}, {7-7}{?none/none}, {{name}}\n",
        );
        let said = clauses.say("line", &mut Chance::new(1, 1));
        assert_eq!(said.replace("none", ""), "Fox and FOX, 7, {{name}}");
    }

    #[test]
    fn every_slot_of_the_banks_is_a_bank_or_a_choice() {
        let clauses = Clauses::read(include_str!("clauses.txt"));
        for (name, lines) in &clauses.0 {
            for line in lines {
                for slot in slots(line) {
                    let known = slot.starts_with('{')
                        || clauses.0.contains_key(slot.trim_start_matches('?').to_lowercase().as_str())
                        || range(slot).is_some()
                        || slot.contains('/');
                    assert!(known, "[{name}] has {{{slot}}}, which is no bank");
                }
            }
        }
    }

    fn slots(line: &str) -> Vec<&str> {
        let mut all = Vec::new();
        let mut rest = line;
        while let Some(start) = rest.find('{') {
            let (inside, after) = braced(&rest[start..]);
            all.push(inside);
            if inside.contains('/') {
                all.extend(slots(inside));
            }
            rest = after;
        }
        all
    }
}
