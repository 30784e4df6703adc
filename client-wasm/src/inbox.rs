//! Windows on their way from the socket to the scene.
//!
//! A connection begins with a replay of what the server knows. When it replaces an earlier
//! connection, its windows are held back until the replay is complete, and then applied in one go:
//! the old picture stays until the new one is there. If that takes long, they are applied as they
//! come, from then on.

use scenecast_protocol::Message;
use scenecast_protocol::window::Window;

use crate::pacing::Pacing;

/// The longest time for which a replay is held back, milliseconds.
const HOLD_MS: f64 = 1_500.0;
/// The most bytes that are held back.
const HOLD_BYTES: usize = 256 << 20;

/// The windows of one connection that are not applied yet.
#[derive(Debug, Default)]
pub struct Inbox {
    pacing: Pacing<Window>,
    held: Option<Hold>,
    is_first: bool,
}

#[derive(Debug)]
struct Hold {
    until_ms: f64,
    bytes: usize,
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
            held: hold.then_some(Hold {
                until_ms: now_ms + HOLD_MS,
                bytes: 0,
            }),
            is_first: true,
        }
    }

    /// Takes in a window that came in `bytes`.
    pub fn push(&mut self, window: Window, bytes: usize, now_ms: f64) {
        if let Some(hold) = &mut self.held {
            hold.bytes += bytes;
            let is_complete = window
                .messages
                .iter()
                .any(|m| matches!(m, Message::ReplayDone(_)));
            if is_complete || hold.bytes > HOLD_BYTES {
                hold.until_ms = f64::NEG_INFINITY;
            }
        }
        let server_ms = window.timestamp_secs * 1e3;
        self.pacing.push(window, bytes, server_ms, now_ms);
    }

    /// The next window, if it is due; any, if nobody sees the page.
    pub fn pop(&mut self, now_ms: f64, is_seen: bool) -> Option<Delivery> {
        if let Some(hold) = &self.held
            && now_ms < hold.until_ms
        {
            return None;
        }
        // What was held back is late anyway.
        let late = self.held.is_some();
        let window = match is_seen && !late {
            true => self.pacing.pop(now_ms),
            false => self.pacing.pop_now(),
        };
        if self.pacing.is_empty() {
            self.held = None;
        }
        let mut messages = window?.messages;
        let is_first = std::mem::replace(&mut self.is_first, false);
        if is_first {
            hoist_root_orientation(&mut messages);
        }
        Some(Delivery { messages, is_first })
    }

    /// Whether a replay is held back that is not complete yet.
    pub fn is_holding(&self) -> bool {
        self.held
            .as_ref()
            .is_some_and(|hold| hold.until_ms != f64::NEG_INFINITY)
    }

    /// Whether nothing waits, so that nothing has to be looked for at the next frame.
    pub fn is_empty(&self) -> bool {
        self.pacing.is_empty()
    }
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
