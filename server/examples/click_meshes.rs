//! Balls that turn into boxes when they are clicked, and back: each viewer has its own.
//! `cargo run --example click_meshes [PORT]`

use scenecast::{
    Client, Server,
    events::ClickEvent,
    scene::{Box, Clickable, Icosphere, Place},
};

const SIDE: i32 = 4;

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    println!("open {}", server.url());
    let _ = server.on_client_connect(|client| {
        for (x, y) in (0..SIDE).flat_map(|x| (0..SIDE).map(move |y| (x, y))) {
            if let Err(error) = put(client, x, y, false) {
                println!("{client:?}: {error}");
            }
        }
    });
    server.wait();
    Ok(())
}

/// Puts a ball or a box at a place, instead of what was there.
fn put(client: &Client, x: i32, y: i32, is_box: bool) -> scenecast::Result<()> {
    let name = format!("/things/{x}_{y}");
    let position = [f64::from(x) - 1.5, f64::from(y) - 1.5, 0.0];
    let scene = client.scene();
    if is_box {
        let thing = scene.add(&name, Box::new([0.6; 3]).color([230, 60, 50]).at(position))?;
        let _ = thing.on_click(move |event| swap(event, x, y, false))?;
    } else {
        let thing = scene.add(
            &name,
            Icosphere::new(0.35).color([40, 120, 230]).at(position),
        )?;
        let _ = thing.on_click(move |event| swap(event, x, y, true))?;
    }
    Ok(())
}

fn swap<N: Clickable>(event: &ClickEvent<N>, x: i32, y: i32, to_box: bool) {
    println!(
        "viewer {} clicked {}",
        event.client.id(),
        event.target.name()
    );
    if let Err(error) = put(&event.client, x, y, to_box) {
        println!("{error}");
    }
}
