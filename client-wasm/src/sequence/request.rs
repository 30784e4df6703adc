//! What the hub is asked for, and in which order.

use std::ops::Range;
use std::sync::Arc;

use scenecast_protocol::sequence::FramesRequest;
use scenecast_protocol::sort;

use super::memory::Stretch;
use super::track::Track;
use crate::ordered::OrderedMap;

/// What is on its way, ahead of time too: 4 MiB.
const AHEAD_BYTES: usize = 4 << 20;
/// What is on its way for now: 1 MiB. While somebody scrubs over a slow connection, more would be
/// frames that nobody looks at any more, before the one that is.
const NOW_BYTES: usize = 1 << 20;
/// Where the timeline stands still, nothing is asked for ahead of time until it has stood for so
/// long, milliseconds: while somebody scrubs, that would be in the way of what is shown.
const REST_MS: f64 = 100.0;
/// What one request asks for, at most: 512 KiB, unless a single frame is larger.
const REQUEST_BYTES: usize = 512 << 10;
const REQUEST_FRAMES: u32 = 256;
/// Requests on their way, at most.
const MAX_REQUESTS: usize = 256;
/// Requests for the same track that are made at once, at most.
const ROUNDS: usize = 4;
/// Frames that are shown so soon are asked for one by one, if need be; others in larger pieces.
const SOON_FRAMES: u32 = 20;
/// After this time, milliseconds, a hub is believed not to answer a request.
const PATIENCE_MS: f64 = 10_000.0;
/// Frames that a hub has left out of its answer, and does not send soon after, are asked for again
/// after this time.
const RETRY_MS: f64 = 1_000.0;

/// The requests that are not answered yet.
#[derive(Debug, Default)]
pub(super) struct Requests {
    under_way: Vec<Request>,
    /// Where the playhead was last, and until when it is to rest there before more is asked for.
    at: Option<u32>,
    rests_until_ms: Option<f64>,
}

#[derive(Debug)]
struct Request {
    name: Arc<str>,
    frames: Range<u32>,
    /// About how much will come.
    bytes: usize,
    until_ms: f64,
    /// For what was shown when it was made.
    is_for_now: bool,
    /// Frames among them that have become others since.
    doubtful: Range<u32>,
}

/// Frames that are missing.
struct Gap<'a> {
    /// In how many frames from now the first is shown.
    ahead: u32,
    name: &'a Arc<str>,
    frames: Range<u32>,
    bytes: usize,
}

impl Requests {
    /// Gives up what has taken too long.
    pub(super) fn expire(&mut self, now_ms: f64) {
        self.under_way.retain(|request| now_ms < request.until_ms);
        self.rests_until_ms.take_if(|until_ms| now_ms >= *until_ms);
    }

    /// Makes the requests that are due.
    pub(super) fn ask(
        &mut self,
        tracks: &OrderedMap<Arc<str>, Track>,
        stretch: &Stretch,
        is_playing: bool,
        now_ms: f64,
    ) -> Vec<FramesRequest> {
        let mut requests = Vec::new();
        for (name, track) in tracks.iter() {
            let now = track.at(stretch.at());
            if track.is_missing(now) && !self.covers(name, now) && self.has_room(NOW_BYTES, true) {
                let gap = Gap {
                    ahead: 0,
                    name,
                    frames: now..now + 1,
                    bytes: track.frame_bytes,
                };
                requests.push(self.begin(gap, true, now_ms));
            }
        }
        let last = self.at.replace(stretch.at());
        if last.is_some_and(|last| last != stretch.at()) {
            self.rests_until_ms = (!is_playing).then_some(now_ms + REST_MS);
        }
        if self.rests_until_ms.is_some() {
            return requests;
        }
        for _ in 0..ROUNDS {
            let gaps = tracks.iter();
            let gaps = gaps.filter_map(|(name, track)| self.gap(name, track, stretch, is_playing));
            let mut gaps: Vec<Gap<'_>> = gaps.collect();
            sort::by(&mut gaps, |a, b| a.ahead.cmp(&b.ahead));
            for gap in gaps {
                if !self.has_room(AHEAD_BYTES, false) {
                    return requests;
                }
                requests.push(self.begin(gap, false, now_ms));
            }
        }
        requests
    }

    /// Whether less than `limit` is under way: of everything, or of what is for now.
    fn has_room(&self, limit: usize, is_for_now: bool) -> bool {
        let counted = |request: &&Request| request.is_for_now || !is_for_now;
        let counted = self.under_way.iter().filter(counted);
        let bytes: usize = counted.map(|request| request.bytes).sum();
        bytes < limit && self.under_way.len() < MAX_REQUESTS
    }

    fn covers(&self, name: &str, frame: u32) -> bool {
        let mut requests = self.under_way.iter();
        requests.any(|request| *request.name == *name && request.frames.contains(&frame))
    }

    /// The next frames of a track that are wanted, missing, and not asked for.
    fn gap<'a>(
        &self,
        name: &'a Arc<str>,
        track: &Track,
        stretch: &Stretch,
        is_playing: bool,
    ) -> Option<Gap<'a>> {
        if track.is_complete() {
            return None;
        }
        let frames = track.frames();
        let is_gap = |frame: &u32| {
            track.is_missing(*frame) && stretch.wants(*frame, frames) && !self.covers(name, *frame)
        };
        let now = track.at(stretch.at());
        let first = (now..frames).chain(0..now).find(is_gap)?;
        let room = (REQUEST_BYTES / track.frame_bytes) as u32;
        let room = first.saturating_add(room.clamp(1, REQUEST_FRAMES));
        let end = (first..frames.min(room)).find(|frame| !is_gap(frame));
        let end = end.unwrap_or(frames.min(room));
        let ahead = stretch.ahead(first, frames);
        // Where the stretch moves on, its end does so frame by frame: that is not worth a request.
        let is_piecemeal = is_playing && !stretch.is_whole() && ahead > SOON_FRAMES;
        let is_worth_it = !is_piecemeal || end == room || end == frames || !track.is_missing(end);
        is_worth_it.then(|| Gap {
            ahead,
            name,
            bytes: (end - first) as usize * track.frame_bytes,
            frames: first..end,
        })
    }

    fn begin(&mut self, gap: Gap<'_>, is_for_now: bool, now_ms: f64) -> FramesRequest {
        let Range { start, end } = gap.frames;
        self.under_way.push(Request {
            name: gap.name.clone(),
            frames: start..end,
            bytes: gap.bytes,
            until_ms: now_ms + PATIENCE_MS,
            is_for_now,
            doubtful: 0..0,
        });
        FramesRequest {
            name: gap.name.clone(),
            first: start.into(),
            count: (end - start).into(),
        }
    }

    /// These frames have become others: what comes of requests that are under way may be older.
    pub(super) fn doubt(&mut self, name: &str, changed: &Range<u32>) {
        // What the hub did not have it may have now.
        self.under_way
            .retain(|request| *request.name != *name || request.bytes > 0);
        let under_way = self.under_way.iter_mut();
        for request in under_way.filter(|request| *request.name == *name) {
            let doubtful = &mut request.doubtful;
            *doubtful = match doubtful.start < doubtful.end {
                true => doubtful.start.min(changed.start)..doubtful.end.max(changed.end),
                false => changed.clone(),
            };
        }
    }

    /// Nothing that is under way for a track is of use any more.
    pub(super) fn forget(&mut self, name: &str) {
        self.under_way.retain(|request| *request.name != *name);
    }

    /// Frames have come. Returns which of them may have become others since: of those that nobody
    /// waits for any more, all.
    pub(super) fn answered(
        &mut self,
        name: &str,
        first: u32,
        count: u32,
        now_ms: f64,
    ) -> Range<u32> {
        let is_answered =
            |request: &Request| *request.name == *name && request.frames.start == first;
        let end = first.saturating_add(count);
        let Some(at) = self.under_way.iter().position(is_answered) else {
            return first..end;
        };
        let request = &mut self.under_way[at];
        let doubtful = request.doubtful.clone();
        request.frames.start = end;
        if request.frames.start >= request.frames.end {
            self.under_way.swap_remove(at);
        } else {
            // They follow, or the hub does not have them yet.
            request.bytes = 0;
            request.until_ms = now_ms + RETRY_MS;
        }
        doubtful
    }

    /// When a request is given up, or more is asked for.
    pub(super) fn wake_ms(&self) -> Option<f64> {
        let times = self.under_way.iter().map(|request| request.until_ms);
        times.chain(self.rests_until_ms).min_by(f64::total_cmp)
    }
}
