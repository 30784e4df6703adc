//! Random histories of a GUI, seen by viewers of different speeds, and by one that edits.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::Value;
use crate::gui::{
    Folder, GuiFormDirty, GuiFormSubmit, GuiRemove, GuiUpdate, Slider, TabGroup, Text,
};
use crate::lifecycle::{Key, Phase};
use crate::message::Message;
use crate::state::ViewerState;

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn slider(order: f64) -> Component {
    Component::Slider(Slider::default().order(order), 0.0)
}

fn add(uuid: &str, container: &str, component: Component) -> Message {
    AddComponent {
        uuid: uuid.into(),
        container_uuid: container.to_owned(),
        component: Box::new(component),
    }
    .into()
}

fn update(uuid: &str, name: &'static str, value: Value) -> Message {
    GuiUpdate {
        uuid: uuid.into(),
        updates: Updates(vec![(name.into(), value)]),
    }
    .into()
}

fn after(messages: &[Message]) -> ViewerState {
    let mut state = ViewerState::new();
    for message in messages {
        state.apply(message).unwrap();
    }
    state
}

fn uuids(children: &[(Arc<str>, Arc<Component>)]) -> Vec<&str> {
    children.iter().map(|(uuid, _)| &**uuid).collect()
}

#[test]
fn children_are_in_order_and_wait_for_their_container() {
    let mut state = after(&[
        add("late", "folder", slider(2.0)),
        add("early", "folder", slider(1.0)),
        add("also early", "folder", slider(1.0)),
    ]);
    let order = ["early", "also early", "late"];
    assert_eq!(uuids(&state.gui.children("folder")), order);
    state.gui.take_changes();
    state
        .apply(&update("early", "order", Value::Int(3)))
        .unwrap();
    let order = ["also early", "late", "early"];
    assert_eq!(uuids(&state.gui.children("folder")), order);
    let changes = state.gui.take_changes();
    assert_eq!(changes.containers, ["folder".into()]);
    assert_eq!(changes.components["early"].properties, ["order"]);
    // The same uuid elsewhere is the same component, moved.
    state.apply(&add("late", "root", slider(0.0))).unwrap();
    assert_eq!(
        uuids(&state.gui.children("folder")),
        ["also early", "early"]
    );
    assert_eq!(uuids(&state.gui.children("root")), ["late"]);
}

#[test]
fn a_value_of_the_wrong_type_changes_nothing_else() {
    let mut state = after(&[add("a", "root", slider(0.0))]);
    let updates = vec![
        ("value".into(), Value::Str("x".into())),
        ("max".into(), Value::Int(7)),
        ("of_a_later_version".into(), Value::Nil),
    ];
    let message = GuiUpdate {
        uuid: "a".into(),
        updates: Updates(updates),
    };
    let error = state.apply(&message.into()).unwrap_err();
    assert!(error.to_string().contains("`value`"), "{error}");
    let component = state.gui.component("a").unwrap();
    assert_eq!(
        **component,
        Component::Slider(Slider::default().max(7.0), 0.0)
    );
}

#[test]
fn forms_are_found_through_folders_and_tabs() {
    let tabs = TabGroup::default().tab_container_ids(vec!["tab".to_owned()]);
    let text = || Component::Text(Text::default(), String::new());
    let form = || Component::Form(Folder::default());
    let state = after(&[
        add("form", "root", form()),
        add("folder", "form", Component::Folder(Folder::default())),
        add("tabs", "folder", Component::TabGroup(tabs)),
        add("inside", "tab", text()),
        add("outside", "root", text()),
        add("circle", "circle", text()),
    ]);
    assert_eq!(
        state.gui.form_of("inside").map(|form| &**form),
        Some("form")
    );
    assert_eq!(state.gui.form_of("outside"), None);
    assert_eq!(state.gui.form_of("circle"), None);
}

#[test]
fn forms_get_dirty_and_clean() {
    let dirty = |uuid: &str| Message::from(GuiFormDirty { uuid: uuid.into() });
    let mut state = after(&[
        add("form", "root", Component::Form(Folder::default())),
        dirty("form"),
        dirty("unknown"),
    ]);
    assert!(state.gui.is_dirty("form") && !state.gui.is_dirty("unknown"));
    let uuid = "form".into();
    state.apply(&GuiFormSubmit { uuid }.into()).unwrap();
    assert!(!state.gui.is_dirty("form"));
}

#[derive(Clone, Debug)]
enum Step {
    Add {
        name: usize,
        container: usize,
        is_form: bool,
    },
    Remove {
        name: usize,
    },
    Set {
        name: usize,
        property: usize,
        value: i8,
    },
    /// The viewer edits; the server tells the others.
    Edit {
        name: usize,
        value: i8,
    },
    Dirty {
        name: usize,
    },
    Submit {
        name: usize,
    },
    /// The slow viewer gets what is there.
    Deliver,
}

fn step() -> impl Strategy<Value = Step> {
    let name = 0..NAMES.len();
    prop_oneof![
        4 => (name.clone(), name.clone(), any::<bool>())
            .prop_map(|(name, container, is_form)| Step::Add { name, container, is_form }),
        2 => name.clone().prop_map(|name| Step::Remove { name }),
        4 => (name.clone(), 0..3usize, any::<i8>())
            .prop_map(|(name, property, value)| Step::Set { name, property, value }),
        3 => (name.clone(), any::<i8>()).prop_map(|(name, value)| Step::Edit { name, value }),
        1 => name.clone().prop_map(|name| Step::Dirty { name }),
        1 => name.prop_map(|name| Step::Submit { name }),
        2 => Just(Step::Deliver),
    ]
}

/// A server's buffer: the last message of each key, with who is not to get it.
#[derive(Default)]
struct Buffer {
    messages: Vec<(usize, bool, Message)>,
    next: usize,
}

impl Buffer {
    fn push(&mut self, message: Message, is_from_editor: bool) {
        let (key, entity) = (message.key(), message.entity());
        self.messages.retain(|(_, _, old)| {
            let is_replaced = key != Key::Unique && old.key() == key;
            let is_outlived = match (&entity, old.entity()) {
                (Some((id, Some(Phase::Remove))), Some((old, Some(Phase::Update)))) => *id == old,
                _ => false,
            };
            !is_replaced && !is_outlived
        });
        self.messages.push((self.next, is_from_editor, message));
        self.next += 1;
    }
}

struct Viewer {
    state: ViewerState,
    cursor: usize,
    is_editor: bool,
}

impl Viewer {
    fn new(is_editor: bool) -> Self {
        Self {
            state: ViewerState::new(),
            cursor: 0,
            is_editor,
        }
    }

    fn read(&mut self, buffer: &Buffer) {
        let new = buffer.messages.iter().filter(|(id, ..)| *id >= self.cursor);
        for (_, is_from_editor, message) in new {
            if !(self.is_editor && *is_from_editor) {
                let _ = self.state.apply(message);
            }
        }
        self.cursor = buffer.next;
    }
}

proptest! {
    #[test]
    fn all_viewers_end_with_the_same(steps in proptest::collection::vec(step(), 0..60)) {
        let mut buffer = Buffer::default();
        let (mut editor, mut fast, mut slow) = (Viewer::new(true), Viewer::new(false), Viewer::new(false));
        let mut known = std::collections::BTreeSet::new();
        for step in steps {
            let (message, is_from_editor) = match step {
                Step::Add { name, container, is_form } => {
                    known.insert(name);
                    let component = match is_form {
                        true => Component::Form(Folder::default()),
                        false => slider(container as f64),
                    };
                    let container = ["root", NAMES[container]][usize::from(container > 1)];
                    // A uuid is used once, but for what replaces it: its updates go with it.
                    buffer.push(GuiRemove { uuid: NAMES[name].into() }.into(), false);
                    (add(NAMES[name], container, component), false)
                }
                Step::Remove { name } if known.remove(&name) => {
                    (GuiRemove { uuid: NAMES[name].into() }.into(), false)
                }
                Step::Set { name, property, value } if known.contains(&name) => {
                    let property = ["value", "min", "order"][property];
                    (update(NAMES[name], property, Value::Int(value.into())), false)
                }
                Step::Edit { name, value } if known.contains(&name) => {
                    (update(NAMES[name], "value", Value::Int(value.into())), true)
                }
                Step::Dirty { name } if known.contains(&name) => {
                    (GuiFormDirty { uuid: NAMES[name].into() }.into(), true)
                }
                Step::Submit { name } if known.contains(&name) => {
                    (GuiFormSubmit { uuid: NAMES[name].into() }.into(), false)
                }
                Step::Deliver => {
                    slow.read(&buffer);
                    continue;
                }
                _ => continue,
            };
            if is_from_editor {
                // It edits what it sees, so it has read all that came before.
                let _ = editor.state.apply(&message);
            }
            buffer.push(message, is_from_editor);
            editor.read(&buffer);
            fast.read(&buffer);
        }
        slow.read(&buffer);
        let mut late = Viewer::new(false);
        late.read(&buffer);
        let digest = late.state.digest();
        prop_assert_eq!(fast.state.digest(), digest, "fast");
        prop_assert_eq!(slow.state.digest(), digest, "slow");
        prop_assert_eq!(editor.state.digest(), digest, "editor");
    }
}
