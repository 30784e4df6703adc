//! A viewer of one's own, and a publisher in a process of its own: a button in the browser asks
//! the publisher for more, and the publisher answers with spheres.
//! `cargo run --example remote_two_way [PORT]` starts both; more publishers, from anywhere, with
//! `remote_two_way publish ADDRESS`.

use scenecast::{
    Server,
    gui::Button,
    remote::{Handled, Kind, Message, Options, RemoteSpheres, RemoteViewer, Value},
};
use std::{
    error::Error,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// What the viewer asks for.
#[derive(serde::Serialize, serde::Deserialize)]
struct Wanted {
    round: u32,
    radius: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [publish, address] if publish == "publish" => self::publish(address),
        [] => view(8080),
        [port, ..] => view(port.parse()?),
    }
}

/// The viewer: it asks publishers, and hears what they say in a message of their own kind.
fn view(port: u16) -> Result<(), Box<dyn Error>> {
    let server = Server::builder().port(port).remote(0).start()?;
    let hub = server.hub();
    println!("open {}", server.url());
    println!("publishers: {}", hub.url());

    let more = server.gui().add(Button::new("More spheres"))?;
    let rounds = AtomicU32::new(0);
    let asking = hub.clone();
    let ask = move || {
        let round = rounds.fetch_add(1, Ordering::Relaxed);
        let wanted = Wanted {
            round,
            radius: 0.05,
        };
        match Value::serialize(&wanted) {
            // Without a client: to all of them.
            Ok(wanted) => drop(asking.send_message(wanted, None)),
            Err(error) => println!("{error}"),
        }
    };
    let _ = more.on_click(move |_| ask());
    let _ = hub.on_message(|kind, _remote_uid, args, _kwargs, client| {
        if *kind != Value::Kind(Kind::UserMessage) {
            return Handled::No;
        }
        println!("{client:?} says {:?}", args.first());
        Handled::Yes
    });

    let mut publisher = Command::new(std::env::current_exe()?);
    let mut publisher = publisher.args(["publish", hub.url()]).spawn()?;
    println!("a publisher ended: {}", publisher.wait()?);
    server.wait();
    Ok(())
}

/// The publisher: it ends when its viewer does.
fn publish(address: &str) -> Result<(), Box<dyn Error>> {
    let viewer = RemoteViewer::connect(address)?;
    println!("publishing to {address}");
    while viewer.is_connected() {
        let Ok(Some(message)) = viewer.wait_message(Duration::from_secs(1)) else {
            continue;
        };
        let wanted: Wanted = message?.deserialize()?;
        let x = 0.15 * wanted.round as f32;
        let rising = (0..30).map(|frame| vec![[x, 0.03 * frame as f32, 0.0]]);
        let radius = Options::new().set("radius", f64::from(wanted.radius));
        RemoteSpheres::with(&viewer, rising.collect::<Vec<_>>(), radius)?;
        let mut done = Message::new(Kind::UserMessage, None, []);
        done.args = vec![format!("round {} is there", wanted.round).into()];
        viewer.send_message(done)?;
    }
    Ok(())
}
