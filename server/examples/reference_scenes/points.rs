//! Point clouds: every shape, both shadings, both precisions.

use super::{
    Scene,
    shapes::{motley, noise, scattered},
};
use scenecast::{
    Result, Server,
    scene::{Place, PointCloud, PointShading, PointShape, Precision},
};

pub(super) const SCENES: &[Scene] = &[
    ("points_shapes", points_shapes),
    ("points_one_color", points_one_color),
    ("points_precision", points_precision),
    ("points_scale", points_scale),
    ("points_dense", points_dense),
];

fn points_shapes(server: &Server) -> Result<()> {
    let shapes = [
        PointShape::Square,
        PointShape::Diamond,
        PointShape::Circle,
        PointShape::Rounded,
        PointShape::Sparkle,
    ];
    for (column, shape) in shapes.into_iter().enumerate() {
        for (row, shading) in [PointShading::Flat, PointShading::Gradient]
            .into_iter()
            .enumerate()
        {
            let cloud = PointCloud::new(scattered(60, 0.35))
                .colors(motley(60))
                .point_size(0.06);
            let cloud = cloud.point_shape(shape).point_shading(shading);
            let place = [0.9 * column as f64 - 1.8, 1.2 * row as f64 - 0.6, 0.0];
            server
                .scene()
                .add(&format!("/{column}_{row}"), cloud.at(place))?;
        }
    }
    Ok(())
}

fn points_one_color(server: &Server) -> Result<()> {
    let cloud = PointCloud::new(scattered(400, 1.0))
        .colors([[40, 120, 200]])
        .point_size(0.04);
    server
        .scene()
        .add("/cloud", cloud.point_shape(PointShape::Circle))?;
    Ok(())
}

/// Far from the origin half precision moves points onto a lattice.
fn points_precision(server: &Server) -> Result<()> {
    let far = scattered(300, 0.5).into_iter().map(|p| p.map(|c| c + 40.0));
    let cloud = PointCloud::new(far.collect::<Vec<_>>())
        .colors(motley(300))
        .point_size(0.02);
    let scene = server.scene();
    scene.add("/half", cloud.clone().at([-40.7, -40.0, -40.0]))?;
    scene.add(
        "/single",
        cloud
            .precision(Precision::Float32)
            .at([-39.3, -40.0, -40.0]),
    )?;
    Ok(())
}

fn points_scale(server: &Server) -> Result<()> {
    let cloud = PointCloud::new(scattered(200, 0.4))
        .colors(motley(200))
        .point_size(0.03);
    let scene = server.scene();
    scene.add("/plain", cloud.clone().at([-1.2, 0.0, 0.0]))?;
    scene.add("/larger", cloud.clone().scale(1.8))?;
    scene.add(
        "/stretched",
        cloud.scale([0.5, 1.0, 3.0]).at([1.3, 0.0, 0.0]),
    )?;
    Ok(())
}

fn points_dense(server: &Server) -> Result<()> {
    let hill = |i: u16| {
        let [x, y] = [noise(i, 0), noise(i, 1)].map(|c| 2.4 * c - 1.2);
        [x, y, 0.3 * (5.0 * x).sin() * (4.0 * y).cos()]
    };
    let points: Vec<[f32; 3]> = (0..50_000).map(hill).collect();
    let shade = |[x, y, z]: &[f32; 3]| {
        [x + 1.2, y + 1.2, 4.0 * z + 1.2].map(|c| (106.0 * c.clamp(0.0, 2.4)) as u8)
    };
    let colors: Vec<[u8; 3]> = points.iter().map(shade).collect();
    server.scene().add(
        "/hill",
        PointCloud::new(points).colors(colors).point_size(0.01),
    )?;
    Ok(())
}
