//! Commands for the palette and the keyboard: `cargo run --example commands [PORT]`, then Ctrl+K.

use scenecast::{
    Server,
    events::Modifier,
    gui::{Checkbox, Command, Hotkey},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let save = Command::new("Save the scan").description("Writes it to disk");
    let save = save.hotkey(Hotkey::S).modifier(Modifier::CmdCtrlShift);
    let save = gui.add(save.icon("device-floppy"))?;
    let _ = save.on_trigger(|_| println!("saved"));
    let greet = gui.add(Command::new("Greet").hotkey(Hotkey::G))?;
    let _ = greet.on_trigger_async(|event| async move {
        let viewer = event.client.map(|client| client.id());
        println!("hello {viewer:?}");
    });
    let allowed = gui.add(Checkbox::new("Saving allowed").value(true))?;
    let _ = allowed.on_update(move |event| drop(save.set_disabled(!event.value)));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
