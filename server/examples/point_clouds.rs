//! Point clouds of each shape, of which one is sent anew all the time:
//! `cargo run --example point_clouds [PORT]`

use scenecast::{
    Server,
    scene::{Place, PointCloud, PointShading, PointShape, Precision},
};
use std::{f32::consts::TAU, thread, time::Duration};

const POINTS: u16 = 2000;

/// A spiral around the z axis.
fn spiral(phase: f32) -> Vec<[f32; 3]> {
    let shares = (0..POINTS).map(|i| f32::from(i) / f32::from(POINTS));
    let points = shares.map(|share| {
        let angle = 5.0 * share * TAU + phase;
        [share * angle.cos(), share * angle.sin(), 0.5 * share]
    });
    points.collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    let colors: Vec<[u8; 3]> = (0..POINTS)
        .map(|i| [(i / 8) as u8, 80, 255 - (i / 8) as u8])
        .collect();
    let shapes = [
        PointShape::Square,
        PointShape::Diamond,
        PointShape::Circle,
        PointShape::Rounded,
        PointShape::Sparkle,
    ];
    for (place, shape) in shapes.into_iter().enumerate() {
        let cloud = PointCloud::new(spiral(0.0))
            .colors(colors.clone())
            .point_size(0.02)
            .point_shape(shape);
        let position = [2.5 * (place as f64 - 2.0), 0.0, 0.0];
        scene.add(&format!("/shapes/{}", shape.as_str()), cloud.at(position))?;
    }
    // Where three digits are not enough.
    let turning = PointCloud::new(spiral(0.0))
        .colors([[220, 30, 120]])
        .point_size(0.03)
        .point_shading(PointShading::Flat)
        .precision(Precision::Float32);
    let turning = scene.add("/turning", turning.at([0.0, 3.0, 0.0]))?;
    println!("open {}", server.url());
    for step in 0_u16.. {
        let points = spiral(f32::from(step % 200) / 200.0 * TAU);
        turning.update(|cloud| cloud.points = points.into())?;
        thread::sleep(Duration::from_millis(40));
    }
    Ok(())
}
