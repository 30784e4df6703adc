//! Buttons, forms and commands: what viewers press, and what comes of it.

use super::{ClientSocket, join_in_order, next, server};
use scenecast::gui::{Button, ButtonGroup, Command, Form, Text};
use scenecast_protocol::{
    Message,
    gui::{GuiButtonHold, GuiFormDirty, GuiFormSubmit, command::CommandTrigger},
};
use std::sync::mpsc;

#[test]
fn each_press_counts_and_nobody_else_hears_of_it() {
    let server = server();
    let button = server.gui().add(Button::new("b")).unwrap();
    let group = server.gui().add(ButtonGroup::new("g", ["x", "y"])).unwrap();
    let mark = server.gui().add(Text::new("mark")).unwrap();
    let (said, events) = mpsc::channel();
    let (said_later, of_group) = (said.clone(), said.clone());
    let id = button.on_click(move |_| said.send("sync".to_owned()).unwrap());
    let _ = button.on_click_async(move |event| {
        let said = said_later.clone();
        async move {
            let client = event.client.map(|client| client.id());
            said.send(format!("async {client:?}")).unwrap();
        }
    });
    let _ = group.on_click(move |event| of_group.send(event.value.clone()).unwrap());
    let [mut a, mut b] = join_in_order(&server);
    let uuids = a.components.clone();
    for _ in 0..2 {
        a.set_value(&uuids[0], true);
        assert_eq!(next(&events), "sync");
        assert_eq!(next(&events), "async Some(0)");
    }
    for choice in ["y", "y", "z", "x"] {
        a.set_value(&uuids[1], choice.to_owned());
    }
    assert_eq!(["y", "y", "x"].map(|_| next(&events)), ["y", "y", "x"]);
    assert_eq!(group.value().unwrap(), "x");
    // The program may press, too.
    assert!(button.remove_click_callback(id) && !button.remove_click_callback(id));
    button.set_value(true).unwrap();
    assert_eq!(next(&events), "async None");
    mark.set_value("done").unwrap();
    b.read_until(|viewer| viewer.values.contains_key(&uuids[2]));
    assert_eq!(b.values.len(), 1, "{:?}", b.values);
}

#[test]
fn a_held_button_is_reported_as_often_as_was_asked_for() {
    let server = server();
    let button = server.gui().add(Button::new("b")).unwrap();
    let (said, events) = mpsc::channel();
    let (quick, quick_too) = (said.clone(), said.clone());
    let slow = button
        .on_hold(10.0, move |_| said.send("10").unwrap())
        .unwrap();
    let _ = button
        .on_hold(50.0, move |_| quick.send("50").unwrap())
        .unwrap();
    let _ = button
        .on_hold_async(50.0, move |_| {
            let said = quick_too.clone();
            async move { said.send("50 async").unwrap() }
        })
        .unwrap();
    for nonsense in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(button.on_hold(nonsense, |_| ()).is_err());
    }
    let frequencies = || button.props().unwrap().hold_callback_freqs;
    assert_eq!(frequencies(), [10.0, 50.0]);
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuid = viewer.components[0].clone();
    let hold = |frequency| GuiButtonHold {
        uuid: uuid.as_str().into(),
        frequency,
    };
    viewer.send(&hold(50.0));
    viewer.send(&hold(7.0));
    viewer.send(&hold(10.0));
    assert_eq!([(); 3].map(|()| next(&events)), ["50", "50 async", "10"]);
    assert!(button.remove_hold_callback(slow));
    assert_eq!(frequencies(), [50.0]);
    assert!(!button.remove_hold_callback(slow));
}

#[test]
fn a_form_is_dirty_for_others_and_clean_for_all() {
    let server = server();
    let form = server.gui().add(Form::new("f")).unwrap();
    let field = form.gui().add(Text::new("field")).unwrap();
    let (said, events) = mpsc::channel();
    let id = form.on_submit(move |event| {
        let client = event.client.as_ref().map(scenecast::Client::id);
        said.send((client, field.value().unwrap())).unwrap();
    });
    let [mut a, mut b] = join_in_order(&server);
    let uuids = a.components.clone();
    let uuid = || uuids[0].as_str().into();
    a.set_value(&uuids[1], "typed".to_owned());
    a.send(&GuiFormDirty { uuid: uuid() });
    let form_messages = |message| match message {
        Message::GuiFormDirty(form) => Some(("dirty", form.uuid)),
        Message::GuiFormSubmit(form) => Some(("clean", form.uuid)),
        _ => None,
    };
    assert_eq!(b.next(form_messages), ("dirty", uuid()));
    a.send(&GuiFormSubmit { uuid: uuid() });
    assert_eq!(next(&events), (Some(0), "typed".to_owned()));
    assert_eq!(b.next(form_messages), ("clean", uuid()));
    assert_eq!(a.next(form_messages), ("clean", uuid()));
    form.submit().unwrap();
    assert_eq!(next(&events), (None, "typed".to_owned()));
    assert_eq!(a.next(form_messages), ("clean", uuid()));
    assert!(form.remove_submit_callback(id));
    form.remove().unwrap();
    assert!(form.submit().is_err());
}

#[test]
fn commands_are_triggered_unless_they_are_disabled() {
    let server = server();
    let [save, open] = ["save", "open"].map(|l| server.gui().add(Command::new(l)).unwrap());
    let (said, events) = mpsc::channel();
    for command in [&save, &open] {
        let said = said.clone();
        let _ = command.on_trigger(move |event| {
            said.send(event.target.props().unwrap().label).unwrap();
        });
    }
    let mut viewer = ClientSocket::join(server.port());
    let command = |message| match message {
        Message::RegisterCommand(command) => Some(command.uuid),
        _ => None,
    };
    let uuids = [(); 2].map(|()| viewer.next(command));
    save.set_disabled(true).unwrap();
    for uuid in uuids {
        viewer.send(&CommandTrigger { uuid });
    }
    assert_eq!(next(&events), "open");
    let removed = |message| matches!(message, Message::RemoveCommand(_)).then_some(());
    open.remove().unwrap();
    viewer.next(removed);
    let key = scenecast::events::Modifier::Shift;
    assert!(
        server
            .gui()
            .add(Command::new("keys").modifier(key))
            .is_err()
    );
    assert!(
        server
            .gui()
            .add(Command::new("icon").icon("no such icon"))
            .is_err()
    );
}
