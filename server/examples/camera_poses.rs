//! Every viewer sees where the others are: `cargo run --example camera_poses [PORT]`, and open it
//! in two windows.

use scenecast::{
    Camera, Server,
    scene::{CameraFrustum, Grid, Label, Place, Scene},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    scene.add("/grid", Grid::default())?;
    println!("open {}", server.url());
    let left = scene.clone();
    let _ = server.on_client_connect(move |client| {
        let scene = scene.clone();
        show(&scene, &client.camera());
        let _ = client
            .camera()
            .on_update(move |camera| show(&scene, camera));
    });
    let _ = server.on_client_disconnect(move |client| {
        left.remove_by_name(&format!("/viewers/{}", client.id()));
    });
    server.wait();
    Ok(())
}

/// Shows a viewer's camera to everybody.
fn show(scene: &Scene, camera: &Camera) {
    let id = camera.client().id();
    let name = format!("/viewers/{id}");
    let shown = match scene.get_handle_by_name(&name) {
        Some(frustum) => frustum
            .set_position(camera.position())
            .and_then(|()| frustum.set_wxyz(camera.wxyz())),
        None => {
            let frustum = CameraFrustum::new(camera.fov(), camera.aspect()).color([200, 60, 60]);
            let frustum = frustum.at(camera.position()).turned(camera.wxyz());
            scene
                .add(&name, frustum)
                .and_then(|_| {
                    scene.add(&format!("{name}/label"), Label::new(format!("viewer {id}")))
                })
                .map(drop)
        }
    };
    if let Err(error) = shown {
        println!("{error}");
    }
}
