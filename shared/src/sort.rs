//! Sorting in little code.
//!
//! The standard library's sort is compiled for each type and each comparison: four kilobytes each
//! time, which every page downloads. This is that sort once, for lists that are sorted now and
//! then. Equals keep their order.

use std::cmp::Ordering;

/// Sorts a list by a comparison of its items.
pub fn by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    indices(&mut order, &mut |a, b| compare(&items[a], &items[b]));
    let mut unordered: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| unordered[at].take()));
}

/// Sorts indices by a comparison of what they stand for.
pub fn indices(indices: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    indices.sort_by(|a, b| compare(*a, *b));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec((0..9_u8, 0..100_u8), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items;
            super::by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(sorted, expected);
        }
    }
}
