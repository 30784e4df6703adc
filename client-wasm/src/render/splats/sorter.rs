//! In which order splats are drawn.

/// Depths are told apart in this many steps.
const STEPS: usize = 1 << 16;

/// Splats that lie one after the other and move together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The first of them.
    pub first: u32,
    /// How many there are.
    pub count: u32,
    /// The depth of the one at `c` is the product with `(c, 1)`.
    pub depth: [f32; 4],
}

/// Sorts splats from far to near, all runs together.
#[derive(Debug, Default)]
pub struct Sorter {
    depths: Vec<f32>,
    /// Splats in each step; then, where its next one goes.
    steps: Vec<u32>,
    order: Vec<u32>,
}

impl Sorter {
    /// Sorts splats whose middles `centers` gives, for a run by its number. The time is
    /// proportional to their number: they are counted in 65,536 steps of depth, and keep their
    /// order within one. Those whose depth is no number come first.
    pub fn sort<C: Iterator<Item = [f32; 3]>>(
        &mut self,
        runs: &[Run],
        centers: impl Fn(usize) -> C,
    ) {
        self.depths.clear();
        let (mut nearest, mut farthest) = (f32::INFINITY, f32::NEG_INFINITY);
        for (number, run) in runs.iter().enumerate() {
            let [a, b, c, d] = run.depth;
            let centers = centers(number).take(run.count as usize);
            self.depths.extend(centers.map(|[x, y, z]| {
                let depth = a * x + b * y + c * z + d;
                if depth.is_finite() {
                    nearest = nearest.min(depth);
                    farthest = farthest.max(depth);
                }
                depth
            }));
        }
        let per_unit = (STEPS - 1) as f32 / (farthest - nearest).max(f32::MIN_POSITIVE);
        // What is no number becomes 0; what is beyond a step's range is kept within it.
        let step = |depth: f32| usize::from(((farthest - depth) * per_unit) as u16);

        self.steps.clear();
        self.steps.resize(STEPS, 0);
        for depth in &self.depths {
            self.steps[step(*depth)] += 1;
        }
        let mut before = 0;
        for count in &mut self.steps {
            before += std::mem::replace(count, before);
        }
        self.order.clear();
        self.order.resize(self.depths.len(), 0);
        let mut depths = self.depths.iter();
        for run in runs {
            for (splat, depth) in (run.first..run.first + run.count).zip(&mut depths) {
                let place = &mut self.steps[step(*depth)];
                self.order[*place as usize] = splat;
                *place += 1;
            }
        }
    }

    /// Numbers of splats in the order in which they are drawn.
    pub fn order(&self) -> &[u32] {
        &self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(runs: &[Run], centers: &[Vec<[f32; 3]>]) -> Vec<u32> {
        let mut sorter = Sorter::default();
        sorter.sort(runs, |run| centers[run].iter().copied());
        sorter.order().to_vec()
    }

    fn run(first: u32, centers: &[[f32; 3]], depth: [f32; 4]) -> Run {
        Run {
            first,
            count: centers.len() as u32,
            depth,
        }
    }

    #[test]
    fn runs_are_merged_from_far_to_near() {
        let centers = vec![
            vec![[0.0, 0.0, 1.0], [0.0, 0.0, 3.0]],
            vec![[0.0, 0.0, -2.0], [0.0, 0.0, -4.0]],
        ];
        let runs = [
            run(10, &centers[0], [0.0, 0.0, 1.0, 0.0]),
            run(1024, &centers[1], [0.0, 0.0, -1.0, 0.0]),
        ];
        assert_eq!(sorted(&runs, &centers), [1025, 11, 1024, 10]);
    }

    #[test]
    fn odd_depths_neither_panic_nor_disturb_the_others() {
        let centers = vec![vec![
            [f32::NAN, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [f32::INFINITY, 0.0, 0.0],
            [2.0, 0.0, 0.0],
        ]];
        let order = sorted(&[run(0, &centers[0], [1.0, 0.0, 0.0, 0.0])], &centers);
        let finite: Vec<u32> = order.into_iter().filter(|i| i % 2 == 1).collect();
        assert_eq!(finite, [3, 1]);
        assert!(sorted(&[], &[]).is_empty());
        let same = vec![vec![[1.0; 3]; 5]];
        let order = sorted(&[run(0, &same[0], [1.0; 4])], &same);
        assert_eq!(order, [0, 1, 2, 3, 4], "the same depth: as they came");
    }

    proptest! {
        #[test]
        fn each_splat_is_drawn_once_and_none_before_one_that_is_farther(
            depths in prop::collection::vec(prop::collection::vec(-1e3f32..1e3, 0..60), 0..5),
            axis in prop::array::uniform4(-2.0f32..2.0),
        ) {
            let centers: Vec<Vec<[f32; 3]>> = depths
                .iter()
                .map(|depths| depths.iter().map(|d| [*d, -d * 0.5, 1.0]).collect())
                .collect();
            let mut first = 0;
            let runs: Vec<Run> = centers
                .iter()
                .map(|centers| {
                    let run = run(first, centers, axis);
                    first += 1000;
                    run
                })
                .collect();
            let order = sorted(&runs, &centers);
            let mut expected: Vec<u32> = runs
                .iter()
                .flat_map(|run| run.first..run.first + run.count)
                .collect();
            let depth = |splat: u32| {
                let [x, y, z] = centers[splat as usize / 1000][splat as usize % 1000];
                axis[0] * x + axis[1] * y + axis[2] * z + axis[3]
            };
            let all: Vec<f32> = order.iter().map(|splat| depth(*splat)).collect();
            let low = all.iter().copied().fold(f32::INFINITY, f32::min);
            let high = all.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let step = (high - low) / (STEPS - 1) as f32;
            for pair in all.windows(2) {
                prop_assert!(pair[0] >= pair[1] - 1.01 * step - 1e-3);
            }
            let mut order = order;
            order.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(order, expected);
        }
    }
}
