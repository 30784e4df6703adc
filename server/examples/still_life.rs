//! One node of each basic kind, at rest: `cargo run --example still_life [PORT]`.
//!
//! With `updates` as second argument, the first viewer sees the box make a thousand steps.

use std::f32::consts::TAU;

use scenecast::scene::{
    BatchedAxes, Box, Cylinder, Frame, Grid, Icosphere, Label, LineSegments, Mesh, Place,
    PointCloud,
};
use scenecast::{Array, Server};

/// Where the box stands after its steps, and how many these are.
const GOAL: [f64; 3] = [-1.2, -1.2, 0.4];
const STEPS: u32 = 1000;

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    let moves = arguments.next().is_some_and(|word| word == "updates");

    let server = Server::builder().port(port).allow_origin("*").start()?;
    let scene = server.scene();
    scene.add("/grid", Grid::default().width(6.0).height(6.0))?;
    let frame = Frame::default()
        .axes_length(1.0)
        .axes_radius(0.04)
        .origin_radius(0.08);
    scene.add("/frame", frame.at([-1.5, -1.5, 0.0]))?;
    let cube = Box::new([0.8, 0.8, 0.8]).color([230, 60, 50]);
    let cube = scene.add("/box", cube.at([1.2, 0.0, 0.4]))?;
    let ball = Icosphere::new(0.5).color([40, 120, 230]);
    scene.add("/ball", ball.at([0.0, 1.2, 0.5]))?;
    let column = Cylinder::new(0.3, 1.2).color([60, 190, 90]);
    scene.add("/column", column.at([-1.0, 0.6, 0.6]))?;
    let (points, colors) = helix();
    scene.add(
        "/helix",
        PointCloud::new(points).colors(colors).point_size(0.03),
    )?;
    let edges = [
        [[0.0, 0.0, 0.0], [1.0, 0.0, 1.0]],
        [[1.0, 0.0, 1.0], [1.0, 1.0, 1.0]],
    ];
    let edges = LineSegments::new(edges)
        .colors([[20, 20, 20]])
        .thickness(3.0);
    scene.add(
        "/edges",
        edges.thickness_units(scenecast::scene::ThicknessUnits::Screen),
    )?;
    let vertices: Vec<[f32; 3]> = vec![
        [0.0, 0.0, 0.0],
        [0.8, 0.0, 0.0],
        [0.4, 0.8, 0.0],
        [0.4, 0.3, 0.8],
    ];
    let faces: Vec<[u32; 3]> = vec![[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]];
    let tetrahedron = Mesh::new(vertices, faces)
        .color([240, 180, 40])
        .flat_shading(true);
    scene.add("/tetrahedron", tetrahedron.at([1.0, 1.2, 0.0]))?;
    let axes = BatchedAxes::new(
        vec![[1.0_f32, 0.0, 0.0, 0.0]; 3],
        vec![[-0.5_f32, -1.5, 0.0], [0.5, -1.5, 0.0], [1.5, -1.5, 0.0]],
    );
    scene.add("/axes", axes.axes_length(0.5).axes_radius(0.025))?;
    scene.add("/label", Label::new("still life").at([0.0, 0.0, 2.0]))?;
    println!("{}", server.url());

    if moves {
        let _stays = server.on_client_connect(move |_| {
            for step in 1..=STEPS {
                let done = f64::from(step) / f64::from(STEPS);
                let position = [1.2, 0.0, 0.4].map(|start: f64| start * (1.0 - done));
                let goal = GOAL.map(|goal| goal * done);
                // Nobody removes the box.
                let _ = cube.set_position(std::array::from_fn(|axis| position[axis] + goal[axis]));
            }
        });
    }
    server.wait();
    Ok(())
}

/// Three turns of 3,000 points: positions and colours, `[N, 3]`.
fn helix() -> (Vec<[f32; 3]>, Array<[u8; 3]>) {
    const POINTS: u16 = 3000;
    let share = |point: u16| f32::from(point) / f32::from(POINTS - 1);
    let turns = |point: u16| share(point) * 3.0 * TAU;
    let points = (0..POINTS).map(|point| {
        let angle = turns(point);
        [0.5 * angle.cos(), 0.5 * angle.sin(), angle / 12.0]
    });
    let colors: Vec<[u8; 3]> = (0..POINTS)
        .map(|point| {
            [
                (share(point) * 255.0) as u8,
                ((1.0 - share(point)) * 255.0) as u8,
                127,
            ]
        })
        .collect();
    (points.collect(), colors.into())
}
