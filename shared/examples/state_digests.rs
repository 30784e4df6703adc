//! Plays a recording from the start to each of some times, and prints the states' digests: what
//! any player's states are to be compared with.
//!
//! ```text
//! cargo run -p scenecast-protocol --example state_digests -- scene.viser 0 0.5 12.25
//! ```

use std::error::Error;

use scenecast_protocol::Limits;
use scenecast_protocol::recording::Recording;
use scenecast_protocol::state::ViewerState;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments
        .next()
        .ok_or("expected a recording, then times in seconds")?;
    let recording = Recording::decode(&std::fs::read(file)?, &Limits::default())?;
    for time in arguments {
        let time: f64 = time.parse()?;
        let mut state = ViewerState::new();
        let messages = recording.messages.iter();
        for (_, message) in messages.take_while(|(at, _)| *at <= time) {
            if let Err(error) = state.apply(message) {
                eprintln!("{error}");
            }
        }
        println!("{:016x}", state.digest());
    }
    Ok(())
}
