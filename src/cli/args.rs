//! What can be written behind `loosetight`: commands and their options, in the order people meet them.

use super::output::{self, Colour};
use super::sinks::OutputFile;
use crate::config::{FailOn, Sensitivity};
use crate::report::Look;
use crate::triage::shard::Shard;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Help that opens with an example; commands are grouped by hand, and a test holds the list against the commands.
const HELP: &str = "\
loosetight finds scripts where people should be free, and promises nobody speaks to.

  loosetight check playbooks/            look at every document in a folder
  loosetight explain verbatim-line       what a finding means, and how others wrote it

Look
  check      documents against their policy: the main job
  coverage   which outcome is spoken to where
  report     what a run comes to: a page to share, a list of decisions, how often each rule speaks
  fix        rewrites that need nobody's judgement, as a diff
Understand
  explain    a rule, an outcome of your policy, or a topic
  rules      list the rules, or test a pack
  inspect    a document as the linter sees it
Begin
  init       a starter policy and settings
  new        a good start for an experiment, a memory, a training, a playbook, a journey
  policy     the policy as prose, its boundaries and experiments
  baseline   keep what is found today, and hear of what is new

  loosetight COMMAND --help    what a command takes
  loosetight --version         the version

Exit code 0: nothing to mend. 1: findings. 2: a call, setting, policy or file that is no good.
";

/// Puts what a command is for first, then an example, then what it takes.
const TEMPLATE: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// A linter for brand promises.
#[derive(Debug, Parser)]
#[command(name = "loosetight", version, override_help = HELP, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look at documents: what is scripted that should be free, what is promised and not spoken to
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight check playbooks/\n  loosetight check --fail-on never macros.md\n\n"
    )]
    Check(CheckArgs),
    /// Show which outcome is spoken to where: touchpoint by touchpoint
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight coverage playbooks/\n  loosetight coverage --why recognised@arrival\n\n"
    )]
    Coverage(CoverageArgs),
    /// Sum up a run: one HTML page to share, or another shape
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight report -o page.html playbooks/\n  loosetight report stats --format csv .\n\n"
    )]
    Report(ReportArgs),
    /// Keep what is found today, so that check reports what is new
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight baseline write playbooks/\n  loosetight baseline prune\n\n"
    )]
    Baseline(BaselineArgs),
    /// Offer the rewrites that need nobody's judgement
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight fix playbooks/\n  loosetight fix --write playbooks/arrival.md\n\n"
    )]
    Fix(FixArgs),
    /// Say what a rule, an outcome of the policy or a topic means
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight explain verbatim-line\n  loosetight explain tight-and-loose\n\n"
    )]
    Explain(ExplainArgs),
    /// List the rules, or run a pack's examples
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight rules list\n  loosetight rules test packs/ours.toml\n\n"
    )]
    Rules(RulesArgs),
    /// Show a document as the linter sees it: blocks, sentences, and what each of them does
    #[command(help_template = TEMPLATE, before_help = "  loosetight inspect playbooks/arrival.md\n\n")]
    Inspect(InspectArgs),
    /// The policy as prose, what its boundaries excuse, how far its experiments are; or lay out its file
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight policy show\n  loosetight policy boundaries playbooks/\n  loosetight policy fmt --check harbor.promise\n\n"
    )]
    Policy(PolicyArgs),
    /// Write a starter policy and settings; nothing is ever overwritten
    #[command(help_template = TEMPLATE, before_help = "  loosetight init --brand \"Harbor Hotels\"\n\n")]
    Init(InitArgs),
    /// Write a good start for a record or a document; nothing is ever overwritten
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight new experiment \"A face at the window\"\n  loosetight new memory \"The cello\" --to stories/\n\n"
    )]
    New(NewArgs),
    /// Print the JSON Schema of a file: settings, a pack, findings as JSON, a baseline
    #[command(help_template = TEMPLATE, before_help = "  loosetight schema settings\n\n")]
    Schema(SchemaArgs),
    /// Print what a shell needs to complete commands and options
    #[command(
        help_template = TEMPLATE,
        before_help = "  loosetight completions bash > ~/.local/share/bash-completion/completions/loosetight\n\n"
    )]
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command, or write them all
    #[command(help_template = TEMPLATE, before_help = "  loosetight man --output share/man/man1\n\n")]
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_enum)]
    pub name: SchemaName,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// loosetight.toml
    Settings,
    /// Rules of one's own
    Pack,
    /// What check --format json writes
    Findings,
    /// loosetight.baseline.json
    Baseline,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command, such as `baseline write` [default: the program itself]
    pub command: Vec<String>,

    /// Write every page into this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}

/// Which documents, held against what.
#[derive(Clone, Debug, Default, Args)]
pub struct Documents {
    /// Documents, folders, policies; `-` is standard input [default: this folder]
    pub paths: Vec<PathBuf>,

    /// The policy [default: the nearest .promise file, going up]
    #[arg(long, value_name = "FILE", help_heading = "What it is held against")]
    pub policy: Option<PathBuf>,

    /// Settings [default: the nearest loosetight.toml, going up]
    #[arg(long, value_name = "FILE", help_heading = "What it is held against")]
    pub config: Option<PathBuf>,

    /// How sure to be: careful, thorough, everything
    #[arg(long, value_name = "HOW", value_parser = sensitivity, help_heading = "What it is held against")]
    pub sensitivity: Option<Sensitivity>,

    /// Only this rule, kind, touchpoint, site or owner: name-quota, kind=macro
    #[arg(long, value_name = "WHAT", value_delimiter = ',', help_heading = "What to read")]
    pub only: Vec<String>,

    /// What standard input is called; its ending says how it is read
    #[arg(long, value_name = "NAME", help_heading = "What to read")]
    pub stdin_filename: Option<PathBuf>,

    /// The largest file to read [default: 50 MB]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "What to read")]
    pub max_size: Option<u64>,

    /// The day to count from, for dates in policies and settings [default: today]
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = "What it is held against")]
    pub today: Option<Date>,
}

/// How output looks.
#[derive(Debug, Args)]
pub struct Appearance {
    /// When to use colours: auto, always, never
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub color: Colour,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// How to say it: human, narrated (for screen readers), compact, markdown, json, sarif, github, gitlab, junit,
    /// checkstyle, rdjson
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value_t,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub format: Format,

    /// Write a report to a file as well; may be given several times
    #[arg(long, short, value_name = "FORMAT=FILE", help_heading = "Output")]
    pub output: Vec<OutputFile>,

    /// Report nothing that stands in this baseline [default: the nearest loosetight.baseline.json, going up]
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline", help_heading = "What to report")]
    pub baseline: Option<PathBuf>,

    /// Report everything, whatever a baseline knows
    #[arg(long, help_heading = "What to report")]
    pub no_baseline: bool,

    /// Only what changed since the last commit, or since the branch left BASE; what is missing belongs to the document
    #[arg(
        long,
        value_name = "BASE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = super::changed::LAST,
        help_heading = "What to report"
    )]
    pub changed: Option<String>,

    /// From which level on to end with exit code 1: must-fix, should-fix, consider, never
    #[arg(long, value_name = "LEVEL", value_parser = fail_on, help_heading = "Output")]
    pub fail_on: Option<FailOn>,

    /// End with exit code 0 whatever is found
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,

    /// Documents are lines of JSON: see `explain batch`
    #[arg(
        long,
        conflicts_with_all = [
            "paths", "stdin_filename", "format", "output", "baseline", "changed", "quiet", "verbose", "add_allow",
            "show_config",
        ],
        help_heading = "Many documents"
    )]
    pub batch: bool,

    /// Answer each when it is done, not in the order they came
    #[arg(long, requires = "batch", help_heading = "Many documents")]
    pub unordered: bool,

    /// Only one part of all documents, such as 3/8
    #[arg(long, value_name = "PART", conflicts_with_all = ["add_allow", "show_config"], help_heading = "Many documents")]
    pub shard: Option<Shard>,

    /// Findings only, no summary
    #[arg(long, short, conflicts_with = "verbose", help_heading = "Output")]
    pub quiet: bool,

    /// Say why at every finding, and where nothing is due
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    #[command(flatten)]
    pub appearance: Appearance,

    /// Write an allowance at every finding of this rule
    #[arg(long, value_name = "RULE", requires = "because", help_heading = "Instead of checking")]
    pub add_allow: Option<String>,

    /// Why it is allowed
    #[arg(long, value_name = "TEXT", requires = "add_allow", help_heading = "Instead of checking")]
    pub because: Option<String>,

    /// The last day it is allowed
    #[arg(long, value_name = "DATE", value_parser = date, requires = "add_allow", help_heading = "Instead of checking")]
    pub until: Option<Date>,

    /// Print what holds for this file, and where it is from
    #[arg(long, value_name = "FILE", help_heading = "Instead of checking")]
    pub show_config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct FixArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// Show what would change [default]
    #[arg(long, conflicts_with = "write", help_heading = "Output")]
    pub diff: bool,

    /// Write it
    #[arg(long, help_heading = "Output")]
    pub write: bool,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// What to do with it
    #[command(subcommand)]
    pub action: BaselineAction,
}

#[derive(Debug, Subcommand)]
pub enum BaselineAction {
    /// Write down what is found today; one that is there already only shrinks, unless asked
    Write {
        #[command(flatten)]
        scope: BaselineScope,
        /// Add what is new to a baseline that is there already
        #[arg(long)]
        grow: bool,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// Do what the answers in a worklist say
    Decide {
        /// The list with its answers, as CSV
        file: PathBuf,
        #[command(flatten)]
        scope: BaselineScope,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// Take out what is no longer found
    Prune {
        #[command(flatten)]
        scope: BaselineScope,
        #[command(flatten)]
        appearance: Appearance,
    },
}

/// Which documents, and which baseline.
#[derive(Debug, Args)]
pub struct BaselineScope {
    #[command(flatten)]
    pub documents: Documents,

    /// The file [default: the nearest loosetight.baseline.json, going up; else beside loosetight.toml]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CoverageArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// Show the evidence for an outcome, standard or hallmark, everywhere or at one touchpoint
    #[arg(long, value_name = "OUTCOME[@TOUCHPOINT]", help_heading = "Output")]
    pub why: Option<String>,

    /// How to say it: human, json, csv, markdown
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value_t,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub format: CoverageFormat,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReportArgs {
    /// In another shape than the page
    #[command(subcommand)]
    pub action: Option<ReportAction>,

    #[command(flatten)]
    pub page: PageArgs,
}

#[derive(Debug, Args)]
pub struct PageArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// Write it to a file [default: standard output]
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// What stands on top of the page [default: the name of the brand]
    #[arg(long, value_name = "WORDS", help_heading = "Output")]
    pub title: Option<String>,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Subcommand)]
pub enum ReportAction {
    /// How often each rule speaks, by level and kind of document, and in 1,000 words
    Stats(StatsArgs),
    /// A table of decisions for a spreadsheet: what stands in many documents is decided once
    Worklist(WorklistArgs),
}

#[derive(Debug, Args)]
pub struct WorklistArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// Write it to a file [default: standard output]
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct StatsArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// How to say it: human, json, csv
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value_t,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub format: TableFormat,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A rule, an outcome of the policy, or a topic; none: what there is to explain
    pub name: Option<String>,

    /// The policy whose outcomes are meant [default: the nearest .promise file, going up]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct RulesArgs {
    /// What to do with them
    #[command(subcommand)]
    pub action: Option<RulesAction>,
}

#[derive(Debug, Subcommand)]
pub enum RulesAction {
    /// Every rule in a line
    List {
        /// How to say it: human, json
        #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_possible_values = true)]
        format: ListFormat,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// Run the examples of all rules, or of a pack
    Test {
        /// Packs to test beside the built-in rules
        packs: Vec<PathBuf>,
        #[command(flatten)]
        appearance: Appearance,
    },
}

#[derive(Debug, Args)]
pub struct InspectArgs {
    #[command(flatten)]
    pub documents: Documents,

    /// How to say it: human, json
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        default_value_t,
        hide_possible_values = true,
        help_heading = "Output"
    )]
    pub format: ListFormat,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// What to do with it
    #[command(subcommand)]
    pub action: Option<PolicyAction>,
}

#[derive(Debug, Subcommand)]
pub enum PolicyAction {
    /// What each boundary excuses, and where
    Boundaries {
        #[command(flatten)]
        documents: Box<Documents>,
        /// How to say it: human, json
        #[arg(
            long,
            value_enum,
            value_name = "HOW",
            default_value_t,
            hide_possible_values = true,
            help_heading = "Output"
        )]
        format: ListFormat,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// The action-learning cycles: how far each is, and what is overdue
    Experiments {
        /// The policy [default: the nearest .promise file, going up]
        file: Option<PathBuf>,
        /// The day to count from [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        today: Option<Date>,
        /// How to say it: human, json
        #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_possible_values = true)]
        format: ListFormat,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// The policy as plain prose
    Show {
        /// The policy [default: the nearest .promise file, going up]
        file: Option<PathBuf>,
        #[command(flatten)]
        appearance: Appearance,
    },
    /// Lay out policy files as everybody's are
    Fmt {
        /// The files; `-` is standard input [default: the nearest .promise file, going up]
        files: Vec<PathBuf>,
        /// Write nothing; end with exit code 1 where a file would change
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        appearance: Appearance,
    },
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// Where to write them
    #[arg(default_value = ".")]
    pub folder: PathBuf,

    /// The brand's name [default: the folder's]
    #[arg(long, value_name = "NAME")]
    pub brand: Option<String>,

    #[command(flatten)]
    pub appearance: Appearance,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// What to begin: experiment, memory, training, playbook, journey
    #[arg(value_enum, hide_possible_values = true)]
    pub kind: NewKind,

    /// What it is called
    pub name: String,

    /// Where to write it: a file, or a folder that is there; an experiment or a memory may go into a .promise file
    /// [default: a .md file here]
    #[arg(long, value_name = "PATH")]
    pub to: Option<PathBuf>,

    #[command(flatten)]
    pub appearance: Appearance,
}

/// What `new` can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// One action-learning cycle.
    Experiment,
    /// A customer experience worth passing on.
    Memory,
    /// A learning design.
    Training,
    /// How people serve customers.
    Playbook,
    /// The way of a customer, in their words.
    Journey,
}

impl NewKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            NewKind::Experiment => "experiment",
            NewKind::Memory => "memory",
            NewKind::Training => "training",
            NewKind::Playbook => "playbook",
            NewKind::Journey => "journey",
        }
    }
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Human,
    Narrated,
    Compact,
    #[value(alias = "md")]
    Markdown,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
}

/// Formats of what is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    #[default]
    Human,
    Json,
}

/// Formats of the coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    #[default]
    Human,
    Json,
    Csv,
    Markdown,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    #[default]
    Human,
    Json,
    Csv,
}

impl Cli {
    /// The look that options and terminal allow.
    pub fn look(&self) -> Look {
        let (colour, narrated) = match &self.command {
            Command::Check(args) => (args.appearance.color, args.format == Format::Narrated),
            Command::Coverage(args) => (args.appearance.color, false),
            Command::Baseline(args) => match &args.action {
                BaselineAction::Write { appearance, .. }
                | BaselineAction::Decide { appearance, .. }
                | BaselineAction::Prune { appearance, .. } => (appearance.color, false),
            },
            Command::Report(args) => match &args.action {
                None => (args.page.appearance.color, false),
                Some(ReportAction::Stats(args)) => (args.appearance.color, false),
                Some(ReportAction::Worklist(args)) => (args.appearance.color, false),
            },
            Command::Explain(args) => (args.appearance.color, false),
            Command::Inspect(args) => (args.appearance.color, false),
            Command::Init(args) => (args.appearance.color, false),
            Command::Fix(args) => (args.appearance.color, false),
            Command::Schema(_) | Command::Completions(_) | Command::Man(_) => (Colour::Auto, false),
            Command::New(args) => (args.appearance.color, false),
            Command::Policy(args) => match &args.action {
                Some(
                    PolicyAction::Show { appearance, .. }
                    | PolicyAction::Fmt { appearance, .. }
                    | PolicyAction::Boundaries { appearance, .. }
                    | PolicyAction::Experiments { appearance, .. },
                ) => (appearance.color, false),
                None => (Colour::Auto, false),
            },
            Command::Rules(args) => match &args.action {
                Some(RulesAction::List { appearance, .. } | RulesAction::Test { appearance, .. }) => {
                    (appearance.color, false)
                }
                None => (Colour::Auto, false),
            },
        };
        let look = output::look(colour);
        Look { narrated: narrated || look.narrated, ..look }
    }
}

fn sensitivity(word: &str) -> Result<Sensitivity, String> {
    Sensitivity::named(word).ok_or_else(|| unknown(word, &Sensitivity::WORDS))
}

fn fail_on(word: &str) -> Result<FailOn, String> {
    // The words other linters use.
    let usual = match word.to_ascii_lowercase().as_str() {
        "error" => Some("must-fix"),
        "warning" => Some("should-fix"),
        "note" | "info" | "hint" => Some("consider"),
        _ => None,
    };
    FailOn::named(word).ok_or_else(|| match usual {
        Some(meant) => format!("that level is called {meant} here"),
        None => unknown(word, &FailOn::WORDS),
    })
}

fn size(word: &str) -> Result<u64, String> {
    crate::config::size_named(word).ok_or_else(|| "a size is written like 50 MB".to_owned())
}

fn date(word: &str) -> Result<Date, String> {
    word.parse().map_err(|_| "a date is written like 2026-11-21".to_owned())
}

fn unknown(word: &str, known: &[&str]) -> String {
    match crate::nearest::nearest(word, known.iter().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("it is one of {}", crate::problem::listed(known)),
    }
}
