//! A reconstruction by COLMAP, its cameras as frustums that take viewers to where they stand when
//! they are clicked: `cargo run --example colmap_visualizer [PORT [SPARSE_FOLDER IMAGES_FOLDER]]`
//!
//! Without folders it writes a small one, of a bust on a table, and reads it back.

use glam::{DMat3, DVec3};
use scenecast::{
    Server,
    gui::{Button, GuiHandle, Slider},
    image::{self, RgbImage},
    loaders::colmap::{self, Camera, Image, Model},
    scene::{CameraFrustum, Frame, Place, PointCloud, ShowsPicture},
    transforms::{SE3, SO3},
};
use std::{
    f64::consts::TAU,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().map_or(Ok(8080), |p| p.parse())?;
    let generated = tempfile::tempdir()?;
    let (sparse, images) = match (arguments.next(), arguments.next()) {
        (Some(sparse), Some(images)) => (PathBuf::from(sparse), PathBuf::from(images)),
        _ => {
            write_model(generated.path())?;
            (generated.path().into(), generated.path().into())
        }
    };
    let model = Arc::new(colmap::read_model(sparse)?);

    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    // Up in images is -y; the mean of all is up in the world.
    let ups = model
        .images
        .values()
        .map(|image| image.world_from_camera().rotation() * DVec3::NEG_Y);
    scene.set_up_direction(ups.sum::<DVec3>().to_array());

    let reset = Button::new("Reset up direction");
    let reset = server
        .gui()
        .add(reset.hint("What is up for the camera becomes up"))?;
    let _ = reset.on_click(|event| {
        if let Some(client) = &event.client {
            let up = SO3::from(client.camera().wxyz()) * DVec3::NEG_Y;
            tell(client.camera().set_up_direction(up));
        }
    });

    let count = |count: usize| (count.max(2) as f64, 1.0);
    let slider = |label: &str, (most, step): (f64, f64), start: f64| {
        let slider = Slider::new(label, 1.0..=most).step(step);
        server.gui().add(slider.value(start.clamp(1.0, most)))
    };
    let most_points = slider("Max points", count(model.points3d.len()), 50_000.0)?;
    let most_frames = slider("Max frames", count(model.images.len()), 50.0)?;
    let size = Slider::new("Point size", 0.01..=0.1)
        .step(0.001)
        .value(0.02);
    let size = server.gui().add(size)?;

    let cloud = scene.add("/colmap/pcd", points(&model, most_points.value()?))?;
    let _ = most_points.on_update({
        let (model, cloud, size) = (Arc::clone(&model), cloud.clone(), size.clone());
        move |event| {
            let points = points(&model, event.value).point_size(size.value().unwrap_or(0.02));
            tell(cloud.update(|cloud| *cloud = points));
        }
    });
    let _ = size.on_update(move |event| {
        tell(cloud.update(|cloud| cloud.point_size = event.value));
    });
    show_frames(&server, &model, &images, &most_frames)?;
    let _ = most_frames.on_update({
        let (server, model) = (server.clone(), Arc::clone(&model));
        move |event| tell(show_frames(&server, &model, &images, &event.target))
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

fn tell<T>(outcome: scenecast::Result<T>) {
    if let Err(error) = outcome {
        println!("{error}");
    }
}

/// Up to this many points, spread over all.
fn points(model: &Model, most: f64) -> PointCloud {
    let step = (model.points3d.len() as f64 / most.max(1.0))
        .ceil()
        .max(1.0) as usize;
    let points = model.points3d.values().step_by(step);
    let positions = points.clone().map(|p| p.xyz.map(|x| x as f32));
    let colors: Vec<[u8; 3]> = points.map(|p| p.rgb).collect();
    PointCloud::new(positions.collect::<Vec<_>>())
        .colors(colors)
        .point_size(0.02)
}

/// Shows up to as many images as a slider says, spread over all, instead of those before.
fn show_frames(
    server: &Server,
    model: &Model,
    folder: &Path,
    most: &GuiHandle<Slider>,
) -> scenecast::Result<()> {
    let most = most.value()?;
    server.atomic(|| {
        server.scene().remove_by_name("/colmap/frames");
        let step = (model.images.len() as f64 / most.max(1.0)).ceil().max(1.0) as usize;
        for (id, image) in model.images.iter().step_by(step) {
            if let Some(camera) = model.cameras.get(&image.camera_id) {
                show_frame(
                    server,
                    &format!("/colmap/frames/{id}"),
                    image,
                    camera,
                    folder,
                )?;
            }
        }
        Ok(())
    })
}

fn show_frame(
    server: &Server,
    name: &str,
    image: &Image,
    camera: &Camera,
    folder: &Path,
) -> scenecast::Result<()> {
    let pose = image.world_from_camera();
    let frame = Frame::new(0.1, 0.005);
    let frame = frame.at(pose.translation()).turned(pose.rotation());
    server.scene().add(name, frame)?;
    let frustum = CameraFrustum::new(camera.fov(), camera.aspect()).scale(0.15);
    let name = format!("{name}/frustum");
    let frustum = match image::open(folder.join(&image.name)) {
        Ok(picture) => {
            let picture = picture.thumbnail(320, 320).into_rgb8();
            server.scene().add(&name, frustum.with_image(picture)?)?
        }
        // Without its image it is a frustum all the same.
        Err(_) => server.scene().add(&name, frustum)?,
    };
    let _ = frustum.on_click(move |event| {
        let camera = event.client.camera();
        tell(event.client.atomic(|| {
            camera.set_wxyz(pose.rotation())?;
            camera.set_position(pose.translation())
        }));
    })?;
    Ok(())
}

/// Writes a reconstruction of a bust that twelve cameras look at, as text.
fn write_model(folder: &Path) -> Result<(), Failure> {
    fs::write(
        folder.join("cameras.txt"),
        "1 PINHOLE 320 240 300 300 160 120\n",
    )?;
    let mut images = "# id, rotation, translation, camera, name; then keypoints\n".to_owned();
    for number in 0..12_u32 {
        let angle = f64::from(number) * TAU / 12.0;
        let eye = DVec3::new(2.0 * angle.cos(), 2.0 * angle.sin(), 1.2);
        let camera_from_world = looking_at(eye, DVec3::new(0.0, 0.0, 0.4)).inverse();
        let pose = camera_from_world
            .parameters()
            .map(|x| x.to_string())
            .join(" ");
        writeln!(images, "{} {pose} 1 {number}.jpg\n", number + 1)?;
        let shade =
            |x: u32, y: u32| image::Rgb([(x * 255 / 320) as u8, (20 * number) as u8, y as u8]);
        RgbImage::from_fn(320, 240, shade).save(folder.join(format!("{number}.jpg")))?;
    }
    fs::write(folder.join("images.txt"), images)?;
    let mut points = "# id, position, colour, error, track\n".to_owned();
    for number in 0..20_000_u32 {
        let [x, y, z] = bust(number);
        let [r, g] = [x, y].map(|c| (128.0 + 90.0 * c).clamp(0.0, 255.0) as u8);
        let blue = (80.0 + 150.0 * z).clamp(0.0, 255.0) as u8;
        writeln!(points, "{number} {x} {y} {z} {r} {g} {blue} 0.5")?;
    }
    fs::write(folder.join("points3D.txt"), points)?;
    Ok(())
}

/// The pose of a camera at `eye`: its z towards `target`, its y down.
fn looking_at(eye: DVec3, target: DVec3) -> SE3 {
    let z = (target - eye).normalize();
    let x = z.cross(DVec3::Z).normalize();
    let rotation = DMat3::from_cols(x, z.cross(x), z);
    SE3::new(SO3::from_matrix(rotation), eye)
}

/// Points on a ball above a table, along spirals.
fn bust(number: u32) -> [f64; 3] {
    let share = f64::from(number % 10_000) / 10_000.0;
    let angle = f64::from(number) * 2.399_963;
    let (sin, cos) = angle.sin_cos();
    if number < 10_000 {
        let height = 2.0 * share - 1.0;
        let radius = 0.4 * (1.0 - height * height).sqrt() * (1.0 + 0.15 * (5.0 * angle).sin());
        [radius * cos, radius * sin, 0.5 + 0.5 * height]
    } else {
        let radius = 1.2 * share.sqrt();
        [radius * cos, radius * sin, 0.0]
    }
}
