//! What viewers are told about messages that were refused: one note in the corner of the page,
//! which is changed at most once a second and goes by itself.

use crate::{
    gui::{GuiColor, Notification},
    infra::{fan_out::Audience, outbox::Outbox},
};
use scenecast_protocol::{
    Message,
    gui::{
        ColorName,
        notification::{NotificationShow, RemoveNotification},
    },
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Names the note.
const UUID: &str = "scenecast-hub-refused";

/// Between two changes of the note, and two lines in the log.
const PAUSE: Duration = Duration::from_secs(1);

/// Lines of the log in each pause.
const LINES: usize = 20;

/// How long the note stays.
const SHOWN: Duration = Duration::from_secs(10);

/// The longest reason that is repeated, bytes.
const MAX_REASON: usize = 400;

#[derive(Default)]
struct Waiting {
    /// Refused since the note was last changed, and the last reason.
    count: usize,
    reason: String,
    refused: Option<Instant>,
    /// When the note was last changed; `None` while there is none.
    shown: Option<Instant>,
    /// Since when lines are counted, how many there were, and how many there might have been.
    logging: Option<Instant>,
    lines: usize,
    unlogged: usize,
}

#[derive(Default)]
pub(super) struct Notices(Mutex<Waiting>);

impl Notices {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says, in the log and soon on the page, why a message was refused.
    pub(super) fn refused(&self, who: &dyn std::fmt::Debug, reason: &str) {
        let mut reason = format!("{who:?}: {reason}");
        reason.truncate(reason.floor_char_boundary(MAX_REASON));
        let mut waiting = self.lock();
        if waiting.logging.is_none_or(|since| since.elapsed() >= PAUSE) {
            if waiting.unlogged > 0 {
                tracing::warn!("refused {} messages more", waiting.unlogged);
            }
            waiting.logging = Some(Instant::now());
            (waiting.lines, waiting.unlogged) = (0, 0);
        }
        if waiting.lines < LINES {
            waiting.lines += 1;
            tracing::warn!("refused a message: {reason}");
        } else {
            waiting.unlogged += 1;
        }
        waiting.count += 1;
        waiting.refused = Some(Instant::now());
        waiting.reason = reason;
    }

    /// When the note is to be changed next.
    pub(super) fn due(&self) -> Option<Instant> {
        let waiting = self.lock();
        match (waiting.count, waiting.shown) {
            (0, None) => None,
            (0, Some(shown)) => Some(shown + SHOWN),
            (_, None) => waiting.refused,
            (_, Some(shown)) => Some(shown + PAUSE),
        }
    }

    /// Changes the note, if that is due.
    pub(super) fn show(&self, outbox: &Outbox) {
        let now = Instant::now();
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        let mut waiting = self.lock();
        let message: Message = match std::mem::take(&mut waiting.count) {
            0 => {
                waiting.shown = None;
                let uuid = UUID.into();
                RemoveNotification { uuid }.into()
            }
            count => {
                waiting.shown = Some(now);
                let title = match count {
                    1 => "A publisher\u{2019}s message was refused".to_owned(),
                    count => format!("{count} messages of publishers were refused"),
                };
                let props = Notification::default()
                    .title(title)
                    .body(waiting.reason.clone())
                    .color(GuiColor::Named(ColorName::Orange));
                let uuid = UUID.into();
                NotificationShow { uuid, props }.into()
            }
        };
        drop(waiting);
        outbox.send(Audience::Everyone, &message);
    }
}
