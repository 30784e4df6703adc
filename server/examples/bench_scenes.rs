//! The client's half of the benchmark: `bench_scenes SCENE [FOLDER]` serves one scene until it is
//! ended, for our client and viser's to show in turn.
//!
//! Prints `serving URL` when the scene exists. `cargo xtask bench client` opens it in both.

use bytes::Bytes;
use scenecast::{
    Result, Server, Wxyz,
    gui::{Slider, Text},
    scene::{
        BatchedMeshes, Frame, Gaussians, Handle, Image, Mesh, Place, PointCloud, Points, Precision,
        Side,
    },
};
use scenecast_protocol::types::ImageFormat;
use std::{error::Error, f64::consts::TAU, fs, path::Path, thread, time::Duration};

/// A third of a turn of the golden angle spreads things evenly without random numbers.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;

/// Points of a cloud.
const CLOUD: usize = 5_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // Both clients are pages of other servers.
    let server = Server::builder().port(0).allow_origin("*").start()?;
    let pace = |hz: f64| move || thread::sleep(Duration::from_secs_f64(1.0 / hz));
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["frames"] => {
            frames(&server, 10_000)?;
            serve(&server)
        }
        ["posed"] => {
            let frames = frames(&server, 2_000)?;
            say(&server);
            posed(&server, &frames, pace(60.0))
        }
        ["points"] => {
            points(&server, 1_000_000, Precision::Float16)?;
            serve(&server)
        }
        ["points20m"] => {
            points(&server, 20_000_000, Precision::Float16)?;
            serve(&server)
        }
        ["points20m_single"] => {
            points(&server, 20_000_000, Precision::Float32)?;
            serve(&server)
        }
        [scene @ ("splats" | "splats500k" | "splats2m")] => {
            splats(
                &server,
                match scene {
                    "splats" => 200_000,
                    "splats500k" => 500_000,
                    _ => 2_000_000,
                },
            )?;
            serve(&server)
        }
        ["batched"] => {
            batched(&server, 10_000)?;
            serve(&server)
        }
        ["mesh"] => {
            mesh(&server, 707)?;
            serve(&server)
        }
        ["sliders"] => sliders(&server, 50, pace(60.0)),
        ["images", folder] => images(&server, Path::new(folder), pace(30.0)),
        _ => Err("usage: bench_scenes SCENE, or images FOLDER".into()),
    }
}

fn say(server: &Server) {
    println!("serving {}", server.url());
}

fn serve(server: &Server) -> Result<(), Box<dyn Error>> {
    say(server);
    server.wait();
    Ok(())
}

/// Points on a disc of radius 2, evenly spread.
fn spread(index: usize, count: usize) -> [f64; 3] {
    let share = index as f64 / count as f64;
    let (sin, cos) = (index as f64 * GOLDEN_ANGLE).sin_cos();
    let radius = 2.0 * share.sqrt();
    [radius * cos, radius * sin, 0.5 * (share * 40.0 * TAU).sin()]
}

/// Coordinate frames, each a node.
fn frames(server: &Server, count: usize) -> Result<Vec<Handle<Frame>>> {
    (0..count)
        .map(|index| {
            let frame = Frame::default().axes_length(0.05).axes_radius(0.0025);
            let frame = frame.at(spread(index, count));
            server.scene().add(&format!("/n/{index}"), frame)
        })
        .collect()
}

/// All of them move at each tick.
fn posed(
    server: &Server,
    frames: &[Handle<Frame>],
    pause: impl Fn(),
) -> Result<(), Box<dyn Error>> {
    for tick in 0_u32.. {
        let turn = Wxyz::from_axis_angle([0.0, 0.0, 1.0], f64::from(tick) / 60.0);
        let lift = (f64::from(tick) / 30.0).sin() * 0.3;
        server.atomic(|| {
            frames.iter().enumerate().try_for_each(|(index, frame)| {
                let [x, y, z] = spread(index, frames.len());
                frame.set_position([x, y, z + lift])?;
                frame.set_wxyz(turn)
            })
        })?;
        pause();
    }
    Ok(())
}

/// Sliders in the panel, all of which move at each tick, beside a field to type in.
fn sliders(server: &Server, count: usize, pause: impl Fn()) -> Result<(), Box<dyn Error>> {
    server.gui().add(Text::new("Typed").value("start"))?;
    let sliders = (0..count)
        .map(|index| {
            let slider = Slider::new(format!("Slider {index}"), 0.0..=1.0);
            server.gui().add(slider.step(0.001).value(0.0))
        })
        .collect::<Result<Vec<_>>>()?;
    say(server);
    for tick in 0_usize.. {
        server.atomic(|| {
            sliders.iter().enumerate().try_for_each(|(index, slider)| {
                slider.set_value(((tick * 7 + index * 20) % 1000) as f64 / 1e3)
            })
        })?;
        pause();
    }
    Ok(())
}

/// Points in clouds of at most five million: what drives the browser keeps a copy of each message.
fn points(server: &Server, count: usize, precision: Precision) -> Result<()> {
    for first in (0..count).step_by(CLOUD) {
        let range = first..count.min(first + CLOUD);
        let positions = range.clone().map(|i| spread(i, count).map(|c| c as f32));
        let colors = range.map(|i| [(i % 256) as u8, (i / 256 % 256) as u8, 160]);
        let cloud = PointCloud::new(Points::f32(positions.collect::<Vec<_>>()))
            .colors(colors.collect::<Vec<_>>())
            .point_size(0.004)
            .precision(precision);
        server.scene().add(&format!("/points/{first}"), cloud)?;
    }
    Ok(())
}

/// Flat splats of one size.
fn splats(server: &Server, count: usize) -> Result<()> {
    let centers = (0..count).map(|i| spread(i, count).map(|c| c as f32));
    let rgbs = (0..count).map(|i| [(i % 256) as u8, (i / 256 % 256) as u8, 160]);
    let splats = Gaussians {
        centers: &centers.collect::<Vec<_>>(),
        covariances: &vec![[[1e-4, 0.0, 0.0], [0.0, 1e-4, 0.0], [0.0, 0.0, 2e-5]]; count],
        rgbs: &rgbs.collect::<Vec<_>>(),
        opacities: &vec![0.6; count],
    };
    server.scene().add("/splats", splats.pack()?).map(drop)
}

/// Instances of one small mesh.
fn batched(server: &Server, count: usize) -> Result<()> {
    let corners = [
        [1.0, 1.0, 1.0],
        [1.0, -1.0, -1.0],
        [-1.0, 1.0, -1.0],
        [-1.0, -1.0, 1.0_f32],
    ];
    let places = (0..count).map(|i| spread(i, count).map(|c| c as f32));
    let mesh = BatchedMeshes {
        vertices: corners.map(|corner| corner.map(|c| 0.01 * c)).into(),
        faces: [[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2_u32]].into(),
        batched_positions: places.collect::<Vec<_>>().into(),
        batched_wxyzs: vec![[1.0, 0.0, 0.0, 0.0_f32]; count].into(),
        ..BatchedMeshes::default()
    };
    server.scene().add("/batched", mesh).map(drop)
}

/// A wavy sheet of `side` by `side` vertices that can be clicked: a million triangles for 707.
fn mesh(server: &Server, side: u32) -> Result<()> {
    let corner = |row: u32, column: u32| {
        let [x, y] = [column, row].map(|i| 4.0 * i as f32 / (side - 1) as f32 - 2.0);
        [x, y, 0.2 * (3.0 * x).sin() * (2.5 * y).cos()]
    };
    let rows = 0..side;
    let vertices: Vec<_> = rows
        .flat_map(|row| (0..side).map(move |column| corner(row, column)))
        .collect();
    let faces: Vec<_> = (0..side - 1)
        .flat_map(|row| (0..side - 1).map(move |column| row * side + column))
        .flat_map(|i| [[i, i + 1, i + side], [i + side, i + 1, i + side + 1]])
        .collect();
    let sheet = Mesh {
        side: Side::Double,
        ..Mesh::new(vertices, faces)
    };
    let sheet = server.scene().add("/mesh", sheet)?;
    let _ = sheet.on_click(|_| {})?;
    Ok(())
}

/// The JPEG files of a folder, one after the other, on one rectangle.
fn images(server: &Server, folder: &Path, pause: impl Fn()) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let pictures: Vec<Bytes> = paths
        .iter()
        .map(|path| fs::read(path).map(Bytes::from))
        .collect::<Result<_, _>>()?;
    let first = pictures.first().ok_or("the folder is empty")?;
    let image = Image {
        format: ImageFormat::Jpeg,
        data: first.clone(),
        render_width: 4.0,
        render_height: 3.0,
        ..Image::default()
    };
    let image = server.scene().add("/image", image)?;
    say(server);
    for picture in pictures.iter().cycle() {
        image.update(|p| p.data = picture.clone())?;
        pause();
    }
    Ok(())
}
