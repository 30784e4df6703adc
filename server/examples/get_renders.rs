//! A turn around the scene, drawn by the first viewer and sent to it as a file to save:
//! `cargo run --example get_renders [PORT]`

use scenecast::{
    Client, Download, Render, Server, Wxyz,
    image::{ImageFormat, RgbImage, imageops},
    scene::{Box, Grid, Place},
};
use std::{io::Cursor, time::Duration};

const PICTURES: u32 = 6;
const WIDTH: u32 = 160;
const HEIGHT: u32 = 120;

type Failure = std::boxed::Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.scene().add("/grid", Grid::default())?;
    let cube = Box::new([1.0; 3]).color([230, 60, 50]);
    let cube = server.scene().add("/cube", cube.at([0.0, 0.0, 0.5]))?;
    println!("open {}", server.url());
    let _ = server.on_client_connect(move |client| {
        let strip = turn(client, |share| {
            let axis = [0.0, 0.0, 1.0];
            // An error means that the cube is gone.
            let _ = cube.set_wxyz(Wxyz::from_axis_angle(
                axis,
                share * std::f64::consts::FRAC_PI_2,
            ));
        });
        match strip {
            Ok(()) => println!("viewer {} has drawn {PICTURES} pictures", client.id()),
            Err(error) => println!("viewer {} has not drawn: {error}", client.id()),
        }
    });
    server.wait();
    Ok(())
}

/// Puts pictures side by side, and sends them to the viewer that drew them.
fn turn(client: &Client, pose: impl Fn(f64)) -> Result<(), Failure> {
    let mut strip = RgbImage::new(PICTURES * WIDTH, HEIGHT);
    for number in 0..PICTURES {
        pose(f64::from(number) / f64::from(PICTURES));
        let render = Render::new(WIDTH, HEIGHT).timeout(Duration::from_secs(20));
        let picture = client.get_render(render)?.into_rgb8();
        imageops::replace(&mut strip, &picture, i64::from(number * WIDTH), 0);
    }
    let mut file = Cursor::new(Vec::new());
    strip.write_to(&mut file, ImageFormat::Png)?;
    client.send_file_download(Download::new("turn.png", file.into_inner()))?;
    Ok(())
}
