//! Viewers that edit the same thing at the same moment.
//!
//! An edit is told to all viewers but its author, who may be further already. Of two edits that
//! cross on their way each author hears the other's last, and both pages would stay apart. Nobody
//! who goes on is interrupted; once all rest, the server's value is said once more, to everyone.

use crate::infra::{ClientId, runtime::Runtime};
use std::time::{Duration, Instant};

/// Edits of two viewers that are further apart than this have not crossed, however slow their
/// connections are.
const CROSSING: Duration = Duration::from_secs(2);
/// Longer than the time between two edits of one who goes on.
const REST: Duration = Duration::from_millis(500);

/// Who edits one thing.
#[derive(Debug, Default)]
pub(crate) struct Rivals {
    last: Option<(ClientId, Instant)>,
    /// Somebody waits until they rest.
    is_watched: bool,
}

impl Rivals {
    /// Takes note of an edit. Whether it may have crossed another's: [`settle`] is to be run then.
    pub(crate) fn note(&mut self, editor: ClientId, now: Instant) -> bool {
        let last = self.last.replace((editor, now));
        let crosses = last.is_some_and(|(other, at)| other != editor && now - at < CROSSING);
        crosses && !std::mem::replace(&mut self.is_watched, true)
    }

    /// How long to wait until they rest, if no one goes on; `None` once they do.
    pub(crate) fn unrest(&mut self, now: Instant) -> Option<Duration> {
        let end = self.last.map(|(_, at)| at + REST).filter(|end| *end > now);
        self.is_watched = end.is_some();
        end.map(|end| end - now)
    }
}

/// Calls `say` until the rivals rest and it has said what there is. It returns how long they have
/// yet to rest.
pub(crate) fn settle(runtime: &Runtime, say: impl Fn() -> Option<Duration> + Send + 'static) {
    // Nobody waits for its end, which comes with the runtime's at the latest.
    drop(runtime.spawn(async move {
        while let Some(wait) = say() {
            tokio::time::sleep(wait).await;
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::{CROSSING, REST, Rivals};
    use std::time::{Duration, Instant};

    const MOMENT: Duration = Duration::from_millis(20);

    #[test]
    fn one_alone_has_no_rivals() {
        let (mut rivals, start) = (Rivals::default(), Instant::now());
        assert!((0..100).all(|edit| !rivals.note(7, start + MOMENT * edit)));
    }

    #[test]
    fn who_comes_long_after_another_has_seen_its_edit() {
        let (mut rivals, start) = (Rivals::default(), Instant::now());
        assert!(!rivals.note(1, start));
        assert!(!rivals.note(2, start + CROSSING));
    }

    #[test]
    fn edits_that_cross_are_watched_once_until_all_rest() {
        let (mut rivals, start) = (Rivals::default(), Instant::now());
        assert!(!rivals.note(1, start));
        assert!(rivals.note(2, start + MOMENT));
        assert!(!rivals.note(1, start + MOMENT * 2), "watched already");
        let last = start + MOMENT * 2;
        assert_eq!(rivals.unrest(last + MOMENT), Some(REST - MOMENT));
        assert!(!rivals.note(1, last + MOMENT), "watched still");
        assert_eq!(rivals.unrest(last + REST), Some(MOMENT));
        assert_eq!(rivals.unrest(last + MOMENT + REST), None);
        assert!(rivals.note(2, last + MOMENT * 2 + REST), "they begin again");
    }
}
