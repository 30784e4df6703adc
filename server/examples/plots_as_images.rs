//! Pictures in the panel that the program draws: `cargo run --example plots_as_images [PORT]`.

use scenecast::{
    Server,
    gui::{Image, Slider},
    scene::Picture,
};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 160;

/// A wave, orange on white.
fn plot(frequency: f64) -> scenecast::Result<Picture> {
    let mut pixels = vec![255; (WIDTH * HEIGHT * 3) as usize];
    for x in 0..WIDTH {
        let wave = (f64::from(x) / f64::from(WIDTH) * frequency * std::f64::consts::TAU).sin();
        let middle = (f64::from(HEIGHT) / 2.0 * (1.0 - 0.9 * wave)) as u32;
        for y in middle.saturating_sub(2)..(middle + 2).min(HEIGHT) {
            let at = 3 * (y * WIDTH + x) as usize;
            pixels[at..at + 3].copy_from_slice(&[240, 120, 20]);
        }
    }
    Ok(Picture::rgb(WIDTH, HEIGHT, pixels)?.png())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let frequency = server
        .gui()
        .add(Slider::new("Waves", 1.0..=10.0).value(2.0))?;
    let image = server.gui().add(Image::new(plot(2.0)?).label("A wave"))?;
    let _ = frequency.on_update(move |event| {
        let drawn = plot(event.value).and_then(|plot| image.set_image(plot));
        println!("drawn {}", drawn.is_ok());
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
