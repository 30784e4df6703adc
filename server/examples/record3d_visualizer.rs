//! A capture of Record3D, played back: `cargo run --example record3d_visualizer [PORT [CAPTURE]]`
//!
//! Without an `.r3d` file or its folder it writes a short one, of a ball that jumps in front of a
//! wall, and reads it back.

use scenecast::{
    Server,
    gui::{Button, ButtonGroup, Checkbox, Gui, GuiHandle, Slider},
    image::{ImageFormat, Rgb, RgbImage, imageops},
    loaders::record3d::Record3d,
    scene::{CameraFrustum, Frame, Handle, Place, PointCloud, PointShape},
    transforms::SO3,
};
use std::{f64::consts::FRAC_PI_2, fs, path::Path, thread, time::Duration};

/// Of each this many pixels, one becomes a point.
const DOWNSAMPLE_FACTOR: u32 = 2;
const MAX_FRAMES: usize = 100;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().map_or(Ok(8080), |p| p.parse())?;
    let generated = tempfile::tempdir()?;
    let capture = match arguments.next() {
        Some(path) => Record3d::open(path)?,
        None => {
            write_capture(generated.path())?;
            Record3d::open(generated.path())?
        }
    };
    let server = Server::builder().port(port).start()?;
    let camera = server.initial_camera();
    camera.set_position([-1.6, -1.0, 1.1])?;
    camera.set_look_at([0.0, 2.3, -0.2])?;
    let last = capture.num_frames().min(MAX_FRAMES).saturating_sub(1);
    let player = server
        .gui()
        .folder("Playback", |gui| Player::new(gui, last, capture.fps()))?;
    println!("open {}", server.url());

    // The capture has +Y up, the scene +Z.
    let upright = SO3::from_x_radians(FRAC_PI_2);
    let frames = Frame::default().show_axes(false);
    server.scene().add("/frames", frames.turned(upright))?;
    let mut nodes = Vec::new();
    for index in 0..=last {
        nodes.push(add_frame(&server, &capture, index)?);
        println!("frame {} of {}", index + 1, last + 1);
    }
    let mut shown = 0;
    nodes[shown].0.set_visible(true)?;
    loop {
        if player.playing.value()? {
            player.step(1)?;
        }
        let next = player.timestep.value()? as usize;
        let (frame, cloud) = &nodes[next];
        let size = player.size.value()?;
        cloud.update(|cloud| cloud.point_size = size)?;
        if next != shown {
            server.atomic(|| {
                frame.set_visible(true)?;
                nodes[shown].0.set_visible(false)
            })?;
            shown = next;
        }
        thread::sleep(Duration::from_secs_f64(1.0 / player.fps.value()?));
    }
}

/// What the panel has.
#[derive(Clone)]
struct Player {
    last: usize,
    size: GuiHandle<Slider>,
    timestep: GuiHandle<Slider>,
    playing: GuiHandle<Checkbox>,
    fps: GuiHandle<Slider>,
}

impl Player {
    fn new(gui: &Gui, last: usize, fps: f64) -> scenecast::Result<Self> {
        let size = Slider::new("Point size", 0.001..=0.02).step(0.001);
        let size = gui.add(size.value(0.01))?;
        let timestep = Slider::new("Timestep", 0.0..=last.max(1) as f64).step(1.0);
        let timestep = gui.add(timestep.disabled(true))?;
        let next = gui.add(Button::new("Next Frame").disabled(true))?;
        let previous = gui.add(Button::new("Prev Frame").disabled(true))?;
        let playing = gui.add(Checkbox::new("Playing").value(true))?;
        let fps = Slider::new("FPS", 1.0..=60.0)
            .step(0.1)
            .value(fps.clamp(1.0, 60.0));
        let fps = gui.add(fps)?;
        let options = gui.add(ButtonGroup::new("FPS options", ["10", "20", "30", "60"]))?;
        let player = Self {
            last,
            size,
            timestep,
            playing,
            fps,
        };
        for (button, by) in [(&next, 1), (&previous, last)] {
            let player = player.clone();
            let _ = button.on_click(move |_| tell(player.step(by)));
        }
        let of = player.clone();
        let _ = player.playing.on_update(move |event| {
            tell(of.timestep.set_disabled(event.value));
            tell(next.set_disabled(event.value));
            tell(previous.set_disabled(event.value));
        });
        let fps = player.fps.clone();
        let _ = options.on_click(move |event| {
            tell(fps.set_value(event.value.parse().unwrap_or(30.0)));
        });
        Ok(player)
    }

    /// Goes so many frames further, round and round.
    fn step(&self, by: usize) -> scenecast::Result<()> {
        let next = (self.timestep.value()? as usize + by) % (self.last + 1);
        self.timestep.set_value(next as f64)
    }
}

fn tell(outcome: scenecast::Result<()>) {
    if let Err(error) = outcome {
        println!("{error}");
    }
}

/// Adds a frame's points and its camera, hidden.
fn add_frame(
    server: &Server,
    capture: &Record3d,
    index: usize,
) -> Result<(Handle<Frame>, Handle<PointCloud>), Failure> {
    let frame = capture.get_frame(index)?;
    let scene = server.scene();
    let name = format!("/frames/t{index}");
    let node = scene.add(&name, Frame::default().show_axes(false).hidden())?;
    let points = frame.get_point_cloud(DOWNSAMPLE_FACTOR);
    let cloud = PointCloud::new(points.positions)
        .colors(points.colors.unwrap_or_default())
        .point_shape(PointShape::Rounded)
        .point_size(0.01);
    let cloud = scene.add(&format!("{name}/point_cloud"), cloud)?;
    let (width, height) = frame.rgb.dimensions();
    let small = imageops::thumbnail(&frame.rgb, width.div_ceil(4), height.div_ceil(4));
    let pose = frame.world_from_camera;
    let frustum = CameraFrustum::new(frame.fov(), frame.aspect()).scale(0.15);
    let frustum = frustum.at(pose.translation()).turned(pose.rotation());
    let frustum = scene.add(&format!("{name}/frustum"), frustum)?;
    frustum.set_image(small)?;
    scene.add(&format!("{name}/frustum/axes"), Frame::new(0.05, 0.005))?;
    Ok((node, cloud))
}

const WIDTH: u32 = 96;
const HEIGHT: u32 = 128;
const FOCAL: f32 = 110.0;
const FRAMES: u16 = 24;

/// Writes the files that an `.r3d` archive unpacks to.
fn write_capture(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("rgbd"))?;
    let poses = vec!["[0, 0, 0, 1, 0, 0, 0]"; FRAMES.into()].join(", ");
    let (x, y) = (WIDTH / 2, HEIGHT / 2);
    fs::write(
        folder.join("metadata"),
        format!(
            r#"{{"K": [{FOCAL}, 0, 0, 0, {FOCAL}, 0, {x}, {y}, 1], "fps": 20,
"dw": {WIDTH}, "dh": {HEIGHT}, "poses": [{poses}]}}"#
        ),
    )?;
    for number in 0..FRAMES {
        let height = (f32::from(number) / f32::from(FRAMES) * std::f32::consts::PI).sin();
        let file = |extension| folder.join(format!("rgbd/{number}.{extension}"));
        let mut picture = RgbImage::new(WIDTH, HEIGHT);
        let mut depths = Vec::new();
        for (column, row, pixel) in picture.enumerate_pixels_mut() {
            let depth = ball(column, row, height);
            let (wall, x, y) = (2.6, (column / 12) % 2, (row / 12) % 2);
            *pixel = match depth {
                Some(depth) => Rgb([240, (400.0 - 140.0 * depth) as u8, 40]),
                None if x == y => Rgb([90, 110, 140]),
                None => Rgb([190, 200, 210]),
            };
            depths.extend(depth.unwrap_or(wall).to_le_bytes());
        }
        picture.save_with_format(file("jpg"), ImageFormat::Jpeg)?;
        fs::write(file("depth"), compressed(&depths)?)?;
        fs::write(file("conf"), compressed(&[2; (WIDTH * HEIGHT) as usize])?)?;
    }
    Ok(())
}

/// How far the ball is in a pixel, if it is there. It jumps from 0.5 m below the camera to 0.5 m
/// above.
fn ball(column: u32, row: u32, height: f32) -> Option<f32> {
    let (radius, distance) = (0.35_f32, 2.0_f32);
    let along = |index: u32, size: u32| (index as f32 + 0.5 - size as f32 / 2.0) / FOCAL * distance;
    let (x, y) = (along(column, WIDTH), along(row, HEIGHT) + height - 0.5);
    let inside = radius * radius - x * x - y * y;
    (inside > 0.0).then(|| distance - inside.sqrt())
}

fn compressed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    lzfse_rust::encode_bytes(bytes, &mut compressed)?;
    Ok(compressed)
}
