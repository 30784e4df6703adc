//! Two thousand pebbles as one node, which wander and change colour, and axes at some of them:
//! `cargo run --example meshes_batched [PORT]`

use scenecast::{
    Array, Server, Wxyz,
    scene::{BatchedAxes, BatchedMeshes},
};
use std::{f32::consts::TAU, thread, time::Duration};

const PEBBLES: u16 = 2000;
const AXES: usize = 100;

const OCTAHEDRON: [[f32; 3]; 6] = [
    [1.0, 0.0, 0.0],
    [-1.0, 0.0, 0.0],
    [0.0, 1.0, 0.0],
    [0.0, -1.0, 0.0],
    [0.0, 0.0, 1.0],
    [0.0, 0.0, -1.0],
];
const FACES: [[u32; 3]; 8] = [
    [0, 2, 4],
    [2, 1, 4],
    [1, 3, 4],
    [3, 0, 4],
    [2, 0, 5],
    [1, 2, 5],
    [3, 1, 5],
    [0, 3, 5],
];

/// Where the pebbles are at a time, seconds.
fn positions(time: f32) -> Vec<[f32; 3]> {
    let pebbles = (0..PEBBLES).map(f32::from);
    let positions = pebbles.map(|i| {
        // The golden angle spreads them evenly over a disc.
        let (angle, radius) = (2.4 * i + 0.2 * time, 0.08 * i.sqrt());
        [
            radius * angle.cos(),
            radius * angle.sin(),
            0.2 * (3.0 * radius - 2.0 * time).sin(),
        ]
    });
    positions.collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let wxyzs: Vec<[f32; 4]> = (0..PEBBLES)
        .map(|i| {
            Wxyz::from_axis_angle([0.0, 0.0, 1.0], i.into())
                .0
                .map(|c| c as f32)
        })
        .collect();
    let sizes: Vec<f32> = (0..PEBBLES)
        .map(|i| 0.03 + 0.01 * f32::from(i % 3))
        .collect();
    let pebbles = BatchedMeshes::new(OCTAHEDRON, FACES, wxyzs.clone(), positions(0.0))
        .batched_scales(Array::from(sizes))
        .flat_shading(true);
    let pebbles = server.scene().add("/pebbles", pebbles)?;
    let axes = BatchedAxes::new(&wxyzs[..AXES], &positions(0.0)[..AXES]);
    let axes = server
        .scene()
        .add("/axes", axes.axes_length(0.15).axes_radius(0.01))?;
    println!("open {}", server.url());
    for step in 0_u16.. {
        let time = f32::from(step) / 30.0;
        let colors: Vec<[u8; 3]> = (0..PEBBLES)
            .map(|i| {
                let wave = (f32::from(i) / f32::from(PEBBLES) * TAU + time).sin();
                [120, 160, (128.0 + 127.0 * wave) as u8]
            })
            .collect();
        let positions = positions(time);
        // Seen in one picture.
        server.atomic(|| {
            axes.update(|p| p.batched_positions = positions[..AXES].into())?;
            pebbles.update(|p| {
                p.batched_positions = positions.into();
                p.batched_colors = colors.into();
            })
        })?;
        thread::sleep(Duration::from_millis(33));
    }
    Ok(())
}
