//! Files from viewers and back: `cargo run --example upload [PORT]`.

use scenecast::{
    Download, Server,
    gui::{Button, Markdown, UploadButton},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let text = gui.add(Markdown::new("No file yet."))?;
    let upload = UploadButton::new("Upload")
        .icon("upload")
        .max_bytes(2 << 30);
    let upload = gui.add(upload)?;
    let back = gui.add(Button::new("Send it back").disabled(true))?;
    let _ = upload.on_upload({
        let back = back.clone();
        move |event| {
            let Some(file) = &event.value else { return };
            println!("got {} with {} bytes", file.name(), file.size());
            let _ = text.set_content(format!("`{}`: {} bytes", file.name(), file.size()));
            let _ = back.set_disabled(false);
        }
    });
    let _ = back.on_click(move |event| {
        let (Some(client), Ok(Some(file))) = (&event.client, upload.value()) else {
            return;
        };
        let download = Download::from_path(file.path()).filename(file.name());
        let sent = client.send_file_download(download.save_immediately(true));
        println!("sent {}", sent.is_ok());
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
