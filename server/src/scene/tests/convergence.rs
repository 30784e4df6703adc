//! Random programs, seen by viewers that come, go, and read at their own pace.
//!
//! Once all is quiet, every viewer shows the same, and what handles say. And whenever a viewer has
//! applied a window, it shows the two nodes that are only moved together at the same place.

use super::*;
use proptest::prelude::*;
use scenecast_protocol::Wxyz;

const NAMES: [&str; 6] = ["/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f"];

/// Moved together, always.
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
    MovePair {
        x: i8,
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
        4 => any::<i8>().prop_map(|x| Call::MovePair { x }),
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

fn add_pair(scene: &Scene, x: f64) {
    scene.inner.scope.outbox.atomic(|| {
        for name in PAIR {
            scene.add(name, Frame::default().at([x, 0.0, 0.0])).unwrap();
        }
    });
}

fn run(scene: &Scene, call: &Call) {
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
        Call::MovePair { x } => scene.inner.scope.outbox.atomic(|| {
            for name in PAIR {
                let node = scene.get_handle_by_name(name).unwrap();
                node.set_position([f64::from(x); 3]).unwrap();
            }
        }),
        Call::AddPair => add_pair(scene, 7.0),
    }
}

/// Applies a window, and looks at the pair.
fn read(viewer: &mut Viewer) -> Result<bool, TestCaseError> {
    let took = viewer.take().is_some();
    let scene = &viewer.state.scene;
    let place = PAIR.map(|name| {
        let node = scene.find(name).filter(|node| scene.node(*node).is_some());
        node.map(|node| scene.pose(node).position)
    });
    prop_assert_eq!(place[0], place[1]);
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
        add_pair(&scene, 0.0);
        let mut viewers: [Option<Viewer>; VIEWERS] = Default::default();
        let mut next_id = 0;
        for step in &steps {
            match step {
                Step::Call(call) => run(&scene, call),
                Step::Atomic(calls) => {
                    outbox.atomic(|| calls.iter().for_each(|call| run(&scene, call)));
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
                        read(viewer)?;
                    }
                }
            }
        }
        outbox.release();
        let mut last = Viewer::join(&outbox, next_id);
        while read(&mut last)? {}
        assert_shows(&last, &scene)?;
        for viewer in viewers.iter_mut().flatten() {
            while read(viewer)? {}
            prop_assert!(viewer.replay_is_done);
            assert_shows(viewer, &scene)?;
            prop_assert_eq!(viewer.state.digest(), last.state.digest());
        }
    }
}
