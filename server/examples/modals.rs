//! Dialogs: `cargo run --example modals [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Gui, Markdown, Text},
};

/// Asks for a name, and for another one from within.
fn ask(gui: &Gui, depth: u32) -> scenecast::Result<()> {
    gui.modal(format!("Dialog {depth}"), |gui, modal| {
        gui.add(Markdown::new("Who is there?"))?;
        let name = gui.add(Text::new("Name"))?;
        let greet = gui.add(Button::new(format!("Greet {depth}")))?;
        let modal = modal.clone();
        let _ = greet.on_click(move |_| {
            println!("hello {}", name.value().unwrap_or_default());
            let _ = modal.close();
        });
        Ok(())
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let everyone = server.gui().add(Button::new("Ask everyone"))?;
    let gui = server.gui();
    let _ = everyone.on_click(move |_| drop(ask(&gui, 1)));
    let me = server.gui().add(Button::new("Ask only me"))?;
    let _ = me.on_click(move |event| {
        if let Some(client) = &event.client {
            let _ = ask(&client.gui(), 2);
        }
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
