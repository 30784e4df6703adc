//! A ball that dips into a background image with depth:
//! `cargo run --example background_composite [PORT]`

use scenecast::{
    Server,
    scene::{Background, Icosphere, Picture},
};
use std::{thread, time::Duration};

const SIZE: u32 = 256;

/// A wall that is near on the left and far on the right, in stripes.
fn wall() -> scenecast::Result<Background> {
    let columns = || (0..SIZE).flat_map(|_| 0..SIZE);
    let pixels = columns().flat_map(|x| {
        let stripe = if x / 16 % 2 == 0 { 230 } else { 200 };
        [stripe, stripe, 160]
    });
    let picture = Picture::rgb(SIZE, SIZE, pixels.collect::<Vec<u8>>())?;
    let depth: Vec<f32> = columns()
        .map(|x| 3.0 + 4.0 * x as f32 / SIZE as f32)
        .collect();
    Background::from(picture.png()).depth(SIZE, SIZE, &depth)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.scene().set_background_image(wall()?)?;
    let ball = Icosphere::new(1.0).color([40, 120, 230]);
    let ball = server.scene().add("/ball", ball)?;
    println!("open {}", server.url());
    for step in 0_u32.. {
        let distance = 0.8 * (f64::from(step) / 30.0).sin();
        ball.set_position([distance, distance, distance])?;
        thread::sleep(Duration::from_millis(33));
    }
    Ok(())
}
