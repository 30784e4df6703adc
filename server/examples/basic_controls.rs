//! Every kind of input: `cargo run --example basic_controls [PORT]`. What viewers do is printed.

use scenecast::{
    Server,
    gui::{
        Button, ButtonGroup, Checkbox, Dropdown, Gui, MultiSlider, Number, ProgressBar, Rgb, Rgba,
        Slider, Text, Valued, Vector2, Vector3,
    },
};
use std::{fmt::Debug, thread, time::Duration};

/// Adds an input whose values are printed.
fn add<C: Valued<Value: Debug>>(
    gui: &Gui,
    name: &'static str,
    input: C,
) -> scenecast::Result<scenecast::gui::GuiHandle<C>> {
    let handle = gui.add(input)?;
    let _ = handle.on_update(move |event| println!("{name} {:?}", event.value));
    Ok(handle)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();

    let (counter, progress) = gui.folder("Read-only", |gui| {
        let counter = gui.add(Number::new("Counter", 0.0).disabled(true))?;
        Ok((counter, gui.add(ProgressBar::new(0.0).animated(true))?))
    })?;
    let slider = gui.folder("Numbers", |gui| {
        let slider = Slider::new("Slider", 0.0..=100.0).step(1.0).value(50.0);
        let slider = slider.marks([(0.0, "low"), (50.0, "middle"), (100.0, "high")]);
        let slider = add(gui, "slider", slider.hint("A number on a track"))?;
        let range = MultiSlider::new("Range", 0.0..=10.0, [2.0, 8.0]).step(0.5);
        add(gui, "range", range.min_range(1.0))?;
        add(gui, "number", Number::new("Number", 1.5).min(0.0).max(10.0))?;
        add(
            gui,
            "vector2",
            Vector2::new("Vector2", [0.0, 1.0]).step(0.1),
        )?;
        add(
            gui,
            "vector3",
            Vector3::new("Vector3", [0.0, 1.0, 2.0]).step(0.1),
        )?;
        Ok(slider)
    })?;
    gui.folder("Choices", |gui| {
        add(gui, "checkbox", Checkbox::new("Checkbox").value(true))?;
        add(
            gui,
            "dropdown",
            Dropdown::new("Dropdown", ["red", "green", "blue"]),
        )?;
        add(
            gui,
            "group",
            ButtonGroup::new("Group", ["one", "two", "three"]),
        )?;
        add(gui, "rgb", Rgb::new("Colour", [255, 128, 0]))?;
        add(gui, "rgba", Rgba::new("Shade", [0, 128, 255, 128]))
    })?;
    gui.folder("Words", |gui| {
        add(gui, "text", Text::new("Text").value("hello"))?;
        add(gui, "lines", Text::new("Lines").multiline(true))
    })?;
    let button = gui.add(Button::new("Slider to the middle").icon("arrows-horizontal"))?;
    let _ = button.on_click(move |_| drop(slider.set_value(50.0)));
    let held = gui.add(Button::new("Hold me").color([90, 60, 200]))?;
    let _ = held.on_hold(10.0, |_| println!("held"))?;

    println!("open {}", server.url());
    for count in 0.. {
        counter.set_value(f64::from(count))?;
        progress.set_value(f64::from(count % 101))?;
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
