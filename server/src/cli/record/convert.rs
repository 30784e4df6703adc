//! From a journal to a recording.

use super::journal::{Entries, Entry};
use scenecast::recording::{WholeFile, Writer};
use scenecast_protocol::{Limits, Message, Value, Wire, window};
use std::{io, path::Path};

/// What became of a journal.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Converted {
    pub(crate) messages: usize,
    pub(crate) duration_secs: f64,
    /// Messages and windows that could not be read.
    pub(crate) rejected: usize,
    /// Bytes at the end of the journal that are no entry.
    pub(crate) lost_bytes: u64,
}

/// Writes the recording that a journal holds. One window is in memory at a time.
pub(crate) fn convert(journal: &Path, recording: &Path) -> io::Result<Converted> {
    let mut entries = Entries::open(journal)?;
    let mut file = WholeFile::create(recording)?;
    let mut writer = Writer::new();
    let mut clock = Clock::default();
    let mut converted = Converted::default();
    while let Some(entry) = entries.next()? {
        if entry.payload.is_empty() {
            clock.wait_until(entry.arrived_secs);
            continue;
        }
        let Entry {
            arrived_secs,
            payload,
        } = entry;
        let Ok(window) = window::decode(&payload.into(), &Limits::default()) else {
            converted.rejected += 1;
            continue;
        };
        converted.rejected += window.rejected.len();
        let time_secs = clock.window(window.timestamp_secs, arrived_secs);
        for message in &window.messages {
            if matches!(message, Message::ReplayDone(_)) {
                clock.replay_is_done();
            } else if message.is_recorded() && is_for_everyone(message) {
                writer.add(time_secs, message);
                converted.messages += 1;
            }
        }
    }
    converted.lost_bytes = entries.file_len - entries.offset;
    converted.duration_secs = clock.time_secs;
    writer.write(clock.time_secs, &mut file)?;
    file.finish()?;
    Ok(converted)
}

/// What a server says to one viewer alone is not what others see.
fn is_for_everyone(message: &Message) -> bool {
    match message.to_value().get("owner") {
        Some(Value::Str(owner)) => owner.is_empty(),
        Some(_) | None => true,
    }
}

/// The time of a recording. What was there before is at 0; from then on the server's clock counts,
/// which is free of what the network adds.
#[derive(Debug, Default)]
struct Clock {
    time_secs: f64,
    /// The server's time that is 0, from the end of the replay on.
    start: Option<f64>,
    /// The server's time of the last window, and when it arrived.
    last: Option<(f64, f64)>,
}

impl Clock {
    /// The time of a window that the server made and that arrived then.
    fn window(&mut self, made_secs: f64, arrived_secs: f64) -> f64 {
        self.last = Some((made_secs, arrived_secs));
        if let Some(start) = self.start {
            self.move_to(made_secs - start);
        }
        self.time_secs
    }

    fn replay_is_done(&mut self) {
        self.start = self.start.or(self.last.map(|(made, _)| made));
    }

    /// Nothing was said until now.
    fn wait_until(&mut self, arrived_secs: f64) {
        if let (Some(start), Some((made, arrived))) = (self.start, self.last) {
            self.move_to(made - start + (arrived_secs - arrived).max(0.0));
        }
    }

    /// Never backwards, whatever a server says.
    fn move_to(&mut self, time_secs: f64) {
        if time_secs.is_finite() {
            self.time_secs = self.time_secs.max(time_secs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_clock_counts_from_the_end_of_the_replay() {
        let mut clock = Clock::default();
        assert_eq!(clock.window(100.0, 0.1), 0.0);
        assert_eq!(clock.window(100.5, 0.7), 0.0);
        clock.replay_is_done();
        assert_eq!(clock.window(101.0, 1.0), 0.5);
        // A replay is done once.
        clock.replay_is_done();
        assert_eq!(clock.window(102.0, 5.0), 1.5);
        assert_eq!(clock.window(99.0, 5.1), 1.5);
        assert_eq!(clock.window(f64::NAN, 5.1), 1.5);
        assert_eq!(clock.window(103.0, 5.2), 2.5);
        clock.wait_until(7.2);
        assert_eq!(clock.time_secs, 4.5);
    }
}
