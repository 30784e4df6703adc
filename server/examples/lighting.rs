//! Lights that a gizmo moves, without the default ones, in the glow of a photographed environment:
//! `cargo run --example lighting [PORT]`

use scenecast::{
    Server,
    scene::{
        AmbientLight, Box, DirectionalLight, Environment, Hdri, Icosphere, Place, PointLight,
        SpotLight, TransformControls,
    },
};

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    scene.configure_default_lights(false, false);
    let environment = Environment::preset(Hdri::Warehouse).environment_intensity(0.3);
    scene.configure_environment_map(environment)?;
    let floor = Box::new([6.0, 6.0, 0.1]).color([200, 200, 200]);
    scene.add("/floor", floor.at([0.0, 0.0, -0.05]))?;
    for (name, x) in [("left", -1.0), ("right", 1.0)] {
        let ball = Icosphere::new(0.6).color([240, 240, 240]);
        scene.add(&format!("/balls/{name}"), ball.at([x, 0.0, 0.6]))?;
    }
    scene.add("/ambient", AmbientLight::default().intensity(0.2))?;
    let sun = DirectionalLight::default().intensity(0.5).cast_shadow(true);
    scene.add("/sun", sun.at([2.0, 2.0, 4.0]))?;
    let spot = SpotLight::default()
        .color([80, 120, 255])
        .intensity(20.0)
        .angle(0.5)
        .penumbra(0.3)
        .cast_shadow(true);
    scene.add("/spot", spot.at([0.0, 2.0, 3.0]))?;
    // What is below a gizmo moves with it.
    let gizmo = TransformControls::default()
        .scale(0.4)
        .disable_rotations(true);
    scene.add("/lamp", gizmo.at([0.0, -1.5, 1.5]))?;
    let lamp = PointLight::default().color([255, 60, 40]).intensity(12.0);
    scene.add("/lamp/light", lamp.cast_shadow(true))?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
