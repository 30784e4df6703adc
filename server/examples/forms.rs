//! A form: what is typed counts once it is submitted: `cargo run --example forms [PORT]`.

use scenecast::{
    Server,
    gui::{Button, Markdown, Number, Text},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let gui = server.gui();
    let result = gui.add(Markdown::new("Nothing is booked."))?;
    gui.form("Booking", |gui, form| {
        let name = gui.add(Text::new("Name"))?;
        let seats = gui.add(Number::new("Seats", 1.0).min(1.0).max(9.0).step(1.0))?;
        let submit = gui.add(Button::new("Book").icon("send"))?;
        let submitted = form.clone();
        let _ = submit.on_click(move |_| drop(submitted.submit()));
        let _ = form.on_submit(move |_| {
            let name = name.value().unwrap_or_default();
            let seats = seats.value().unwrap_or_default();
            println!("booked {seats} for {name}");
            let _ = result.set_content(format!("**{seats}** for {name}."));
        });
        Ok(())
    })?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
