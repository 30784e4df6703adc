//! Several thumbs on one track.

/// What thumbs may do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rules {
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
    /// Values are multiples of it.
    pub step: f64,
    /// Neighbours are at least this far apart.
    pub min_range: f64,
    /// The outer thumbs stay where they are.
    pub has_fixed_ends: bool,
}

impl Rules {
    /// Which thumb a pointer at `value` takes: the closest that may move. Of several at the same
    /// distance, the one that can go there.
    pub fn closest(&self, values: &[f64], value: f64) -> Option<usize> {
        let movable = (0..values.len()).filter(|index| self.may_move(values, *index));
        movable.min_by(|a, b| {
            let distance = |index: usize| (values[index] - value).abs();
            // Thumbs that lie on each other: the last one goes up, the first one down.
            let order = distance(*a).total_cmp(&distance(*b));
            order.then(match values[*a] < value {
                true => b.cmp(a),
                false => a.cmp(b),
            })
        })
    }

    fn may_move(&self, values: &[f64], index: usize) -> bool {
        !(self.has_fixed_ends && (index == 0 || index + 1 == values.len()))
    }

    /// The values when a thumb is moved to `to`, or as far as it gets.
    pub fn moved(&self, values: &[f64], index: usize, to: f64) -> Vec<f64> {
        let mut moved = values.to_vec();
        if index >= values.len() || !self.may_move(values, index) || !to.is_finite() {
            return moved;
        }
        let before = index.checked_sub(1).and_then(|before| values.get(before));
        let after = values.get(index + 1);
        let low = before.map_or(self.min, |v| (v + self.min_range).max(self.min));
        let high = after.map_or(self.max, |v| (v - self.min_range).min(self.max));
        let stepped = match self.step > 0.0 {
            true => {
                // Divided by the steps in one, where they are whole: 0.1 has no exact multiples.
                let per_one = 1.0 / self.step;
                let steps = (to / self.step).round();
                match (per_one - per_one.round()).abs() < 1e-9 * per_one {
                    true => steps / per_one.round(),
                    false => steps * self.step,
                }
            }
            false => to,
        };
        if low <= high {
            moved[index] = stepped.clamp(low, high);
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: Rules = Rules {
        min: 0.0,
        max: 100.0,
        step: 1.0,
        min_range: 1.0,
        has_fixed_ends: false,
    };

    #[test]
    fn the_closest_thumb_moves() {
        let values = [10.0, 50.0, 50.0, 90.0];
        assert_eq!(RULES.closest(&values, 12.0), Some(0));
        assert_eq!(RULES.closest(&values, 60.0), Some(2), "upwards");
        assert_eq!(RULES.closest(&values, 40.0), Some(1), "downwards");
        let fixed = Rules {
            has_fixed_ends: true,
            ..RULES
        };
        assert_eq!(fixed.closest(&values, 0.0), Some(1));
        assert_eq!(fixed.closest(&[1.0, 2.0], 0.0), None);
        assert_eq!(fixed.moved(&values, 0, 20.0), values);
    }

    #[test]
    fn values_are_multiples_of_the_step() {
        let rules = Rules {
            min: 0.05,
            max: 1.0,
            step: 0.1,
            min_range: 0.1,
            ..RULES
        };
        assert_eq!(rules.moved(&[0.2, 0.6], 0, 0.31), [0.3, 0.6]);
        assert_eq!(
            rules.moved(&[0.2, 0.6], 0, 0.9),
            [0.2, 0.6][..1]
                .iter()
                .map(|_| 0.5)
                .chain([0.6])
                .collect::<Vec<_>>()
        );
        assert_eq!(rules.moved(&[0.2], 0, -3.0), [0.05]);
    }

    proptest! {
        #[test]
        fn neighbours_keep_their_distance(
            mut values in proptest::collection::vec(0.0..100.0f64, 1..6),
            moves in proptest::collection::vec((0usize..6, -50.0..150.0f64), 0..20),
            min_range in 0.0..10.0f64,
        ) {
            values.sort_by(f64::total_cmp);
            let apart = |values: &[f64]| values.windows(2).all(|v| v[1] - v[0] >= min_range - 1e-9);
            prop_assume!(apart(&values));
            let rules = Rules { min_range, ..RULES };
            for (index, to) in moves {
                values = rules.moved(&values, index, to);
                prop_assert!(apart(&values), "{values:?}");
                prop_assert!(values.iter().all(|v| (0.0..=100.0).contains(v)));
            }
        }
    }
}
