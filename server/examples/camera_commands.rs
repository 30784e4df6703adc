//! A click on a frame takes the viewer there: `cargo run --example camera_commands [PORT]`

use glam::{DQuat, DVec3};
use scenecast::{
    Camera, Server, Wxyz,
    scene::{Frame, Handle, Label, Place},
};
use std::{thread, time::Duration};

const STEPS: u32 = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.initial_camera().set_position([2.0, 2.0, 2.0])?;
    for number in 0..8_u32 {
        let angle = f64::from(number) * std::f64::consts::TAU / 8.0;
        // Looks outwards, with its x to the right and its y down, as cameras do.
        let outwards = DQuat::from_rotation_z(angle - std::f64::consts::FRAC_PI_2)
            * DQuat::from_rotation_x(-std::f64::consts::FRAC_PI_2);
        let frame = Frame::new(0.4, 0.02).turned(outwards);
        let name = format!("/views/{number}");
        let frame = frame.at([1.5 * angle.cos(), 1.5 * angle.sin(), 0.0]);
        let frame = server.scene().add(&name, frame)?;
        server.scene().add(
            &format!("{name}/label"),
            Label::new(format!("View {number}")),
        )?;
        let _ = frame.on_click(|event| {
            if let Err(error) = fly(&event.client.camera(), &event.target) {
                println!("{error}");
            }
        })?;
    }
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// Takes a camera to behind a frame within a second.
fn fly(camera: &Camera, to: &Handle<Frame>) -> scenecast::Result<()> {
    let wxyz = DQuat::from(to.wxyz()?);
    let goal = DVec3::from(to.position()?) - wxyz * DVec3::Z;
    let (from, turned) = (DVec3::from(camera.position()), DQuat::from(camera.wxyz()));
    for step in 1..=STEPS {
        let share = f64::from(step) / f64::from(STEPS);
        // The viewer sees rotation and position change together.
        camera.client().atomic(|| {
            camera.set_wxyz(Wxyz::from(turned.slerp(wxyz, share)))?;
            camera.set_position(from.lerp(goal, share))
        })?;
        thread::sleep(Duration::from_millis(50));
    }
    println!("viewer {} is at {}", camera.client().id(), to.name());
    Ok(())
}
