//! Where output goes: results to standard output, what went wrong to standard error, in the look the terminal allows.
//!
//! A reader that closes the pipe (`| head`) has seen enough: the rest is dropped in silence, and the run ends with the
//! exit code it would have had.

use crate::problem::AnyProblem;
use crate::report::{self, Look};
use miette::Diagnostic;
use std::env;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};

/// Standard output and standard error of a run.
pub struct Output {
    to: BufWriter<Stdout>,
    closed: bool,
    look: Look,
}

/// When to use colours; `auto` is on a terminal that has them, unless NO_COLOR is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

impl Output {
    /// Output in this look.
    pub fn new(look: Look) -> Self {
        Output { to: BufWriter::with_capacity(1 << 16, io::stdout()), closed: false, look }
    }

    /// The look of standard output.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Whether nobody reads any more.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Says on standard error what went wrong.
    pub fn say(&mut self, problem: &dyn Diagnostic) {
        // What was found so far comes first where both go to the same terminal.
        let _ = self.flush();
        let colour = self.look.colour && io::stderr().is_terminal();
        let text = report::problem(problem, &Look { colour, ..self.look });
        // Where standard error is closed there is nobody left to tell.
        let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
    }

    /// Says all of these.
    pub fn say_all(&mut self, problems: &[AnyProblem]) {
        for problem in problems {
            self.say(problem.as_ref());
        }
    }

    /// Writes out what is still held back.
    pub fn finish(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn unless_closed<T>(&mut self, done: io::Result<T>, otherwise: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let done = self.to.write(bytes);
        self.unless_closed(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let done = self.to.flush();
        self.unless_closed(done, ())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.closed {
            // The buffer would try once more to write to the closed pipe.
            let (_, _) =
                std::mem::replace(&mut self.to, BufWriter::with_capacity(0, io::stdout())).into_parts();
        }
    }
}

/// The look standard output allows.
pub fn look(colour: Colour) -> Look {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let terminal = io::stdout().is_terminal();
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !dumb && set("NO_COLOR").is_none(),
    };
    let columns = set("COLUMNS").and_then(|c| c.to_str()?.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = if terminal { measured().or(columns) } else { columns };
    // What the system calls its characters; where it says nothing, UTF-8 is what there is nowadays.
    let charset = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    let unicode = charset.is_none_or(|name| {
        let name = name.to_string_lossy().to_lowercase();
        name.contains("utf-8") || name.contains("utf8")
    });
    Look {
        colour,
        unicode,
        width: width.unwrap_or(100).clamp(40, 120),
        narrated: dumb && terminal || set("NO_GRAPHICS").is_some_and(|value| value != "0"),
    }
}
