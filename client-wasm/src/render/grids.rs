//! Grids: one draw call each.

use std::f32::consts::FRAC_PI_2;

use glam::{EulerRot, Mat4, Vec3};
use scenecast_protocol::scene::{FadeFrom, Grid, GridPlane};
use three_d::core::{Context, CoreError, Cull, VertexBuffer, vec2, vec4};

use super::color::linear;
use super::pass::{Pass, transparent};
use super::pose::uniform;

/// The square that every grid is drawn on, in x and z.
pub(crate) struct GridQuad(VertexBuffer<[f32; 3]>);

impl GridQuad {
    pub(crate) fn new(context: &Context) -> Self {
        let corners = [
            (-0.5, -0.5),
            (-0.5, 0.5),
            (0.5, 0.5),
            (-0.5, -0.5),
            (0.5, 0.5),
            (0.5, -0.5),
        ];
        Self(VertexBuffer::new_with_data(
            context,
            &corners.map(|(x, z)| [x, 0.0, z]),
        ))
    }
}

/// Turns the plane y = 0 into the plane of the grid.
pub(crate) fn node_from_grid(grid: &Grid) -> Mat4 {
    let (x, y, z) = match grid.plane {
        GridPlane::Xz => (0.0, 0.0, 0.0),
        GridPlane::Xy => (FRAC_PI_2, 0.0, 0.0),
        GridPlane::Yx => (0.0, FRAC_PI_2, FRAC_PI_2),
        GridPlane::Yz => (0.0, 0.0, FRAC_PI_2),
        GridPlane::Zx => (0.0, FRAC_PI_2, 0.0),
        GridPlane::Zy => (-FRAC_PI_2, 0.0, -FRAC_PI_2),
    };
    let scale = Vec3::from(grid.scale.xyz().map(|s| s as f32));
    Mat4::from_scale(scale) * Mat4::from_euler(EulerRot::XYZ, x, y, z)
}

pub(crate) fn draw(
    pass: &mut Pass<'_>,
    quad: &GridQuad,
    grid: &Grid,
    world_from_grid: &Mat4,
) -> Result<(), CoreError> {
    let grid_from_world = world_from_grid.inverse();
    if !grid_from_world.is_finite() {
        return Ok(());
    }
    let origin = world_from_grid.w_axis.truncate();
    let normal = grid_from_world
        .transpose()
        .y_axis
        .truncate()
        .normalize_or_zero();
    let camera = pass.camera.position();
    let center = camera - normal * (camera - origin).dot(normal);
    let follows = grid.infinite_grid && grid.fade_from == FadeFrom::Camera;

    let program = pass.programs.grid()?;
    pass.frame.bind(program);
    pass.bind_shadows(program);
    program.use_vertex_attribute("position", &quad.0);
    program.use_uniform("world_from_grid", uniform(world_from_grid));
    program.use_uniform("grid_from_world", uniform(&grid_from_world));
    program.use_uniform("size", vec2(grid.width as f32, grid.height as f32));
    program.use_uniform(
        "reach",
        if grid.infinite_grid {
            grid.fade_distance as f32
        } else {
            0.0
        },
    );
    program.use_uniform("follow", if follows { 1.0f32 } else { 0.0 });
    program.use_uniform("center", vector(center));
    program.use_uniform(
        "spacing",
        vec2(grid.cell_size as f32, grid.section_size as f32),
    );
    program.use_uniform(
        "thickness",
        vec2(grid.cell_thickness as f32, grid.section_thickness as f32),
    );
    program.use_uniform("cell_color", vector(linear(grid.cell_color).into()));
    program.use_uniform("section_color", vector(linear(grid.section_color).into()));
    let [r, g, b] = linear(grid.plane_color);
    program.use_uniform("plane", vec4(r, g, b, grid.plane_opacity as f32));
    // Where there are no shadows nobody asks.
    program.use_uniform_if_required("shadow_opacity", grid.shadow_opacity as f32);
    let fade_center = match grid.fade_from {
        FadeFrom::Camera => center,
        FadeFrom::Origin => Vec3::ZERO,
    };
    program.use_uniform("fade_center", vector(fade_center));
    program.use_uniform(
        "fade",
        vec2(grid.fade_distance as f32, grid.fade_strength as f32),
    );
    pass.count(1);
    program.draw_arrays(transparent(Cull::None, true), pass.area(), 6);
    Ok(())
}

fn vector(v: Vec3) -> three_d::core::Vec3 {
    v.to_array().into()
}
