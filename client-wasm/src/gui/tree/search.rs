//! Finding nodes by name.

use std::ops::Range;

use crate::gui::marked::pieces;
use crate::letters::folded;

/// What is looked for: all of some terms, upper or lower case, anywhere in a node's full name, and
/// one of them in its own part of it. What is below a node is found with what it is called itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search(Vec<Vec<char>>);

impl Search {
    /// From what was typed: terms with spaces between them.
    pub fn new(text: &str) -> Self {
        let term = |term: &str| term.chars().map(folded).collect();
        Self(text.split_whitespace().map(term).collect())
    }

    /// Whether everything is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a node of this full name is found.
    pub fn finds(&self, name: &str) -> bool {
        let own = own_start(name);
        let mut is_own = self.is_empty();
        let mut terms = self.0.iter();
        terms.all(|term| {
            let mut is_found = false;
            for range in occurrences(name, term) {
                is_found = true;
                is_own |= range.end > own;
            }
            is_found
        }) && is_own
    }

    /// A node's own part of its name, in pieces, and whether each is what was looked for.
    pub fn highlighted<'a>(&self, name: &'a str) -> Vec<(&'a str, bool)> {
        let own = own_start(name);
        let found = self.0.iter().flat_map(|term| occurrences(name, term));
        let found = found.filter(|range| range.end > own);
        let found = found.map(|range| range.start.max(own)..range.end);
        pieces(name, own..name.len(), found.collect())
    }
}

/// Where a node's own part of its name begins.
fn own_start(name: &str) -> usize {
    name.rfind('/').map_or(0, |slash| slash + 1)
}

/// Where a term is in a text.
fn occurrences<'a>(text: &'a str, term: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
    text.char_indices().filter_map(move |(start, _)| {
        let rest = &text[start..];
        let mut letters = rest.chars();
        let is_here = term.iter().all(|t| letters.next().map(folded) == Some(*t));
        is_here.then(|| start..text.len() - letters.as_str().len())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Search;

    #[test]
    fn all_terms_are_found_whatever_their_case() {
        let search = Search::new(" Arm  left ");
        assert!(search.finds("/Left/ARM") && search.finds("/robot/left_arm"));
        assert!(!search.finds("/arm") && !search.finds("/left/arm/hand"));
        assert!(Search::new("left/a").finds("/left/arm"));
        assert!(!Search::new("left/a").finds("/left/arm/hand"));
        assert!(Search::new("ÄRM").finds("/ärmel"));
        assert!(Search::new("  ").finds("/anything"));
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let pieces = |text: &str, name| Search::new(text).highlighted(name);
        assert_eq!(
            pieces("aR", "/car/bar_AR"),
            [("b", false), ("ar", true), ("_", false), ("AR", true)]
        );
        assert_eq!(pieces("car/b", "/car/bar"), [("b", true), ("ar", false)]);
        assert_eq!(
            pieces("aba", "/abababx"),
            [("aba", true), ("ba", true), ("bx", false)]
        );
        assert_eq!(pieces("", "/a/b"), [("b", false)]);
        assert_eq!(pieces("x", ""), []);
    }

    proptest! {
        #[test]
        fn pieces_are_the_own_part_and_what_is_marked_is_why_it_is_found(
            text in "[aAbä/ İ]{0,6}", name in "(/[aAbäİß]{1,5}){1,4}",
        ) {
            let search = Search::new(&text);
            let pieces = search.highlighted(&name);
            let own: String = pieces.iter().map(|(piece, _)| *piece).collect();
            prop_assert_eq!(&own, name.rsplit('/').next().unwrap());
            if search.finds(&name) {
                let is_marked = pieces.iter().any(|(_, is_found)| *is_found);
                prop_assert_eq!(is_marked, !search.is_empty());
            }
        }
    }
}
