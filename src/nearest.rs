//! A word nobody knows → the known word that was probably meant.

/// The candidate most like `word`, where one is near enough to be worth asking "did you mean …?".
///
/// Near means a Damerau-Levenshtein distance (insert, drop, change, swap neighbours) of at most a third of the
/// longer word's letters, or one word being the beginning of the other from the third letter on. Case, spaces,
/// hyphens and underscores do not count. Of two equally near the one named first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = plain(word);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let other = self::plain(candidate);
        let distance = strsim::damerau_levenshtein(&plain, &other);
        let letters = plain.chars().count().max(other.chars().count());
        let begins = plain.chars().count() >= 3 && other.starts_with(&plain)
            || other.chars().count() >= 3 && plain.starts_with(&other);
        if (distance * 3 <= letters || begins) && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
    }

    #[test]
    fn the_nearer_of_two_wins_and_then_the_first() {
        assert_eq!(nearest("outcomes", ["outcome", "outcomes-due"]), Some("outcome"));
        assert_eq!(nearest("bat", ["cat", "hat"]), Some("cat"));
    }
}
