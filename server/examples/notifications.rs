//! Notes in the corner: `cargo run --example notifications [PORT]`.

use scenecast::{
    Server,
    gui::{Button, ColorName, GuiColor, Notification},
};
use std::{thread, time::Duration};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let short = gui.add(Button::new("Short note"))?;
    let _ = short.on_click(|event| {
        let Some(client) = &event.client else { return };
        let note = Notification::default()
            .title("Short")
            .body("Gone in five seconds.");
        client.add_notification(note.auto_close_seconds(5.0));
    });
    let work = gui.add(Button::new("Do some work"))?;
    let _ = work.on_click(|event| {
        let Some(client) = &event.client else { return };
        let note = Notification::default().title("Working").loading(true);
        let note = client.add_notification(note.with_close_button(false));
        for percent in [25, 50, 75, 100] {
            thread::sleep(Duration::from_millis(200));
            let _ = note.update(|note| note.body = format!("{percent} %"));
        }
        let _ = note.update(|note| {
            note.title = "Done".to_owned();
            note.loading = false;
            note.with_close_button = true;
            note.color = Some(GuiColor::Named(ColorName::Green));
        });
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
