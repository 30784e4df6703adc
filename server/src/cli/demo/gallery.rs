//! The exhibits: one of each kind of node on a floor, each with a label.

use super::{arm::Arm, shapes};
use crate::cli::Failure;
use scenecast::{
    Result, Server,
    loaders::{self, Format, Geometry},
    scene::{
        Arrow, BatchedAxes, Box, CatmullRomSpline, Cylinder, FadeFrom, Frame, Grid, Handle,
        Icosphere, Label, LabelAnchor, LineSegments, Mesh, Place, PointCloud, PointShading,
        PointShape, Scene,
    },
};
use std::f64::consts::TAU;

/// A real file, read the way that `scenecast view` reads them.
const SHELL: &[u8] = include_bytes!("../../../assets/shell.ply");

/// The distance between exhibits of a row, and between rows.
const SPACING: [f64; 2] = [2.4, 3.5];

/// The height at which exhibits float.
const HEIGHT: f64 = 0.85;

const AXES: usize = 24;
const LINES: usize = 72;

/// The nodes that move.
pub(crate) struct Gallery {
    frame: Handle<Frame>,
    axes: Handle<BatchedAxes>,
    galaxy: Handle<PointCloud>,
    knot: Handle<Mesh>,
    shell: Handle<Frame>,
    cube: Handle<Box>,
    ball: Handle<Icosphere>,
    pillar: Handle<Cylinder>,
    lines: Handle<LineSegments>,
    arrows: Handle<Arrow>,
    curve: Handle<CatmullRomSpline>,
    arm: Arm,
}

impl Gallery {
    /// Adds all nodes and points the viewers' cameras at them.
    pub(crate) fn build(server: &Server) -> Result<Gallery, Failure> {
        let camera = server.initial_camera();
        camera.set_position([2.9, -11.4, 9.0])?;
        camera.set_look_at([0.0, -0.45, 0.35])?;
        camera.set_fov(38_f64.to_radians())?;

        let scene = server.scene();
        scene.add("/floor", floor())?;
        let axes_shape = shapes::ring_of_axes(AXES, 0.0);
        let (points, colors) = shapes::galaxy(24_000);
        let (vertices, faces) = shapes::torus_knot(220, 20);
        Ok(Gallery {
            galaxy: exhibit(
                &scene,
                [-1.5, 1.0],
                "Point cloud",
                PointCloud::new(points)
                    .colors(colors)
                    .point_size(0.011)
                    .point_shape(PointShape::Circle)
                    .point_shading(PointShading::Flat),
            )?,
            knot: exhibit(
                &scene,
                [-0.5, 1.0],
                "Mesh",
                Mesh::new(vertices, faces).color([198, 54, 28]),
            )?,
            shell: shell(&scene, [0.5, 1.0])?,
            curve: exhibit(
                &scene,
                [1.5, 1.0],
                "Spline",
                CatmullRomSpline::new(shapes::winding_curve())
                    .closed(true)
                    .thickness(0.035)
                    .segments(480)
                    .color([92, 44, 176]),
            )?,
            cube: exhibit(
                &scene,
                [-1.5, 0.0],
                "Box",
                Box::new([1.0, 1.0, 1.0]).color([28, 92, 190]),
            )?,
            ball: exhibit(
                &scene,
                [-0.5, 0.0],
                "Icosphere",
                Icosphere::new(0.65)
                    .subdivisions(4_u32)
                    .color([222, 142, 8]),
            )?,
            pillar: exhibit(
                &scene,
                [0.5, 0.0],
                "Cylinder",
                Cylinder::new(0.5, 1.15)
                    .radial_segments(48_u32)
                    .color([14, 112, 88]),
            )?,
            frame: exhibit(
                &scene,
                [1.5, 0.0],
                "Frame",
                Frame::default().axes_length(0.85).axes_radius(0.035),
            )?,
            lines: exhibit(
                &scene,
                [-1.5, -1.0],
                "Line segments",
                LineSegments::new(shapes::ruled_surface(LINES, 2.0))
                    .colors(shapes::rainbow(LINES))
                    .thickness(0.012),
            )?,
            arrows: exhibit(
                &scene,
                [-0.5, -1.0],
                "Arrows",
                Arrow::new(shapes::whirl(0.0))
                    .colors([[140, 14, 44]])
                    .shaft_radius(0.022)
                    .head_radius(0.055)
                    .head_length(0.12),
            )?,
            axes: exhibit(
                &scene,
                [0.5, -1.0],
                "Batched axes",
                BatchedAxes::new(axes_shape.1, axes_shape.0)
                    .axes_length(0.22)
                    .axes_radius(0.014),
            )?,
            arm: Arm::build(
                exhibit(&scene, [1.5, -1.0], "Tree of frames", Arm::base())?,
                &scene,
            )?,
        })
    }

    /// Moves everything to where it is at a time, in seconds.
    pub(crate) fn pose(&self, time: f64) -> Result<()> {
        let seconds = time as f32;
        self.galaxy.set_wxyz(tilted(0.35, 0.18 * time))?;
        self.knot.set_wxyz(tilted(0.5, 0.35 * time))?;
        self.shell.set_wxyz(tilted(0.0, -0.4 * time))?;
        self.curve.set_wxyz(tilted(0.3, 0.3 * time))?;
        self.cube.set_wxyz(tilted(0.6, 0.5 * time))?;
        self.cube
            .update(|p| p.color = shapes::hue(0.58 + 0.12 * (0.4 * seconds).sin()).into())?;
        self.frame.set_wxyz(tilted(0.25, 0.45 * time))?;
        self.pillar
            .set_wxyz(tilted(0.35 * (0.9 * time).sin(), 0.0))?;
        self.lines.update(|p| {
            p.points = shapes::ruled_surface(LINES, 2.0 + 0.9 * (0.5 * seconds).sin()).into();
        })?;
        self.lines.set_wxyz(tilted(0.0, 0.2 * time))?;
        self.arrows
            .update(|p| p.points = shapes::whirl(seconds).into())?;
        let (positions, wxyzs) = shapes::ring_of_axes(AXES, seconds);
        self.axes.update(|p| {
            p.batched_positions = positions.into();
            p.batched_wxyzs = wxyzs.into();
        })?;
        let bounce = 0.65 + 0.75 * (1.6 * time).sin().abs();
        let [x, y, _] = self.ball.position()?;
        self.ball.set_position([x, y, bounce])?;
        self.arm.pose(time)
    }
}

fn floor() -> Grid {
    Grid::default()
        .width(12.0)
        .height(13.2)
        .cell_size(0.6)
        .section_size(2.4)
        .cell_color([222, 226, 230])
        .section_color([186, 192, 200])
        .fade_distance(30.0)
        .fade_from(FadeFrom::Origin)
        .plane_color([248, 249, 250])
        .plane_opacity(0.0)
}

/// Adds a node at a place of the floor, given in steps from the middle, with a label before it.
fn exhibit<P: Place>(
    scene: &Scene,
    place: [f64; 2],
    title: &str,
    node: P,
) -> Result<Handle<P::Node>> {
    let [x, y] = std::array::from_fn(|i| place[i] * SPACING[i]);
    let label = Label::new(title).anchor(LabelAnchor::TopCenter);
    scene.add(&format!("/labels/{title}"), label.at([x, y - 0.8, 0.02]))?;
    scene.add(&format!("/gallery/{title}"), node.at([x, y, HEIGHT]))
}

/// The file: a frame that turns, with the meshes below it.
fn shell(scene: &Scene, place: [f64; 2]) -> Result<Handle<Frame>, Failure> {
    let file = loaders::load_bytes(Format::Ply, "shell.ply", SHELL)?;
    let title = "File (PLY)";
    let frame = exhibit(scene, place, title, Frame::default().show_axes(false))?;
    let meshes = file
        .items
        .into_iter()
        .filter_map(|item| match item.geometry {
            Geometry::Mesh(mesh) => Some(mesh),
            Geometry::Points(_) | Geometry::Splats(_) => None,
        });
    for (number, mesh) in meshes.enumerate() {
        let name = format!("/gallery/{title}/{number}");
        let node = mesh.to_glb()?.scale(1.6);
        scene.add(&name, node.at([0.0, 0.0, -0.75]))?;
    }
    Ok(frame)
}

/// A turn about z after a tilt about x, in radians; scalar first.
pub(crate) fn tilted(tilt: f64, turn: f64) -> [f64; 4] {
    let (st, ct) = (tilt / 2.0).sin_cos();
    let (sz, cz) = ((turn % (2.0 * TAU)) / 2.0).sin_cos();
    [ct * cz, st * cz, -st * sz, ct * sz]
}
