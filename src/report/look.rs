//! How output may look: colours, frames, width, or words only for screen readers.

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, NarratableReportHandler, ThemeCharacters, ThemeStyles,
};
use owo_colors::Style;
use std::fmt;

/// How output may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colours and bold.
    pub colour: bool,
    /// Frames and signs beyond ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// In words, without frames: for screen readers.
    pub narrated: bool,
}

impl Look {
    /// For files, tests and pipes: no colour, 100 columns.
    pub fn plain() -> Self {
        Look { colour: false, unicode: true, width: 100, narrated: false }
    }

    /// A style, where there are colours.
    pub fn style(&self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    /// Renders a diagnostic. `with_line` says whether line and column stand in the frame's heading.
    pub fn render(&self, diagnostic: &dyn Diagnostic, with_line: bool) -> Result<String, fmt::Error> {
        let mut out = String::new();
        if self.narrated {
            NarratableReportHandler::new().render_report(&mut out, diagnostic)?;
        } else {
            let handler = GraphicalReportHandler::new_themed(self.theme())
                .with_width(self.width)
                .with_links(false)
                .with_context_lines(0)
                .with_word_separator(textwrap::WordSeparator::AsciiSpace)
                .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
                .without_syntax_highlighting();
            let handler = if with_line { handler } else { handler.without_primary_span_start() };
            handler.render_report(&mut out, diagnostic)?;
        }
        Ok(out)
    }

    /// Text without a heading, wrapped.
    pub fn paragraph(&self, first: &str, indent: &str, text: &str) -> String {
        textwrap::fill(text, self.wrapping().initial_indent(first).subsequent_indent(indent)) + "\n"
    }

    /// Lines break between words only: never inside a path, an option or a hyphenated name.
    fn wrapping(&self) -> textwrap::Options<'_> {
        textwrap::Options::new(self.width.max(30))
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
    }

    fn theme(&self) -> GraphicalTheme {
        GraphicalTheme {
            characters: if self.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            styles: if self.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
        }
    }

    /// Text behind a heading word, wrapped and hanging: `  why  Because …`.
    pub fn hanging(&self, heading: &str, text: &str) -> String {
        if self.narrated {
            return format!("{heading}: {text}\n");
        }
        let lead = format!("  {heading:<10}");
        let indent = " ".repeat(12);
        let options = self.wrapping().subsequent_indent(&indent);
        let filled = textwrap::fill(&format!("{}{text}", " ".repeat(12)), options);
        let body = filled.get(12..).unwrap_or("");
        format!("{}{body}\n", self.style(Style::new().bold()).style(lead))
    }
}
