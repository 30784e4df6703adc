//! Shadows: of each light that casts some, and what they do to what receives them.

use super::{Scene, shapes};
use scenecast::{
    Result, Server, Wxyz,
    scene::{
        Box, CameraFrustum, Cylinder, DirectionalLight, Environment, Grid, Icosphere, Image,
        Material, Mesh, Place, PointLight, ShowsPicture, SpotLight,
    },
};

pub(super) const SCENES: &[Scene] = &[
    ("shadows_default", shadows_default),
    ("shadows_painted", shadows_painted),
    ("shadows_far", shadows_far),
    ("shadows_casters", shadows_casters),
    ("shadow_directional", shadow_directional),
    ("shadow_point", shadow_point),
    ("shadow_spot", shadow_spot),
];

/// A floor with a ball, a box and a cylinder above it.
fn stage(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.configure_default_lights(true, true);
    let floor = Box::new([3.4, 3.0, 0.5]).color([240, 240, 240]);
    scene.add("/floor", floor.at([0.0, 0.0, -0.85]))?;
    let ball = Icosphere::new(0.35).color([230, 120, 90]);
    scene.add("/ball", ball.at([0.0, -0.2, 0.2]))?;
    let block = Box::new([0.5, 0.5, 0.3]).color([90, 160, 230]);
    scene.add("/block", block.at([1.0, 0.2, 0.0]))?;
    let post = Cylinder::new(0.15, 1.0)
        .color([120, 200, 90])
        .material(Material::Toon5);
    scene.add("/post", post.at([-1.0, 0.4, -0.1]))?;
    Ok(())
}

/// The same without the default lights.
fn dark_stage(server: &Server) -> Result<()> {
    stage(server)?;
    let scene = server.scene();
    scene.configure_default_lights(false, false);
    scene.configure_environment_map(Environment::none())
}

fn shadows_default(server: &Server) -> Result<()> {
    stage(server)
}

fn shadows_painted(server: &Server) -> Result<()> {
    let scene = server.scene();
    stage(server)?;
    let floor = Box::new([3.4, 3.0, 0.5]).color([120, 190, 220]);
    let floor = floor.receive_shadow(0.6).at([0.0, 0.0, -0.85]);
    scene.add("/floor", floor)?;
    let torus = shapes::torus([40, 20], 0.4, 0.15);
    let ring = Mesh::new(torus.vertices, torus.faces).color([250, 220, 60]);
    let ring = ring.receive_shadow(0.5).opacity(0.8);
    scene.add("/ring", ring.at([0.3, -1.0, 0.3]))?;
    let unshadowed = Icosphere::new(0.3).receive_shadow(false);
    scene.add("/unshadowed", unshadowed.at([1.0, 0.2, 0.7]))?;
    Ok(())
}

fn shadows_far(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.configure_default_lights(true, true);
    let grid = Grid::default().infinite_grid(true).shadow_opacity(0.4);
    scene.add("/grid", grid.at([0.0, 0.0, -0.5]))?;
    for index in 0..36_u8 {
        let [x, y] = [index % 6, index / 6].map(|i| 1.5 - 2.5 * f64::from(i));
        let post = Cylinder::new(0.2, 1.0).color([220, 7 * index, 60]);
        scene.add(&format!("/{index}"), post.at([x, y, 0.0]))?;
    }
    Ok(())
}

fn shadows_casters(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.configure_default_lights(true, true);
    let floor = Box::new([3.6, 3.4, 0.2]).color([240, 240, 240]);
    scene.add("/floor", floor.at([0.0, 0.0, -0.9]))?;
    let tilted = Wxyz::from_axis_angle([1.0, 0.0, 0.0], -1.0);
    let image = Image::new(1.2, 0.8).with_image(shapes::checkers(96, 64)?.png())?;
    scene.add("/image", image.at([0.6, -0.8, 0.0]).turned(tilted))?;
    let frustum = CameraFrustum::new(0.9, 1.3).scale(0.4);
    let frustum = frustum.with_image(shapes::checkers(96, 64)?.png())?;
    scene.add("/frustum", frustum.at([-0.9, 0.6, -0.3]).turned(tilted))?;
    let torus = || shapes::torus([24, 10], 0.3, 0.12);
    let mesh = |surface: shapes::Surface| Mesh::new(surface.vertices, surface.faces);
    let edges = mesh(torus()).wireframe(true).color([200, 30, 60]);
    scene.add("/edges", edges.at([0.7, 0.5, 0.0]))?;
    let glass = mesh(torus()).opacity(0.4).color([60, 120, 250]);
    scene.add("/glass", glass.at([-0.4, -0.7, 0.0]))?;
    let without = mesh(torus()).cast_shadow(false).color([60, 200, 90]);
    scene.add("/without", without.at([-1.2, -0.7, 0.0]))?;
    Ok(())
}

fn shadow_directional(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let sun = DirectionalLight::default()
        .color([255, 220, 160])
        .intensity(2.5);
    let sun = sun.cast_shadow(true);
    server.scene().add("/sun", sun.at([2.0, -1.0, 3.0]))?;
    Ok(())
}

fn shadow_point(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let lamp = PointLight::default().color([255, 200, 160]).intensity(14.0);
    let lamp = lamp.cast_shadow(true);
    server.scene().add("/lamp", lamp.at([0.3, 0.5, 1.3]))?;
    Ok(())
}

fn shadow_spot(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let spot = SpotLight::default().color([160, 200, 255]).intensity(40.0);
    let spot = spot.angle(0.6).penumbra(0.3).direction([-0.2, -0.1, -1.0]);
    let spot = spot.cast_shadow(true);
    server.scene().add("/spot", spot.at([0.6, 0.2, 2.4]))?;
    Ok(())
}
