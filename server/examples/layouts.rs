//! Folders, tabs and panels: `cargo run --example layouts [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Checkbox, Divider, Float, Folder, Markdown, Panel, Slider, Text},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    gui.set_panel_label(Some("Layouts"));

    gui.folder("Camera", |gui| {
        gui.add(Slider::new("Zoom", 1.0..=10.0))?;
        gui.folder("Lens", |gui| gui.add(Slider::new("Aperture", 1.4..=22.0)))
    })?;
    let folded = gui.add(Folder::new("Folded").expand_by_default(false))?;
    folded.gui().add(Text::new("Notes"))?;
    gui.add(Divider::new())?;

    let (extra, more) = gui.tab_group(|tabs| {
        tabs.tab("Scan", |gui| gui.add(Text::new("Name").value("chair")))?;
        let extra = tabs.add_tab("Extra", "plus")?;
        extra.gui().add(Checkbox::new("Filter"))?;
        Ok((extra, tabs.clone()))
    })?;
    let toggle = gui.add(Button::new("Add a tab"))?;
    let _ = toggle.on_click(move |_| {
        let added = more.tab("Added", |gui| {
            gui.add(Markdown::new("A tab like the others."))
        });
        println!("added {}", added.is_ok());
    });
    let remove = gui.add(Button::new("Remove the extra tab"))?;
    let _ = remove.on_click(move |_| println!("removed {}", extra.remove().is_ok()));

    let log = gui.add(Panel::new())?;
    log.tab("Log", |gui| gui.add(Markdown::new("Nothing *yet*.")))?;
    log.float(Float::default().x(15.0).y(-15.0).width(220.0))?;
    let dock = gui.add(Button::new("Dock the log"))?;
    let _ = dock.on_click(move |_| println!("docked {}", log.dock_left().is_ok()));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
