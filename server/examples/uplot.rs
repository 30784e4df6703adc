//! A chart that follows the time: `cargo run --example uplot [PORT]`.

use scenecast::{
    Server,
    gui::{
        Slider, Uplot,
        chart::{Axis, Scale, Series},
    },
};
use std::{
    thread,
    time::{Duration, Instant},
};

/// x, and a wave and its slope, `seconds` after the start.
fn waves(seconds: f64, frequency: f64) -> [Vec<f64>; 3] {
    let x: Vec<f64> = (0..500).map(|i| seconds + f64::from(i) / 100.0).collect();
    let wave = x.iter().map(|x| (frequency * x).sin()).collect();
    let slope = x.iter().map(|x| (frequency * x).cos()).collect();
    [x, wave, slope]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    // From any page: viser's client is served from elsewhere.
    let server = Server::builder().port(port).allow_origin("*").start()?;
    let frequency = server
        .gui()
        .add(Slider::new("Frequency", 0.5..=10.0).value(2.0))?;
    let series = [
        Series::default().label("time"),
        Series::default().label("sine").stroke("tomato").width(2.0),
        Series::default()
            .label("cosine")
            .stroke("steelblue")
            .width(1.0),
    ];
    let chart = Uplot::new(waves(0.0, 2.0), series)
        .title("Waves")
        .scales([("x", Scale::default().time(false))])
        .axes([Axis::default().label("seconds"), Axis::default()])
        .aspect(1.5);
    let chart = server.gui().add(chart)?;
    println!("open {}", server.url());
    let start = Instant::now();
    loop {
        chart.set_data(waves(start.elapsed().as_secs_f64(), frequency.value()?))?;
        thread::sleep(Duration::from_millis(100));
    }
}
