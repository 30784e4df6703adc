//! The look of the page: `cargo run --example theming [PORT]`.

use scenecast::{
    Server,
    gui::{
        Button, Checkbox, ControlWidth, Dropdown, Rgb, Slider, Theme, TitlebarButton,
        TitlebarConfig, TitlebarIcon,
    },
};

fn titlebar() -> TitlebarConfig {
    let link = |text: &str, icon| TitlebarButton {
        text: Some(text.to_owned()),
        icon: Some(icon),
        href: Some("https://viser.studio".to_owned()),
    };
    TitlebarConfig {
        buttons: Some(vec![
            link("Documentation", TitlebarIcon::Description),
            link("Source", TitlebarIcon::GitHub),
        ]),
        image: None,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let bar = gui.add(Checkbox::new("Title bar").value(true))?;
    let dark = gui.add(Checkbox::new("Dark").value(true))?;
    let width = gui.add(Dropdown::new("Width", ["small", "medium", "large"]).value("medium"))?;
    let brand = gui.add(Rgb::new("Brand", [230, 180, 30]))?;
    let apply = gui.add(Button::new("Apply").icon("check"))?;
    gui.add(Slider::new("In this colour", 0.0..=1.0).value(0.5))?;

    let show = move || -> scenecast::Result<()> {
        let theme = Theme::default().dark_mode(dark.value()?).show_logo(false);
        let theme = theme
            .brand_color(brand.value()?)
            .control_width(match &*width.value()? {
                "small" => ControlWidth::Small,
                "large" => ControlWidth::Large,
                _ => ControlWidth::Medium,
            });
        gui.configure_theme(match bar.value()? {
            true => theme.titlebar(titlebar()),
            false => theme,
        });
        Ok(())
    };
    show()?;
    let _ = apply.on_click(move |_| println!("applied {}", show().is_ok()));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
