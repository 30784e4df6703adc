//! Writes a recording in which many nodes move all the time, to measure players with.
//!
//! ```text
//! cargo run --release -p scenecast-protocol --example moving_nodes -- out.viser 2000 5 600
//! ```
//!
//! The numbers: nodes, steps a second, seconds.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Read};

use scenecast_protocol::Message;
use scenecast_protocol::recording::{Compression, Layout, append_message, write};
use scenecast_protocol::scene::{AddNode, Box as Solid, SetPosition};

/// The messages, a step at a time.
#[derive(Clone)]
struct Steps {
    nodes: u32,
    hertz: f64,
    steps: u32,
    next: u32,
    ready: Vec<u8>,
    read: usize,
}

impl Steps {
    /// Makes the next step's messages; `false` at the end.
    fn make(&mut self) -> bool {
        (self.read, self.next) = (0, self.next + 1);
        self.ready.clear();
        if self.next > self.steps {
            return false;
        }
        let time_secs = f64::from(self.next - 1) / self.hertz;
        for node in 0..self.nodes {
            let name: std::sync::Arc<str> = format!("/node/{node}").into();
            if self.next == 1 {
                self.append(time_secs, &added(&name));
            }
            let angle = time_secs + f64::from(node);
            // What programs compute with 32 bits.
            let radius = f64::from(node).sqrt() / 4.0;
            let place = [radius * angle.cos(), radius * angle.sin(), angle.sin()];
            let moved = SetPosition {
                name,
                position: place.map(|x| f64::from(x as f32)),
                owner: String::new(),
            };
            self.append(time_secs, &moved.into());
        }
        true
    }

    fn append(&mut self, time_secs: f64, message: &Message) {
        append_message(&mut self.ready, time_secs, &message.encoded(), |_| 0);
    }
}

impl Read for Steps {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.read == self.ready.len() && !self.make() {
            return Ok(0);
        }
        let len = (&self.ready[self.read..]).read(out)?;
        self.read += len;
        Ok(len)
    }
}

fn added(name: &std::sync::Arc<str>) -> Message {
    Message::AddNode(AddNode {
        name: name.clone(),
        owner: String::new(),
        is_virtual: false,
        node: Solid::default().dimensions([0.1; 3]).into(),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, nodes, hertz, secs] = arguments.as_slice() else {
        return Err("expected a file, nodes, steps a second, seconds".into());
    };
    let (nodes, hertz, secs): (u32, f64, f64) = (nodes.parse()?, hertz.parse()?, secs.parse()?);
    let steps = Steps {
        nodes,
        hertz,
        steps: (hertz * secs) as u32,
        next: 0,
        ready: Vec::new(),
        read: 0,
    };
    let layout = Layout {
        duration_secs: secs,
        message_count: nodes * (steps.steps + 1),
        messages_len: io::copy(&mut steps.clone(), &mut io::sink())?,
        array_lens: &[],
    };
    let file = BufWriter::new(File::create(out)?);
    let no_arrays = |_, _: &mut dyn io::Write| Ok(());
    let (level, threads) = (3, 2);
    write(
        file,
        &layout,
        steps,
        no_arrays,
        Compression { level, threads },
    )?;
    Ok(())
}
