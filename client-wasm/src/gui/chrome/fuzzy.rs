//! Finding commands by what somebody types.
//!
//! Each word of the query must occur somewhere, with at most a few of its letters wrong, left
//! out or too many, as *approximate substring matching* has it (Sellers 1980).

use crate::gui::marked::pieces;
use crate::letters::folded;

/// How much of a word may be wrong.
const ERRORS: f64 = 0.4;
/// What a match in the description counts for, beside one in the label.
const DESCRIPTION: f64 = 0.5;
/// Longer queries are cut off: nobody types them.
const MAX_QUERY: usize = 64;

/// How well a command fits a query, from 0 to 1; `None` if it does not.
pub fn score(query: &str, label: &str, description: &str) -> Option<f64> {
    let (label, description) = (letters(label), letters(description));
    let mut words = 0;
    let mut sum = 0.0;
    for word in words_of(query) {
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

/// A text in pieces, and whether each is what a word of the query stands for.
pub fn highlighted<'a>(query: &str, text: &'a str) -> Vec<(&'a str, bool)> {
    let letters = letters(text);
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let found = words_of(query).filter_map(|word| {
        let nearest = nearest(&word, &letters);
        nearest
            .fits(&word)
            .then(|| places[nearest.begin]..places[nearest.end])
    });
    pieces(text, 0..text.len(), found.collect())
}

fn words_of(query: &str) -> impl Iterator<Item = Vec<char>> {
    let letters: Vec<char> = query.chars().take(MAX_QUERY).map(folded).collect();
    let words = letters.split(|letter| letter.is_whitespace());
    let words: Vec<Vec<char>> = words.map(<[char]>::to_vec).collect();
    words.into_iter().filter(|word| !word.is_empty())
}

fn letters(text: &str) -> Vec<char> {
    text.chars().take(1024).map(folded).collect()
}

/// How well a word fits somewhere in a text: 0 if it does not.
fn fit(word: &[char], text: &[char]) -> f64 {
    let nearest = nearest(word, text);
    if !nearest.fits(word) {
        return 0.0;
    }
    let (share, begin) = (nearest.share(word), nearest.begin);
    let is_between = |c: char| c.is_ascii_punctuation() || c.is_whitespace();
    let begins_word = begin == 0 || is_between(text[begin - 1]);
    let begins_text = if begin == 0 { 0.1 } else { 0.0 };
    (1.0 - share) * (0.7 + if begins_word { 0.2 } else { 0.0 } + begins_text)
}

/// A part of a text that is nearest to a word.
#[derive(Clone, Copy)]
struct Nearest {
    /// How many letters are wrong, left out or too many.
    errors: usize,
    begin: usize,
    end: usize,
}

impl Nearest {
    fn share(self, word: &[char]) -> f64 {
        self.errors as f64 / word.len() as f64
    }

    fn fits(self, word: &[char]) -> bool {
        self.share(word) <= ERRORS
    }
}

/// The first part of a text that the fewest changes make of a word, as long as can be.
fn nearest(word: &[char], text: &[char]) -> Nearest {
    // column[i]: changes that make the first i letters a part of the text that ends here, and where
    // that part begins.
    let mut column: Vec<(usize, usize)> = (0..=word.len()).map(|i| (i, 0)).collect();
    let mut best = Nearest {
        errors: word.len(),
        begin: 0,
        end: 0,
    };
    for (at, letter) in text.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut column[0], (0, at + 1));
        for i in 1..=word.len() {
            let replaced = (diagonal.0 + usize::from(word[i - 1] != *letter), diagonal.1);
            diagonal = column[i];
            let [more, less] =
                [column[i], column[i - 1]].map(|(errors, begin)| (errors + 1, begin));
            column[i] = replaced.min(more).min(less);
        }
        let (errors, begin) = column[word.len()];
        if (errors, begin) <= (best.errors, best.begin) {
            best = Nearest {
                errors,
                begin,
                end: at + 1,
            };
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
    fn what_is_found_is_marked() {
        let marked = |query: &str, text: &str| {
            let piece = |(piece, is_found): (&str, bool)| match is_found {
                true => format!("[{piece}]"),
                false => piece.to_owned(),
            };
            highlighted(query, text)
                .into_iter()
                .map(piece)
                .collect::<String>()
        };
        assert_eq!(marked("sav the", "Save the scan"), "[Sav]e [the] scan");
        assert_eq!(marked("toggel", "Toggle grid"), "[Toggl]e grid");
        assert_eq!(marked("rest vew", "Reset view"), "[Reset] [view]");
        assert_eq!(marked("größe", "Die GRÖßE zählt"), "Die [GRÖßE] zählt");
        assert_eq!(marked("xyzzy", "Save the scan"), "Save the scan");
        assert_eq!(marked("", "Save"), "Save");
        let long = "é".repeat(3000);
        assert_eq!(highlighted("é", &long)[0], ("é", true));
        assert_eq!(highlighted(&long, &long).len(), 2);
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
