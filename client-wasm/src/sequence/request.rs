//! What the hub is asked for, and in which order.

use std::ops::Range;
use std::sync::Arc;

use scenecast_protocol::sequence::FramesRequest;
use scenecast_protocol::sort;

use super::memory::Stretch;
use super::track::Track;
use crate::ordered::OrderedMap;

/// What is on its way, ahead of time too: 2 MiB. A frame that is wanted now may come after all of it.
const AHEAD_BYTES: usize = 2 << 20;
/// What is on its way for now: 1 MiB. While somebody scrubs over a slow connection, more would be
/// frames that nobody looks at any more, before the one that is.
const NOW_BYTES: usize = 1 << 20;
/// Where the timeline stands still, nothing is asked for ahead of time until it has stood for so
/// long, milliseconds: while somebody scrubs, that would be in the way of what is shown.
const REST_MS: f64 = 100.0;
/// What one request asks for, at most: 128 KiB, unless a single frame is larger. A hub sends no more
/// in one message.
const REQUEST_BYTES: usize = 128 << 10;
const REQUEST_FRAMES: u32 = 256;
/// Requests on their way, at most.
const MAX_REQUESTS: usize = 256;
/// Requests for the same track that are made at once, at most.
const ROUNDS: usize = AHEAD_BYTES / REQUEST_BYTES;
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
            // Playing on, it is on its way, and asking again would only delay those that follow.
            let is_coming = match is_playing {
                true => self.covers(name, now),
                false => self.hurries(name, now),
            };
            if track.is_missing(now) && !is_coming && self.has_room(NOW_BYTES, true) {
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
            if gaps.is_empty() {
                break;
            }
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

    /// Whether a frame has been asked for by itself: in a range that is fetched ahead of time it
    /// would come when its turn is.
    fn hurries(&self, name: &str, frame: u32) -> bool {
        let mut requests = self.under_way.iter().filter(|request| request.is_for_now);
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
            is_for_now,
        }
    }

    /// These frames have become others: what comes of requests that are under way may be older.
    pub(super) fn doubt(&mut self, name: &str, changed: &Range<u32>) {
        // What the hub did not have it may have now.
        self.under_way
            .retain(|request| *request.name != *name || request.bytes > 0);
        let under_way = self.under_way.iter_mut();
        for request in under_way.filter(|request| *request.name == *name) {
            request.doubtful = union(&request.doubtful, changed);
        }
    }

    /// Nothing that is under way for a track is of use any more.
    pub(super) fn forget(&mut self, name: &str) {
        self.under_way.retain(|request| *request.name != *name);
    }

    /// Frames have come. Returns which of them may have become others since: of those that nobody
    /// waits for any more, all. They may answer several requests, and are as old as the oldest.
    pub(super) fn answered(
        &mut self,
        name: &str,
        first: u32,
        count: u32,
        now_ms: f64,
    ) -> Range<u32> {
        let end = first.saturating_add(count);
        let mut doubtful = None;
        for request in &mut self.under_way {
            let begins = first <= request.frames.start && request.frames.start < end.max(first + 1);
            if *request.name == *name && begins {
                let known = doubtful.get_or_insert(0..0);
                *known = union(known, &request.doubtful);
                request.frames.start = end.max(request.frames.start);
                // They follow, or the hub does not have them yet.
                request.bytes = 0;
                request.until_ms = now_ms + RETRY_MS;
            }
        }
        self.under_way.retain(|request| !request.frames.is_empty());
        doubtful.unwrap_or(first..end)
    }

    /// When a request is given up, or more is asked for.
    pub(super) fn wake_ms(&self) -> Option<f64> {
        let times = self.under_way.iter().map(|request| request.until_ms);
        times.chain(self.rests_until_ms).min_by(f64::total_cmp)
    }
}

/// The shortest range that holds both.
fn union(one: &Range<u32>, other: &Range<u32>) -> Range<u32> {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.clone(),
        (_, true) => one.clone(),
        _ => one.start.min(other.start)..one.end.max(other.end),
    }
}
