//! A figure drawn by Plotly: `cargo run --example plotly_integration [PORT [PLOTLY]]`, where PLOTLY
//! is a file such as `plotly.min.js`. Without one, pages say that they cannot draw it.

use scenecast::{
    Server,
    gui::{Plotly, Slider},
};
use serde_json::{Value, json};

fn figure(turns: f64) -> Value {
    let t: Vec<f64> = (0..300).map(|i| turns * f64::from(i) / 48.0).collect();
    let x: Vec<f64> = t.iter().map(|t| t * t.cos()).collect();
    let y: Vec<f64> = t.iter().map(|t| t * t.sin()).collect();
    json!({
        "data": [{"type": "scatter", "mode": "lines", "x": x, "y": y}],
        "layout": {"title": {"text": "Spiral"}, "margin": {"l": 30, "r": 10, "t": 40, "b": 30}},
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let port = args.next().map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let mut builder = Server::builder().port(port).allow_origin("*");
    let plotly = args.next();
    if let Some(path) = &plotly {
        builder = builder.plotly_js(path);
    }
    let server = builder.start()?;
    let gui = server.gui();
    if let Some(path) = &plotly {
        // The same for viewers with viser's client.
        gui.send_plotly(std::fs::read_to_string(path)?);
    }
    let turns = gui.add(Slider::new("Turns", 0.5..=10.0).value(3.0))?;
    let plot = gui.add(Plotly::new(figure(3.0)).aspect(0.8))?;
    let _ = turns.on_update(move |event| drop(plot.set_figure(figure(event.value))));
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
