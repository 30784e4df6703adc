//! Line segments, arrows and both kinds of curves: `cargo run --example lines [PORT]`

use scenecast::{
    Server,
    scene::{
        Arrow, CatmullRomSpline, CubicBezierSpline, Icosphere, LineSegments, Place, ThicknessUnits,
    },
};
use std::f32::consts::TAU;

/// Points on a circle that goes up and down.
fn crown(points: u8) -> Vec<[f32; 3]> {
    let angles = (0..points).map(|i| f32::from(i) / f32::from(points) * TAU);
    let points = angles.map(|a| [a.cos(), a.sin(), 0.3 * (4.0 * a).sin()]);
    points.collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.initial_camera().set_position([0.5, 3.0, 2.0])?;
    server.initial_camera().set_look_at([0.0, 0.0, 0.6])?;
    let scene = server.scene();
    let points = crown(12);

    // From the middle to the crown, blue to red.
    let rays: Vec<[[f32; 3]; 2]> = points.iter().map(|tip| [[0.0; 3], *tip]).collect();
    let ends = [[30, 60, 220], [220, 40, 40]].repeat(rays.len());
    let segments = LineSegments::new(&rays).colors(ends).thickness(3.0);
    let segments = segments.thickness_units(ThicknessUnits::Screen);
    scene.add("/segments", segments.at([-1.5, 0.0, 0.0]))?;
    scene.add(
        "/arrows",
        Arrow::new(rays).colors([[20, 140, 60]]).at([1.5, 0.0, 0.0]),
    )?;

    let curve = CatmullRomSpline::new(&points).closed(true);
    let curve = curve.color([200, 60, 160]).thickness(0.04).segments(200);
    scene.add("/curve", curve.at([-1.5, 0.0, 1.2]))?;
    for (index, point) in points.iter().enumerate() {
        let knot = Icosphere::new(0.05).color([40, 40, 40]).at(*point);
        scene.add(&format!("/curve/knot_{index}"), knot)?;
    }

    let ends = [[-1.0_f32, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]];
    let controls = [
        [-1.0_f32, 0.0, 1.0],
        [0.0, 0.0, 1.0],
        [0.0, 0.0, -1.0],
        [1.0, 0.0, -1.0],
    ];
    let wave = CubicBezierSpline::new(ends, controls).color([240, 140, 20]);
    scene.add("/wave", wave.thickness(0.04).at([1.5, 0.0, 1.2]))?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
