//! What a newcomer may want to know beside rules and outcomes: one page each, in `topics/`.

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// What it is asked for by.
    pub name: &'static str,
    /// Other words people ask by.
    also: &'static [&'static str],
    /// Its text: a title behind `# `, paragraphs, `- ` items, and lines set in by four spaces.
    pub text: &'static str,
}

/// All pages, in the order a newcomer would read them.
pub const ALL: [Topic; 14] = [
    Topic {
        name: "tight-and-loose",
        also: &["loose-tight", "framework"],
        text: include_str!("topics/tight-and-loose.md"),
    },
    Topic { name: "policies", also: &["policy", "promise"], text: include_str!("topics/policies.md") },
    Topic {
        name: "documents",
        also: &["kinds", "kind", "touchpoints"],
        text: include_str!("topics/documents.md"),
    },
    Topic {
        name: "boundaries",
        also: &["boundary", "tight-on-purpose"],
        text: include_str!("topics/boundaries.md"),
    },
    Topic {
        name: "six-steps",
        also: &["six", "steps", "culture", "alignment"],
        text: include_str!("topics/six-steps.md"),
    },
    Topic {
        name: "exceptions",
        also: &["exception", "allow", "allowance", "allowances", "suppress", "ignore"],
        text: include_str!("topics/exceptions.md"),
    },
    Topic {
        name: "baseline",
        also: &["known", "changed", "worklist", "adoption"],
        text: include_str!("topics/baseline.md"),
    },
    Topic {
        name: "levels",
        also: &["level", "sensitivity", "severity"],
        text: include_str!("topics/levels.md"),
    },
    Topic {
        name: "numbers",
        also: &["freedom", "clarity", "score"],
        text: include_str!("topics/numbers.md"),
    },
    Topic {
        name: "settings",
        also: &["config", "loosetight.toml"],
        text: include_str!("topics/settings.md"),
    },
    Topic { name: "packs", also: &["pack", "own-rules"], text: include_str!("topics/packs.md") },
    Topic {
        name: "exit-codes",
        also: &["exit-code", "exit", "ci"],
        text: include_str!("topics/exit-codes.md"),
    },
    Topic {
        name: "batch",
        also: &["ndjson", "rows", "shard", "unordered"],
        text: include_str!("topics/batch.md"),
    },
    Topic {
        name: "limits",
        also: &["limit", "max-size", "security"],
        text: include_str!("topics/limits.md"),
    },
];

/// The page a word asks for; case, spaces and underscores do not matter.
pub fn named(word: &str) -> Option<&'static Topic> {
    let word = word.trim().to_lowercase().replace([' ', '_'], "-");
    ALL.iter().find(|topic| topic.name == word || topic.also.contains(&word.as_str()))
}
