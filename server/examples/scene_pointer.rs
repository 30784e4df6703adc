//! Clicks put balls onto the floor, and a rectangle drawn with Shift paints those inside it:
//! `cargo run --example scene_pointer [PORT]`

use glam::{DQuat, DVec3};
use scenecast::{
    Server,
    events::{Modifier, RectSelectEvent},
    scene::{Box, Handle, Icosphere, Place},
};
use std::sync::{Arc, Mutex, PoisonError};

type Balls = Arc<Mutex<Vec<Handle<Icosphere>>>>;

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    let floor = Box::new([6.0, 6.0, 0.1]).color([210, 210, 210]);
    scene.add("/floor", floor.at([0.0, 0.0, -0.05]))?;
    let balls = Balls::default();
    let (clicked, selected) = (Arc::clone(&balls), balls);
    let pointed = scene.clone();
    let _ = scene.on_click(move |event| {
        let (origin, direction) = (event.ray_origin, event.ray_direction);
        // Where the ray meets the floor, if it goes down.
        let distance = -origin[2] / direction[2];
        if !(distance.is_finite() && distance > 0.0) {
            return;
        }
        let hit = [0, 1, 2].map(|axis| origin[axis] + distance * direction[axis]);
        let mut balls = clicked.lock().unwrap_or_else(PoisonError::into_inner);
        let ball = Icosphere::new(0.2).color([40, 120, 230]).at(hit);
        match pointed.add(&format!("/balls/{}", balls.len()), ball) {
            Ok(ball) => balls.push(ball),
            Err(error) => println!("{error}"),
        }
    });
    let _ = scene.on_rect_select_with(Modifier::Shift, move |event| {
        let balls = selected.lock().unwrap_or_else(PoisonError::into_inner);
        let inside = balls.iter().filter(|ball| is_inside(event, ball));
        let painted = inside.map(|ball| ball.update(|p| p.color = [230, 60, 50].into()));
        println!("painted {} of {}", painted.count(), balls.len());
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// Whether a viewer sees a ball's centre within the rectangle.
fn is_inside(event: &RectSelectEvent, ball: &Handle<Icosphere>) -> bool {
    let camera = event.client.camera();
    let Ok(position) = ball.position() else {
        return false;
    };
    let camera_from_world = DQuat::from(camera.wxyz()).inverse();
    let seen = camera_from_world * (DVec3::from(position) - DVec3::from(camera.position()));
    if seen.z <= 0.0 {
        return false;
    }
    // 0 to 1 from the top left, as the event's corners.
    let half_height = (camera.fov() / 2.0).tan();
    let screen = [
        0.5 + seen.x / seen.z / (2.0 * half_height * camera.aspect()),
        0.5 + seen.y / seen.z / (2.0 * half_height),
    ];
    [0, 1]
        .iter()
        .all(|&axis| (event.screen_min[axis]..=event.screen_max[axis]).contains(&screen[axis]))
}
