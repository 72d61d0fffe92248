//! How a word is written down to be looked up: lower case, straight apostrophes, hyphens as gaps. Shared with the
//! build script, so that the table and the reader can never disagree.

/// How many word classes there may be.
pub const MAX_CLASSES: usize = 320;

/// The hash of a normalised word (FNV-1a with a final mix; the table's index is a power of two).
pub const fn hash(word: &[u8]) -> u32 {
    let mut h = SEED;
    let mut i = 0;
    while i < word.len() {
        h = step(h, word[i]);
        i += 1;
    }
    finish(h)
}

/// One byte more.
#[inline]
pub const fn step(h: u32, byte: u8) -> u32 {
    (h ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The last mix.
#[inline]
pub const fn finish(h: u32) -> u32 {
    let h = h ^ (h >> 15);
    h.wrapping_mul(0x2c1b_3c6d) ^ (h >> 12)
}

/// The start value for [`step`].
pub const SEED: u32 = 0x811c_9dc5;

/// A word as it stands in the table.
pub fn normal(word: &str) -> String {
    word.trim().chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The words of a phrase, as the tokenizer would cut it: at spaces and hyphens.
pub fn words(phrase: &str) -> Vec<String> {
    phrase
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '/' | ','))
        .filter(|w| !w.is_empty())
        .map(|w| plain(normal(w)))
        .collect()
}

/// A possessive is read as its owner ("manager's" as "manager"), as the tokenizer does; a contraction is itself.
fn plain(word: String) -> String {
    const CONTRACTED: [&str; 12] = [
        "it's", "that's", "what's", "who's", "let's", "there's", "here's", "he's", "she's", "how's",
        "where's", "one's",
    ];
    match word.strip_suffix("'s") {
        Some(owner) if !CONTRACTED.contains(&word.as_str()) => owner.to_owned(),
        _ => word.strip_suffix('\'').map(str::to_owned).unwrap_or(word),
    }
}
