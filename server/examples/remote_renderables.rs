//! One of each renderable, with frames, published to a hub that this program starts itself.
//! `cargo run --example remote_renderables [PORT]`

use scenecast::{
    Server,
    remote::{
        Options, RemoteArrows, RemoteLines, RemoteMeshes, RemotePointClouds, RemoteRigidBodies,
        RemoteSkeletons, RemoteSpheres, RemoteViewer,
    },
};
use std::f32::consts::TAU;

const FRAMES: usize = 120;
const POINTS: usize = 12;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // Usually another program: `scenecast hub`.
    let server = Server::builder().port(port).remote(0).start()?;
    println!("open {}", server.url());

    let viewer = RemoteViewer::connect(server.hub().url())?;
    RemoteMeshes::with(
        &viewer,
        over_frames(|turn| pyramid(0.4 + 0.2 * (TAU * turn).sin())),
        vec![
            [0_u32, 2, 1],
            [0, 1, 4],
            [1, 3, 4],
            [3, 2, 4],
            [2, 0, 4],
            [1, 2, 3],
        ],
        Options::new().name("pyramid").color([0.8, 0.3, 0.2, 1.0]),
    )?;
    let small = Options::new().set("radius", 0.04);
    RemoteSpheres::with(&viewer, over_frames(|turn| circle(turn, [1.2, 0.6])), small)?;
    RemoteLines::new(&viewer, over_frames(|turn| circle(turn, [0.0, -0.6])))?;
    let centre = over_frames(|_| vec![[1.2, -0.6, 0.0]; POINTS]);
    RemoteArrows::new(
        &viewer,
        centre,
        over_frames(|turn| circle(turn, [1.2, -0.6])),
    )?;
    let axes = vec![[[1.0_f32, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]; POINTS];
    let bodies = over_frames(|turn| circle(turn, [-1.2, 0.6]));
    RemoteRigidBodies::new(&viewer, bodies, vec![axes; FRAMES])?;
    let bones: Vec<[u32; 2]> = (1..POINTS as u32).map(|joint| [joint - 1, joint]).collect();
    let joints = over_frames(|turn| circle(turn, [-1.2, -0.6]));
    RemoteSkeletons::with(&viewer, joints, bones, Options::new().set("radius", 0.02))?;
    let cloud = over_frames(|turn| circle(turn, [0.0, 1.4]));
    RemotePointClouds::with(&viewer, cloud, Options::new().set("point_size", 0.03))?;

    viewer.set_frame(15)?;
    server.hub().timeline().play();
    server.wait();
    Ok(())
}

/// The frames of a whole turn.
fn over_frames(at: impl Fn(f32) -> Vec<[f32; 3]>) -> Vec<Vec<[f32; 3]>> {
    let turns = (0..FRAMES).map(|frame| frame as f32 / FRAMES as f32);
    turns.map(at).collect()
}

fn circle(turn: f32, [x, y]: [f32; 2]) -> Vec<[f32; 3]> {
    let angle = |point: usize| TAU * (turn + point as f32 / POINTS as f32);
    (0..POINTS)
        .map(|point| {
            [
                x + 0.4 * angle(point).cos(),
                y + 0.4 * angle(point).sin(),
                0.0,
            ]
        })
        .collect()
}

/// Four corners and a tip.
fn pyramid(height: f32) -> Vec<[f32; 3]> {
    let corner = |x: f32, z: f32| [0.3 * x, 0.3, 0.3 * z];
    let mut corners = vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(-1.0, 1.0)];
    corners.extend([corner(1.0, 1.0), [0.0, 0.3 + height, 0.0]]);
    corners
}
