//! Pieces → the page around them: what browsers need, the way through it, and the key that lets only its own style and
//! script run.

use super::Piece;
use super::words::{clean, said};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The page.
pub(super) fn frame(heading: &str, today: Date, pieces: &[Piece]) -> Markup {
    // Whatever a document might smuggle in: nothing is fetched, and only these very bytes are style and script.
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("loosetight ", env!("CARGO_PKG_VERSION")));
                meta name="referrer" content="no-referrer";
                title { (clean(heading)) ": promise and practice" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "To the text" }
                header {
                    p.kind { "Promise and practice" }
                    h1 { (said(heading)) }
                    p.aside { "As of " time datetime=(today) { (today) } }
                    nav aria-label="On this page" {
                        ul { @for piece in pieces { li { a href={ "#" (piece.id) } { (piece.heading) } } } }
                    }
                }
                main #main tabindex="-1" {
                    @for piece in pieces {
                        section id=(piece.id) aria-labelledby={ (piece.id) "-head" } {
                            h2 id={ (piece.id) "-head" } { (piece.heading) }
                            (piece.body)
                        }
                    }
                }
                footer {
                    p {
                        "Written by loosetight on the machine it ran on; nothing was sent anywhere. It points at "
                        "documents, never at people, and it is wrong at times: a finding is the beginning of a talk."
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
