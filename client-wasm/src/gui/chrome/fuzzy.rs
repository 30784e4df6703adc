//! Finding commands by what somebody types.
//!
//! Each word of the query must occur somewhere, with at most a few of its letters wrong, left
//! out or too many, as *approximate substring matching* has it (Sellers 1980).

use crate::letters::lowercase;

/// How much of a word may be wrong.
const ERRORS: f64 = 0.4;
/// What a match in the description counts for, beside one in the label.
const DESCRIPTION: f64 = 0.5;
/// Longer queries are cut off: nobody types them.
const MAX_QUERY: usize = 64;

/// How well a command fits a query, from 0 to 1; `None` if it does not.
pub fn score(query: &str, label: &str, description: &str) -> Option<f64> {
    let query: String = query.chars().take(MAX_QUERY).collect();
    let query = lowercase(&query);
    let (label, description) = (letters(label), letters(description));
    let mut words = 0;
    let mut sum = 0.0;
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        let fits = [fit(&word, &label), fit(&word, &description) * DESCRIPTION];
        let best = fits.into_iter().fold(0.0, f64::max);
        if best == 0.0 {
            return None;
        }
        (words, sum) = (words + 1, sum + best);
    }
    Some(if words == 0 {
        1.0
    } else {
        sum / f64::from(words)
    })
}

fn letters(text: &str) -> Vec<char> {
    let text: String = text.chars().take(1024).collect();
    lowercase(&text).chars().collect()
}

/// How well a word fits somewhere in a text: 0 if it does not.
fn fit(word: &[char], text: &[char]) -> f64 {
    let (errors, end) = nearest(word, text);
    let share = errors as f64 / word.len() as f64;
    if share > ERRORS {
        return 0.0;
    }
    let begin = end.saturating_sub(word.len());
    let is_between = |c: char| c.is_ascii_punctuation() || c.is_whitespace();
    let begins_word = begin == 0 || is_between(text[begin - 1]);
    let begins_text = if begin == 0 { 0.1 } else { 0.0 };
    (1.0 - share) * (0.7 + if begins_word { 0.2 } else { 0.0 } + begins_text)
}

/// The fewest changes that make the word a part of the text, and where that part ends.
fn nearest(word: &[char], text: &[char]) -> (usize, usize) {
    // column[i]: changes that make the first i letters a part of the text that ends here.
    let mut column: Vec<usize> = (0..=word.len()).collect();
    let mut best = (word.len(), 0);
    for (end, letter) in text.iter().enumerate() {
        let mut diagonal = 0;
        for i in 1..=word.len() {
            let replaced = diagonal + usize::from(word[i - 1] != *letter);
            diagonal = column[i];
            column[i] = replaced.min(column[i] + 1).min(column[i - 1] + 1);
        }
        if column[word.len()] < best.0 {
            best = (column[word.len()], end + 1);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_fit_comes_first() {
        let commands = [
            ("Save scene", "Writes a file"),
            ("Reset view", "Where the camera was at the beginning"),
            ("Toggle grid", "Shows or hides the ground"),
            ("Autosave", ""),
        ];
        let find = |query: &str| {
            let scored = commands.iter().filter_map(|(label, description)| {
                score(query, label, description).map(|score| (score, *label))
            });
            let mut scored: Vec<_> = scored.collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0));
            scored
                .into_iter()
                .map(|(_, label)| label)
                .collect::<Vec<_>>()
        };
        assert_eq!(find("save"), ["Save scene", "Autosave"]);
        assert_eq!(find("SAVE"), ["Save scene", "Autosave"]);
        assert_eq!(find("camera"), ["Reset view"]);
        assert_eq!(find("rest vew"), ["Reset view"]);
        assert_eq!(find("toggel"), ["Toggle grid"]);
        assert_eq!(find("view camera"), ["Reset view"]);
        assert_eq!(find("view file"), [""; 0]);
        assert_eq!(find("xyzzy"), [""; 0]);
        assert_eq!(find("  ").len(), 4);
    }

    #[test]
    fn short_words_must_be_right() {
        assert!(score("v", "Reset view", "").is_some());
        assert_eq!(score("q", "Reset view", ""), None);
        assert_eq!(score("qz", "Reset view", ""), None);
    }

    #[test]
    fn long_queries_cost_little() {
        let long = "é".repeat(1 << 20);
        assert!(score(&long, &long[..2000], "").is_some_and(|score| score > 0.99));
    }
}
