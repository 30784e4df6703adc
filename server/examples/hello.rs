//! A blue cube that turns: `cargo run --example hello`, then open the printed URL.

use scenecast::{
    Server, Wxyz,
    scene::{Box, Place},
};
use std::{thread, time::Duration};

fn main() -> scenecast::Result<()> {
    let server = Server::builder().port(8080).start()?;
    println!("open {}", server.url());
    let cube = Box::new([1.0, 1.0, 1.0]).color([60, 130, 220]);
    let cube = server.scene().add("/cube", cube.at([0.0, 0.0, 0.5]))?;
    for step in 0.. {
        cube.set_wxyz(Wxyz::from_axis_angle(
            [0.0, 0.0, 1.0],
            f64::from(step) / 60.0,
        ))?;
        thread::sleep(Duration::from_millis(16));
    }
    Ok(())
}
