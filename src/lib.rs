//! A linter for brand promises: tight about what every customer gets, loose about how people deliver it.
//!
//! ```text
//! harbor.promise ──policy──▶ Policy ─────────────────────┐
//! playbook.md .txt .html .docx ──document──▶ Document ──language──▶ Sentences with marks
//! rules/*.toml ──rule──▶ Rules ──────────────────────────┤
//!                                                  engine ──▶ Findings ──triage──▶ report
//! ```
//!
//! Each arrow is one function with its own input, output and error type; only the ends touch files and the terminal.
//! Dependencies point one way: source ← document ← language ← rule ← engine ← report ← cli.

pub mod assign;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod coverage;
pub mod document;
pub mod engine;
pub mod figures;
pub mod finding;
pub mod fingerprint;
pub mod judge;
pub mod language;
pub mod lint;
pub mod nearest;
pub mod policy;
pub mod problem;
pub mod report;
pub mod rule;
pub mod source;
pub mod toml_text;
pub mod topics;
pub mod triage;
pub mod walk;
pub mod worklist;
