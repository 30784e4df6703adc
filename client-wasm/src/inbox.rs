//! Windows on their way from the socket to the scene.
//!
//! A connection begins with a replay of what the server knows, which is applied as fast as it
//! comes. When it replaces an earlier connection, it is held back until it is complete, and then
//! applied in one go: the old picture stays until the new one is there. If that takes long, it is
//! applied as it comes, from then on.

use scenecast_protocol::Message;
use scenecast_protocol::window::Window;

use crate::pacing::Pacing;

/// The longest time for which a replay is held back, milliseconds.
const HOLD_MS: f64 = 1_500.0;
/// The most bytes that are held back.
const HOLD_BYTES: usize = 256 << 20;
/// After this time, milliseconds, a server is believed not to say when its replay is complete.
const REPLAY_MS: f64 = 10_000.0;

/// The windows of one connection that are not applied yet.
#[derive(Debug)]
pub struct Inbox {
    pacing: Pacing<Window>,
    began_ms: f64,
    hold: bool,
    held_bytes: usize,
    /// The end of the replay has come in.
    is_complete: bool,
    /// It has come out, too.
    is_live: bool,
    is_first: bool,
}

/// The messages of one window.
#[derive(Debug, PartialEq)]
pub struct Delivery {
    /// The messages, in the order in which they apply.
    pub messages: Vec<Message>,
    /// They are the first of their connection: what was there before them is to be forgotten.
    pub is_first: bool,
}

impl Inbox {
    /// The inbox of a new connection. `hold` keeps its replay back until it is complete.
    pub fn new(hold: bool, now_ms: f64) -> Self {
        Self {
            pacing: Pacing::default(),
            began_ms: now_ms,
            hold,
            held_bytes: 0,
            is_complete: false,
            is_live: false,
            is_first: true,
        }
    }

    /// Takes in a window that came in `bytes`.
    pub fn push(&mut self, window: Window, bytes: usize, now_ms: f64) {
        self.is_complete |= ends_replay(&window);
        self.held_bytes += bytes;
        if window.messages.iter().any(is_awaited) {
            self.pacing.push_awaited(window, bytes, now_ms);
        } else {
            let server_ms = window.timestamp_secs * 1e3;
            self.pacing.push(window, bytes, server_ms, now_ms);
        }
    }

    /// The next window, if it is due; any, if nobody sees the page.
    pub fn pop(&mut self, now_ms: f64, is_seen: bool) -> Option<Delivery> {
        if self.is_holding(now_ms) {
            return None;
        }
        self.hold = false;
        let at_once = !is_seen || self.is_replaying(now_ms);
        let window = match at_once {
            true => self.pacing.pop_now(),
            false => self.pacing.pop(now_ms),
        }?;
        self.is_live |= ends_replay(&window);
        let mut messages = window.messages;
        let is_first = std::mem::replace(&mut self.is_first, false);
        if is_first {
            hoist_root_orientation(&mut messages);
        }
        Some(Delivery { messages, is_first })
    }

    /// Whether a replay is held back that is not complete yet.
    pub fn is_holding(&self, now_ms: f64) -> bool {
        self.hold
            && !self.is_complete
            && now_ms < self.began_ms + HOLD_MS
            && self.held_bytes <= HOLD_BYTES
    }

    /// Whether the scene is still that of an unfinished replay.
    pub fn is_replaying(&self, now_ms: f64) -> bool {
        !self.is_live && now_ms < self.began_ms + REPLAY_MS
    }

    /// Whether nothing waits, so that nothing has to be looked for at the next frame.
    pub fn is_empty(&self) -> bool {
        self.pacing.is_empty()
    }
}

/// Whether a message's spacing does not matter: frames that this page has asked for, and where the
/// timeline is, which the playhead smooths by itself. That one comes with each jump, just before the
/// frames, and they would wait behind it.
fn is_awaited(message: &Message) -> bool {
    matches!(
        message,
        Message::SequenceFrames(_) | Message::TimelineState(_)
    )
}

fn ends_replay(window: &Window) -> bool {
    window
        .messages
        .iter()
        .any(|message| matches!(message, Message::ReplayDone(_)))
}

/// Moves the message that turns the scene upright to the front: where the camera starts depends on
/// it, and it may come after the camera's messages.
fn hoist_root_orientation(messages: &mut [Message]) {
    let is_root = |m: &Message| matches!(m, Message::SetOrientation(m) if m.name.is_empty());
    if let Some(index) = messages.iter().position(is_root) {
        messages[..=index].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use scenecast_protocol::scene::{SetOrientation, SetPosition};
    use scenecast_protocol::sequence::{SequenceFrames, TimelineState};
    use scenecast_protocol::transfer::ReplayDone;

    use super::*;

    fn window(x: f64, mut more: Vec<Message>) -> Window {
        more.insert(0, position(x));
        Window {
            messages: more,
            rejected: Vec::new(),
            timestamp_secs: x / 1e3,
        }
    }

    fn position(x: f64) -> Message {
        SetPosition {
            name: "/a".into(),
            position: [x, 0.0, 0.0],
            owner: String::new(),
        }
        .into()
    }

    fn orientation(name: &str) -> Message {
        let name = name.into();
        SetOrientation {
            name,
            wxyz: Default::default(),
            owner: String::new(),
        }
        .into()
    }

    fn pop_all(inbox: &mut Inbox, now: f64) -> usize {
        std::iter::from_fn(|| inbox.pop(now, true)).count()
    }

    #[test]
    fn the_first_picture_comes_as_it_comes() {
        let mut inbox = Inbox::new(false, 0.0);
        inbox.push(window(1.0, vec![]), 10, 0.0);
        assert!(inbox.pop(0.0, true).unwrap().is_first);
        inbox.push(window(2.0, vec![]), 10, 1.0);
        assert!(!inbox.pop(1.0, true).unwrap().is_first);
    }

    #[test]
    fn a_replay_over_an_old_picture_comes_at_once() {
        let mut inbox = Inbox::new(true, 0.0);
        inbox.push(window(0.0, vec![]), 10, 0.0);
        inbox.push(window(50.0, vec![]), 10, 50.0);
        assert_eq!(pop_all(&mut inbox, 60.0), 0);
        assert!(!inbox.is_empty());
        inbox.push(window(90.0, vec![ReplayDone {}.into()]), 10, 61.0);
        assert_eq!(pop_all(&mut inbox, 61.0), 3, "unpaced");
        inbox.push(window(100.0, vec![]), 10, 70.0);
        assert_eq!(pop_all(&mut inbox, 70.0), 1);
    }

    #[test]
    fn pacing_begins_when_the_replay_ends() {
        let mut inbox = Inbox::new(false, 0.0);
        for x in [0.0, 40.0, 80.0] {
            inbox.push(window(x, vec![]), 10, 0.0);
        }
        assert_eq!(pop_all(&mut inbox, 0.0), 3);
        assert!(inbox.is_replaying(REPLAY_MS - 1.0) && !inbox.is_replaying(REPLAY_MS));
        inbox.push(window(90.0, vec![ReplayDone {}.into()]), 10, 1.0);
        assert!(inbox.is_replaying(1.0));
        assert_eq!(pop_all(&mut inbox, 1.0), 1);
        assert!(!inbox.is_replaying(1.0));
        inbox.push(window(100.0, vec![]), 10, 2.0);
        inbox.push(window(150.0, vec![]), 10, 2.0);
        assert_eq!(pop_all(&mut inbox, 2.0), 1);
        assert!(!inbox.is_empty());
        assert_eq!(
            inbox.pop(2.0, false).map(|d| d.messages.len()),
            Some(1),
            "nobody sees it"
        );
    }

    #[test]
    fn frames_wait_neither_for_their_time_nor_behind_the_timeline() {
        let mut inbox = Inbox::new(false, 0.0);
        inbox.push(window(0.0, vec![ReplayDone {}.into()]), 10, 0.0);
        inbox.push(window(1.0, vec![]), 10, 0.5);
        assert_eq!(pop_all(&mut inbox, 0.5), 2);
        let timeline = TimelineState {
            frame: 7,
            length: 9,
            is_playing: false,
            loops: true,
            fps: 60.0,
        };
        let frames = SequenceFrames {
            name: "/a".into(),
            revision: 1,
            first: 7,
            frames: Vec::new(),
        };
        inbox.push(window(90.0, vec![timeline.into()]), 10, 1.0);
        inbox.push(window(95.0, vec![frames.into()]), 10, 2.0);
        assert_eq!(pop_all(&mut inbox, 2.0), 2);
        inbox.push(window(99.0, vec![]), 10, 3.0);
        assert_eq!(pop_all(&mut inbox, 3.0), 0, "what moves keeps its spacing");
    }

    #[test]
    fn a_long_replay_is_not_held_for_ever() {
        let mut inbox = Inbox::new(true, 0.0);
        inbox.push(window(0.0, vec![]), 10, 0.0);
        assert_eq!(pop_all(&mut inbox, HOLD_MS - 1.0), 0);
        assert_eq!(pop_all(&mut inbox, HOLD_MS), 1);
        let mut inbox = Inbox::new(true, 0.0);
        inbox.push(window(0.0, vec![]), HOLD_BYTES + 1, 0.0);
        assert_eq!(pop_all(&mut inbox, 0.0), 1);
    }

    #[test]
    fn the_first_window_turns_the_scene_first() {
        let mut inbox = Inbox::new(false, 0.0);
        let messages = vec![orientation("/a"), orientation(""), position(2.0)];
        inbox.push(window(1.0, messages.clone()), 10, 0.0);
        let expected = [
            orientation(""),
            position(1.0),
            orientation("/a"),
            position(2.0),
        ];
        assert_eq!(inbox.pop(0.0, true).unwrap().messages, expected);
        inbox.push(window(1.0, messages), 10, 1.0);
        assert_eq!(inbox.pop(1.0, true).unwrap().messages[0], position(1.0));
    }
}
