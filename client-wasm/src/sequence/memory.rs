//! Which frames are worth their memory.

use super::track::{MAX_FRAMES, Track};

/// What frames of all tracks may take together, unless the page's address says otherwise: an
/// eighth of the machine's memory, which the browser may know in GiB, but 128 MiB at least and
/// 1 GiB at most; 256 MiB where it does not say.
pub fn bytes_of_device(gibibytes: Option<f64>) -> usize {
    let mebibytes = gibibytes.map_or(256.0, |memory| (memory * 128.0).clamp(128.0, 1024.0));
    (mebibytes as usize) << 20
}

/// What is filled on purpose. The rest keeps what turns out to be useful again.
pub(super) fn goal(limit: usize) -> usize {
    limit - limit / 8
}

/// A stretch of the timeline, from a little behind the playhead on, around the loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    at: u32,
    length: u32,
    /// Frames before `at` that belong to it.
    behind: u32,
    /// Frames that belong to it.
    pub(super) frames: u32,
}

impl Stretch {
    /// The stretch around `at` whose frames take no more than `bytes`; one frame at least.
    pub(super) fn new<'a>(
        at: u32,
        length: u32,
        tracks: impl Iterator<Item = &'a Track> + Clone,
        bytes: usize,
    ) -> Self {
        let length = length.min(MAX_FRAMES);
        let size = |frames: u32| {
            let size =
                |track: &Track| track.frame_bytes as u64 * u64::from(track.frames().min(frames));
            tracks.clone().map(size).fold(0, u64::saturating_add)
        };
        let (mut fits, mut end) = (1, length + 1);
        while fits + 1 < end {
            let middle = fits.midpoint(end);
            if size(middle) <= bytes as u64 {
                fits = middle;
            } else {
                end = middle;
            }
        }
        Self {
            at: at.min(length - 1),
            length,
            behind: if fits < length { fits / 8 } else { 0 },
            frames: fits,
        }
    }

    /// Whether that is the whole timeline.
    pub(super) fn is_whole(&self) -> bool {
        self.frames == self.length
    }

    /// The playhead.
    pub(super) fn at(&self) -> u32 {
        self.at
    }

    /// In how many frames from now a frame of a track is shown. The last one of its `frames` holds
    /// from there on.
    pub(super) fn ahead(&self, frame: u32, frames: u32) -> u32 {
        if frame + 1 == frames && frame < self.at {
            0
        } else if frame >= self.at {
            frame - self.at
        } else {
            self.length.saturating_sub(self.at - frame)
        }
    }

    /// The rank by which frames are kept: those of the stretch are below its number of frames.
    pub(super) fn distance(&self, frame: u32, frames: u32) -> u32 {
        match self.ahead(frame, frames) {
            // What is shown is always nearest.
            0 => 0,
            ahead if ahead + self.behind >= self.length => ahead + self.behind - self.length,
            ahead => ahead + self.behind,
        }
    }

    /// Whether a frame belongs to it.
    pub(super) fn wants(&self, frame: u32, frames: u32) -> bool {
        self.distance(frame, frames) < self.frames
    }
}

/// The largest distance at which frames can stay so that all that do take no more than `bytes`.
pub(super) fn nearest<'a>(
    stretch: &Stretch,
    tracks: impl Iterator<Item = &'a Track>,
    bytes: usize,
) -> u32 {
    let mut at_distance = vec![0; stretch.length as usize];
    for track in tracks {
        for (frame, bytes) in track.loaded() {
            let distance = stretch.distance(frame, track.frames()) as usize;
            if let Some(sum) = at_distance.get_mut(distance) {
                *sum += bytes;
            }
        }
    }
    // What is shown stays in any case.
    let mut left = bytes.saturating_sub(at_distance[0]);
    let farther = at_distance.iter().skip(1).take_while(|bytes| {
        left = left.saturating_sub(**bytes);
        left > 0
    });
    farther.count() as u32
}

#[cfg(test)]
mod tests {
    use super::bytes_of_device;

    #[test]
    fn the_machine_decides_within_bounds() {
        let mebibytes = [None, Some(0.25), Some(4.0), Some(8.0), Some(64.0)];
        let mebibytes = mebibytes.map(|memory| bytes_of_device(memory) >> 20);
        assert_eq!(mebibytes, [256, 128, 512, 1024, 1024]);
    }
}
