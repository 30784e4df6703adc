//! A ball and a box that the panel shows, colours and moves: `cargo run --example core_concepts [PORT]`
//!
//! The scene holds nodes, the GUI components; callbacks connect them.

use scenecast::{
    Server,
    gui::{Checkbox, Rgb, Slider},
    scene::{Box, Icosphere, Place},
};

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    let ball = scene.add("/sphere", Icosphere::new(0.3).color([255, 100, 100]))?;
    let cube = Box::new([0.4; 3]).color([100, 255, 100]);
    let cube = scene.add("/box", cube.at([1.0, 0.0, 0.0]))?;

    let gui = server.gui();
    let visible = gui.add(Checkbox::new("Show sphere").value(true))?;
    let color = gui.add(Rgb::new("Sphere color", [255, 100, 100]))?;
    let height = gui.add(Slider::new("Box height", -1.0..=1.0).step(0.1).value(0.0))?;

    // Errors mean that a node is gone.
    let of = ball.clone();
    let _ = visible.on_update(move |event| drop(of.set_visible(event.value)));
    let _ = color.on_update(move |event| drop(ball.update(|ball| ball.color = event.value.into())));
    let _ = height.on_update(move |event| drop(cube.set_position([1.0, 0.0, event.value])));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
