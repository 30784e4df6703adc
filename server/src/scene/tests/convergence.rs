//! Random programs, seen by viewers that come, go, and read at their own pace.
//!
//! Once all is quiet, every viewer shows the same, and what handles say. And whenever a viewer has
//! applied a window, from the end of its replay on, it shows all or nothing of each atomic block.
//! Two nodes tell: each move sets their x to the number of the call, and if one is where a block
//! that moved both put it, or where a later call did, then so is the other.

use super::*;
use proptest::prelude::*;
use scenecast_protocol::Wxyz;

const NAMES: [&str; 6] = ["/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f"];

/// Moved in atomic blocks, and one by one.
const PAIR: [&str; 2] = ["/pair/left", "/pair/right"];

const VIEWERS: usize = 4;

#[derive(Debug, Clone)]
enum Call {
    Add {
        name: usize,
        x: i8,
        is_box: bool,
        visible: bool,
    },
    Remove {
        name: usize,
    },
    Move {
        name: usize,
        x: i8,
    },
    Turn {
        name: usize,
        w: i8,
    },
    Show {
        name: usize,
        visible: bool,
    },
    Size {
        name: usize,
        size: i8,
    },
    MovePair,
    MoveOne {
        which: usize,
    },
    AddPair,
}

#[derive(Debug, Clone)]
enum Step {
    Call(Call),
    Atomic(Vec<Call>),
    Release,
    Join { viewer: usize },
    Drop { viewer: usize },
    Read { viewer: usize },
}

fn call() -> impl Strategy<Value = Call> {
    let name = 0..NAMES.len();
    prop_oneof![
        4 => (name.clone(), any::<i8>(), any::<bool>(), any::<bool>())
            .prop_map(|(name, x, is_box, visible)| Call::Add { name, x, is_box, visible }),
        2 => name.clone().prop_map(|name| Call::Remove { name }),
        3 => (name.clone(), any::<i8>()).prop_map(|(name, x)| Call::Move { name, x }),
        1 => (name.clone(), any::<i8>()).prop_map(|(name, w)| Call::Turn { name, w }),
        1 => (name.clone(), any::<bool>()).prop_map(|(name, visible)| Call::Show { name, visible }),
        2 => (name, any::<i8>()).prop_map(|(name, size)| Call::Size { name, size }),
        3 => Just(Call::MovePair),
        3 => (0..2usize).prop_map(|which| Call::MoveOne { which }),
        1 => Just(Call::AddPair),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let viewer = 0..VIEWERS;
    prop_oneof![
        6 => call().prop_map(Step::Call),
        2 => prop::collection::vec(call(), 0..5).prop_map(Step::Atomic),
        3 => Just(Step::Release),
        1 => viewer.clone().prop_map(|viewer| Step::Join { viewer }),
        1 => viewer.clone().prop_map(|viewer| Step::Drop { viewer }),
        6 => viewer.prop_map(|viewer| Step::Read { viewer }),
    ]
}

/// The program: a scene, and what it has been told.
struct Program {
    scene: Scene,
    /// The number of the current call.
    now: f64,
    /// The calls that moved the whole pair.
    blocks: Vec<f64>,
}

impl Program {
    fn atomic<R>(&self, block: impl FnOnce() -> R) -> R {
        self.scene.inner.scope.outbox.atomic(block)
    }

    fn add_pair(&mut self) {
        self.blocks.push(self.now);
        self.atomic(|| {
            for name in PAIR {
                let frame = Frame::default().at([self.now, 0.0, 0.0]);
                self.scene.add(name, frame).unwrap();
            }
        });
    }

    fn move_one(&self, which: usize) {
        let node = self.scene.get_handle_by_name(PAIR[which]).unwrap();
        node.set_position([self.now, 0.0, 0.0]).unwrap();
    }

    fn move_pair(&mut self) {
        self.blocks.push(self.now);
        self.atomic(|| [0, 1].map(|which| self.move_one(which)));
    }

    fn call(&mut self, call: &Call) {
        self.now += 1.0;
        let scene = &self.scene;
        let node = |name: usize| scene.get_handle_by_name(NAMES[name]);
        match *call {
            Call::Add {
                name,
                x,
                is_box,
                visible,
            } => {
                let position = [f64::from(x), 0.0, 0.0];
                if is_box {
                    scene.add(NAMES[name], Box::default().at(position)).unwrap();
                } else if visible {
                    scene
                        .add(NAMES[name], Frame::default().at(position))
                        .unwrap();
                } else {
                    scene.add(NAMES[name], Frame::default().hidden()).unwrap();
                }
            }
            Call::Remove { name } => {
                scene.remove_by_name(NAMES[name]);
            }
            Call::Move { name, x } => {
                if let Some(node) = node(name) {
                    node.set_position([f64::from(x); 3]).unwrap();
                }
            }
            Call::Turn { name, w } => {
                if let Some(node) = node(name) {
                    node.set_wxyz(Wxyz([f64::from(w); 4])).unwrap();
                }
            }
            Call::Show { name, visible } => {
                if let Some(node) = node(name) {
                    node.set_visible(visible).unwrap();
                }
            }
            Call::Size { name, size } => {
                if let Some(node) = node(name).and_then(|node| node.downcast::<Frame>()) {
                    node.update(|p| p.axes_length = f64::from(size)).unwrap();
                }
            }
            Call::MovePair => self.move_pair(),
            Call::MoveOne { which } => self.move_one(which),
            Call::AddPair => self.add_pair(),
        }
    }
}

/// Applies a window, and looks at the pair.
fn read(viewer: &mut Viewer, blocks: &[f64]) -> Result<bool, TestCaseError> {
    let took = viewer.take().is_some();
    if !viewer.replay_is_done {
        return Ok(took);
    }
    let scene = &viewer.state.scene;
    let [left, right] = PAIR.map(|name| {
        let node = scene.find(name).filter(|node| scene.node(*node).is_some());
        node.map_or(-1.0, |node| scene.pose(node).position[0])
    });
    for block in blocks {
        prop_assert_eq!(
            left >= *block,
            right >= *block,
            "{} {} {}",
            left,
            right,
            block
        );
    }
    Ok(took)
}

fn assert_shows(viewer: &Viewer, scene: &Scene) -> Result<(), TestCaseError> {
    let shown = &viewer.state.scene;
    for name in NAMES.into_iter().chain(PAIR) {
        let node = shown.find(name).filter(|node| shown.node(*node).is_some());
        let handle = scene.get_handle_by_name(name);
        prop_assert_eq!(node.is_some(), handle.is_some(), "{}", name);
        if let (Some(node), Some(handle)) = (node, handle) {
            let position = handle.position().unwrap();
            prop_assert_eq!(shown.pose(node).position, position, "{}", name);
            let props = handle.node.read(|state| state.props.clone()).unwrap();
            prop_assert_eq!(shown.node(node), Some(&props), "{}", name);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn viewers_converge(steps in prop::collection::vec(step(), 1..80), window in 1usize..6) {
        let scene = scene(WindowLimits { messages: window, bytes: usize::MAX });
        let outbox = Arc::clone(&scene.inner.scope.outbox);
        let mut program = Program { scene: scene.clone(), now: 0.0, blocks: Vec::new() };
        program.add_pair();
        let mut viewers: [Option<Viewer>; VIEWERS] = Default::default();
        let mut next_id = 0;
        for step in &steps {
            match step {
                Step::Call(call) => program.call(call),
                Step::Atomic(calls) => {
                    outbox.atomic(|| calls.iter().for_each(|call| program.call(call)));
                }
                Step::Release => outbox.release(),
                Step::Join { viewer } => {
                    viewers[*viewer] = None;
                    viewers[*viewer] = Some(Viewer::join(&outbox, next_id));
                    next_id += 1;
                }
                Step::Drop { viewer } => viewers[*viewer] = None,
                Step::Read { viewer } => {
                    if let Some(viewer) = &mut viewers[*viewer] {
                        read(viewer, &program.blocks)?;
                    }
                }
            }
        }
        outbox.release();
        let mut last = Viewer::join(&outbox, next_id);
        while read(&mut last, &program.blocks)? {}
        assert_shows(&last, &scene)?;
        for viewer in viewers.iter_mut().flatten() {
            while read(viewer, &program.blocks)? {}
            prop_assert!(viewer.replay_is_done);
            assert_shows(viewer, &scene)?;
            prop_assert_eq!(viewer.state.digest(), last.state.digest());
        }
    }
}
