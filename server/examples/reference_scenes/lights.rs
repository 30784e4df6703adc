//! Every kind of light, without the default ones, and fog.

use super::Scene;
use scenecast::{
    Result, Server, Wxyz,
    scene::{
        AmbientLight, Box, DirectionalLight, Environment, Fog, HemisphereLight, Icosphere,
        Material, Place, PointLight, RectAreaLight, SpotLight,
    },
};

pub(super) const SCENES: &[Scene] = &[
    ("lights_surroundings_only", lights_surroundings_only),
    ("light_directional", light_directional),
    ("light_ambient", light_ambient),
    ("light_hemisphere", light_hemisphere),
    ("light_point", light_point),
    ("light_spot", light_spot),
    ("light_rect_area", light_rect_area),
    ("fog", fog),
];

/// A floor with balls, one for each material, in nothing but the default light's absence.
fn stage(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.configure_default_lights(false, false);
    let floor = Box::new([3.4, 2.4, 0.1]).color([255, 255, 255]);
    scene.add("/floor", floor.at([0.0, 0.0, -0.5]))?;
    let materials = [Material::Standard, Material::Toon3, Material::Toon5];
    for (index, material) in materials.into_iter().enumerate() {
        let ball = Icosphere::new(0.4)
            .color([230, 220, 200])
            .material(material);
        scene.add(
            &format!("/ball_{index}"),
            ball.at([index as f64 - 1.0, 0.0, 0.0]),
        )?;
    }
    Ok(())
}

/// The same, in the dark.
fn dark_stage(server: &Server) -> Result<()> {
    stage(server)?;
    server
        .scene()
        .configure_environment_map(Environment::none())
}

fn lights_surroundings_only(server: &Server) -> Result<()> {
    stage(server)
}

fn light_directional(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let sun = DirectionalLight::default()
        .color([255, 200, 120])
        .intensity(2.0);
    server.scene().add("/sun", sun.at([2.0, 3.0, 1.5]))?;
    let moon = DirectionalLight::default().color([60, 90, 255]);
    server.scene().add("/moon", moon.at([-2.0, 1.0, 1.0]))?;
    Ok(())
}

fn light_ambient(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let glow = AmbientLight::default()
        .color([255, 180, 120])
        .intensity(1.5);
    server.scene().add("/glow", glow)?;
    Ok(())
}

fn light_hemisphere(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let sky = HemisphereLight::default()
        .sky_color([140, 180, 255])
        .ground_color([90, 60, 20]);
    server
        .scene()
        .add("/sky", sky.intensity(2.5).at([0.0, 0.5, 2.0]))?;
    Ok(())
}

fn light_point(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let lamp = PointLight::default().color([255, 90, 60]).intensity(6.0);
    server
        .scene()
        .add("/lamp", lamp.clone().at([-0.8, 0.8, 0.6]))?;
    let short = lamp.color([60, 255, 90]).distance(1.6).decay(1.0);
    server.scene().add("/short", short.at([0.8, 0.8, 0.5]))?;
    Ok(())
}

fn light_spot(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let spot = SpotLight::default()
        .color([120, 140, 255])
        .intensity(20.0)
        .angle(0.4);
    server
        .scene()
        .add("/hard", spot.clone().at([-0.8, 0.0, 2.0]))?;
    let soft = spot
        .color([255, 220, 120])
        .penumbra(0.8)
        .direction([0.3, 0.2, -1.0]);
    let turned = Wxyz::from_axis_angle([1.0, 0.0, 0.0], 0.2);
    server
        .scene()
        .add("/soft", soft.at([0.6, 0.0, 2.0]).turned(turned))?;
    Ok(())
}

fn light_rect_area(server: &Server) -> Result<()> {
    dark_stage(server)?;
    let panel = RectAreaLight::default()
        .intensity(8.0)
        .width(1.6)
        .height(0.6);
    server.scene().add("/panel", panel.at([0.0, 0.3, 1.2]))?;
    Ok(())
}

fn fog(server: &Server) -> Result<()> {
    server
        .scene()
        .configure_fog(Fog::new(2.5, 6.5).color([120, 150, 200]))?;
    for index in 0..36_u8 {
        let [x, y] = [index % 6, index / 6].map(|i| 0.9 * f64::from(i) - 3.0);
        let block = Box::new([0.5, 0.5, 0.5]).color([220, 7 * index, 60]);
        server
            .scene()
            .add(&format!("/{index}"), block.at([x, y, 0.0]))?;
    }
    Ok(())
}
