//! A program that takes a step whenever a viewer's camera is at x = 1, 2, 3, …

use scenecast::{Client, Server};
use std::{error::Error, sync::Arc};

/// Serves what `build` makes, and calls `step` with it, the step's number and the viewer.
pub(crate) fn serve<T: Send + Sync + 'static>(
    build: impl FnOnce(&Server) -> Result<T, Box<dyn Error>>,
    step: impl Fn(&T, usize, &Client) -> Result<(), Box<dyn Error>> + Copy + Send + Sync + 'static,
) -> Result<(), Box<dyn Error>> {
    let server = Server::builder().port(0).start()?;
    let twin = Arc::new(build(&server)?);
    let _ = server.on_client_connect(move |client| {
        let twin = Arc::clone(&twin);
        let _ = client.camera().on_update(move |camera| {
            let number = camera.position()[0].round() as usize;
            if let Err(error) = step(&twin, number, &camera.client()) {
                println!("step {number}: {error}");
            }
        });
    });
    println!("serving {}", server.url());
    server.wait();
    Ok(())
}
