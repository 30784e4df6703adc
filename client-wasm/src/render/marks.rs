//! Marks over the scene that are no nodes: gizmos, arrows of drags, the point that the camera
//! orbits.
//!
//! They are few and change all the time, so their triangles are made anew for each picture, in the
//! camera's frame: lines as thick as they are on the screen, in pixels.

use glam::{DMat4, DVec2, DVec3};
use scenecast_protocol::sort;
use three_d::core::{
    CoreError, Cull, DepthTest, Program, RenderStates, Vec3, Vec4, VertexBuffer, WriteMask, vec3,
    vec4,
};

use super::pass::{Pass, transparent};

/// A mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its shape, in the renderer's world.
    pub shape: MarkShape,
    /// sRGB as it is shown, and opacity, 0 to 1.
    pub color: [f32; 4],
    /// Whether nearer things hide it.
    pub depth_test: bool,
    /// Drawn after what is translucent, which then hides it like anything else; else before, to
    /// shine through.
    pub is_late: bool,
}

/// The shape of a mark.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkShape {
    /// A line through points.
    Line {
        /// The points.
        points: Vec<DVec3>,
        /// Its thickness, CSS pixels.
        width: f32,
    },
    /// Triangles, three corners each.
    Solid(Vec<DVec3>),
}

/// Draws the late marks or the others, the furthest first.
pub(super) fn draw(pass: &mut Pass<'_>, marks: &[Mark], late: bool) -> Result<(), CoreError> {
    // In double precision: marks are small, and may be far out.
    let view_from_world: DMat4 = pass.camera.world_from_camera.as_dmat4().inverse();
    let near = f64::from(pass.camera.near);
    // Half a CSS pixel at depth 1.
    let half_pixel = f64::from((pass.camera.fov_y / 2.0).tan() / pass.viewport.css_height());
    let mut sorted: Vec<(f64, &Mark)> = marks
        .iter()
        .filter(|mark| mark.is_late == late)
        .map(|mark| {
            (
                view_from_world.transform_point3(mark.shape.center()).z,
                mark,
            )
        })
        .collect();
    sort::by(&mut sorted, |(a, _), (b, _)| a.total_cmp(b));

    for run in sorted.chunk_by(|(_, a), (_, b)| a.depth_test == b.depth_test) {
        let (mut positions, mut colors) = (Vec::new(), Vec::new());
        for (_, mark) in run {
            let first = positions.len();
            let placed = |p: &DVec3| view_from_world.transform_point3(*p);
            match &mark.shape {
                MarkShape::Line { points, width } => {
                    let half_width = f64::from(*width) * half_pixel;
                    for at in 1..points.len() {
                        let ends = [placed(&points[at - 1]), placed(&points[at])];
                        let longer = [joint(points, at - 1), joint(points, at)];
                        positions.extend(quad(ends, longer, half_width, near));
                    }
                }
                MarkShape::Solid(corners) => positions.extend(corners.iter().map(placed)),
            }
            let [r, g, b, a] = mark.color;
            colors.extend((first..positions.len()).map(|_| vec4(r, g, b, a)));
        }
        let program = pass.programs.marks()?;
        submit(pass, program, run[0].1.depth_test, &positions, &colors);
    }
    Ok(())
}

fn submit(
    pass: &mut Pass<'_>,
    program: &Program,
    depth_test: bool,
    positions: &[DVec3],
    colors: &[Vec4],
) {
    let positions: Vec<Vec3> = positions
        .iter()
        .map(|p| vec3(p.x as f32, p.y as f32, p.z as f32))
        .collect();
    let states = match depth_test {
        true => transparent(Cull::None, true),
        false => RenderStates {
            depth_test: DepthTest::Always,
            write_mask: WriteMask::COLOR,
            ..transparent(Cull::None, false)
        },
    };
    pass.frame.bind(program);
    let buffer = VertexBuffer::new_with_data(pass.context, &positions);
    program.use_vertex_attribute("position", &buffer);
    let buffer = VertexBuffer::new_with_data(pass.context, colors);
    program.use_vertex_attribute("color", &buffer);
    program.draw_arrays(states, pass.area(), positions.len() as u32);
    pass.count(1);
}

/// How much longer, in half widths, segments are to be that meet in a point of a line: square ends,
/// and corners without gaps.
fn joint(points: &[DVec3], at: usize) -> f64 {
    if at == 0 || at + 1 >= points.len() {
        return 1.0;
    }
    let turn = (points[at] - points[at - 1]).angle_between(points[at + 1] - points[at]);
    // Where points coincide there is no angle.
    if turn.is_nan() {
        0.0
    } else {
        (turn / 2.0).tan().clamp(0.0, 1.0)
    }
}

/// Two triangles that face the camera along a segment in its frame, longer at its ends by so many
/// half widths. `half_width` is that at depth 1. Nothing for what is behind the camera.
fn quad(
    [a, b]: [DVec3; 2],
    longer: [f64; 2],
    half_width: f64,
    near: f64,
) -> impl Iterator<Item = DVec3> {
    let cut = |p: DVec3, q: DVec3| match p.z > -near {
        true => p.lerp(q, (p.z + near) / (p.z - q.z)),
        false => p,
    };
    let is_seen = a.z < -near || b.z < -near;
    let (a, b) = (cut(a, b), cut(b, a));
    let on_screen = |p: DVec3| p.truncate() / -p.z;
    let along = (on_screen(b) - on_screen(a))
        .try_normalize()
        .unwrap_or(DVec2::X)
        * half_width;
    let side = along.perp();
    let shifted = |p: DVec3, by: DVec2| p + (by * -p.z).extend(0.0);
    let corners = [
        shifted(a, side - along * longer[0]),
        shifted(a, -side - along * longer[0]),
        shifted(b, side + along * longer[1]),
        shifted(b, along * longer[1] - side),
    ];
    [0, 1, 2, 2, 1, 3]
        .into_iter()
        .filter(move |_| is_seen)
        .map(move |i| corners[i])
}

impl MarkShape {
    fn center(&self) -> DVec3 {
        let (MarkShape::Line { points, .. } | MarkShape::Solid(points)) = self;
        let low = points.iter().copied().reduce(DVec3::min);
        let high = points.iter().copied().reduce(DVec3::max);
        low.zip(high)
            .map_or(DVec3::ZERO, |(low, high)| low.midpoint(high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_thick_as_they_say() {
        let ends = [DVec3::new(-1.0, 0.0, -2.0), DVec3::new(1.0, 0.0, -2.0)];
        let corners: Vec<DVec3> = quad(ends, [1.0; 2], 0.01, 0.1).collect();
        assert_eq!(corners.len(), 6);
        let high = corners.iter().map(|p| p.y).fold(0.0, f64::max);
        let right = corners.iter().map(|p| p.x).fold(0.0, f64::max);
        assert!((high - 0.02).abs() < 1e-9 && (right - 1.02).abs() < 1e-9);
    }

    #[test]
    fn corners_have_no_gaps_and_curves_no_overlaps() {
        let corner = [DVec3::ZERO, DVec3::X, DVec3::new(1.0, 1.0, 0.0)];
        assert_eq!(joint(&corner, 0), 1.0);
        assert!((joint(&corner, 1) - 1.0).abs() < 1e-9);
        let straight = [DVec3::ZERO, DVec3::X, DVec3::X * 2.0];
        assert!(joint(&straight, 1) < 1e-6);
        assert!((0.0..=1.0).contains(&joint(&[DVec3::ZERO; 3], 1)));
    }

    #[test]
    fn what_is_behind_the_camera_is_cut_off() {
        let (ahead, behind) = (DVec3::new(0.0, 0.0, -2.0), DVec3::new(1.0, 0.0, 3.0));
        let corners: Vec<DVec3> = quad([ahead, behind], [1.0; 2], 0.01, 0.1).collect();
        assert_eq!(corners.len(), 6);
        assert!(corners.iter().all(|p| p.z <= -0.099 && p.is_finite()));
        assert_eq!(quad([behind, behind], [1.0; 2], 0.01, 0.1).count(), 0);
    }
}
