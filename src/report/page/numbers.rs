//! Figures of documents → the two numbers, never one, and a drawing of where each document lies between them.

use super::words::{counted, more, said};
use super::{Page, Piece};
use crate::engine::Checked;
use maud::{Markup, html};

/// The drawing's plane, in its own units, and the margin around it.
const SIDE: u32 = 400;
const EDGE: u32 = 40;
/// How many documents the table beside it names.
const ROWS: usize = 1_000;

/// The two numbers and the quadrant.
pub(super) fn numbers(page: &Page<'_>) -> Option<Piece> {
    let figures = page.summary.figures;
    let placed: Vec<(&Checked, u32, u32)> =
        page.documents.iter().filter_map(|d| Some((d, d.figures.freedom()?, d.figures.clarity()?))).collect();
    let elsewhere = page.documents.len() - placed.len();
    Some(Piece {
        id: "numbers",
        heading: "Two numbers",
        body: html! {
            div.numbers {
                (number("Outcome clarity", figures.clarity(),
                    "of the sections about customers say what the customer gets; those at a moment of truth count twice"))
                (number("Freedom", figures.freedom(),
                    "of what people are told leaves the words and the way to them; what is tight by a boundary does not count"))
            }
            p { "Neither says anything without the other: a page can be free because it says nothing, and clear "
                "because it orders everything. 100 is not the aim of either." }
            @if !placed.is_empty() {
                figure.quadrant {
                    (drawing(&placed))
                    figcaption { "Each point is a document. Where it should be: at the top right." }
                }
                details {
                    summary { "The same as a table: " (counted(placed.len(), "document")) }
                    div.wide tabindex="0" role="region" aria-label="Documents and their two numbers" {
                        table {
                            caption { "Documents and their two numbers" }
                            thead { tr {
                                th scope="col" { "Document" } th scope="col" { "Outcome clarity" }
                                th scope="col" { "Freedom" } th scope="col" { "Where that is" }
                            } }
                            tbody {
                                @for (d, freedom, clarity) in placed.iter().take(ROWS) {
                                    tr {
                                        th scope="row" { (said(&d.name)) }
                                        td.figure { (clarity) } td.figure { (freedom) }
                                        td { (quadrant(*freedom, *clarity)) }
                                    }
                                }
                            }
                        }
                    }
                    (more(placed.len(), ROWS))
                }
            }
            @if elsewhere > 0 {
                p.aside { (counted(elsewhere, "document")) @if elsewhere == 1 { " tells " } @else { " tell " }
                    "staff or customers too little to be placed." }
            }
        },
    })
}

fn number(name: &str, value: Option<u32>, of: &str) -> Markup {
    html! {
        div {
            h3 { (name) }
            @match value {
                Some(value) => {
                    p.big { (value) small { " of 100" } }
                    p { (value) " % " (of) "." }
                }
                None => { p.big { "–" } p { "There is too little here to say." } }
            }
        }
    }
}

/// What the quadrants are called.
fn quadrant(freedom: u32, clarity: u32) -> &'static str {
    match (clarity >= 50, freedom >= 50) {
        (true, true) => "loose and tight",
        (true, false) => "choreographed",
        (false, true) => "left to chance",
        (false, false) => "scripted",
    }
}

fn drawing(placed: &[(&Checked, u32, u32)]) -> Markup {
    let whole = SIDE + 2 * EDGE;
    let x = |n: u32| EDGE + n * SIDE / 100;
    let y = |n: u32| EDGE + SIDE - n * SIDE / 100;
    let near = EDGE + 12;
    let far = EDGE + SIDE - 12;
    let of = |name: &str| placed.iter().filter(|(_, f, c)| quadrant(*f, *c) == name).count();
    let told = ["loose and tight", "choreographed", "left to chance", "scripted"]
        .map(|name| format!("{} {name}", of(name)))
        .join(", ");
    html! {
        svg viewBox={ "0 0 " (whole) " " (whole) } role="img" aria-labelledby="quadrant-title quadrant-told" {
            title id="quadrant-title" { "Documents by outcome clarity and freedom" }
            desc id="quadrant-told" { (told) ". The table below has each of them." }
            rect.aim x=(x(50)) y=(y(100)) width=(SIDE / 2) height=(SIDE / 2) {}
            rect.plane x=(EDGE) y=(EDGE) width=(SIDE) height=(SIDE) {}
            line x1=(x(50)) y1=(y(0)) x2=(x(50)) y2=(y(100)) {}
            line x1=(x(0)) y1=(y(50)) x2=(x(100)) y2=(y(50)) {}
            text x=(near) y=(EDGE + 20) { "Choreographed" }
            text x=(far) y=(EDGE + 20) text-anchor="end" { "Loose and tight" }
            text x=(near) y=(far) { "Scripted" }
            text x=(far) y=(far) text-anchor="end" { "Left to chance" }
            text.axis x=(EDGE + SIDE / 2) y=(whole - 12) text-anchor="middle" { "more freedom →" }
            text.axis x=(-i64::from(EDGE + SIDE / 2)) y="26" text-anchor="middle" transform="rotate(-90)" { "clearer outcomes →" }
            @for (d, freedom, clarity) in placed {
                circle cx=(x(*freedom)) cy=(y(*clarity)) r="6" {
                    title { (super::words::clean(&d.name)) ": clarity " (clarity) ", freedom " (freedom) }
                }
            }
        }
    }
}
