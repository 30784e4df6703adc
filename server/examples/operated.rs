//! Prints what viewers do, for tests that do it: `cargo run --example operated`
//!
//! A box to click and drag, a gizmo, the scene as a whole. A click on the ball has the viewer draw,
//! store and save, and moves its camera.

use scenecast::{
    Client, Download, Render, Server,
    events::{Modifier, PointerButton},
    scene::{Box, Icosphere, Place, TransformControls},
};
use std::time::Duration;

type Failure = std::boxed::Box<dyn std::error::Error>;

/// More than the viewer's queue takes at once, so that it is sent in turns.
const LARGE: usize = 6 << 20;

fn main() -> Result<(), Failure> {
    let server = Server::builder().port(0).allow_origin("*").start()?;
    let scene = server.scene();
    let camera = server.initial_camera();
    camera.set_position([0.0, -6.0, 0.0])?;
    camera.set_look_at([0.0, 0.0, 0.0])?;

    let cube = Box::new([1.0; 3]).color([230, 60, 50]);
    let cube = scene.add("/cube", cube.at([-2.0, 0.0, 0.0]))?;
    let _ = cube.on_click(|event| {
        let [x, y] = event.screen_pos;
        println!("click {} {x:.3} {y:.3}", event.target.name());
    })?;
    let _ = cube.on_drag(PointerButton::Left, None, |event| {
        let [x, _, z] = event.end_position;
        println!("drag {} {x:.2} {z:.2}", event.phase.as_str());
        event.target.set_position([x, 0.0, z]).ok();
    })?;
    let gizmo = TransformControls::default().scale(1.5);
    let gizmo = scene.add("/gizmo", gizmo.at([2.0, 0.0, 0.0]))?;
    let _ = gizmo.on_update(|event| {
        if let Ok([x, y, z]) = event.target.position() {
            println!("gizmo {} {x:.2} {y:.2} {z:.2}", event.phase.as_str());
        }
    })?;
    let _ = scene.on_click_with(Modifier::Shift, |event| {
        let [x, y, z] = event.ray_direction;
        println!("scene {x:.2} {y:.2} {z:.2}");
    });
    let ball = Icosphere::new(0.4).color([40, 120, 230]);
    let ball = scene.add("/ball", ball.at([0.0, 0.0, 1.2]))?;
    let _ = ball.on_click(|event| match ask(&event.client) {
        Ok(()) => println!("done"),
        Err(error) => println!("failed: {error}"),
    })?;
    println!("serving {}", server.url());
    server.wait();
    Ok(())
}

/// Has a viewer draw, keep, read and save, and moves its camera.
fn ask(client: &Client) -> Result<(), Failure> {
    let patience = Duration::from_secs(20);
    let render = Render::new(120, 80).png().timeout(patience);
    let picture = client.get_render(render)?.into_rgba8();
    let is_red = |p: &&scenecast::image::Rgba<u8>| p[0] > 150 && p[2] < 120 && p[3] > 0;
    let red = picture.pixels().filter(is_red).count();
    println!("render {} {} {red}", picture.width(), picture.height());

    let storage = client.local_storage();
    storage.set_item("greeting", "hello");
    println!("storage {:?}", storage.get_item("greeting", patience)?);
    storage.remove_item("greeting");
    println!("storage {:?}", storage.get_item("greeting", patience)?);

    let small = Download::new("small.txt", "a cube and a ball");
    client.send_file_download(small.save_immediately(true))?;
    let large = Download::new("large.bin", vec![7; LARGE]);
    client.send_file_download(large.save_immediately(true))?;

    client.camera().set_position([1.0, -8.0, 0.0])?;
    client.camera().set_look_at([1.0, 0.0, 0.0])?;
    Ok(())
}
