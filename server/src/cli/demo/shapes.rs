//! The demo's shapes, as plain arrays.

use std::f32::consts::{PI, TAU};

/// Points with a colour each.
pub(crate) type Cloud = (Vec<[f32; 3]>, Vec<[u8; 3]>);

/// A spiral galaxy around z, of radius 1.
pub(crate) fn galaxy(count: usize) -> Cloud {
    let mut random = Random(42);
    (0..count)
        .map(|index| {
            let core = index % 5 == 0;
            let radius = if core {
                0.22 * random.unit().powi(2)
            } else {
                0.08 + 0.92 * random.unit().powf(1.3)
            };
            let arm = (index % 3) as f32 * TAU / 3.0;
            let spread = 0.55 * random.signed().powi(3) / (0.25 + radius);
            let angle = if core {
                TAU * random.unit()
            } else {
                arm + 4.2 * radius + spread
            };
            let thickness = 0.09 * (1.0 - radius) + 0.015;
            let height = thickness * random.signed() * random.unit();
            let shine = 0.75 + 0.25 * random.unit();
            let color = mix([255.0, 222.0, 150.0], [92.0, 110.0, 255.0], radius, shine);
            ([radius * angle.cos(), radius * angle.sin(), height], color)
        })
        .unzip()
}

/// A tube along a (2, 3) torus knot, about as large as a unit sphere.
pub(crate) fn torus_knot(along: u32, around: u32) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
    let mut vertices = Vec::with_capacity((along * around) as usize);
    for step in 0..along {
        let angle = TAU * step as f32 / along as f32;
        let center = knot(angle);
        let tangent = normalise(sub(knot(angle + 0.01), knot(angle - 0.01)));
        let side = normalise(cross(tangent, normalise(center)));
        let up = cross(side, tangent);
        for turn in 0..around {
            let (sin, cos) = (TAU * turn as f32 / around as f32).sin_cos();
            vertices.push(std::array::from_fn(|i| {
                center[i] + 0.17 * (cos * side[i] + sin * up[i])
            }));
        }
    }
    let corner = |a: u32, b: u32| (a % along) * around + b % around;
    let faces = (0..along)
        .flat_map(|a| (0..around).map(move |b| (a, b)))
        .flat_map(|(a, b)| {
            let (p, q) = (corner(a, b), corner(a + 1, b));
            let (r, s) = (corner(a + 1, b + 1), corner(a, b + 1));
            [[p, q, r], [p, r, s]]
        })
        .collect();
    (vertices, faces)
}

fn knot(angle: f32) -> [f32; 3] {
    let radius = 0.55 + 0.25 * (3.0 * angle).cos();
    [
        radius * (2.0 * angle).cos(),
        radius * (2.0 * angle).sin(),
        0.35 * (3.0 * angle).sin(),
    ]
}

/// Straight lines between two circles, turned against each other by `twist` radians: together
/// they look like a curved surface.
pub(crate) fn ruled_surface(count: usize, twist: f32) -> Vec<[[f32; 3]; 2]> {
    let on_circle = |angle: f32, z: f32| [0.7 * angle.cos(), 0.7 * angle.sin(), z];
    (0..count)
        .map(|index| {
            let angle = TAU * index as f32 / count as f32;
            [on_circle(angle, -0.75), on_circle(angle + twist, 0.75)]
        })
        .collect()
}

/// Colours once around the wheel, each twice: for both ends of a line.
pub(crate) fn rainbow(count: usize) -> Vec<[u8; 3]> {
    (0..count)
        .flat_map(|index| [hue(index as f32 / count as f32); 2])
        .collect()
}

/// Arrows of a field that whirls around the middle.
pub(crate) fn whirl(time: f32) -> Vec<[[f32; 3]; 2]> {
    let cells = -2..=2;
    cells
        .clone()
        .flat_map(|x| {
            cells
                .clone()
                .map(move |y| (x as f32 * 0.38, y as f32 * 0.38))
        })
        .map(|(x, y)| {
            let phase = 1.2 * time - 3.0 * x.hypot(y);
            let (dx, dy) = (-0.32 * y - 0.12 * x, 0.32 * x - 0.12 * y);
            let dz = 0.26 + 0.16 * phase.sin();
            [[x, y, 0.0], [x + dx, y + dy, dz]]
        })
        .collect()
}

/// Frames on a ring that a wave runs around: positions, and scalar-first rotations.
pub(crate) fn ring_of_axes(count: usize, time: f32) -> (Vec<[f32; 3]>, Vec<[f32; 4]>) {
    (0..count)
        .map(|index| {
            let angle = TAU * index as f32 / count as f32;
            let wave = 0.3 * (3.0 * angle + 1.5 * time).sin();
            let (sin, cos) = (angle / 2.0 + time / 2.0).sin_cos();
            (
                [0.75 * angle.cos(), 0.75 * angle.sin(), wave],
                [cos, 0.0, 0.0, sin],
            )
        })
        .unzip()
}

/// Points of a closed curve that winds around a ball.
pub(crate) fn winding_curve() -> Vec<[f32; 3]> {
    (0..48)
        .map(|index| {
            let angle = TAU * index as f32 / 48.0;
            let latitude = PI / 2.6 * (5.0 * angle).sin();
            let (sin, cos) = (2.0 * angle).sin_cos();
            [
                0.8 * cos * latitude.cos(),
                0.8 * sin * latitude.cos(),
                0.8 * latitude.sin(),
            ]
        })
        .collect()
}

/// A bright colour of the wheel, by its share of a turn.
pub(crate) fn hue(turn: f32) -> [u8; 3] {
    [0.0, 1.0, 2.0].map(|channel| {
        let angle = TAU * (turn - channel / 3.0);
        (255.0 * (0.42 + 0.38 * angle.cos())) as u8
    })
}

fn mix(from: [f32; 3], to: [f32; 3], share: f32, shine: f32) -> [u8; 3] {
    std::array::from_fn(|i| (shine * (from[i] + (to[i] - from[i]) * share)) as u8)
}

fn sub(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    std::array::from_fn(|i| a[i] - b[i])
}

fn cross(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn normalise(v: [f32; 3]) -> [f32; 3] {
    let length = v.iter().map(|c| c * c).sum::<f32>().sqrt();
    v.map(|c| c / length.max(f32::MIN_POSITIVE))
}

/// The same numbers each time: a linear congruential generator.
struct Random(u32);

impl Random {
    /// 0 to 1.
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }

    /// -1 to 1.
    fn signed(&mut self) -> f32 {
        2.0 * self.unit() - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knot_is_closed_and_faces_outwards() {
        let (vertices, faces) = torus_knot(60, 8);
        assert!(
            faces
                .iter()
                .flatten()
                .all(|i| (*i as usize) < vertices.len())
        );
        // The volume that oriented triangles enclose is positive if they face outwards.
        let volume: f32 = faces
            .iter()
            .map(|face| face.map(|i| vertices[i as usize]))
            .map(|[a, b, c]| (0..3).map(|i| a[i] * cross(b, c)[i]).sum::<f32>() / 6.0)
            .sum();
        assert!(volume > 0.0, "{volume}");
    }

    #[test]
    fn shapes_fit_their_stand() {
        let knot = torus_knot(60, 8).0;
        let lines = ruled_surface(40, 2.0).concat();
        let arrows = whirl(3.0).concat();
        for (name, points) in [
            ("galaxy", galaxy(2000).0),
            ("knot", knot),
            ("lines", lines),
            ("arrows", arrows),
            ("axes", ring_of_axes(24, 1.0).0),
            ("curve", winding_curve()),
        ] {
            let widest = points.iter().flatten().fold(0.0_f32, |w, c| w.max(c.abs()));
            assert!((0.5..=1.2).contains(&widest), "{name}: {widest}");
        }
    }
}
