//! Numbers and vectors.

use scenecast_dom::*;
use scenecast_protocol::Value;
use scenecast_protocol::gui::Component;

use super::number_box::{NumberBox, number_box};
use super::row::{described_by, group_row, row};
use crate::gui::calm::calm;
use crate::gui::element::{Element, number, prop, value};

pub(super) fn view(element: Element) -> View {
    let value = Signal::derive(move || value!(element, Number));
    let input = number_box(NumberBox {
        element,
        id: Some(element.id("input")),
        name: Signal::derive(|| None),
        has_steppers: true,
        value,
        shown: calm(element, value),
        decimals: Signal::derive(move || prop!(element, Number.precision).max(0) as usize),
        step: Signal::derive(move || prop!(element, Number.step)),
        min: Signal::derive(move || prop!(element, Number.min)),
        max: Signal::derive(move || prop!(element, Number.max)),
        is_disabled: Signal::derive(move || element.is_disabled()),
        described_by: Signal::derive(described_by(element)),
        edited: Callback::new(move |value| element.edit(number(value))),
    });
    row(element, input)
}

/// Vectors of two and three components.
pub(super) fn vector(element: Element) -> View {
    let len = match &*element.component() {
        Component::Vector2(..) => 2,
        _ => 3,
    };
    let boxes = (0..len).map(|axis| {
        let edited = move |new| {
            let mut values = vector_value(&element.component());
            if let Some(value) = values.get_mut(axis) {
                *value = new;
            }
            element.edit(Value::List(values.into_iter().map(number).collect()));
        };
        let bound = move |property, read: fn(&Component, usize) -> Option<f64>| {
            Signal::derive(move || element.read(property, |component| read(component, axis)))
        };
        let value = Signal::derive(move || {
            let values = element.read("value", vector_value);
            values.get(axis).copied().unwrap_or_default()
        });
        number_box(NumberBox {
            element,
            id: None,
            name: Signal::stored(Some(["x", "y", "z"][axis].to_owned())),
            has_steppers: true,
            value,
            shown: calm(element, value),
            decimals: Signal::derive(move || {
                let precision = element.read("precision", |component| match component {
                    Component::Vector2(props, _) => props.precision,
                    Component::Vector3(props, _) => props.precision,
                    _ => 0,
                });
                precision.max(0) as usize
            }),
            step: Signal::derive(move || {
                element.read("step", |component| match component {
                    Component::Vector2(props, _) => props.step,
                    Component::Vector3(props, _) => props.step,
                    _ => 1.0,
                })
            }),
            min: bound("min", |component, axis| match component {
                Component::Vector2(props, _) => props.min?.get(axis).copied(),
                Component::Vector3(props, _) => props.min?.get(axis).copied(),
                _ => None,
            }),
            max: bound("max", |component, axis| match component {
                Component::Vector2(props, _) => props.max?.get(axis).copied(),
                Component::Vector3(props, _) => props.max?.get(axis).copied(),
                _ => None,
            }),
            is_disabled: Signal::derive(move || element.is_disabled()),
            described_by: Signal::derive(|| None),
            edited: Callback::new(edited),
        })
    });
    let boxes = boxes.collect::<Vec<_>>();
    group_row(element, view! { <div class="vector">{boxes}</div> })
}

fn vector_value(component: &Component) -> Vec<f64> {
    match component {
        Component::Vector2(_, value) => value.to_vec(),
        Component::Vector3(_, value) => value.to_vec(),
        _ => Vec::new(),
    }
}
