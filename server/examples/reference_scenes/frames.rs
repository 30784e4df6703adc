//! Coordinate frames, axes, gizmos, and which way is up.

use super::{Scene, shapes::turns};
use scenecast::{
    Array, Result, Server, Wxyz,
    scene::{BatchedAxes, Box, Frame, Icosphere, Place, TransformControls, Up},
};
use std::f32::consts::TAU;

pub(super) const SCENES: &[Scene] = &[
    ("frames", frames),
    ("batched_axes", batched_axes),
    ("world_axes", world_axes),
    ("up_y", up_y),
    ("up_direction", up_direction),
    ("initial_camera", initial_camera),
    ("transform_controls", transform_controls),
    ("transform_controls_fixed", transform_controls_fixed),
];

fn frames(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/plain", Frame::default())?;
    let thick = Frame::new(0.8, 0.06).origin_color([0, 160, 255]);
    scene.add("/thick", thick.at([1.2, 0.0, 0.0]))?;
    let small_origin = Frame::new(0.8, 0.01).origin_radius(0.1);
    let turned = Wxyz::from_axis_angle([1.0, 1.0, 0.0], 0.8);
    scene.add("/turned", small_origin.at([-1.2, 0.0, 0.0]).turned(turned))?;
    scene.add("/scaled", Frame::default().scale(1.6).at([0.0, -1.2, 0.0]))?;
    scene.add(
        "/place",
        Frame::default().show_axes(false).at([0.0, 1.2, 0.0]),
    )?;
    scene.add("/place/child", Frame::default())?;
    Ok(())
}

fn batched_axes(server: &Server) -> Result<()> {
    let around = |i: u16| {
        let (sin, cos) = (TAU * f32::from(i) / 24.0).sin_cos();
        [1.4 * cos, 1.4 * sin, 0.3 * (f32::from(i)).sin()]
    };
    let places: Vec<[f32; 3]> = (0..24).map(around).collect();
    let sizes: Vec<f32> = (0..24_u16).map(|i| 0.5 + f32::from(i) / 24.0).collect();
    let axes = BatchedAxes::new(turns(24, [0.0, 0.0, 1.0], 0.26), places);
    let axes = axes.batched_scales(Array::from(sizes));
    server.scene().add("/ring", axes.clone())?;
    server
        .scene()
        .add("/thick", axes.axes_length(0.3).axes_radius(0.05).scale(0.5))?;
    Ok(())
}

fn show_world_axes(server: &Server) -> Result<()> {
    server
        .scene()
        .world_axes()
        .map_or(Ok(()), |axes| axes.set_visible(true))
}

fn world_axes(server: &Server) -> Result<()> {
    server
        .scene()
        .add("/box", Box::new([0.5; 3]).at([0.8, 0.8, 0.0]))?;
    show_world_axes(server)
}

fn up_y(server: &Server) -> Result<()> {
    server.scene().set_up_direction(Up::Y);
    server
        .scene()
        .add("/tower", Box::new([0.5, 1.4, 0.5]).at([0.6, 0.7, 0.0]))?;
    show_world_axes(server)
}

fn up_direction(server: &Server) -> Result<()> {
    server.scene().set_up_direction([1.0, 1.0, 0.3]);
    server
        .scene()
        .add("/tower", Box::new([0.5, 0.5, 1.4]).at([0.0, 0.6, 0.7]))?;
    show_world_axes(server)
}

fn initial_camera(server: &Server) -> Result<()> {
    let camera = server.initial_camera();
    camera.set_position([-0.5, -4.0, 1.0])?;
    camera.set_look_at([0.3, 0.0, 0.4])?;
    camera.set_up_direction([0.3, 0.0, 1.0])?;
    camera.set_fov(0.5)?;
    // What is nearer than 3.5 or farther than 5 is cut off.
    camera.set_near(3.5)?;
    camera.set_far(5.0)?;
    for index in 0..9_u8 {
        let ball = Icosphere::new(0.3).color([250 - 25 * index, 60, 25 * index]);
        let place = [
            0.3 * f64::from(index) - 1.0,
            0.4 * f64::from(index) - 1.6,
            0.3,
        ];
        server.scene().add(&format!("/{index}"), ball.at(place))?;
    }
    Ok(())
}

fn transform_controls(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/box", Box::new([0.4; 3]).color([220, 220, 220]))?;
    let plain = TransformControls::default().scale(0.9);
    scene.add("/all", plain.clone())?;
    let two = plain.clone().active_axes([true, false, true]);
    scene.add("/two_axes", two.at([1.4, 0.0, 0.0]))?;
    let turned = Wxyz::from_axis_angle([1.0, 0.0, 1.0], 0.6);
    let arcs = plain.clone().disable_axes(true).disable_sliders(true);
    scene.add("/arcs", arcs.at([-1.4, 0.0, 0.0]).turned(turned))?;
    let arrows = plain.disable_rotations(true).opacity(0.5).line_width(5.0);
    scene.add("/arrows", arrows.at([0.0, -1.4, 0.0]))?;
    Ok(())
}

fn transform_controls_fixed(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/box", Box::new([0.8; 3]).color([220, 220, 220]))?;
    let fixed = TransformControls::default().fixed(true).scale(90.0);
    scene.add("/behind", fixed.clone().at([-0.9, -0.9, 0.0]))?;
    scene.add("/on_top", fixed.depth_test(false).at([0.0, 0.0, 0.2]))?;
    Ok(())
}
