//! A call's paths and options → jobs for the engine: documents with their settings, rules and policy, and everything
//! that was wrong with any of them.

mod rows;

pub use rows::{Placed, Rows};

use super::args::Documents;
use super::policies::Policies;
use crate::assign;
use crate::config::{Config, Configs, Sensitivity, Setting};
use crate::document::Kind;
use crate::engine::{CheckedPolicy, Job, PolicyJob, Run};
use crate::lint::Linter;
use crate::policy::Policy;
use crate::problem::{AnyProblem, Problem, in_words};
use crate::rule::Rule;
use crate::rule::pack::{self, Pack};
use crate::triage::Only;
use crate::walk::{Names, NotRead, Target, walk};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything a command needs to get to work.
pub struct Session {
    /// How paths are shown.
    pub names: Names,
    /// The documents to look at, in order.
    pub jobs: Vec<Job>,
    /// Policies among the paths of the call that could be read.
    pub policies: Vec<PolicyJob>,
    /// What holds for all documents.
    pub run: Run,
    /// What was come across and not read.
    pub not_read: Vec<NotRead>,
    /// What went wrong so far.
    pub problems: Vec<AnyProblem>,
    /// What is worth knowing about the policies.
    pub warnings: Vec<AnyProblem>,
    /// Remarks about the settings, each a sentence.
    pub notes: Vec<String>,
}

/// Why a command cannot get to work at all: what was wrong.
pub type Stopped = Vec<AnyProblem>;

/// The day a run counts from.
pub fn today(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date())
}

/// The folder the call was made in.
pub fn here() -> Result<Names, Stopped> {
    std::env::current_dir().map(Names::seen_from).map_err(|error| {
        let message = format!("the folder of this call cannot be read: {}", in_words(&error));
        vec![Problem::new("usage::no-folder", message).into()]
    })
}

/// Settings for a call: found going up, or the file it names.
pub fn configs(names: &Names, config: Option<&Path>) -> Configs {
    let show = {
        let names = names.clone();
        move |path: &Path| names.show(path)
    };
    match config {
        Some(path) => Configs::fixed(&names.absolute(path), show),
        None => Configs::found(show),
    }
}

impl Session {
    /// The policies among the paths, judged. What a group's policy says is said once, however many policies extend it.
    pub fn judged_policies(&self) -> Vec<CheckedPolicy> {
        let mut told = HashSet::new();
        let mut judged: Vec<CheckedPolicy> =
            self.policies.iter().filter_map(|job| self.run.policy(job)).collect();
        for checked in &mut judged {
            checked.findings.retain(|f| told.insert((f.source.name().to_owned(), f.span, f.rule.clone())));
        }
        judged
    }

    /// Gets everything ready.
    ///
    /// # Errors
    /// Settings or options that make no sense: nothing could be said about any document.
    pub fn open(args: &Documents) -> Result<Session, Stopped> {
        let names = here()?;
        let mut configs = configs(&names, args.config.as_deref());
        let (mut paths, piped) = inputs(args);
        if paths.is_empty() && !piped {
            paths.push(PathBuf::from("."));
        }
        let mut found = walk(&paths, &names, &mut configs);
        let piped = piped.then(|| standard_input(args, &names, &mut configs)).transpose()?;
        let wrong = configs.problems();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut builder = Builder {
            policies: Policies::new(&names, args.policy.as_deref()),
            sensitivity: args.sensitivity,
            names: names.clone(),
            linters: HashMap::new(),
            broken: Vec::new(),
            problems: std::mem::take(&mut found.problems),
        };
        let mut documents: Vec<_> = found.documents.into_iter().map(|target| (target, None)).collect();
        if let Some((target, bytes)) = piped {
            if target.path.extension().is_some_and(|ending| ending == "promise") {
                builder.policies.instead_of(&target.path, String::from_utf8_lossy(&bytes).into_owned());
                found.policies.push(target);
            } else {
                documents.push((target, Some(bytes)));
                documents.sort_by(|a, b| a.0.name.cmp(&b.0.name));
            }
        }
        let job = |(target, bytes)| Ok(Job { linter: builder.linter(&target)?, target, bytes });
        let jobs = documents.into_iter().map(job).collect::<Result<Vec<Job>, Stopped>>()?;
        let policies = builder.judged(&found.policies)?;
        builder.problems.extend(builder.policies.problems());
        let linters: Vec<(&Linter, &Arc<Config>)> = jobs
            .iter()
            .map(|job| (&*job.linter, &job.target.config))
            .chain(policies.iter().map(|job| (&*job.linter, &job.config)))
            .collect();
        let only = only(&args.only, &linters)?;
        let mut problems = builder.problems;
        problems.extend(unknown_names(&linters, &builder.broken));
        let together = policies.iter().any(|job| job.whole);
        Ok(Session {
            warnings: builder.policies.warnings(),
            notes: notes(&configs.all(), &jobs, &policies, &found.folders, today(args.today)),
            jobs,
            policies,
            names: names.clone(),
            run: Run { only, together, today: today(args.today), fail_on: None, max_size: args.max_size },
            not_read: found.not_read,
            problems,
        })
    }
}

/// The paths of a call, and whether standard input is one of them.
fn inputs(args: &Documents) -> (Vec<PathBuf>, bool) {
    let dash = Path::new("-");
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| *path != dash).cloned().collect();
    let piped = paths.len() < args.paths.len() || args.paths.is_empty() && args.stdin_filename.is_some();
    (paths, piped)
}

/// The document that comes in on standard input.
fn standard_input(
    args: &Documents,
    names: &Names,
    configs: &mut Configs,
) -> Result<(Target, Vec<u8>), Stopped> {
    let path = names.absolute(args.stdin_filename.as_deref().unwrap_or(Path::new("standard-input.md")));
    let config = configs.at(path.parent().unwrap_or(&path));
    let limit = args.max_size.or(config.max_size.as_ref().map(|s| s.value));
    let limit = limit.unwrap_or(crate::document::Limits::default().max_bytes);
    let mut bytes = Vec::new();
    // One byte more than allowed: the reader then says that it is too large.
    io::stdin().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| {
        let message = format!("standard input cannot be read: {}", in_words(&error));
        vec![AnyProblem::from(Problem::new("usage::standard-input", message))]
    })?;
    let name = names.show(&path);
    Ok((Target { path, name, config, named: true }, bytes))
}

/// Puts documents, settings, packs and policies together; each pair of settings and policy shares one linter.
struct Builder {
    policies: Policies,
    sensitivity: Option<Sensitivity>,
    names: Names,
    linters: HashMap<(Option<PathBuf>, usize), Arc<Linter>>,
    /// Settings some of whose packs have mistakes, by their addresses.
    broken: Vec<usize>,
    problems: Vec<AnyProblem>,
}

impl Builder {
    fn linter(&mut self, target: &Target) -> Result<Arc<Linter>, Stopped> {
        let folder = target.path.parent().unwrap_or(&target.path);
        let path = self.policies.path_for(folder, &target.config);
        self.with_policy(path, &target.config)
    }

    /// The policies a walk came across, each with the settings that hold where it lies.
    fn judged(&mut self, found: &[Target]) -> Result<Vec<PolicyJob>, Stopped> {
        let mut judged: Vec<PolicyJob> = Vec::new();
        for target in found {
            if self.policies.walked(&target.path).is_none() {
                continue;
            }
            let linter = self.with_policy(Some(target.path.clone()), &target.config)?;
            let first = !judged.iter().any(|job| Arc::ptr_eq(&job.config, &target.config));
            judged.push(PolicyJob {
                linter,
                config: target.config.clone(),
                judges_settings: first,
                whole: !target.named,
            });
        }
        Ok(judged)
    }

    fn with_policy(&mut self, path: Option<PathBuf>, config: &Arc<Config>) -> Result<Arc<Linter>, Stopped> {
        let key = (path.clone(), Arc::as_ptr(config) as usize);
        if let Some(known) = self.linters.get(&key) {
            return Ok(known.clone());
        }
        let policy = path.and_then(|path| self.policies.at(&path));
        let sensitivity = self.sensitivity.or(config.sensitivity.as_ref().map(|s| s.value));
        let mut problems = Vec::new();
        let packs = packs(config, &self.names, &mut problems);
        let linter = linter(policy, packs, sensitivity.unwrap_or_default(), &mut problems)?;
        // The same packs under another policy have the same mistakes.
        let config = Arc::as_ptr(config) as usize;
        if !problems.is_empty() && !self.broken.contains(&config) {
            self.broken.push(config);
            self.problems.extend(problems);
        }
        let linter = Arc::new(linter);
        self.linters.insert(key, linter.clone());
        Ok(linter)
    }
}

/// Reads a pack. What is wrong in it is among its own problems.
///
/// # Errors
/// What keeps it from being read.
pub fn read_pack(path: &Path, name: &str) -> Result<Pack, AnyProblem> {
    let text = fs::read_to_string(path).map_err(|error| {
        Problem::new("pack::unreadable", format!("the pack {name} cannot be read: {}", in_words(&error)))
    })?;
    Ok(pack::read(name, &text))
}

/// The packs the settings name.
fn packs(config: &Config, names: &Names, problems: &mut Vec<AnyProblem>) -> Vec<Pack> {
    let read = config.packs.iter().map(|path| read_pack(&path.value, &names.show(&path.value)));
    read.filter_map(|pack| pack.map_err(|problem| problems.push(problem)).ok()).collect()
}

/// The packs of the settings that hold in the folder of the call.
///
/// # Errors
/// Settings that make no sense.
pub fn packs_here(problems: &mut Vec<AnyProblem>) -> Result<Vec<Pack>, Stopped> {
    let names = here()?;
    let mut configs = configs(&names, None);
    let config = configs.at(names.here());
    let wrong = configs.problems();
    if wrong.is_empty() { Ok(packs(&config, &names, problems)) } else { Err(wrong) }
}

/// A linter with these packs. A rule that cannot be used is told and left out, the others count.
///
/// # Errors
/// Where it is not a rule of these packs that cannot be used.
pub fn linter(
    policy: Option<Arc<Policy>>,
    packs: Vec<Pack>,
    sensitivity: Sensitivity,
    problems: &mut Vec<AnyProblem>,
) -> Result<Linter, Stopped> {
    let mut rules: Vec<Rule> = Vec::new();
    let shipped = if packs.is_empty() { Vec::new() } else { pack::builtin().unwrap_or_default() };
    for pack in packs {
        problems.extend(pack.problems.into_iter().map(AnyProblem::from));
        for (rule, place) in pack.rules.into_iter().zip(pack.places) {
            let taken = |known: &Rule| known.id == rule.id || known.aliases.contains(&rule.id);
            let help = match (shipped.iter().any(taken), rules.iter().any(taken)) {
                (true, _) => "it is a built-in one; `[levels]` in loosetight.toml changes its level",
                (_, true) => "another pack has it",
                _ => {
                    rules.push(rule);
                    continue;
                }
            };
            let message = format!("there is a rule `{}` already", rule.id);
            problems.push(
                Problem::new("pack::taken", message).at(&pack.source, place, "taken").help(help).into(),
            );
        }
    }
    Linter::new(policy, rules, sensitivity).map_err(|error| vec![error as AnyProblem])
}

/// Rules and touchpoints that settings name and nobody knows.
fn unknown_names(linters: &[(&Linter, &Arc<Config>)], broken: &[usize]) -> Vec<AnyProblem> {
    let mut problems = Vec::new();
    let mut seen: Vec<*const Config> = Vec::new();
    for (linter, config) in linters {
        let Some(source) = config.source.as_ref().filter(|_| !seen.contains(&Arc::as_ptr(config))) else {
            continue;
        };
        seen.push(Arc::as_ptr(config));
        let rules = linter.rules();
        // A rule left out for its mistakes is not unknown.
        let whole = !broken.contains(&(Arc::as_ptr(config) as usize));
        let unknown = |name: &str| whole && rules.named(name).is_none();
        for (name, setting) in config.levels.iter().filter(|(name, _)| unknown(name)) {
            let known: Vec<&str> = rules.iter().map(|r| r.id.as_str()).collect();
            let problem = Problem::new("config::unknown-rule", format!("there is no rule `{name}`"))
                .at(source, setting.span, "not known")
                .help(match crate::nearest::nearest(name, known) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "`loosetight rules list` names them all".to_owned(),
                });
            problems.push(problem.into());
        }
        let Some(policy) = linter.policy() else { continue };
        let named = config.documents.iter().flat_map(|set| &set.touchpoints);
        for word in named.filter(|word| assign::touchpoint_named(policy, &word.value).is_none()) {
            let known: Vec<&str> = policy.touchpoints.iter().map(|t| t.name.text.as_str()).collect();
            let name = policy.sources.first().map_or("the policy", |s| s.name());
            let message = format!("{name} has no touchpoint `{}`", word.value);
            let problem = Problem::new("config::unknown-touchpoint", message)
                .suggest(&word.value, &known)
                .at(source, word.span, "not known");
            problems.push(problem.into());
        }
    }
    problems
}

/// Remarks about the settings: globs that name no document, where everything they could name was walked; rules that
/// are off without a reason, or were off until a day that has passed.
fn notes(
    configs: &[Arc<Config>],
    jobs: &[Job],
    policies: &[PolicyJob],
    walked: &[PathBuf],
    today: Date,
) -> Vec<String> {
    let mut notes = Vec::new();
    // Settings that are judged with a policy have findings instead.
    let judged = |config: &&Arc<Config>| policies.iter().any(|job| Arc::ptr_eq(&job.config, config));
    for config in configs.iter().filter(|config| !judged(config)) {
        for (rule, Setting { value, span }) in &config.levels {
            let place = config.place(*span);
            if let Some(day) = value.until.filter(|day| *day < today) {
                notes.push(format!("`{rule}` counts as it did before: {place} held until {day}"));
            } else if value.level.is_none() && value.because.is_none() {
                let way = "write `{ level = \"off\", because = \"…\", until = … }`";
                notes.push(format!("`{rule}` is off without a reason ({place}); {way}"));
            }
        }
    }
    let mut policies: Vec<*const Policy> = Vec::new();
    for linter in jobs.iter().map(|job| &job.linter) {
        let Some(policy) = linter.policy().filter(|p| !policies.contains(&(*p as *const Policy))) else {
            continue;
        };
        policies.push(policy);
        for rule in linter.rules().iter() {
            for word in &rule.scope.touchpoints {
                if assign::touchpoint_named(policy, word).is_none() {
                    let name = policy.sources.first().map_or("the policy", |s| s.name());
                    notes.push(format!("`{}` looks at `{word}`, a touchpoint {name} does not have", rule.id));
                }
            }
        }
    }
    for config in configs.iter().filter(|c| walked.iter().any(|folder| c.folder.starts_with(folder))) {
        let globs = config.documents.iter().flat_map(|set| &set.files).chain(&config.include);
        for glob in globs {
            if !jobs.iter().any(|job| glob.value.matches(&job.target.path)) {
                notes.push(format!(
                    "`{}` ({}) names no document",
                    glob.value.text(),
                    config.place(glob.span)
                ));
            }
        }
    }
    notes
}

/// What `--only` asks for.
fn only(words: &[String], linters: &[(&Linter, &Arc<Config>)]) -> Result<Only, Stopped> {
    let mut only = Only::default();
    let mut wrong: Stopped = Vec::new();
    for word in words.iter().map(|w| w.trim()).filter(|w| !w.is_empty()) {
        if let Err(problem) = only_word(&mut only, word, linters) {
            wrong.push(problem.into());
        }
    }
    if wrong.is_empty() { Ok(only) } else { Err(wrong) }
}

fn only_word(only: &mut Only, word: &str, linters: &[(&Linter, &Arc<Config>)]) -> Result<(), Problem> {
    const SORTS: [&str; 5] = ["rule", "kind", "touchpoint", "site", "owner"];
    let (sort, name) = match word.split_once('=') {
        Some((sort, name)) => (Some(sort.trim()), name.trim()),
        None => (None, word),
    };
    let asked = |wanted: &str| sort.is_none_or(|sort| sort == wanted);
    let rule = || linters.iter().find_map(|(l, _)| l.rules().named(name)).map(|rule| rule.id.clone());
    let touchpoint = || {
        linters.iter().find_map(|(linter, _)| {
            let policy = linter.policy()?;
            assign::touchpoint_named(policy, name).map(|id| policy.touchpoint(id).name.text.clone())
        })
    };
    match sort {
        Some("site") => only.sites.push(name.to_owned()),
        Some("owner") => only.owners.push(name.to_owned()),
        Some(sort) if !SORTS.contains(&sort) => {
            let message = format!("`--only {word}`: `{sort}` is nothing to choose by");
            return Err(Problem::new("usage::only", message).suggest(sort, &SORTS));
        }
        _ => match (asked("rule").then(rule).flatten(), asked("kind").then(|| Kind::named(name)).flatten()) {
            (Some(rule), _) => only.rules.push(rule),
            (None, Some(kind)) => only.kinds.push(kind),
            (None, None) => match asked("touchpoint").then(touchpoint).flatten() {
                Some(touchpoint) => only.touchpoints.push(touchpoint),
                None if linters.is_empty() => {}
                None => return Err(unknown_only(word, name, linters)),
            },
        },
    }
    Ok(())
}

fn unknown_only(word: &str, name: &str, linters: &[(&Linter, &Arc<Config>)]) -> Problem {
    let rules = linters.iter().flat_map(|(l, _)| l.rules().iter().map(|r| r.id.as_str()));
    let policies = linters.iter().filter_map(|(l, _)| l.policy());
    let touchpoints = policies.flat_map(|p| p.touchpoints.iter().map(|t| t.name.text.as_str()));
    let known = rules.chain(Kind::ALL.map(Kind::word)).chain(touchpoints);
    let problem = Problem::new("usage::only", format!("`--only {word}` names no rule, kind or touchpoint"));
    match crate::nearest::nearest(name, known) {
        Some(meant) => problem.help(format!("did you mean `{meant}`?")),
        None => problem
            .help("write `name-quota`, `kind=macro`, `touchpoint=arrival`, `site=NAME` or `owner=NAME`"),
    }
}
