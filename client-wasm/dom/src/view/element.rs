//! Elements: what [`view!`](crate::view!) is made of.

use web_sys::Element;

use super::binding::{Binding, Kind, Place};
use super::{IntoView, NodeRef, View, append};
use crate::page::{create_element, create_element_ns};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with attributes that stay as they are.
#[must_use]
pub fn html(tag: &str, attributes: &[(&str, &str)]) -> Element {
    with_attributes(create_element(tag), attributes)
}

/// The same of a drawing.
#[must_use]
pub fn svg(tag: &str, attributes: &[(&str, &str)]) -> Element {
    with_attributes(create_element_ns(SVG, tag), attributes)
}

fn with_attributes(element: Element, attributes: &[(&str, &str)]) -> Element {
    for (name, value) in attributes {
        // Only names that are none are refused.
        let _ = element.set_attribute(name, value);
    }
    element
}

/// Binds an attribute.
pub fn attribute(element: &Element, name: &'static str, value: impl Binding) {
    bind(element, Kind::Attribute, name, value);
}

/// Binds whether an element is of a class.
pub fn class(element: &Element, name: &'static str, value: impl Binding) {
    bind(element, Kind::Class, name, value);
}

/// Binds a property of an element's style.
pub fn style(element: &Element, name: &'static str, value: impl Binding) {
    bind(element, Kind::Style, name, value);
}

/// Binds a property of the element as JavaScript sees it, such as an input's value.
pub fn property(element: &Element, name: &'static str, value: impl Binding) {
    bind(element, Kind::Property, name, value);
}

fn bind(element: &Element, kind: Kind, name: &'static str, value: impl Binding) {
    value.bind(Place {
        element: element.clone(),
        kind,
        name,
    });
}

/// Lets a reference point to an element.
pub fn reference<E: wasm_bindgen::JsCast + Clone + 'static>(
    element: &Element,
    reference: NodeRef<E>,
) {
    reference.load(element);
}

/// Puts something at the end of an element.
pub fn child(element: &Element, child: impl IntoView) {
    append(element, child.into_view().node());
}

/// Puts text at the end of an element.
pub fn text(element: &Element, text: &str) {
    append(element, &View::text(text));
}

/// Several things beside each other.
#[must_use]
pub fn fragment<const N: usize>(parts: [View; N]) -> View {
    join(&parts)
}

fn join(parts: &[View]) -> View {
    let fragment = View::fragment();
    for part in parts {
        append(&fragment, part.node());
    }
    View(fragment)
}
