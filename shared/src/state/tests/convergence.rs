//! Random histories, seen by viewers of different speeds.
//!
//! The server here does what real ones do: it keeps the last message of each key, forgets what is
//! known of a node that goes, and sends every viewer what it has not had yet. And it does what
//! convergence asks of servers: with each added node it says its pose, visibility and bindings,
//! since some viewer may still know an earlier node of that name.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::mirror::Mirror;
use super::*;
use crate::lifecycle::{Key, Phase};
use crate::scene::{SetOrientation, SetSceneNodeClickBindings};
use crate::state::ViewerState;
use crate::types::Wxyz;

const NAMES: [&str; 6] = ["/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f"];

#[derive(Clone, Debug)]
enum Step {
    Add {
        name: usize,
        own: bool,
        label: bool,
    },
    Remove {
        name: usize,
        own: bool,
    },
    Move {
        name: usize,
        own: bool,
        x: i8,
    },
    Show {
        name: usize,
        own: bool,
        visible: bool,
    },
    Update {
        name: usize,
        own: bool,
        value: i8,
    },
    /// The slow viewer gets what is there.
    Deliver,
}

fn step() -> impl Strategy<Value = Step> {
    let (name, own) = (0..NAMES.len(), any::<bool>());
    prop_oneof![
        4 => (name.clone(), own, any::<bool>())
            .prop_map(|(name, own, label)| Step::Add { name, own, label }),
        3 => (name.clone(), own).prop_map(|(name, own)| Step::Remove { name, own }),
        3 => (name.clone(), own, any::<i8>()).prop_map(|(name, own, x)| Step::Move { name, own, x }),
        2 => (name.clone(), own, any::<bool>())
            .prop_map(|(name, own, visible)| Step::Show { name, own, visible }),
        2 => (name, own, any::<i8>())
            .prop_map(|(name, own, value)| Step::Update { name, own, value }),
        2 => Just(Step::Deliver),
    ]
}

/// What one owner has said and not taken back.
#[derive(Default)]
struct Scope {
    owner: &'static str,
    /// Existing nodes; whether they are virtual.
    nodes: BTreeMap<String, bool>,
    messages: Vec<(usize, Message)>,
    next_id: usize,
}

impl Scope {
    fn push(&mut self, message: Message) {
        let key = message.key();
        let entity = message.entity();
        self.messages.retain(|(_, old)| {
            let replaced = key != Key::Unique && old.key() == key;
            let outlived = match (&entity, old.entity()) {
                (Some((id, Some(Phase::Remove))), Some((old_id, Some(Phase::Update)))) => {
                    *id == old_id
                }
                _ => false,
            };
            !replaced && !outlived
        });
        self.messages.push((self.next_id, message));
        self.next_id += 1;
    }

    fn add(&mut self, name: &str, is_virtual: bool, node: Node) {
        self.push(add_as(name, self.owner, is_virtual, node));
        self.push(position(name, self.owner, 0.0));
        let (wxyz, owner) = (Wxyz::IDENTITY, self.owner.to_owned());
        self.push(
            SetOrientation {
                name: name.into(),
                wxyz,
                owner,
            }
            .into(),
        );
        self.push(visibility(name, self.owner, true));
        let (bindings, owner) = (Vec::new(), self.owner.to_owned());
        self.push(
            SetSceneNodeClickBindings {
                name: name.into(),
                bindings,
                owner,
            }
            .into(),
        );
        self.nodes.insert(name.to_owned(), is_virtual);
    }

    fn take(&mut self, name: &str, step: &Step, stand_ins: bool) {
        match step {
            Step::Add {
                label: is_label, ..
            } => {
                let ancestors = NAMES.iter().filter(|n| name.starts_with(&format!("{n}/")));
                let missing: Vec<_> = ancestors
                    .filter(|n| !self.nodes.contains_key(**n))
                    .collect();
                if !missing.is_empty() && !stand_ins {
                    return;
                }
                for ancestor in missing {
                    self.add(ancestor, true, Frame::default().show_axes(false).into());
                }
                self.add(
                    name,
                    false,
                    if *is_label {
                        label("l")
                    } else {
                        Frame::default().into()
                    },
                );
            }
            Step::Remove { .. } => {
                let below = format!("{name}/");
                let gone = |n: &String| n == name || n.starts_with(&below);
                let names: Vec<_> = self.nodes.keys().filter(|n| gone(n)).cloned().collect();
                for name in names {
                    self.nodes.remove(&name);
                    self.push(remove(&name, self.owner));
                }
            }
            // Stand-ins have no handle that could change them.
            _ if self.nodes.get(name) != Some(&false) => {}
            Step::Move { x, .. } => self.push(position(name, self.owner, (*x).into())),
            Step::Show { visible, .. } => self.push(visibility(name, self.owner, *visible)),
            Step::Update { value, .. } => {
                self.push(update(name, self.owner, "axes_length", f64::from(*value)));
            }
            Step::Deliver => {}
        }
    }
}

/// A viewer and how far it has read each scope.
#[derive(Default)]
struct Viewer {
    state: ViewerState,
    mirror: Mirror,
    cursors: [usize; 2],
}

impl Viewer {
    fn read(&mut self, scopes: &[Scope; 2]) {
        for (scope, cursor) in scopes.iter().zip(&mut self.cursors) {
            for (id, message) in &scope.messages {
                if *id >= *cursor {
                    self.state.apply(message).unwrap();
                }
            }
            *cursor = scope.next_id;
        }
        self.mirror.follow(&mut self.state.scene);
    }
}

/// Runs a history; returns digests of the viewer that saw everything, of one that reads now and
/// then, and of one that comes at the end.
fn digests(steps: &[Step], owners: usize, stand_ins: bool) -> [u64; 3] {
    let mut scopes = ["", "1"].map(|owner| Scope {
        owner,
        ..Scope::default()
    });
    let [mut fast, mut slow, mut late] = std::array::from_fn(|_| Viewer::default());
    for step in steps {
        let (name, own) = match step {
            Step::Add { name, own, .. }
            | Step::Remove { name, own }
            | Step::Move { name, own, .. }
            | Step::Show { name, own, .. }
            | Step::Update { name, own, .. } => (NAMES[*name], *own),
            Step::Deliver => {
                slow.read(&scopes);
                continue;
            }
        };
        scopes[usize::from(own) % owners].take(name, step, stand_ins);
        fast.read(&scopes);
    }
    slow.read(&scopes);
    late.read(&scopes);
    [fast, slow, late].map(|viewer| viewer.state.digest())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_viewers_end_with_the_same_scene(steps in prop::collection::vec(step(), 0..60)) {
        let [fast, slow, late] = digests(&steps, 1, true);
        prop_assert_eq!(fast, slow);
        prop_assert_eq!(fast, late);
    }

    // Without stand-ins: what they inherit from a departing node depends on whether it was seen.
    #[test]
    fn owners_do_not_get_into_each_others_way(steps in prop::collection::vec(step(), 0..60)) {
        let [fast, slow, late] = digests(&steps, 2, false);
        prop_assert_eq!(fast, slow);
        prop_assert_eq!(fast, late);
    }

    // Whatever is sent, in whatever order: a renderer that follows the changes shows the tree.
    #[test]
    fn any_messages_keep_the_tree_sound(messages in prop::collection::vec(any_message(), 0..80)) {
        let mut state = ViewerState::new();
        let mut mirror = Mirror::default();
        for (message, look) in &messages {
            state.apply(message).unwrap();
            if *look {
                mirror.follow(&mut state.scene);
            }
        }
        mirror.follow(&mut state.scene);
        state.scene.mark_all();
        Mirror::default().follow(&mut state.scene);
    }

    // From any state to any other: the result is the other, and a renderer that follows shows it.
    #[test]
    fn any_state_can_become_any_other(
        before in prop::collection::vec(any_message(), 0..60),
        after in prop::collection::vec(any_message(), 0..60),
    ) {
        let apply = |state: &mut ViewerState, messages: &[(Message, bool)]| {
            messages.iter().for_each(|(message, _)| state.apply(message).unwrap());
        };
        let mut state = ViewerState::new();
        let mut mirror = Mirror::default();
        apply(&mut state, &before);
        mirror.follow(&mut state.scene);
        // Some of the target's history is that of the state, as it is in a recording.
        for mut target in [ViewerState::new(), state.clone()] {
            apply(&mut target, &after);
            let digest = target.digest();
            let order = names(&target);
            state.adopt(target);
            prop_assert_eq!(state.digest(), digest);
            prop_assert_eq!(names(&state), order);
            mirror.follow(&mut state.scene);
            // It goes on from there.
            apply(&mut state, &before);
            mirror.follow(&mut state.scene);
        }
    }
}

#[test]
fn becoming_the_same_changes_nothing() {
    let mut state = ViewerState::new();
    for message in [add("/a", ""), add("/a/b", ""), position("/a", "", 1.0)] {
        state.apply(&message).unwrap();
    }
    let mut mirror = Mirror::default();
    mirror.follow(&mut state.scene);
    let _ = state.environment.take_changes();
    let mut target = state.clone();
    for message in [
        position("/a/b", "", 2.0),
        update("/a", "", "axes_length", 3.0),
    ] {
        target.apply(&message).unwrap();
    }
    state.adopt(state.clone());
    assert_eq!(mirror.follow(&mut state.scene), 0);
    state.adopt(target);
    assert_eq!(mirror.follow(&mut state.scene), 2, "one pose, one property");
    assert_eq!(state.environment.take_changes(), Default::default());
}

fn names(state: &ViewerState) -> Vec<std::sync::Arc<str>> {
    let scene = &state.scene;
    scene.ids().map(|id| scene.name(id).clone()).collect()
}

fn any_message() -> impl Strategy<Value = (Message, bool)> {
    let name = prop::sample::select(&["", "/a", "/a/b", "/a/b/c", "/a//c", "b", "/WorldAxes"][1..]);
    let owner = prop::sample::select(&["", "1", "2"][..]);
    let message = (0..6, name, owner, any::<bool>(), any::<i8>()).prop_map(
        |(kind, name, owner, flag, value)| match kind {
            0 => add_as(
                name,
                owner,
                flag,
                if value < 0 {
                    label("l")
                } else {
                    Frame::default().into()
                },
            ),
            1 => remove(name, owner),
            2 => position(name, owner, value.into()),
            3 => visibility(name, owner, flag),
            4 => update(name, owner, "scale", f64::from(value)),
            _ => add_as(name, owner, false, Frame::default()),
        },
    );
    (message, any::<bool>())
}

#[test]
fn digests_tell_scenes_apart() {
    let digest = |messages: &[Message]| {
        let mut state = ViewerState::new();
        for message in messages {
            state.apply(message).unwrap();
        }
        state.digest()
    };
    let scenes = [
        vec![],
        vec![add("/a", "")],
        vec![add("/b", "")],
        vec![add("/a", "1")],
        vec![add_as("/a", "", true, Frame::default())],
        vec![add_as("/a", "", false, label("a"))],
        vec![add("/a", ""), add("/b", "")],
        vec![add("/a", ""), position("/a", "", 1.0)],
        vec![add("/a", ""), visibility("/a", "", false)],
        vec![add("/a", ""), update("/a", "", "axes_length", 1.0)],
        vec![remove("/WorldAxes", "")],
        vec![
            crate::scene::EnableLights {
                enabled: false,
                cast_shadow: true,
            }
            .into(),
        ],
    ];
    let mut digests: Vec<_> = scenes.iter().map(|messages| digest(messages)).collect();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), scenes.len());
    assert_eq!(
        digest(&[add("/a", ""), add("/b", "")]),
        digest(&[add("/b", ""), add("/a", ""), position("/a", "", 0.0)]),
    );
}
