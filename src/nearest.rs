//! A word nobody knows → the known word that was probably meant.

/// The candidate most like `word`, where one is near enough to be worth asking "did you mean …?".
///
/// Near means a Damerau-Levenshtein distance (insert, drop, change, swap neighbours) of at most a third of the
/// longer word's letters, or one word being the beginning of the other from the third letter on, or being near to
/// one part of a hyphenated candidate. Case, spaces, hyphens and underscores do not count. Of two equally near the
/// one named first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let parts = candidate.split('-').filter(|part| part.len() > 3 && part.len() < candidate.len());
        // A whole word that is near goes before a part that is.
        let found = distance(&word, &plain(candidate))
            .or_else(|| parts.filter_map(|part| distance(&word, &plain(part))).min().map(|d| d + word.len()));
        if let Some(found) = found
            && best.is_none_or(|(d, _)| found < d)
        {
            best = Some((found, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How far two words are apart, where they are near.
fn distance(word: &str, other: &str) -> Option<usize> {
    let distance = strsim::damerau_levenshtein(word, other);
    let (short, long) = (word.chars().count(), other.chars().count());
    let begins = short >= 3 && other.starts_with(word) || long >= 3 && word.starts_with(other);
    (distance * 3 <= short.max(long) || begins).then_some(distance)
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_offered_and_far_ones_are_not() {
        let rules = ["verbatim-line", "name-quota", "approval-ladder"];
        assert_eq!(nearest("verbatm-line", rules), Some("verbatim-line"));
        assert_eq!(nearest("Name_Quota", rules), Some("name-quota"));
        assert_eq!(nearest("aproval ladder", rules), Some("approval-ladder"));
        assert_eq!(nearest("approval", rules), Some("approval-ladder"));
        assert_eq!(nearest("smile", rules), None);
        assert_eq!(nearest("", rules), None);
        assert_eq!(nearest("laddder", rules), Some("approval-ladder"));
        assert_eq!(nearest("tigt", ["exit-codes", "tight-and-loose"]), Some("tight-and-loose"));
    }

    #[test]
    fn the_nearer_of_two_wins_and_then_the_first() {
        assert_eq!(nearest("outcomes", ["outcome", "outcomes-due"]), Some("outcome"));
        assert_eq!(nearest("bat", ["cat", "hat"]), Some("cat"));
    }
}
