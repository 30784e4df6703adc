//! Grids: finite and infinite, in every plane, fading, filled.

use super::Scene;
use scenecast::{
    Result, Server, Wxyz,
    scene::{FadeFrom, Grid, GridPlane, Icosphere, Place},
};

pub(super) const SCENES: &[Scene] = &[
    ("grid", grid),
    ("grid_planes", grid_planes),
    ("grid_filled", grid_filled),
    ("grid_infinite", grid_infinite),
    ("grid_fades", grid_fades),
];

fn grid(server: &Server) -> Result<()> {
    server
        .scene()
        .add("/grid", Grid::default().width(4.0).height(3.0))?;
    server
        .scene()
        .add("/ball", Icosphere::new(0.4).at([0.0, 0.0, 0.4]))?;
    Ok(())
}

fn grid_planes(server: &Server) -> Result<()> {
    let planes = [
        (GridPlane::Xy, [0.0, 0.0, -0.8]),
        (GridPlane::Xz, [0.0, -1.0, 0.0]),
        (GridPlane::Yz, [-1.0, 0.0, 0.0]),
        (GridPlane::Yx, [0.0, 0.0, 0.8]),
        (GridPlane::Zx, [0.0, 1.0, 0.0]),
        (GridPlane::Zy, [1.0, 0.0, 0.0]),
    ];
    for (index, (plane, place)) in planes.into_iter().enumerate() {
        let color = [40 * index as u8, 120, 220 - 40 * index as u8];
        let grid = Grid::default()
            .width(1.5)
            .height(1.0)
            .plane(plane)
            .section_color(color);
        server
            .scene()
            .add(&format!("/{index}"), grid.cell_size(0.25).at(place))?;
    }
    Ok(())
}

fn grid_filled(server: &Server) -> Result<()> {
    let filled = Grid::default()
        .width(3.0)
        .height(3.0)
        .plane_color([255, 220, 160]);
    let filled = filled
        .plane_opacity(0.7)
        .cell_thickness(2.0)
        .section_thickness(4.0);
    let scene = server.scene();
    scene.add("/below", filled.clone().at([0.0, 0.0, -0.5]))?;
    let turned = Wxyz::from_axis_angle([1.0, 0.0, 0.0], -0.5);
    let small = filled
        .width(1.2)
        .height(1.2)
        .section_size(0.6)
        .cell_size(0.2)
        .scale(1.2);
    scene.add("/tilted", small.at([0.0, 0.0, 0.5]).turned(turned))?;
    Ok(())
}

fn grid_infinite(server: &Server) -> Result<()> {
    let grid = Grid::default().infinite_grid(true).fade_distance(20.0);
    let grid = grid.section_size(2.0).cell_color([150, 150, 220]);
    server.scene().add("/grid", grid.at([0.0, 0.0, -0.3]))?;
    Ok(())
}

fn grid_fades(server: &Server) -> Result<()> {
    let grid = Grid::default().infinite_grid(true).fade_distance(5.0);
    let scene = server.scene();
    let near = grid.clone().fade_from(FadeFrom::Origin).fade_strength(2.0);
    scene.add("/from_origin", near.at([0.0, 0.0, -0.5]))?;
    let strong = grid.fade_strength(0.5).plane(GridPlane::Xz);
    scene.add("/from_camera", strong.at([0.0, -2.0, 0.0]))?;
    Ok(())
}
