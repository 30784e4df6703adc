//! `scenecast view`: files in a scene.

mod arrange;
mod palette;
mod progress;

use super::{Failure, options::ServeOptions, serve};
pub(crate) use arrange::{Arrangement, FOV, Part};
use scenecast::{
    Server,
    loaders::{self, Format, Geometry, Loaded},
    scene::{Frame, Glb, Place, Up},
};
use std::path::PathBuf;

pub(crate) fn run(files: &[PathBuf], options: ServeOptions) -> Result<(), Failure> {
    let arranged = load(files)?;
    let stop = serve::stop_signal()?;
    let server = serve::start(&options)?;
    show(arranged, &server)?;
    serve::announce(&server, &options);
    // An error means that the thread that waits for signals is gone: then nobody can ask.
    let _ = stop.recv();
    Ok(())
}

/// Reads files and arranges them in a scene.
pub(crate) fn load(files: &[PathBuf]) -> Result<Arrangement, Failure> {
    let mut loaded = Vec::with_capacity(files.len());
    for path in files {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let file = progress::load_with_bar(path, &name).map_err(Failure::bad_input)?;
        loaded.push((name, file));
    }
    let are_models: Vec<bool> = loaded.iter().map(|(_, file)| is_model(file)).collect();
    let mut arranged = arrange::arrange(loaded);
    for ((node, path), is_model) in arranged.files.iter_mut().zip(files).zip(are_models) {
        if is_model {
            let glb = Glb::new(loaders::load_glb(path).map_err(Failure::bad_input)?);
            node.parts = vec![(format!("{}/model", node.name), Part::Glb(glb))];
        }
    }
    Ok(arranged)
}

/// Whether viewers show a file with its textures and animations: glTF, of which they draw no
/// points.
fn is_model(file: &Loaded) -> bool {
    let mut items = file.items.iter();
    file.format == Format::Gltf && items.all(|item| matches!(item.geometry, Geometry::Mesh(_)))
}

fn show(arranged: Arrangement, server: &Server) -> Result<(), Failure> {
    let scene = server.scene();
    scene.set_up_direction(if arranged.y_up { Up::Y } else { Up::Z });
    let camera = server.initial_camera();
    camera.set_position(arranged.camera.position)?;
    camera.set_look_at(arranged.camera.look_at)?;
    camera.set_fov(FOV)?;
    camera.set_near(arranged.camera.near)?;
    camera.set_far(arranged.camera.far)?;

    scene.add("/grid", arranged.grid.at(arranged.grid_position))?;
    for file in arranged.files {
        let frame = Frame::default().show_axes(false);
        scene.add(&file.name, frame.turned(file.wxyz))?;
        for (name, part) in file.parts {
            match part {
                Part::Points(points) => drop(scene.add(&name, points)?),
                Part::Mesh(mesh) => drop(scene.add(&name, mesh)?),
                Part::Splats(splats) => drop(scene.add(&name, splats)?),
                Part::Glb(glb) => drop(scene.add(&name, glb)?),
            }
        }
    }
    Ok(())
}
