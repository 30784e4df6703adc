//! One of each renderable, published to a viewer: a hub of ours, or `python -m aitviewer.server`.
//!
//! Run with `cargo run -p scenecast-remote --example publish -- 127.0.0.1:8417`

use std::f32::consts::TAU;

use scenecast_remote::publisher::{
    Options, RemoteArrows, RemoteError, RemoteLines, RemoteMeshes, RemoteRigidBodies,
    RemoteSkeletons, RemoteSpheres, RemoteViewer,
};

const FRAMES: usize = 60;

fn main() -> Result<(), RemoteError> {
    let address = std::env::args().nth(1);
    let viewer = RemoteViewer::connect(address.as_deref().unwrap_or("127.0.0.1:8417"))?;

    // A tetrahedron that grows: all its frames at once.
    let corners = [
        [0.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0],
    ];
    let grown = |frame: usize| {
        let size = frame as f32 / FRAMES as f32;
        corners
            .map(|corner| corner.map(|part| part * size))
            .to_vec()
    };
    let frames: Vec<Vec<[f32; 3]>> = (0..FRAMES).map(grown).collect();
    let faces = vec![[0_u32, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]];
    let red = Options::new()
        .name("tetrahedron")
        .color([0.8, 0.2, 0.2, 1.0]);
    RemoteMeshes::with(&viewer, frames, faces, red)?;

    // Spheres on a circle that turns: frame by frame.
    let circle = |frame: usize| -> Vec<[f32; 3]> {
        let turn = frame as f32 / FRAMES as f32;
        let angle = |sphere: usize| TAU * (turn + sphere as f32 / 12.0);
        (0..12)
            .map(|sphere| [angle(sphere).cos(), 0.0, angle(sphere).sin()])
            .collect()
    };
    let spheres = RemoteSpheres::with(&viewer, circle(0), Options::new().set("radius", 0.05))?;
    for frame in 1..FRAMES {
        spheres.add_frames(circle(frame))?;
    }

    // Things that stand still.
    RemoteLines::new(&viewer, circle(0))?;
    RemoteArrows::new(&viewer, vec![[0.0_f32; 3]; 12], circle(0))?;
    let upright = vec![[[1.0_f32, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]; 12];
    RemoteRigidBodies::new(&viewer, circle(0), upright)?;
    let bones = vec![[0_u32, 1], [1, 2], [2, 3]];
    RemoteSkeletons::new(&viewer, vec![grown(FRAMES)], bones)?;

    viewer.set_frame(FRAMES / 2)
}
