//! A body of spindles along bones, for examples.

use glam::Vec3;
use scenecast::{
    Server,
    scene::{Grid, GridPlane, Up},
};
use std::f32::consts::TAU;

/// A joint: its parent, where it is while the body stands, where its limb ends, and how thick that
/// is. Up is +y.
pub(crate) struct Joint {
    pub(crate) parent: Option<usize>,
    pub(crate) at: [f32; 3],
    end: [f32; 3],
    radius: f32,
}

const fn joint(parent: Option<usize>, at: [f32; 3], end: [f32; 3], radius: f32) -> Joint {
    Joint {
        parent,
        at,
        end,
        radius,
    }
}

/// Parents before children.
pub(crate) const BODY: [Joint; 11] = [
    joint(None, [0.0, 1.0, 0.0], [0.0, 1.15, 0.0], 0.16),
    joint(Some(0), [0.0, 1.15, 0.0], [0.0, 1.5, 0.0], 0.15),
    joint(Some(1), [0.0, 1.58, 0.0], [0.0, 1.75, 0.0], 0.11),
    joint(Some(1), [0.2, 1.45, 0.0], [0.48, 1.45, 0.0], 0.06),
    joint(Some(3), [0.48, 1.45, 0.0], [0.8, 1.45, 0.0], 0.05),
    joint(Some(1), [-0.2, 1.45, 0.0], [-0.48, 1.45, 0.0], 0.06),
    joint(Some(5), [-0.48, 1.45, 0.0], [-0.8, 1.45, 0.0], 0.05),
    joint(Some(0), [0.1, 0.95, 0.0], [0.1, 0.5, 0.0], 0.08),
    joint(Some(7), [0.1, 0.5, 0.0], [0.1, 0.06, 0.0], 0.06),
    joint(Some(0), [-0.1, 0.95, 0.0], [-0.1, 0.5, 0.0], 0.08),
    joint(Some(9), [-0.1, 0.5, 0.0], [-0.1, 0.06, 0.0], 0.06),
];

/// A server at the port that the command names, with a floor, which looks at where bodies stand.
pub(crate) fn serve() -> Result<Server, Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    scene.set_up_direction(Up::Y);
    let camera = server.initial_camera();
    camera.set_position([1.2, 1.6, 2.6])?;
    camera.set_look_at([0.0, 1.0, 0.0])?;
    scene.add("/grid", Grid::default().plane(GridPlane::Xz))?;
    Ok(server)
}

/// A spindle for each limb.
pub(crate) fn limbs() -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
    const RINGS: u32 = 20;
    const CORNERS: u32 = 20;
    let (mut vertices, mut faces) = (Vec::new(), Vec::new());
    for joint in &BODY {
        let (start, end) = (Vec3::from(joint.at), Vec3::from(joint.end));
        let axis = (end - start).normalize();
        let (u, v) = axis.any_orthonormal_pair();
        let first = vertices.len() as u32;
        for ring in 0..=RINGS {
            // From one end's pole to the other's.
            let (sin, cos) = (ring as f32 / RINGS as f32 * TAU / 2.0).sin_cos();
            let along = start.lerp(end, (1.0 - cos) / 2.0) - axis * (joint.radius * cos);
            for corner in 0..CORNERS {
                let (y, x) = (corner as f32 / CORNERS as f32 * TAU).sin_cos();
                let out = joint.radius * sin.max(0.0).sqrt();
                vertices.push((along + (u * x + v * y) * out).to_array());
                if ring < RINGS {
                    let at = |ring: u32, corner: u32| first + ring * CORNERS + corner % CORNERS;
                    let [a, b] = [at(ring, corner), at(ring, corner + 1)];
                    let [c, d] = [at(ring + 1, corner + 1), at(ring + 1, corner)];
                    faces.extend([[a, b, c], [a, c, d]]);
                }
            }
        }
    }
    (vertices, faces)
}

/// How much each joint moves each vertex: the more, the nearer its limb is.
pub(crate) fn weights(vertices: &[[f32; 3]]) -> Vec<f32> {
    let row = |vertex: &[f32; 3]| {
        let near = BODY.each_ref().map(|joint| {
            let (start, end) = (Vec3::from(joint.at), Vec3::from(joint.end));
            let (way, from) = (end - start, Vec3::from(*vertex) - start);
            let share = (from.dot(way) / way.length_squared()).clamp(0.0, 1.0);
            let distance = f64::from((from - way * share).length()).max(0.01);
            distance.powi(-8)
        });
        let sum: f64 = near.iter().sum();
        near.map(|weight| (weight / sum) as f32)
    };
    vertices.iter().flat_map(row).collect()
}
