//! Which rows of a texture are whose.

use std::ops::Range;

/// Rows in use. Those of one owner lie one after the other.
#[derive(Debug, Default)]
pub(super) struct RowMap {
    /// In the order of their places; they do not overlap.
    used: Vec<Range<u32>>,
}

impl RowMap {
    /// The first gap with as many rows as that, within the first `limit` rows.
    pub(super) fn take(&mut self, rows: u32, limit: u32) -> Option<Range<u32>> {
        let mut start = 0;
        let mut at = 0;
        for used in &self.used {
            if used.start - start >= rows {
                break;
            }
            start = used.end;
            at += 1;
        }
        let taken = start..start.checked_add(rows).filter(|end| *end <= limit)?;
        self.used.insert(at, taken.clone());
        Some(taken)
    }

    /// Gives rows back.
    pub(super) fn free(&mut self, rows: &Range<u32>) {
        self.used.retain(|used| used != rows);
    }

    /// Rows up to the last one in use.
    pub(super) fn height(&self) -> u32 {
        self.used.last().map_or(0, |rows| rows.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_are_filled_first() {
        let mut map = RowMap::default();
        let [a, b, c] = [3, 2, 4].map(|rows| map.take(rows, 10).unwrap());
        assert_eq!([&a, &b, &c], [&(0..3), &(3..5), &(5..9)]);
        assert_eq!(map.take(2, 10), None);
        map.free(&b);
        assert_eq!(map.take(1, 10), Some(3..4));
        assert_eq!(map.take(1, 10), Some(4..5));
        assert_eq!(map.take(1, 10), Some(9..10));
        map.free(&c);
        assert_eq!(map.height(), 10);
        assert_eq!(map.take(u32::MAX, u32::MAX), None);
    }

    proptest! {
        #[test]
        fn owners_never_overlap(steps in prop::collection::vec((1u32..9, any::<bool>()), 0..60)) {
            let mut map = RowMap::default();
            let mut owned: Vec<Range<u32>> = Vec::new();
            for (rows, frees) in steps {
                if frees && !owned.is_empty() {
                    let rows = owned.remove(rows as usize % owned.len());
                    map.free(&rows);
                } else if let Some(taken) = map.take(rows, 64) {
                    prop_assert_eq!(taken.len() as u32, rows);
                    let apart = |other: &Range<u32>| {
                        other.end <= taken.start || taken.end <= other.start
                    };
                    prop_assert!(owned.iter().all(apart));
                    owned.push(taken);
                }
            }
        }
    }
}
