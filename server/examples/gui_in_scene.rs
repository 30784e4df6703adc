//! A panel for each of several boxes, at its place: `cargo run --example gui_in_scene [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Rgb},
    scene::{Box, Gui3D, Place},
};

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let scene = server.scene();
    for (number, y) in [(1, -1.5), (2, 1.5)] {
        let name = format!("/box{number}");
        let cube = Box::new([1.0; 3]).color([40, 120, 230]).at([0.0, y, 0.0]);
        let cube = scene.add(&name, cube)?;
        let sign = Gui3D::default().at([0.0, 0.0, 0.8]);
        let gui = scene.add(&format!("{name}/sign"), sign)?.gui()?;
        let color = gui.add(Rgb::new("Colour", [40, 120, 230]))?;
        let remove = gui.add(Button::new(format!("Remove {number}")))?;
        let _ = color.on_update({
            let cube = cube.clone();
            move |event| drop(cube.update(|cube| cube.color = event.value.into()))
        });
        // What is shown at the box goes with it.
        let _ = remove.on_click(move |_| println!("removed {}", cube.remove().is_ok()));
    }
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
