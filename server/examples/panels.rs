//! Panels beside the control panel, placed by buttons: `cargo run --example panels [PORT]`.
//!
//! Drag them by their handles: to the edges, above and below each other, onto each other's tabs.

use scenecast::{
    Server,
    gui::{Button, Checkbox, Float, Gui, Panel, Slider, Text},
    scene::Icosphere,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let ball = Icosphere::new(0.5).color([220, 40, 40]);
    server.scene().add("/ball", ball)?;
    let gui = server.gui();

    let alpha = gui.add(Panel::new())?;
    alpha.tab("Alpha", |gui| {
        gui.add(Text::new("Name").value("ada"))?;
        gui.add(Slider::new("Size", 0.0..=10.0).step(1.0).value(3.0))
    })?;
    alpha.tab("More", |gui| gui.add(Checkbox::new("Extra").value(true)))?;
    let beta = gui.add(Panel::new())?;
    beta.tab("Beta", |gui| {
        for index in 0..3 {
            let level = Slider::new(format!("Level {index}"), 0.0..=10.0);
            gui.add(level.step(1.0).value(f64::from(index)))?;
        }
        Ok(())
    })?;
    beta.dock_left()?;

    let main = gui.main_panel();
    let (a, b) = (alpha.clone(), beta.clone());
    on(&gui, "left", move || a.dock_left())?;
    let a = alpha.clone();
    on(&gui, "right", move || a.dock_right())?;
    let a = alpha.clone();
    on(&gui, "above", move || a.dock_above(&b))?;
    let (a, b) = (alpha.clone(), beta.clone());
    on(&gui, "below", move || a.dock_below(&b))?;
    let a = alpha.clone();
    on(&gui, "float", move || {
        a.float(Float::default().x(20.0).y(-30.0))
    })?;
    let a = alpha.clone();
    on(&gui, "sized", move || {
        a.float(Float::default().x(-50.0).y(60.0).width(250.0).height(180.0))
    })?;
    let a = alpha.clone();
    on(&gui, "wide", move || a.set_width(350.0))?;
    let a = alpha.clone();
    on(&gui, "minimize", move || a.minimize())?;
    let a = alpha.clone();
    on(&gui, "expand", move || a.expand())?;
    let m = main.clone();
    on(&gui, "main right", move || m.dock_right())?;
    on(&gui, "main float", move || {
        main.float(Float::default().x(10.0).y(10.0))
    })?;
    let b = beta.clone();
    on(&gui, "hide", move || b.set_visible(false))?;
    on(&gui, "show", move || beta.set_visible(true))?;
    let a = alpha.clone();
    on(&gui, "add", move || a.add_tab("Added", None).map(drop))?;
    on(&gui, "remove", move || alpha.remove())?;

    gui.tab_group(|tabs| {
        tabs.tab("One", |gui| gui.add(Text::new("Note").value("hello")))?;
        tabs.tab("Two", |gui| gui.add(Checkbox::new("Second").value(true)))
    })?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// Adds a button that runs something.
fn on(
    gui: &Gui,
    label: &str,
    run: impl Fn() -> scenecast::Result<()> + Send + Sync + 'static,
) -> scenecast::Result<()> {
    let button = gui.add(Button::new(label))?;
    let _ = button.on_click(move |_| {
        if let Err(error) = run() {
            eprintln!("{error}");
        }
    });
    Ok(())
}
