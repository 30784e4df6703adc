//! The frames of one node that are in memory.

use std::ops::Range;

use scenecast_protocol::sequence;
use scenecast_protocol::{Message, Value};

/// Frames beyond this many are never asked for: a hub takes no more either.
pub(super) const MAX_FRAMES: u32 = 1 << 20;

/// A node that changes over the frames of a timeline, and what of it is in memory.
#[derive(Debug)]
pub(super) struct Track {
    frames: u32,
    /// What a frame takes: as the hub says, or more, if one did take more.
    pub(super) frame_bytes: usize,
    pub(super) revision: i64,
    /// By number; as long as the last one that is there needs.
    loaded: Vec<Option<Frame>>,
    fresh: u32,
    /// The frame that the scene shows, as far as we know, and whether that is just what is in
    /// memory of it.
    shown: Option<(u32, bool)>,
}

/// What brings a node to a frame.
#[derive(Debug)]
struct Frame {
    messages: Box<[Message]>,
    bytes: usize,
    /// The frame is another by now. Until that one comes, this is the best there is.
    is_stale: bool,
}

impl Track {
    pub(super) fn new(message: &sequence::Track) -> Self {
        let mut track = Self {
            frames: 1,
            frame_bytes: 1,
            revision: message.revision,
            loaded: Vec::new(),
            fresh: 0,
            shown: None,
        };
        track.announce(message);
        track
    }

    /// Takes the hub's word for its frames. Returns how many bytes that makes free.
    pub(super) fn announce(&mut self, message: &sequence::Track) -> usize {
        let frame_bytes = usize::try_from(message.bytes_per_frame).unwrap_or(0).max(1);
        let frames = frame_number(message.frames).max(1);
        self.frames = frames;
        if self.revision == message.revision {
            self.frame_bytes = self.frame_bytes.max(frame_bytes);
            return self.retain(|frame| frame < frames);
        }
        self.revision = message.revision;
        self.frame_bytes = frame_bytes;
        self.shown = None;
        self.retain(|_| false)
    }

    /// These frames are others now, or new.
    pub(super) fn change(&mut self, changed: &Range<u32>) {
        self.frames = self.frames.max(changed.end);
        let end = (changed.end as usize).min(self.loaded.len());
        let start = (changed.start as usize).min(end);
        for frame in self.loaded[start..end].iter_mut().flatten() {
            self.fresh -= u32::from(!frame.is_stale);
            frame.is_stale = true;
        }
    }

    /// Takes frames in; those in `doubtful` have become others since they were asked for. Returns
    /// how many bytes that takes, and how many it makes free.
    pub(super) fn insert(
        &mut self,
        first: u32,
        frames: Vec<Vec<Message>>,
        doubtful: &Range<u32>,
    ) -> (usize, usize) {
        let (mut taken, mut freed) = (0, 0);
        for (number, messages) in (first..self.frames).zip(frames) {
            let at = number as usize;
            let is_stale = doubtful.contains(&number);
            if is_stale && !self.is_missing(number) {
                continue;
            }
            if self.loaded.len() <= at {
                self.loaded.resize_with(at + 1, || None);
            }
            let bytes = footprint(&messages);
            self.frame_bytes = self.frame_bytes.max(bytes);
            let frame = Frame {
                messages: messages.into(),
                bytes,
                is_stale,
            };
            taken += bytes;
            self.fresh += u32::from(!frame.is_stale);
            if let Some(old) = self.loaded[at].replace(frame) {
                freed += old.bytes;
                self.fresh -= u32::from(!old.is_stale);
            }
            if let Some((shown, is_current)) = &mut self.shown
                && *shown == number
            {
                *is_current = false;
            }
        }
        (taken, freed)
    }

    /// Forgets the frames that are not to stay. Returns how many bytes that makes free.
    pub(super) fn retain(&mut self, stays: impl Fn(u32) -> bool) -> usize {
        let mut freed = 0;
        for (number, slot) in self.loaded.iter_mut().enumerate() {
            if let Some(frame) = slot.take_if(|_| !stays(number as u32)) {
                freed += frame.bytes;
                self.fresh -= u32::from(!frame.is_stale);
            }
        }
        let used = self.loaded.iter().rposition(Option::is_some);
        self.loaded.truncate(used.map_or(0, |last| last + 1));
        freed
    }

    /// The frames that are there, and what they take.
    pub(super) fn loaded(&self) -> impl Iterator<Item = (u32, usize)> {
        let frames = self.loaded.iter().enumerate();
        frames.filter_map(|(number, frame)| Some((number as u32, frame.as_ref()?.bytes)))
    }

    /// How many frames differ.
    pub(super) fn frames(&self) -> u32 {
        self.frames
    }

    /// Whether nothing is missing.
    pub(super) fn is_complete(&self) -> bool {
        self.fresh == self.frames
    }

    /// Whether a frame is not there, or not as it is by now.
    pub(super) fn is_missing(&self, frame: u32) -> bool {
        let frame = self.loaded.get(frame as usize).and_then(Option::as_ref);
        frame.is_none_or(|frame| frame.is_stale)
    }

    /// The frame that stands for one of the timeline: beyond its last, that one holds.
    pub(super) fn at(&self, frame: u32) -> u32 {
        frame.min(self.frames - 1)
    }

    /// Whether the scene shows another frame than this one of the timeline, as far as we know.
    pub(super) fn is_late(&self, frame: u32) -> bool {
        self.shown != Some((self.at(frame), true))
    }

    /// Something else has changed the node.
    pub(super) fn touch(&mut self) {
        if let Some((_, is_current)) = &mut self.shown {
            *is_current = false;
        }
    }

    /// What brings the scene as near to a frame as what is there allows: to the last one up to it.
    /// Nothing, where the scene shows that already.
    pub(super) fn show(&mut self, frame: u32) -> &[Message] {
        let end = (self.at(frame) as usize + 1).min(self.loaded.len());
        let found = self.loaded[..end].iter().rposition(Option::is_some);
        let Some(number) = found.map(|number| number as u32) else {
            return &[];
        };
        if let Some((shown, is_current)) = self.shown
            && (shown == number && is_current || (number + 1..=self.at(frame)).contains(&shown))
        {
            return &[];
        }
        self.shown = Some((number, true));
        let frame = self.loaded[number as usize].as_ref();
        frame.map_or(&[], |frame| &frame.messages)
    }
}

/// A frame's number, or how many there are, as far as they are of use.
pub(super) fn frame_number(number: i64) -> u32 {
    number.clamp(0, MAX_FRAMES.into()) as u32
}

/// About how many bytes messages take in memory.
fn footprint(messages: &[Message]) -> usize {
    let array = |value: &Value| match value {
        Value::Array(array) => array.bytes().len(),
        Value::Bin(bytes) => bytes.len(),
        Value::List(items) => size_of_val(&**items),
        _ => 0,
    };
    // A message, its name, and where they are kept.
    const MESSAGE_BYTES: usize = size_of::<Message>() + 64;
    let arrays = messages.iter().map(|message| match message {
        Message::SceneNodeUpdate(update) => {
            update.updates.0.iter().map(|(_, value)| array(value)).sum()
        }
        Message::BoxedPoints(boxed) => boxed.points.as_bytes().len(),
        _ => 0,
    });
    size_of::<Option<Frame>>() + messages.len() * MESSAGE_BYTES + arrays.sum::<usize>()
}
