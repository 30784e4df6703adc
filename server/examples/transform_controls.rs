//! A box that a gizmo moves and turns, and a label that says where it is:
//! `cargo run --example transform_controls [PORT]`

use scenecast::{
    Server,
    events::DragPhase,
    scene::{Box, Label, Place, TransformControls},
};

fn main() -> Result<(), std::boxed::Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    let gizmo = TransformControls::default().scale(1.5);
    let gizmo = scene.add("/gizmo", gizmo.at([0.0, 0.0, 0.5]))?;
    // What is below the gizmo moves with it.
    scene.add("/gizmo/cube", Box::new([0.6; 3]).color([40, 160, 90]))?;
    let label = scene.add("/gizmo/label", Label::new("drag me").at([0.0, 0.0, 0.6]))?;
    let _ = gizmo.on_update(move |event| {
        let Ok([x, y, z]) = event.target.position() else {
            return;
        };
        let text = format!("{x:.2} {y:.2} {z:.2}");
        if event.phase == DragPhase::End {
            println!("viewer {} let go at {text}", event.client.id());
        }
        // An error means that the label is gone.
        label.update(|label| label.text = text).ok();
    })?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
