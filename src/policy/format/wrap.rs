//! Tokens → lines of text that fit.

use super::pieces::Token;
use super::{COMFORTABLE, WIDTH};
use crate::policy::parse;

/// Text beside a word that is too far to the right is broken at a fixed place instead.
const NARROWEST: usize = 40;

/// How far such text is set in.
const HANGING: usize = 4;

/// The width of tokens on one line, in characters.
pub(super) fn width(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .enumerate()
        .map(|(i, t)| one(t).chars().count() + usize::from(i > 0 && blank_before(t)))
        .sum()
}

fn blank_before(token: &Token) -> bool {
    *token != Token::Comma
}

/// A token on one line.
fn one(token: &Token) -> String {
    match token {
        Token::Phrase(word) => word.phrase.to_owned(),
        Token::Plain(text) => text.clone(),
        Token::Quotation { open, close, lines } => format!("{open}{}{close}", lines.join(" ")),
        Token::Comma => ",".to_owned(),
        Token::Comment { text, .. } => text.clone(),
    }
}

/// Prints tokens at the end of `out`, where the current line begins at byte `start` and is set in by `indent`.
pub(super) fn print(out: &mut String, tokens: &[Token], start: usize, indent: usize) {
    let comments = tokens.iter().any(|t| matches!(t, Token::Comment { .. }));
    // Line breaks somebody chose stay, unless all of it is short.
    let chosen = tokens.iter().any(|t| matches!(t, Token::Quotation { lines, .. } if lines.len() > 1));
    let limit = if chosen { COMFORTABLE } else { WIDTH };
    let fits = !comments && indent + width(tokens) <= limit;
    let mut line_start = start;
    // Where the first thing a word takes begins: lists go on under it.
    let mut list_at = None;
    let mut at_line_start = true;
    for (i, token) in tokens.iter().enumerate() {
        let column = out[line_start..].chars().count();
        match token {
            Token::Phrase(_) => list_at = None,
            Token::Comma | Token::Comment { .. } => {}
            _ => list_at = list_at.or(Some(column + usize::from(!at_line_start))),
        }
        let list = list_at.unwrap_or(indent + HANGING);
        if let Token::Comment { text, own_line } = token {
            if *own_line && !at_line_start {
                new_line(out, &mut line_start, list);
            } else if !at_line_start {
                out.push(' ');
            }
            out.push_str(text);
            new_line(out, &mut line_start, list);
            at_line_start = true;
            continue;
        }
        let text = one(token);
        let after_comma = i > 0 && tokens[i - 1] == Token::Comma;
        let comma = usize::from(tokens.get(i + 1) == Some(&Token::Comma));
        if !fits && after_comma && !at_line_start && column + 1 + text.chars().count() + comma > WIDTH {
            new_line(out, &mut line_start, list);
            at_line_start = true;
        }
        if !at_line_start && blank_before(token) {
            out.push(' ');
        }
        at_line_start = false;
        let column = out[line_start..].chars().count();
        match token {
            Token::Quotation { open, close, lines }
                if !fits && (lines.len() > 1 || column + text.chars().count() + comma > WIDTH) =>
            {
                let hang =
                    if WIDTH.saturating_sub(column + 1) >= NARROWEST { column + 1 } else { indent + HANGING };
                let own_fit = lines.len() > 1
                    && lines.iter().enumerate().all(|(i, l)| {
                        let from = if i == 0 { column + 1 } else { hang };
                        from + l.chars().count() < WIDTH
                    });
                let lines = if own_fit { lines.clone() } else { broken(&lines.join(" "), column + 1, hang) };
                out.push(*open);
                for (i, line) in lines.iter().enumerate() {
                    if i > 0 {
                        new_line(out, &mut line_start, hang);
                    }
                    out.push_str(line);
                }
                out.push(*close);
            }
            _ => out.push_str(&text),
        }
    }
    // A comment ends its line; nothing hangs behind it.
    let trimmed = out.trim_end_matches(' ').len();
    out.truncate(trimmed);
}

fn new_line(out: &mut String, line_start: &mut usize, column: usize) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    *line_start = out.len();
    out.extend(std::iter::repeat_n(' ', column));
}

/// Prose in lines that fit, the first from column `first` on, the others from `hang`.
fn broken(prose: &str, first: usize, hang: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut column = first;
    let mut rest = prose;
    while let Some(word) = rest.split(' ').next().filter(|w| !w.is_empty()) {
        let line = lines.last_mut();
        let empty = line.as_ref().is_none_or(|l| l.is_empty());
        let length = word.chars().count();
        // One character is kept for the mark at the end.
        let fits = column + usize::from(!empty) + length < WIDTH;
        // A line must not look like the next line of the policy, or the quotation would end there.
        let brace = line.as_ref().is_some_and(|l| l.ends_with('{'));
        if !empty && !fits && !brace && !parse::begins_a_line(rest) {
            lines.push(word.to_owned());
            column = hang + length;
        } else if let Some(line) = line {
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            column += usize::from(!empty) + length;
        }
        rest = rest[word.len()..].trim_start_matches(' ');
    }
    lines
}
