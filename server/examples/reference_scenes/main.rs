//! Writes the reference scenes, one recording for each kind of node and each option that changes
//! how it looks: `cargo run --example reference_scenes FOLDER [SCENE…]`
//!
//! `cargo xtask scenes` shows each of them in our client, viser's, and without a browser.

mod frames;
mod grids;
mod images;
mod labels;
mod lights;
mod lines;
mod meshes;
mod models;
mod points;
mod shadows;
mod shapes;
mod solids;
mod splats;

use scenecast::{Result, Server};
use std::{error::Error, fs, path::Path};

/// A scene's name and what adds it to a server.
type Scene = (&'static str, fn(&Server) -> Result<()>);

const SCENES: &[&[Scene]] = &[
    solids::SCENES,
    meshes::SCENES,
    models::SCENES,
    frames::SCENES,
    lines::SCENES,
    points::SCENES,
    splats::SCENES,
    grids::SCENES,
    labels::SCENES,
    images::SCENES,
    lights::SCENES,
    shadows::SCENES,
];

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: reference_scenes FOLDER [SCENE…]")?;
    let only: Vec<String> = arguments.collect();
    fs::create_dir_all(&folder)?;
    for (name, build) in SCENES.iter().copied().flatten() {
        if !only.is_empty() && !only.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let server = Server::builder().port(0).start()?;
        server.initial_camera().set_position([2.6, 2.6, 2.2])?;
        server.initial_camera().set_fov(0.9)?;
        // Shadows would hide how surfaces themselves look: they have scenes of their own.
        server.scene().configure_default_lights(true, false);
        build(&server).map_err(|error| format!("{name}: {error}"))?;
        let recording = server.get_scene_serializer();
        recording.save(Path::new(&folder).join(format!("{name}.viser")))?;
    }
    Ok(())
}
