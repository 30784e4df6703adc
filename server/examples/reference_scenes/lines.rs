//! Line segments, curves and arrows.

use super::{
    Scene,
    shapes::{motley, noise, scattered},
};
use scenecast::{
    Result, Server,
    scene::{
        Arrow, CatmullRomSpline, CubicBezierSpline, CurveType, LineSegments, Place, ThicknessUnits,
    },
};
use std::f32::consts::TAU;

pub(super) const SCENES: &[Scene] = &[
    ("lines_world", lines_world),
    ("lines_screen", lines_screen),
    ("lines_colors", lines_colors),
    ("catmull_rom_types", catmull_rom_types),
    ("catmull_rom_closed", catmull_rom_closed),
    ("bezier", bezier),
    ("arrows", arrows),
];

/// From the middle to a crown around it.
fn rays(count: u16) -> Vec<[[f32; 3]; 2]> {
    let ray = |i: u16| {
        let angle = TAU * f32::from(i) / f32::from(count);
        [
            [0.0; 3],
            [angle.cos(), angle.sin(), 0.4 * (3.0 * angle).cos()],
        ]
    };
    (0..count).map(ray).collect()
}

fn lines_world(server: &Server) -> Result<()> {
    for (index, thickness) in [0.01, 0.05, 0.15].into_iter().enumerate() {
        let star = LineSegments::new(rays(14))
            .colors([[30, 90, 200]])
            .thickness(thickness);
        let place = [1.6 * index as f64 - 1.6, 0.0, 0.0];
        // Lines do not get thicker with their node.
        server
            .scene()
            .add(&format!("/{index}"), star.scale(0.7).at(place))?;
    }
    Ok(())
}

fn lines_screen(server: &Server) -> Result<()> {
    for (index, thickness) in [1.0, 3.0, 9.0].into_iter().enumerate() {
        let star = LineSegments::new(rays(14))
            .colors([[200, 60, 30]])
            .thickness(thickness);
        let star = star.thickness_units(ThicknessUnits::Screen).scale(0.7);
        let place = [1.6 * index as f64 - 1.6, 0.0, 0.0];
        server.scene().add(&format!("/{index}"), star.at(place))?;
    }
    Ok(())
}

fn lines_colors(server: &Server) -> Result<()> {
    let thick = LineSegments::new(rays(20))
        .colors(motley(40))
        .thickness(0.06);
    server
        .scene()
        .add("/world", thick.clone().at([-1.1, 0.0, 0.0]))?;
    let thin = thick.thickness(4.0).thickness_units(ThicknessUnits::Screen);
    server.scene().add("/screen", thin.at([1.1, 0.0, 0.0]))?;
    Ok(())
}

/// Points of very different distances, on which the types of curves differ.
fn path() -> Vec<[f32; 3]> {
    let point = |i: u16| {
        let x = 0.4 * f32::from(i) - 1.4 + 0.3 * noise(i, 0);
        [x, 1.6 * noise(i, 1) - 0.8, 0.8 * noise(i, 2)]
    };
    (0..8).map(point).collect()
}

fn catmull_rom_types(server: &Server) -> Result<()> {
    let types = [
        CurveType::Centripetal,
        CurveType::Chordal,
        CurveType::Catmullrom,
    ];
    for (index, curve_type) in types.into_iter().enumerate() {
        let mut color = [30; 3];
        color[index] = 220;
        let curve = CatmullRomSpline::new(path())
            .curve_type(curve_type)
            .tension(0.8);
        let curve = curve.segments(120).thickness(0.03).color(color);
        server.scene().add(&format!("/{index}"), curve)?;
    }
    Ok(())
}

fn catmull_rom_closed(server: &Server) -> Result<()> {
    let curve = CatmullRomSpline::new(path()).closed(true).thickness(0.05);
    server
        .scene()
        .add("/coarse", curve.clone().color([200, 120, 30]))?;
    let fine = curve
        .segments(200)
        .thickness(5.0)
        .thickness_units(ThicknessUnits::Screen);
    server
        .scene()
        .add("/fine", fine.color([40, 160, 120]).at([0.0, 0.0, 0.5]))?;
    Ok(())
}

fn bezier(server: &Server) -> Result<()> {
    let ends: Vec<[f32; 3]> = (0..5_u8)
        .map(|i| [0.7 * f32::from(i) - 1.4, 0.0, 0.0])
        .collect();
    let side = |i: u8| if i % 4 < 2 { 0.7 } else { -0.7 };
    let control = |i: u8| [0.35 * f32::from(i) - 1.2, side(i), 0.5 * side(i)];
    let controls: Vec<[f32; 3]> = (0..8).map(control).collect();
    let curve = CubicBezierSpline::new(ends, controls)
        .thickness(0.04)
        .color([150, 40, 200]);
    server.scene().add("/default", curve.clone())?;
    server
        .scene()
        .add("/coarse", curve.segments(4).at([0.0, 0.0, 0.6]))?;
    Ok(())
}

fn arrows(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add(
        "/plain",
        Arrow::new(rays(16))
            .colors([[20, 140, 60]])
            .at([-1.2, 0.0, 0.0]),
    )?;
    let (starts, steps) = (scattered(30, 0.9), scattered(60, 0.5));
    let somewhere = starts.iter().zip(&steps[30..]).map(|(start, step)| {
        let end = std::array::from_fn(|axis| start[axis] + step[axis]);
        [*start, end]
    });
    let colored = Arrow::new(somewhere.collect::<Vec<_>>()).colors(motley(30));
    let colored = colored
        .shaft_radius(0.03)
        .head_radius(0.08)
        .head_length(0.16);
    scene.add("/colored", colored.at([1.2, 0.0, 0.0]))?;
    Ok(())
}
