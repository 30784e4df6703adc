//! Images in the scene, one of them moving, and one in a camera frustum:
//! `cargo run --example images [PORT]`

use scenecast::{
    Server,
    scene::{CameraFrustum, Image, Picture, Place, ShowsPicture},
};
use std::{f64::consts::FRAC_PI_2, thread, time::Duration};

const WIDTH: u32 = 160;
const HEIGHT: u32 = 120;

/// Waves of colour.
fn waves(phase: f64) -> scenecast::Result<Picture> {
    let coordinates = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y)));
    let pixels = coordinates.flat_map(|(x, y)| {
        let (x, y) = (f64::from(x) / 20.0, f64::from(y) / 20.0);
        let channel = |wave: f64| (128.0 + 127.0 * wave.sin()) as u8;
        [channel(x + phase), channel(y - phase), channel(x + y)]
    });
    Picture::rgb(WIDTH, HEIGHT, pixels.collect::<Vec<u8>>())
}

/// A red disc on nothing.
fn disc() -> scenecast::Result<Picture> {
    let coordinates = (0..64).flat_map(|y| (0..64).map(move |x| (x - 32, y - 32)));
    let pixels = coordinates.flat_map(|(x, y): (i32, i32)| {
        let is_inside = x * x + y * y < 30 * 30;
        [220, 40, 40, if is_inside { 255 } else { 0 }]
    });
    Picture::rgba(64, 64, pixels.collect::<Vec<u8>>())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.initial_camera().set_position([0.5, 2.0, 2.5])?;
    server.initial_camera().set_look_at([0.0, -0.4, 0.5])?;
    let scene = server.scene();
    // With an alpha channel an image travels as PNG, else as JPEG.
    let still = Image::new(1.0, 1.0).with_image(disc()?)?;
    scene.add("/disc", still.at([-1.5, 0.0, 0.5]))?;
    let moving = Image::new(1.6, 1.2).with_image(waves(0.0)?.jpeg(90))?;
    let moving = scene.add("/waves", moving.at([0.5, 0.0, 0.5]))?;
    let camera = CameraFrustum::new(FRAC_PI_2, 4.0 / 3.0).scale(0.5);
    let camera = camera.with_image(waves(0.0)?)?;
    scene.add("/camera", camera.at([0.0, -1.5, 0.5]))?;
    println!("open {}", server.url());
    for step in 0_u32.. {
        moving.set_image(waves(f64::from(step) / 10.0)?)?;
        thread::sleep(Duration::from_millis(33));
    }
    Ok(())
}
