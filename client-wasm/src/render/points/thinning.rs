//! Which points of large clouds are left out while the camera moves.
//!
//! Points stay where the server put them: of those that lie one after the other, every so manieth
//! is drawn. Captures come in an order in which neighbours are near each other, so that what is
//! large on the screen keeps more of its points; of those in any other order all lose alike.

use glam::{Mat4, Vec3};
use scenecast_gl::PointRange;
use scenecast_protocol::scene;
use scenecast_protocol::sort;

/// Points of one picture, of all clouds together.
pub(crate) const BUDGET: u32 = 2_000_000;

/// Points that are left out, or not, together.
const CHUNK: u32 = 1 << 16;

/// Points that are looked at to know where a chunk is.
const SAMPLES: u32 = 256;

/// Some points of a cloud.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Chunk {
    first: u32,
    count: u32,
    /// A ball around most of them, in the cloud's frame.
    center: Vec3,
    radius: f32,
}

/// The chunks of a cloud; none where it is so small that all of it can always be drawn.
pub(crate) fn chunks(points: &scene::Points) -> Vec<Chunk> {
    let count = points.len() as u32;
    if count <= CHUNK {
        return Vec::new();
    }
    let position = |i: u32| -> Vec3 {
        let row = |size: usize| i as usize * size..(i as usize + 1) * size;
        match points {
            scene::Points::F16(points) => {
                let bytes = &points.as_bytes()[row(6)];
                bytemuck::pod_read_unaligned::<[three_d::core::f16; 3]>(bytes)
                    .map(f32::from)
                    .into()
            }
            scene::Points::F32(points) => {
                let bytes = &points.as_bytes()[row(12)];
                bytemuck::pod_read_unaligned::<[f32; 3]>(bytes).into()
            }
        }
    };
    let firsts = (0..count).step_by(CHUNK as usize);
    let chunk = |first: u32| {
        let count = CHUNK.min(count - first);
        let samples = (first..first + count).step_by((count / SAMPLES).max(1) as usize);
        let samples = || samples.clone().map(position).filter(|p| p.is_finite());
        let low = samples().fold(Vec3::INFINITY, Vec3::min);
        let high = samples().fold(Vec3::NEG_INFINITY, Vec3::max);
        let center = low.midpoint(high);
        let is_known = center.is_finite();
        Chunk {
            first,
            count,
            center: if is_known { center } else { Vec3::ZERO },
            radius: if is_known { center.distance(high) } else { 0.0 },
        }
    };
    firsts.map(chunk).collect()
}

impl Chunk {
    /// How large a point of it is on the screen, at most, for one as large as `size`.
    pub(crate) fn nearness(&self, world_from_cloud: &Mat4, eye: Vec3, size: f32) -> f32 {
        let center = world_from_cloud.transform_point3(self.center);
        let scale = world_from_cloud.x_axis.truncate().length();
        let distance = center.distance(eye) - self.radius * scale;
        size / distance.max(1e-3 * size.max(f32::MIN_POSITIVE))
    }

    fn range(&self, step: u32) -> PointRange {
        PointRange {
            first: self.first,
            count: self.count,
            step,
        }
    }
}

/// What to draw of chunks, with the nearness of each, in their order: as many points as the budget
/// has. The nearest keep all; none loses more than the largest step says, whatever the budget.
pub(crate) fn thinned(chunks: &[(f32, Chunk)], budget: u32) -> Vec<PointRange> {
    let step = PointRange::MAX_STEP;
    let mut ranges: Vec<PointRange> = chunks.iter().map(|(_, chunk)| chunk.range(step)).collect();
    let least: u32 = ranges.iter().map(PointRange::drawn).sum();
    let mut left = budget.saturating_sub(least);
    let mut nearest: Vec<usize> = (0..chunks.len()).collect();
    sort::indices(&mut nearest, &mut |a, b| {
        chunks[b].0.total_cmp(&chunks[a].0)
    });
    for i in nearest {
        let steps = [1, 2, 4, 8].map(|step| chunks[i].1.range(step));
        let thin = ranges[i].drawn();
        let affordable = |range: &&PointRange| range.drawn() - thin <= left;
        if let Some(range) = steps.iter().find(affordable) {
            left -= range.drawn() - thin;
            ranges[i] = *range;
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cloud(count: usize) -> scene::Points {
        let rows = (0..count).map(|i| [i as f32, 0.0, f32::from((i % 7) as u8)]);
        rows.collect::<Vec<_>>().into()
    }

    #[test]
    fn chunks_hold_every_point_once_and_know_where_they_are() {
        let chunks = chunks(&cloud(150_000));
        let ends: Vec<u32> = chunks.iter().map(|c| c.first + c.count).collect();
        assert_eq!(ends, [65_536, 131_072, 150_000]);
        assert!((chunks[1].center.x - 98_303.0).abs() < 300.0);
        assert!(chunks[1].radius > 32_000.0);
        assert!(super::chunks(&cloud(1000)).is_empty());
        let nan = scene::Points::from(vec![[f32::NAN; 3]; 70_000]);
        assert!(super::chunks(&nan).iter().all(|c| c.center == Vec3::ZERO));
    }

    #[test]
    fn what_is_near_and_large_keeps_its_points() {
        let chunks = chunks(&cloud(400_000));
        let eye = Vec3::new(390_000.0, 0.0, 0.0);
        let near = |c: &Chunk| (c.nearness(&Mat4::IDENTITY, eye, 1.0), *c);
        let seen: Vec<(f32, Chunk)> = chunks.iter().map(near).collect();
        let steps: Vec<u32> = thinned(&seen, 110_000).iter().map(|r| r.step).collect();
        assert_eq!(steps.last(), Some(&1), "{steps:?}");
        assert_eq!(steps.first(), Some(&16), "{steps:?}");
        let twice = chunks[0].nearness(&Mat4::IDENTITY, eye, 2.0);
        assert!(twice > 1.9 * seen[0].0);
    }

    proptest! {
        #[test]
        fn the_budget_is_kept(
            nearness in prop::collection::vec(0.0f32..9.0, 0..40),
            budget in 0u32..3_000_000,
        ) {
            let chunk = |i: usize| Chunk {
                first: i as u32 * CHUNK,
                count: CHUNK - i as u32,
                center: Vec3::ZERO,
                radius: 1.0,
            };
            let seen: Vec<(f32, Chunk)> =
                nearness.iter().enumerate().map(|(i, near)| (*near, chunk(i))).collect();
            let ranges = thinned(&seen, budget);
            prop_assert_eq!(ranges.len(), seen.len());
            let drawn: u32 = ranges.iter().map(PointRange::drawn).sum();
            let least: u32 = seen.iter().map(|(_, c)| c.count.div_ceil(16)).sum();
            prop_assert!(drawn <= budget.max(least));
            for (i, (near, _)) in seen.iter().enumerate() {
                for (j, (other, _)) in seen.iter().enumerate() {
                    // Twice as fine at most, where little of the budget is left.
                    let is_finer = ranges[i].step < ranges[j].step;
                    prop_assert!(!(near < other && is_finer && ranges[j].step == 16 && ranges[i].step == 1));
                }
            }
        }
    }
}
