//! Formatted text with an image, which changes: `cargo run --example markdown [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Html, Markdown},
};

const TEXT: &str = "\
# Scenecast

Text in **Markdown**, with `code`, [links](https://viser.studio), and

- lists
- of things

| table | of  |
|-------|-----|
| two   | rows|

![The demo](demo.png)
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let pictures = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/pictures");
    let text = gui.add(Markdown::new(TEXT).image_root(pictures))?;
    gui.add(Html::new("<em>This</em> is HTML."))?;
    let shorten = gui.add(Button::new("Shorten"))?;
    let _ = shorten.on_click(move |_| drop(text.set_content("Much *shorter*.")));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
