//! `check --batch`: documents as lines of JSON on standard input → a line of JSON for each, as they come.
//!
//! One thread reads lines, others check them, this one writes. What is under way is bounded in bytes, so that memory
//! stays the same however many rows come; a row is under way until its line is written, also where it waits for an
//! earlier one.

mod row;

use super::Exit;
use super::args::CheckArgs;
use super::output::Output;
use super::session::{Placed, Rows};
use crate::engine::{Run, guarded};
use crate::problem::{AnyProblem, Problem, in_words};
use crate::report::RowId;
use crate::triage::shard::Shard;
use row::{Broken, Line, Row};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of rows under way, at most, counting each as at least a kilobyte; a larger row is alone.
const UNDER_WAY: usize = 8_000_000;

/// A line and its place among those that are no blanks.
struct Given {
    /// Which of them, from 0.
    at: u64,
    /// Its line, from 1.
    number: u64,
    line: io::Result<Line>,
    weight: usize,
}

/// What became of it.
struct Done {
    at: u64,
    weight: usize,
    /// What is to be written; nothing for a row of another part.
    line: Vec<u8>,
    fails: bool,
    trouble: bool,
    /// To be said on standard error.
    problems: Vec<AnyProblem>,
    warnings: Vec<AnyProblem>,
}

/// What all threads share.
struct Shared {
    rows: Mutex<Rows>,
    run: Run,
    shard: Option<Shard>,
    /// The longest line, in bytes.
    longest: usize,
    under_way: Mutex<usize>,
    freed: Condvar,
}

/// Checks rows until there are no more, or nobody reads the answers.
pub fn run(args: &CheckArgs, out: &mut Output) -> io::Result<Exit> {
    let (mut rows, mut run) = match Rows::open(&args.documents) {
        Ok(ready) => ready,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    run.fail_on = args.fail_on;
    out.say_all(&rows.warnings());
    // A text in JSON is seldom twice as long as it is by itself.
    let longest = rows.largest(&args.documents).saturating_mul(2).saturating_add(1_000_000);
    let shared = Arc::new(Shared {
        rows: Mutex::new(rows),
        run,
        shard: args.shard,
        longest: usize::try_from(longest).unwrap_or(usize::MAX),
        under_way: Mutex::new(0),
        freed: Condvar::new(),
    });
    // None of these threads is waited for where nobody reads on: they end with the program.
    let (give, given) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    let given = Arc::new(Mutex::new(given));
    {
        let shared = shared.clone();
        thread::spawn(move || shared.read(&give));
    }
    for _ in 0..rayon::current_num_threads() {
        let (shared, given, answer) = (shared.clone(), given.clone(), answer.clone());
        thread::spawn(move || shared.work(&given, &answer));
    }
    drop(answer);
    let mut writer = Writer { out, waiting: BTreeMap::new(), next: 0, fails: false, trouble: false };
    loop {
        let done = match answers.try_recv() {
            Ok(done) => done,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                // Nothing more is ready: what is there should be read now.
                writer.out.flush()?;
                if writer.out.is_closed() {
                    break;
                }
                match answers.recv() {
                    Ok(done) => done,
                    Err(_) => break,
                }
            }
        };
        if args.unordered {
            shared.free(writer.write(done)?);
        } else {
            writer.waiting.insert(done.at, done);
            while let Some(done) = writer.waiting.remove(&writer.next) {
                writer.next += 1;
                shared.free(writer.write(done)?);
            }
        }
    }
    writer.out.flush()?;
    Ok(match (writer.trouble, writer.fails && !args.exit_zero) {
        (true, _) => Exit::Trouble,
        (false, true) => Exit::Findings,
        (false, false) => Exit::Clean,
    })
}

/// Writes what became of rows.
struct Writer<'a> {
    out: &'a mut Output,
    /// What came before its turn.
    waiting: BTreeMap<u64, Done>,
    next: u64,
    fails: bool,
    trouble: bool,
}

impl Writer<'_> {
    /// Writes a line, and says how much is under way no longer.
    fn write(&mut self, done: Done) -> io::Result<usize> {
        self.fails |= done.fails;
        self.trouble |= done.trouble || !done.problems.is_empty();
        self.out.write_all(&done.line)?;
        self.out.say_all(&done.warnings);
        self.out.say_all(&done.problems);
        Ok(done.weight)
    }
}

/// A lock that no panic of another thread keeps closed: what it guards is whole between any two steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Reads lines and hands them on.
    fn read(&self, give: &Sender<Given>) {
        let mut input = BufReader::with_capacity(1 << 16, io::stdin());
        let (mut at, mut number) = (0, 0);
        loop {
            number += 1;
            let line = match row::next(&mut input, self.longest) {
                Ok(None) => return,
                Ok(Some(Line::Whole(bytes))) if bytes.trim_ascii().is_empty() => continue,
                Ok(Some(line)) => Ok(line),
                Err(error) => Err(error),
            };
            let last = line.is_err();
            let weight = match &line {
                Ok(Line::Whole(bytes)) => bytes.len().max(1_000),
                _ => 1_000,
            };
            self.take(weight);
            if give.send(Given { at, number, line, weight }).is_err() || last {
                return;
            }
            at += 1;
        }
    }

    /// Waits until so much more may be under way.
    fn take(&self, weight: usize) {
        let mut under_way = lock(&self.under_way);
        while *under_way > 0 && *under_way + weight > UNDER_WAY {
            under_way = self.freed.wait(under_way).unwrap_or_else(PoisonError::into_inner);
        }
        *under_way += weight;
    }

    fn free(&self, weight: usize) {
        *lock(&self.under_way) -= weight;
        self.freed.notify_one();
    }

    /// Checks rows as long as there are any.
    fn work(&self, given: &Mutex<Receiver<Given>>, answer: &Sender<Done>) {
        loop {
            let Ok(Given { at, number, line, weight }) = lock(given).recv() else { return };
            let mut done = Done {
                at,
                weight,
                line: Vec::new(),
                fails: false,
                trouble: false,
                problems: Vec::new(),
                warnings: Vec::new(),
            };
            self.answer(number, line, &mut done);
            if answer.send(done).is_err() {
                return;
            }
        }
    }

    fn answer(&self, number: u64, line: io::Result<Line>, done: &mut Done) {
        let read = match line {
            Ok(Line::Whole(bytes)) => {
                // Some programs begin a file with a mark of its encoding.
                let mark = if number == 1 { &b"\xef\xbb\xbf"[..] } else { b"" };
                row::read(number, bytes.strip_prefix(mark).unwrap_or(&bytes))
            }
            Ok(Line::TooLong) => {
                let message = format!("row {number} has more than {} MB", self.longest / 1_000_000);
                let problem =
                    Problem::new("batch::too-long", message).help("raise the limit with --max-size");
                Err(Box::new(Broken { id: None, problem: problem.into() }))
            }
            Err(error) => {
                let message = format!("standard input cannot be read: {}", in_words(&error));
                return done.problems.push(Problem::new("usage::standard-input", message).into());
            }
        };
        match read {
            Ok(row) => {
                if self.shard.is_none_or(|shard| shard.holds(row.text.as_bytes())) {
                    self.check(number, row, done);
                }
            }
            // In parts of a whole, a broken row is told by one of them.
            Err(broken) => {
                if self.shard.is_none_or(|shard| shard.holds(&number.to_le_bytes())) {
                    self.broken(number, broken.id.as_ref(), &broken.problem, done);
                }
            }
        }
    }

    fn check(&self, number: u64, row: Row, done: &mut Done) {
        let Row { id, path, text, kind } = row;
        let placed = {
            let mut rows = lock(&self.rows);
            let placed = rows.place(number, &path, text);
            done.warnings = rows.warnings();
            done.problems = rows.problems();
            placed
        };
        let of = RowId { row: number, id: Some(&id) };
        let checked = placed.and_then(|placed| match placed {
            Placed::LeftOut(why) => Ok(Err(why)),
            Placed::Job(job) => guarded(&path, || self.run.one(&job, kind)).map(|checked| {
                checked.ok_or_else(|| "not of the kind, site or owner that was asked for".to_owned())
            }),
        });
        let line = match checked {
            Ok(Ok(checked)) => {
                done.fails = checked.fails;
                of.checked(&checked)
            }
            Ok(Err(why)) => of.not_read(&why),
            Err(problem) => return self.broken(number, Some(&id), &problem, done),
        };
        self.put(number, line, done);
    }

    fn broken(&self, number: u64, id: Option<&Value>, problem: &AnyProblem, done: &mut Done) {
        done.trouble = true;
        self.put(number, RowId { row: number, id }.broken(problem.as_ref()), done);
    }

    fn put(&self, number: u64, line: serde_json::Result<Vec<u8>>, done: &mut Done) {
        match line {
            Ok(line) => done.line = line,
            Err(error) => {
                let message = format!("what was found in row {number} cannot be written: {error}");
                done.problems.push(Problem::new("output::not-written", message).into());
            }
        }
    }
}
