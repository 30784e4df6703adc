//! Reduces a photographed environment to the coefficients of `src/render/environment/city.rs`.
//!
//! ```text
//! cargo run -p scenecast-client --example bake_environment -- potsdamer_platz_1k.jpg \
//!     > client-wasm/src/render/environment/city.rs
//! ```
//!
//! The input is an equirectangular JPEG with a gain map, as viser's HDRIs are: two JPEGs one after
//! the other, the second of which says how much brighter than the first each pixel really is.
//! "Potsdamer Platz" by Greg Zaal is published under CC0.

use std::error::Error;
use std::f32::consts::{PI, TAU};

use glam::Vec3;
use scenecast_client::render::environment::{COEFFICIENTS, Radiance, basis};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

/// How a JPEG begins.
const START_OF_IMAGE: &[u8] = &[0xFF, 0xD8, 0xFF];

struct Image {
    width: usize,
    height: usize,
    /// RGB, 0 to 255.
    pixels: Vec<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which JPEG?")?;
    let file = std::fs::read(path)?;
    let second = file
        .windows(START_OF_IMAGE.len())
        .enumerate()
        .skip(1)
        .find_map(|(at, window)| (window == START_OF_IMAGE).then_some(at))
        .ok_or("no gain map in this file")?;
    let (base, gain) = (decode(&file[..second])?, decode(&file[second..])?);
    if (base.width, base.height) != (gain.width, gain.height) {
        return Err("image and gain map differ in size".into());
    }
    let text = String::from_utf8_lossy(&file);
    let brightest = number(&text, "GainMapMax")?;
    let darkest = number(&text, "GainMapMin")?;
    let offsets = [number(&text, "OffsetSDR")?, number(&text, "OffsetHDR")?];

    let mut radiance: Radiance = [[0.0; 3]; COEFFICIENTS];
    for y in 0..base.height {
        let elevation = (0.5 - (y as f32 + 0.5) / base.height as f32) * PI;
        let area = elevation.cos() * PI / base.height as f32 * TAU / base.width as f32;
        for x in 0..base.width {
            let azimuth = ((x as f32 + 0.5) / base.width as f32 - 0.5) * TAU;
            let (sin, cos) = azimuth.sin_cos();
            let direction = Vec3::new(
                elevation.cos() * cos,
                elevation.sin(),
                elevation.cos() * sin,
            );
            let at = 3 * (y * base.width + x);
            let light = [0, 1, 2].map(|channel| {
                let share = f32::from(gain.pixels[at + channel]) / 255.0;
                let boost = darkest + (brightest - darkest) * share;
                let shown = linear(base.pixels[at + channel]);
                ((shown + offsets[0]) * boost.exp2() - offsets[1]).max(0.0)
            });
            for (sum, value) in radiance.iter_mut().zip(basis(direction)) {
                for (sum, light) in sum.iter_mut().zip(light) {
                    *sum += light * value * area;
                }
            }
        }
    }
    print(&radiance);
    Ok(())
}

fn decode(jpeg: &[u8]) -> Result<Image, Box<dyn Error>> {
    let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
    let pixels = decoder.decode()?;
    let (width, height) = decoder.dimensions().ok_or("a JPEG without a size")?;
    match pixels.len() / (width * height) {
        3 => Ok(Image {
            width,
            height,
            pixels,
        }),
        channels => Err(format!("{channels} channels; expected 3").into()),
    }
}

/// A number of the gain map's metadata.
fn number(text: &str, name: &str) -> Result<f32, Box<dyn Error>> {
    let start = format!("hdrgm:{name}=\"");
    let value = text
        .split(&start)
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(value
        .ok_or(format!("the gain map's {name} is missing"))?
        .parse()?)
}

fn linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.04045 {
        c / 12.92
    } else {
        ((c + 0.055) / 1.055).powf(2.4)
    }
}

fn print(radiance: &Radiance) {
    println!(
        "//! The default surroundings: \"Potsdamer Platz\" by Greg Zaal, published under CC0."
    );
    println!("//! Written by the example `bake_environment`; do not edit.\n");
    println!("use super::Radiance;\n");
    println!("/// Radiance in a city square by day.");
    println!("pub const CITY: Radiance = [");
    for [r, g, b] in radiance {
        println!("    [{r:.5}, {g:.5}, {b:.5}],");
    }
    println!("];");
}
