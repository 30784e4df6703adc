//! Values of every kind of input, between viewers and the program.

use super::{ClientSocket, client, join_in_order, next, server};
use scenecast::{
    Error,
    gui::{
        Checkbox, Component, Dropdown, GuiHandle, Input, MultiSlider, Number, ProgressBar, Rgb,
        Rgba, Slider, Text, Valued, Vector2, Vector3,
    },
};
use scenecast_protocol::{Value, Wire};
use std::{fmt::Debug, sync::mpsc};

fn list(numbers: &[f64]) -> Value {
    numbers.to_vec().to_value()
}

/// One viewer says `bad` values, which nobody hears of, and then `good`, which the program and the
/// other viewer hear of once; then the program sets `own`, which both viewers hear of.
fn goes_both_ways<C>(
    component: C,
    bad: &[Value],
    good: impl Into<C::Value>,
    own: impl Into<C::Value>,
) where
    C: Valued + Component<Value: Debug + PartialEq>,
{
    let (good, own): (C::Value, C::Value) = (good.into(), own.into());
    let server = server();
    let handle = server.gui().add(component).unwrap();
    let (said, events) = mpsc::channel();
    let _ = handle.on_update(move |event| {
        let client = event.client.as_ref().map(scenecast::Client::id);
        said.send((client, event.value.clone())).unwrap();
    });
    let [mut a, mut b] = join_in_order(&server);
    let uuid = a.components[0].clone();
    for value in bad {
        a.set_value(&uuid, value.clone());
    }
    a.set_value(&uuid, good.to_value());
    // Whoever says the same again changes nothing.
    a.set_value(&uuid, good.to_value());
    assert_eq!(next(&events), (Some(0), good.clone()));
    assert_eq!(handle.value().unwrap(), good);
    b.read_until(|viewer| viewer.values.contains_key(&uuid));
    assert_eq!(b.values[&uuid], good.to_value());

    let at = handle.update_timestamp().unwrap();
    handle.set_value(own.clone()).unwrap();
    assert_eq!(next(&events), (None, own.clone()));
    for viewer in [&mut a, &mut b] {
        viewer.read_until(|viewer| viewer.values.get(&uuid) == Some(&own.to_value()));
    }
    assert!(handle.update_timestamp().unwrap() >= at);
    assert!(events.try_recv().is_err(), "told twice");

    for value in bad.iter().filter_map(|value| C::Value::decode(value).ok()) {
        let error = handle.set_value(value).unwrap_err();
        assert!(matches!(error, Error::InvalidProps { .. }), "{error}");
    }
    handle.remove().unwrap();
    assert!(matches!(handle.set_value(own), Err(Error::Removed { .. })));
    assert!(handle.value().is_err() && handle.remove().is_err() && handle.is_removed());
}

#[test]
fn checkboxes() {
    goes_both_ways(
        Checkbox::new("c"),
        &["yes".to_owned().to_value()],
        true,
        false,
    );
}

#[test]
fn texts() {
    goes_both_ways(Text::new("t"), &[list(&[1.0]), Value::Nil], "täxt", "other");
}

#[test]
fn numbers() {
    let bad = [f64::NAN, -1.0, 11.0].map(|n| n.to_value());
    goes_both_ways(Number::new("n", 5.0).min(0.0).max(10.0), &bad, 10.0, 0.5);
}

#[test]
fn sliders() {
    let bad = [f64::INFINITY, -0.5, 1.5].map(|n| n.to_value());
    goes_both_ways(Slider::new("s", 0.0..=1.0), &bad, 0.25, 1.0);
}

#[test]
fn multi_sliders() {
    let slider = MultiSlider::new("m", 0.0..=10.0, [1.0, 2.0]);
    let bad = [list(&[2.0, 1.0]), list(&[1.0, 11.0]), 3.0.to_value()];
    goes_both_ways(slider, &bad, [3.0, 4.0], [0.0, 10.0]);
}

#[test]
fn vectors() {
    let two = Vector2::new("v", [0.0; 2]).min([-1.0; 2]).max([1.0; 2]);
    let bad = [list(&[0.0, 2.0]), list(&[0.0]), list(&[f64::NAN, 0.0])];
    goes_both_ways(two, &bad, [0.5, -0.5], [1.0, 1.0]);
    let bad = [list(&[0.0; 2]), list(&[f64::NEG_INFINITY, 0.0, 0.0])];
    goes_both_ways(
        Vector3::new("v", [0.0; 3]),
        &bad,
        [1e9, 0.0, -1.5],
        [1.0; 3],
    );
}

#[test]
fn colors() {
    let bad = [
        list(&[0.0, 256.0, 0.0]),
        list(&[0.0; 4]),
        list(&[-1.0, 0.0, 0.0]),
    ];
    goes_both_ways(Rgb::new("c", [0; 3]), &bad, [255, 0, 1], [9, 9, 9]);
    goes_both_ways(
        Rgba::new("c", [0; 4]),
        &[list(&[0.0; 3])],
        [255, 0, 1, 128],
        [9; 4],
    );
}

#[test]
fn dropdowns() {
    let bad = ["z".to_owned().to_value(), 1.0.to_value()];
    goes_both_ways(Dropdown::new("d", ["x", "y"]), &bad, "y", "x");
}

#[test]
fn options_that_go_take_the_choice_with_them() {
    let server = server();
    let dropdown = server
        .gui()
        .add(Dropdown::new("d", ["x", "y"]).value("y"))
        .unwrap();
    let (said, events) = mpsc::channel();
    let _ = dropdown.on_update(move |event| said.send(event.value.clone()).unwrap());
    dropdown.set_options(["y", "z"]).unwrap();
    assert_eq!(dropdown.value().unwrap(), "y");
    dropdown
        .update(|p| p.options = vec!["v".to_owned()])
        .unwrap();
    assert_eq!(dropdown.value().unwrap(), "v");
    assert_eq!(next(&events), "v");
    assert!(dropdown.set_options(Vec::<String>::new()).is_err());
    assert!(dropdown.set_options(["a", "a"]).is_err());
    assert_eq!(dropdown.props().unwrap().options, ["v"]);
}

#[test]
fn viewers_set_no_progress_and_no_properties() {
    let server = server();
    let bar = server.gui().add(ProgressBar::new(10.0)).unwrap();
    let text = server.gui().add(Text::new("t")).unwrap();
    let (said, events) = mpsc::channel();
    let _ = text.on_update(move |event| said.send(event.value.clone()).unwrap());
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuids = viewer.components.clone();
    viewer.set_value(&uuids[0], 90.0);
    viewer.send(&scenecast_protocol::gui::GuiUpdate {
        uuid: uuids[1].as_str().into(),
        updates: scenecast_protocol::Updates(vec![
            ("disabled".into(), Value::Bool(true)),
            ("value".into(), "x".to_owned().to_value()),
        ]),
    });
    assert_eq!(next(&events), "x");
    assert_eq!(bar.value().unwrap(), 10.0);
    assert!(!text.props().unwrap().disabled);
    assert!(bar.set_value(101.0).is_err() && bar.set_value(f64::NAN).is_err());
}

/// What viewers hear of a component's properties, one by one.
fn heard(viewer: &mut ClientSocket) -> (String, Value) {
    viewer.next(|message| match message {
        scenecast_protocol::Message::GuiUpdate(update) => {
            let (name, value) = update.updates.0.into_iter().next()?;
            Some((name.to_string(), value))
        }
        _ => None,
    })
}

#[test]
fn properties_arrive_one_by_one_and_contradictions_do_not() {
    fn change<C: Input>(handle: &GuiHandle<C>) {
        handle.set_disabled(true).unwrap();
        handle.set_disabled(true).unwrap();
        handle.set_visible(false).unwrap();
        handle.set_order(7.5).unwrap();
        handle.set_hint(Some("hint")).unwrap();
        assert!(handle.set_order(f64::NAN).is_err());
    }
    let server = server();
    let slider = server.gui().add(Slider::new("s", 0.0..=1.0)).unwrap();
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    change(&slider);
    assert_eq!(
        heard(&mut viewer),
        ("disabled".to_owned(), Value::Bool(true))
    );
    assert_eq!(
        heard(&mut viewer),
        ("visible".to_owned(), Value::Bool(false))
    );
    assert_eq!(heard(&mut viewer), ("order".to_owned(), Value::Float(7.5)));
    assert_eq!(heard(&mut viewer).0, "hint");
    let error = slider
        .update(|p| (p.min, p.label) = (2.0, "x".to_owned()))
        .unwrap_err();
    assert!(error.to_string().contains("2 to 1"), "{error}");
    assert_eq!(slider.props().unwrap().label, "s");
    slider.update(|p| (p.max, p.step) = (3.0, 0.5)).unwrap();
    assert_eq!(heard(&mut viewer), ("max".to_owned(), Value::Float(3.0)));
    assert_eq!(heard(&mut viewer), ("step".to_owned(), Value::Float(0.5)));
}

#[test]
fn one_viewers_gui_is_none_of_the_others_business() {
    let server = server();
    let [mut a, mut b] = join_in_order(&server);
    let own = client(&server, 0).gui().add(Text::new("own")).unwrap();
    let all = server.gui().add(Text::new("all")).unwrap();
    let (said, events) = mpsc::channel();
    let _ = own.on_update(move |event| {
        let client = event.client.as_ref().unwrap().id();
        said.send((client, event.value.clone())).unwrap();
    });
    a.read_until(|viewer| viewer.components.len() == 2);
    b.read_until(|viewer| viewer.components.len() == 1);
    let uuid = a.components.iter().find(|uuid| **uuid != b.components[0]);
    let uuid = uuid.unwrap().clone();
    b.set_value(&uuid, "not mine".to_owned());
    a.set_value(&uuid, "mine".to_owned());
    assert_eq!(next(&events), (0, "mine".to_owned()));
    all.set_value("done").unwrap();
    let shared = b.components[0].clone();
    b.read_until(|viewer| viewer.values.contains_key(&shared));
    assert!(!b.values.contains_key(&uuid));
}

#[test]
fn viewers_whose_edits_cross_end_with_the_same_value() {
    let server = server();
    let text = server.gui().add(Text::new("t")).unwrap();
    let (said, events) = mpsc::channel();
    let _ = text.on_update(move |event| said.send(event.value.clone()).unwrap());
    let [mut a, mut b] = join_in_order(&server);
    let uuid = a.components[0].clone();
    // Neither has heard of the other.
    for values in [["a", "b"], ["aa", "bb"]] {
        for (viewer, value) in [&mut a, &mut b].into_iter().zip(values) {
            viewer.set_value(&uuid, value.to_owned());
            assert_eq!(next(&events), value);
        }
    }
    let is = |viewer: &ClientSocket, value| {
        viewer.values.get(&uuid).and_then(Value::as_str) == Some(value)
    };
    // What b hears of a's edits may have been replaced by its own, which it is told of at last.
    for viewer in [&mut a, &mut b] {
        viewer.read_until(|viewer| is(viewer, "bb"));
    }
    assert!(events.try_recv().is_err(), "the program is told once");
}
