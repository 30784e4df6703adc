//! Inputs that change the scene: `cargo run --example gui_callbacks [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Checkbox, Dropdown, Slider, Vector3},
    scene::{Frame, Place, PointCloud, PointShape},
};

/// A spiral of so many points.
fn spiral(points: f64) -> PointCloud {
    let count = points as usize;
    let at = |i: usize| {
        let turn = i as f32 * 0.1;
        [turn.cos(), turn.sin(), 2.0 * i as f32 / count as f32]
    };
    PointCloud::new((0..count).map(at).collect::<Vec<_>>()).colors([[220, 40, 120]])
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let (scene, gui) = (server.scene(), server.gui());
    let frame = scene.add("/frame", Frame::new(1.0, 0.05))?;
    let cloud = scene.add("/cloud", spiral(200.0).point_size(0.05).at([0.0; 3]))?;

    let place = gui.add(Vector3::new("Frame at", [0.0; 3]).step(0.1))?;
    let shown = gui.add(Checkbox::new("Show frame").value(true))?;
    let points = gui.add(Slider::new("Points", 2.0..=1000.0).step(1.0).value(200.0))?;
    let shape = gui.add(Dropdown::new("Shape", ["square", "circle"]))?;
    let reset = gui.add(Button::new("Reset").icon("refresh"))?;

    let _ = place.on_update({
        let frame = frame.clone();
        move |event| {
            println!("at {:?}", event.value);
            let _ = frame.set_position(event.value);
        }
    });
    let _ = shown.on_update(move |event| {
        println!("shown {}", event.value);
        let _ = frame.set_visible(event.value);
    });
    let _ = points.on_update({
        let cloud = cloud.clone();
        move |event| {
            println!("points {}", event.value);
            let new = spiral(event.value);
            let _ = cloud.update(|p| (p.points, p.colors) = (new.points, new.colors));
        }
    });
    let _ = shape.on_update(move |event| {
        println!("shape {}", event.value);
        let round = event.value == "circle";
        let shape = if round {
            PointShape::Circle
        } else {
            PointShape::Square
        };
        let _ = cloud.update(|p| p.point_shape = shape);
    });
    // Values that the program sets run the callbacks, too.
    let _ = reset.on_click(move |_| {
        let _ = place.set_value([0.0; 3]);
        let _ = shown.set_value(true);
        let _ = points.set_value(200.0);
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
