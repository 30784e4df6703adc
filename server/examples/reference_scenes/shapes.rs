//! Triangles, numbers and pictures that several scenes use.

use scenecast::{Result, Wxyz, scene::Picture};
use std::f32::consts::TAU;

/// Triangles: vertices `[V, 3]`, faces `[F, 3]`, and places on a texture `[V, 2]`.
pub(super) struct Surface {
    pub(super) vertices: Vec<[f32; 3]>,
    pub(super) faces: Vec<[u32; 3]>,
    pub(super) uvs: Vec<[f32; 2]>,
}

/// The surface over a square of parameters from 0 to 1, in so many steps of each.
pub(super) fn surface([columns, rows]: [u16; 2], point: impl Fn(f32, f32) -> [f32; 3]) -> Surface {
    let (mut vertices, mut faces, mut uvs) = (Vec::new(), Vec::new(), Vec::new());
    let at = |column: u16, row: u16| u32::from(column) * (u32::from(rows) + 1) + u32::from(row);
    for column in 0..=columns {
        for row in 0..=rows {
            let u = f32::from(column) / f32::from(columns);
            let v = f32::from(row) / f32::from(rows);
            vertices.push(point(u, v));
            uvs.push([u, v]);
            if column < columns && row < rows {
                let [a, b] = [at(column, row), at(column + 1, row)];
                let [c, d] = [at(column + 1, row + 1), at(column, row + 1)];
                faces.extend([[a, b, c], [a, c, d]]);
            }
        }
    }
    Surface {
        vertices,
        faces,
        uvs,
    }
}

/// A ring around the z axis.
pub(super) fn torus(steps: [u16; 2], radius: f32, thickness: f32) -> Surface {
    surface(steps, |u, v| {
        let (sin, cos) = (TAU * u).sin_cos();
        let from_axis = radius + thickness * (TAU * v).cos();
        [
            from_axis * cos,
            from_axis * sin,
            thickness * (TAU * v).sin(),
        ]
    })
}

/// A ball with meridians that meet at the poles, which lie on the z axis.
pub(super) fn ball(radius: f32) -> Surface {
    surface([32, 16], |u, v| {
        let (sin, cos) = (TAU * u).sin_cos();
        let (out, up) = (TAU / 2.0 * v).sin_cos();
        [out * cos, out * sin, -up].map(|c| radius * c)
    })
}

/// Numbers from 0 to 1 that look like chance and are the same each time.
pub(super) fn noise(index: u16, channel: u16) -> f32 {
    let mixed = f32::from(index) * 12.9898 + f32::from(channel) * 78.233;
    (mixed.sin() * 43758.547).rem_euclid(1.0)
}

/// Points in a cube around the origin.
pub(super) fn scattered(count: u16, half_edge: f32) -> Vec<[f32; 3]> {
    let point = |i| [0, 1, 2].map(|axis| (2.0 * noise(i, axis) - 1.0) * half_edge);
    (0..count).map(point).collect()
}

/// Colours of all kinds.
pub(super) fn motley(count: u16) -> Vec<[u8; 3]> {
    let color = |i| [3, 4, 5].map(|channel| (255.0 * noise(i, channel)) as u8);
    (0..count).map(color).collect()
}

/// Rotations about one axis, each a step further.
pub(super) fn turns(count: u16, axis: [f64; 3], step: f64) -> Vec<[f32; 4]> {
    let turn = |i| {
        Wxyz::from_axis_angle(axis, step * f64::from(i))
            .0
            .map(|c| c as f32)
    };
    (0..count).map(turn).collect()
}

/// Red to the right, green downwards, and a blue checkerboard.
pub(super) fn checkers(width: u32, height: u32) -> Result<Picture> {
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let colors = pixels.flat_map(|(x, y)| {
        let blue = (x / 8 + y / 8) % 2 * 200;
        [x * 255 / width, y * 255 / height, blue].map(|c| c as u8)
    });
    Picture::rgb(width, height, colors.collect::<Vec<u8>>())
}

/// A translucent disc with a soft rim.
pub(super) fn disc(size: u32) -> Result<Picture> {
    let pixels = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let half = (size as f32 - 1.0) / 2.0;
    let colors = pixels.flat_map(|(x, y)| {
        let from_middle = (x as f32 - half).hypot(y as f32 - half);
        let alpha = ((half - from_middle) * 16.0).clamp(0.0, 180.0);
        [240, 90, 20, alpha as u8]
    });
    Picture::rgba(size, size, colors.collect::<Vec<u8>>())
}
