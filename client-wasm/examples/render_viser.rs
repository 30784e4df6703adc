//! Draws the end of a recording into a PNG, without a browser.
//!
//! ```text
//! cargo run -p scenecast-client --example render_viser -- scene.viser [-o out.png] [--size 640x480]
//!     [--eye 3,3,3] [--target 0,0,0] [--fov 75]
//! ```

// The tests' way to draw a recording.
#[allow(dead_code)]
#[path = "../tests/golden"]
mod golden {
    pub(crate) mod font;
    pub(crate) mod picture;
    pub(crate) mod scene;
}

use std::error::Error;
use std::path::PathBuf;

use glam::{DMat3, DQuat, DVec3};
use golden::{font::FontFile, picture::Picture, scene::Scene};
use scenecast_client::render::Renderer;
use scenecast_client::render::images::NativeImages;
use scenecast_gl::Headless;

struct Options {
    file: PathBuf,
    out: PathBuf,
    size: [u32; 2],
    eye: DVec3,
    target: DVec3,
    fov_y: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let scene = Scene::read(&std::fs::read(&options.file)?)?;
    let gl = Headless::new()?;
    let mut renderer = Renderer::new(
        gl.context(),
        Box::new(FontFile::read()?),
        Box::new(NativeImages::default()),
    );
    for complaint in scene.show(&mut renderer) {
        eprintln!("{complaint}");
    }
    let wxyz = looking(options.eye, options.target);
    let camera = scene.camera(wxyz, options.eye.to_array(), options.fov_y);
    let (picture, stats) = Picture::draw(gl.context(), &mut renderer, &camera, options.size)?;
    picture.write(&options.out)?;
    println!("{}: {} draw calls", options.out.display(), stats.draw_calls);
    Ok(())
}

/// The rotation of a camera that looks along +z, with y down, z being up in the scene.
fn looking(eye: DVec3, target: DVec3) -> [f64; 4] {
    let forward = (target - eye).normalize_or(DVec3::X);
    let right = forward.cross(DVec3::Z).normalize_or(DVec3::X);
    let rotation = DMat3::from_cols(right, forward.cross(right), forward);
    let q = DQuat::from_mat3(&rotation);
    [q.w, q.x, q.y, q.z]
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut file = None;
    let mut options = Options {
        file: PathBuf::new(),
        out: "out.png".into(),
        size: [640, 480],
        eye: DVec3::splat(3.0),
        target: DVec3::ZERO,
        fov_y: 75f32.to_radians(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "-o" => options.out = value()?.into(),
            "--size" => options.size = numbers(&value()?, 'x')?,
            "--eye" => options.eye = numbers(&value()?, ',')?.into(),
            "--target" => options.target = numbers(&value()?, ',')?.into(),
            "--fov" => options.fov_y = value()?.parse::<f32>()?.to_radians(),
            _ => file = Some(arg.into()),
        }
    }
    options.file = file.ok_or("which recording? Give a .viser file")?;
    Ok(options)
}

fn numbers<T, const N: usize>(text: &str, separator: char) -> Result<[T; N], Box<dyn Error>>
where
    T: std::str::FromStr,
    T::Err: Error + 'static,
{
    let parsed: Result<Vec<T>, _> = text.split(separator).map(str::parse).collect();
    parsed?
        .try_into()
        .map_err(|_| format!("{text}: expected {N} numbers").into())
}
