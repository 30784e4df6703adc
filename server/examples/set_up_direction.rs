//! Another direction is up: `cargo run --example set_up_direction [PORT]`, then type one of
//! +x, -x, +y, -y, +z, -z into the panel.

use scenecast::{
    Server,
    gui::Text,
    scene::{Frame, Grid, GridPlane, Up},
};

fn direction(text: &str) -> Option<Up> {
    Some(match text {
        "+x" => Up::X,
        "-x" => Up::NegX,
        "+y" => Up::Y,
        "-y" => Up::NegY,
        "+z" => Up::Z,
        "-z" => Up::NegZ,
        _ => return None,
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    scene.set_up_direction(Up::Y);
    scene.add("/axes", Frame::new(1.0, 0.05))?;
    scene.add("/grid", Grid::default().plane(GridPlane::Xz))?;
    let text = server.gui().add(Text::new("Up direction").value("+y"))?;
    let _ = text.on_update(move |event| {
        if let Some(up) = direction(&event.value) {
            scene.set_up_direction(up);
        }
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
