//! Frames below frames, of which one comes and goes: `cargo run --example coordinate_frames [PORT]`

use scenecast::{
    Server, Wxyz,
    scene::{Frame, Place},
};
use std::{f64::consts::TAU, thread, time::Duration};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.initial_camera().set_position([1.5, 1.5, 1.5])?;
    let scene = server.scene();
    let tree = scene.add("/tree", Frame::new(1.0, 0.05))?;
    // Poses are relative to the parent.
    let branch = Frame::default().at([0.0, 1.5, 0.0]);
    let branch = scene.add("/tree/branch", branch)?;
    println!("open {}", server.url());
    for step in 0_u32.. {
        let angle = f64::from(step) / 100.0 * TAU;
        tree.set_wxyz(Wxyz::from_axis_angle([0.0, 0.0, 1.0], angle / 4.0))?;
        branch.set_wxyz(Wxyz::from_axis_angle([1.0, 0.0, 0.0], angle))?;
        if step % 100 == 0 {
            let leaf = Frame::new(0.25, 0.0125).at([0.0, 0.0, 0.75]);
            scene.add("/tree/branch/leaf", leaf)?;
        } else if step % 100 == 75 {
            scene.remove_by_name("/tree/branch/leaf");
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
