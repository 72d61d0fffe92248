//! A bar on the terminal for runs that take longer than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How long a run may take without a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts documents; shows itself after a second, and only where somebody watches.
pub struct Progress {
    since: Instant,
    done: u64,
    all: u64,
    bar: Option<ProgressBar>,
    watched: bool,
}

impl Progress {
    /// Of so many documents.
    pub fn of(all: usize) -> Self {
        let watched = std::io::stderr().is_terminal();
        Progress { since: Instant::now(), done: 0, all: all as u64, bar: None, watched }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        if !self.watched || self.since.elapsed() < PATIENCE {
            return;
        }
        let all = self.all;
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
            bar.set_style(
                ProgressStyle::with_template("{bar:24} {pos} of {len} documents")
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar
        });
        bar.set_position(self.done);
    }

    /// Does something that writes to the terminal, the bar out of its way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
