//! What the readers make of documents: kinds, texts and places, compared with what a person reads in the source.

mod asciidoc;
mod html;
mod limits;
mod markdown;
mod replies;
mod rst;
mod show;
mod spans;
mod text;
mod word;
mod word_made;
mod workbook;
