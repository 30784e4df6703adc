//! A box that is dragged, and with Shift raised: `cargo run --example drag_nodes [PORT]`

use scenecast::{
    Server,
    events::{DragEvent, DragPhase, Modifier, PointerButton},
    scene::{Box, Grid, Place},
};
use std::sync::{Arc, Mutex, PoisonError};

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    server.scene().add("/grid", Grid::default())?;
    let cube = Box::new([1.0; 3]).color([240, 170, 40]);
    let cube = server.scene().add("/cube", cube.at([0.0, 0.0, 0.5]))?;
    // Where the box was when the drag began.
    let start = Arc::new(Mutex::new([0.0; 3]));
    for (modifier, axes) in [(None, [0, 1].as_slice()), (Some(Modifier::Shift), &[2])] {
        let start = Arc::clone(&start);
        let _ = cube.on_drag(PointerButton::Left, modifier, move |event| {
            if let Err(error) = drag(event, &start, axes) {
                println!("{error}");
            }
        })?;
    }
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// Moves the box along some axes by as much as the pointer has moved since it was grabbed.
fn drag(event: &DragEvent<Box>, start: &Mutex<[f64; 3]>, axes: &[usize]) -> scenecast::Result<()> {
    let mut start = start.lock().unwrap_or_else(PoisonError::into_inner);
    let position = event.target.position()?;
    if event.phase == DragPhase::Start {
        // The grabbed point moves with the box: this is where its centre would be.
        *start = std::array::from_fn(|axis| position[axis] - event.start_position[axis]);
    }
    let mut moved = position;
    for &axis in axes {
        moved[axis] = start[axis] + event.end_position[axis];
    }
    event.target.set_position(moved)
}
