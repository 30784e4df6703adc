//! Viewers of a hub that hear its messages in any order that may happen.

mod hub;

use hub::{Hub, NODES, parts};
use proptest::prelude::*;
use scenecast_protocol::sequence::{Track, TrackChange};

use super::*;
use crate::playback::Command;

struct Viewer {
    sequences: Sequences,
    state: ViewerState,
    now_ms: f64,
    /// The most that was ever under way, bytes of frames.
    heard_frames: usize,
}

impl Viewer {
    fn new(limit: usize) -> Self {
        Self {
            sequences: Sequences::new(limit),
            state: ViewerState::new(),
            now_ms: 0.0,
            heard_frames: 0,
        }
    }

    fn hear(&mut self, message: Message) {
        self.sequences.note(&message);
        self.state.apply(&message).unwrap();
        match message {
            Message::TimelineState(state) => {
                self.sequences.follow(&state, self.now_ms);
            }
            Message::SequenceFrames(frames) => {
                self.heard_frames += frames.frames.len();
                self.sequences.receive(frames, self.now_ms);
            }
            _ => {}
        }
    }

    fn hear_windows(&mut self, hub: &mut Hub, count: usize) {
        let windows = hub.broadcast.drain(..count.min(hub.broadcast.len()));
        windows.flatten().for_each(|message| self.hear(message));
    }

    /// The hub answers all that it was asked.
    fn hear_answers(&mut self, hub: &mut Hub) {
        while !hub.asked.is_empty() {
            hub.answer();
        }
        let answers = hub.answers.drain(..);
        answers.for_each(|message| self.hear(message));
    }

    /// What happens before each picture.
    fn command(&mut self, command: Command) {
        self.sequences.playhead.command(command, self.now_ms);
    }

    fn tick(&mut self, hub: &mut Hub) {
        self.now_ms += 16.0;
        self.sequences.playhead.tick(self.now_ms);
        self.sequences
            .show(&mut self.state, &mut |error| panic!("{error}"));
        hub.asked.extend(self.sequences.ask(self.now_ms));
    }

    fn position(&self, name: &str) -> Option<[f64; 3]> {
        let id = self.state.scene.find(name)?;
        Some(self.state.scene.pose(id).position)
    }

    /// No node is half in one frame and half in another.
    fn check_wholeness(&self) {
        for name in NODES {
            let [whole, part] = parts(name).map(|name| self.position(&name));
            if let (Some(whole), Some(part)) = (whole, part) {
                assert_eq!(whole, part, "{name} is a mixture");
            }
        }
    }

    fn finish(&mut self, hub: &mut Hub) {
        for _ in 0..20_000 {
            self.hear_windows(hub, usize::MAX);
            hub.answer();
            while let Some(message) = hub.answers.pop_front() {
                self.hear(message);
            }
            self.tick(hub);
            // Long enough that frames are asked for again.
            self.now_ms += 100.0;
            let is_done = hub.asked.is_empty() && self.sequences.wake_ms().is_none();
            if is_done {
                return;
            }
        }
        panic!("the viewer never stops asking");
    }

    fn check_against(&self, hub: &Hub) {
        let frame = self.sequences.playhead.clock().frame() as usize;
        let mut expected = self.state.clone();
        for (at, node) in hub.nodes.iter().enumerate() {
            if let Some(node) = node {
                for message in hub.frame(at, frame.min(node.versions.len() - 1)) {
                    expected.apply(&message).unwrap();
                }
            }
        }
        assert_eq!(self.state.digest(), expected.digest());
    }
}

/// What happens in a test.
#[derive(Clone, Debug)]
enum Step {
    Seek(usize),
    Play,
    Ticks(u32),
    Change(usize, usize, usize),
    Replace(usize, usize),
    Remove(usize),
    Add(usize, usize),
    Disturb(usize),
    HubAnswers(usize),
    Broadcast(usize),
    Answers(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let node = 0..2usize;
    prop_oneof![
        3 => (0..40usize).prop_map(Step::Seek),
        1 => Just(Step::Play),
        3 => (1..20u32).prop_map(Step::Ticks),
        2 => (node.clone(), 0..40usize, 1..6usize).prop_map(|(n, f, c)| Step::Change(n, f, c)),
        1 => (node.clone(), 1..30usize).prop_map(|(n, frames)| Step::Replace(n, frames)),
        1 => node.clone().prop_map(Step::Remove),
        1 => (node.clone(), 1..30usize).prop_map(|(n, frames)| Step::Add(n, frames)),
        1 => node.prop_map(Step::Disturb),
        4 => prop_oneof![Just(0), 0..9usize].prop_map(Step::HubAnswers),
        4 => (1..5usize).prop_map(Step::Broadcast),
        4 => (1..5usize).prop_map(Step::Answers),
    ]
}

fn run(step: Step, hub: &mut Hub, viewer: &mut Viewer) {
    let now_ms = viewer.now_ms;
    let playhead = &mut viewer.sequences.playhead;
    match step {
        Step::Seek(frame) => {
            playhead.command(Command::Detach(true), now_ms);
            playhead.command(Command::Frame(frame as f64), now_ms);
        }
        Step::Play => {
            playhead.command(Command::Detach(true), now_ms);
            playhead.command(Command::Play, now_ms);
        }
        Step::Ticks(count) => (0..count).for_each(|_| viewer.tick(hub)),
        Step::Change(node, first, count) => hub.change(node, first, count),
        Step::Replace(node, frames) => hub.replace(node, frames),
        Step::Remove(node) => hub.remove(node),
        Step::Add(node, frames) if hub.nodes[node].is_none() => hub.add(node, frames),
        Step::Add(..) => {}
        Step::Disturb(node) => hub.disturb(node),
        Step::HubAnswers(at) => hub.answer_one(at),
        Step::Broadcast(count) => {
            viewer.hear_windows(hub, count);
        }
        Step::Answers(count) => {
            for message in hub.answers.drain(..count.min(hub.answers.len())) {
                viewer.hear(message);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_ends_with_the_playhead_s_frame(
        steps in prop::collection::vec(step(), 0..60),
        limit in prop_oneof![Just(1), Just(20_000), Just(60_000), Just(1 << 20)],
        said_weight in prop_oneof![Just(-7), Just(1), Just(2_000), Just(1_000_000)],
    ) {
        let mut hub = Hub::new(24, 500, said_weight);
        let mut viewer = Viewer::new(limit);
        for step in steps {
            run(step, &mut hub, &mut viewer);
            viewer.tick(&mut hub);
            viewer.check_wholeness();
            let shown: usize = 2 * 6 * (500 + 1000);
            prop_assert!(viewer.sequences.used_bytes() <= limit.max(shown));
        }
        viewer.command(Command::Pause);
        viewer.finish(&mut hub);
        viewer.check_wholeness();
        viewer.check_against(&hub);
    }
}

/// A viewer that has everything that it wants.
fn viewer_of(hub: &mut Hub, limit: usize) -> Viewer {
    let mut viewer = Viewer::new(limit);
    viewer.finish(hub);
    viewer
}

#[test]
fn sequences_are_sent_once() {
    let mut hub = Hub::new(200, 100, 300);
    let mut viewer = viewer_of(&mut hub, 1 << 20);
    assert_eq!(viewer.heard_frames, 200 + 101);
    viewer.command(Command::Detach(true));
    viewer.command(Command::Play);
    for _ in 0..1_000 {
        viewer.tick(&mut hub);
        viewer.check_against(&hub);
    }
    assert!(hub.asked.is_empty());
}

#[test]
fn the_frame_that_is_shown_comes_first() {
    let mut hub = Hub::new(1_000, 100, 100_000);
    hub.frame = 700;
    hub.tell_time();
    let mut viewer = Viewer::new(1 << 30);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    let asked = hub.asked();
    // The second has ended, and holds its last frame.
    assert_eq!(asked[..2], [("/hub/a", 700, 1), ("/hub/b", 500, 1)]);
    assert_eq!(asked[2], ("/hub/a", 701, 1), "then what is ahead");
    let under_way: i64 = asked.iter().map(|(_, _, count)| count).sum();
    assert!(
        (20..=24).contains(&under_way),
        "about 2 MiB, not {under_way} frames"
    );
    assert!(
        viewer.sequences.ask(viewer.now_ms).is_empty(),
        "asked for already"
    );
}

#[test]
fn a_jump_is_answered_at_once_whatever_is_under_way() {
    let mut hub = Hub::new(1_000, 100, 100_000);
    let mut viewer = Viewer::new(1 << 30);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    hub.asked.clear();
    viewer.command(Command::Frame(400.0));
    viewer.tick(&mut hub);
    let asked = hub.asked();
    assert_eq!(asked, [("/hub/a", 400, 1), ("/hub/b", 400, 1)]);
}

#[test]
fn a_jump_into_what_is_fetched_ahead_overtakes_it() {
    let mut hub = Hub::new(1_000, 100, 10_000);
    let mut viewer = Viewer::new(30 << 20);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    let ahead = hub.asked.len();
    assert!(hub.asked.iter().all(|r| r.is_for_now == (r.count == 1)));
    let range = hub.asked.iter().rfind(|r| r.count > 1).unwrap();
    let inside = range.first + 1;
    viewer.command(Command::Frame(inside as f64));
    viewer.tick(&mut hub);
    // Alone, and by itself, though it is on its way.
    let expected = [("/hub/a", inside, 1), ("/hub/b", inside, 1)];
    assert_eq!(hub.asked()[ahead..], expected);
    viewer.tick(&mut hub);
    assert_eq!(hub.asked.len(), ahead + 2, "once");
    while hub.asked.len() > ahead {
        let last = hub.asked.len() - 1;
        assert!(hub.asked[last].is_for_now);
        hub.answer_one(last);
    }
    hub.answers
        .drain(..)
        .for_each(|message| viewer.hear(message));
    viewer.tick(&mut hub);
    assert_eq!(viewer.sequences.late_tracks(), 0);
    // The range comes all the same, and costs nothing but its way.
    viewer.finish(&mut hub);
    viewer.check_against(&hub);
    assert_eq!(viewer.heard_frames, 1_000 + 501 + 2);
}

#[test]
fn while_somebody_scrubs_nothing_else_is_under_way() {
    let mut hub = Hub::new(1_000, 100, 100_000);
    let mut viewer = Viewer::new(30 << 20);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    viewer.hear_answers(&mut hub);
    for frame in (100..1_000).step_by(90) {
        viewer.command(Command::Frame(f64::from(frame)));
        viewer.tick(&mut hub);
        let shown = |name, frame: i32| (name, i64::from(frame), 1);
        let shown = [shown("/hub/a", frame), shown("/hub/b", frame.min(500))];
        let asked = hub.asked();
        assert!(asked.iter().all(|asked| shown.contains(asked)), "{asked:?}");
        viewer.hear_answers(&mut hub);
        viewer.tick(&mut hub);
        assert_eq!((viewer.sequences.late_tracks(), hub.asked.len()), (0, 0));
    }
    // Nor are there ever many frames that nobody looks at any more.
    for frame in 101..189 {
        viewer.command(Command::Frame(f64::from(frame)));
        viewer.tick(&mut hub);
    }
    assert!((10..=12).contains(&hub.asked.len()), "{}", hub.asked.len());
    viewer.finish(&mut hub);
    assert_eq!(viewer.sequences.late_tracks(), 0);
    assert!(viewer.heard_frames > 200, "then what is ahead");
}

#[test]
fn what_does_not_fit_is_fetched_while_playing() {
    let mut hub = Hub::new(300, 10_000, 22_000);
    // A tenth of all frames.
    let limit = 900_000;
    let mut viewer = viewer_of(&mut hub, limit);
    let first = viewer.heard_frames;
    assert!((30..80).contains(&first), "{first}");
    viewer.command(Command::Detach(true));
    viewer.command(Command::Play);
    for _ in 0..1_200 {
        viewer.hear_answers(&mut hub);
        viewer.tick(&mut hub);
        viewer.check_against(&hub);
        assert!(viewer.sequences.used_bytes() <= limit);
    }
    // Four times around, and hardly a frame in vain.
    let fetched = viewer.heard_frames - first;
    assert!((4 * 350..4 * 550).contains(&fetched), "{fetched}");
}

#[test]
fn shows_the_last_frame_before_one_that_is_not_here() {
    let mut hub = Hub::new(100, 100, 100_000);
    let mut viewer = Viewer::new(1 << 30);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    viewer.hear_answers(&mut hub);
    viewer.command(Command::Frame(90.0));
    viewer.tick(&mut hub);
    let shown = viewer.position("/hub/a").unwrap()[1];
    assert!((10.0..90.0).contains(&shown), "{shown}");
    viewer.finish(&mut hub);
    assert_eq!(viewer.position("/hub/a").unwrap()[1], 90.0);
}

#[test]
fn a_changed_frame_stays_until_the_new_one_is_here() {
    let mut hub = Hub::new(100, 100, 300);
    let mut viewer = viewer_of(&mut hub, 1 << 20);
    viewer.command(Command::Frame(50.0));
    viewer.tick(&mut hub);
    let before = viewer.position("/hub/a");
    hub.change(0, 50, 1);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    assert_eq!(viewer.position("/hub/a"), before);
    viewer.finish(&mut hub);
    assert_ne!(viewer.position("/hub/a"), before);
}

#[test]
fn frames_that_change_on_their_way_are_fetched_again() {
    let mut hub = Hub::new(10, 100, 300);
    let mut viewer = Viewer::new(1 << 20);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.tick(&mut hub);
    // Made of the old frames, but heard after the news that they have changed.
    while !hub.asked.is_empty() {
        hub.answer();
    }
    hub.change(0, 0, 10);
    viewer.hear_windows(&mut hub, usize::MAX);
    hub.answers
        .drain(..)
        .for_each(|message| viewer.hear(message));
    viewer.tick(&mut hub);
    assert!(!hub.asked.is_empty());
    viewer.finish(&mut hub);
    viewer.check_against(&hub);
}

#[test]
fn a_hub_that_is_gone_is_asked_for_nothing() {
    let mut hub = Hub::new(100, 100, 100_000);
    let mut viewer = Viewer::new(1 << 30);
    viewer.hear_windows(&mut hub, usize::MAX);
    viewer.sequences.hang_up();
    viewer.tick(&mut hub);
    assert!(hub.asked.is_empty());
    assert!(
        viewer.sequences.has_timeline(),
        "what is here can be played"
    );
    viewer.sequences.clear();
    assert!(!viewer.sequences.has_timeline());
    hub.tell_time();
    let window = hub.broadcast.pop_back();
    let Some([Message::TimelineState(state)]) = window.as_deref() else {
        panic!("not the time");
    };
    assert!(
        viewer.sequences.follow(state, viewer.now_ms),
        "wants to be greeted"
    );
    assert!(!viewer.sequences.follow(state, viewer.now_ms));
}

#[test]
fn a_hub_that_lies_costs_no_memory() {
    let mut viewer = Viewer::new(1 << 20);
    let mut hub = Hub::new(1, 0, 0);
    let track = |frames, bytes_per_frame| Track {
        name: NODES[0].into(),
        frames,
        bytes_per_frame,
        revision: 5,
    };
    for (frames, bytes) in [(i64::MAX, i64::MAX), (i64::MIN, i64::MIN), (i64::MAX, 0)] {
        viewer.hear(track(frames, bytes).into());
        hub.length = frames;
        hub.tell_time();
        viewer.hear_windows(&mut hub, usize::MAX);
        viewer.tick(&mut hub);
        viewer.hear(
            TrackChange {
                name: NODES[0].into(),
                revision: 5,
                first: frames,
                count: bytes,
            }
            .into(),
        );
        viewer.hear(
            SequenceFrames {
                name: NODES[0].into(),
                revision: 5,
                first: frames,
                frames: vec![vec![], vec![]],
            }
            .into(),
        );
        viewer.tick(&mut hub);
        assert!(viewer.sequences.used_bytes() < 200);
        assert!(
            hub.asked
                .iter()
                .all(|r| r.first >= 0 && (1..=256).contains(&r.count))
        );
    }
}
