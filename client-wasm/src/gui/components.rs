//! The components: one module for each, with a function that builds its view.

mod button;
mod folder;
mod row;
mod slider;

use std::sync::Arc;

use leptos::prelude::*;
use scenecast_protocol::gui::Component;

use super::element::Element;
use super::store::{Live, Store};

/// The components of a container, in their order, within `depth` folders.
pub(crate) fn container(container: &str, depth: u32) -> AnyView {
    let children = expect_context::<Store>().children(container);
    view! {
        <For
            each=move || children.get()
            key=|live| live.serial
            children=move |live| component(live, depth)
        />
    }
    .into_any()
}

/// A component, which is in the page while it is visible.
fn component(live: Arc<Live>, depth: u32) -> AnyView {
    let element = Element::new(live, depth);
    let is_visible = Memo::new(move |_| element.is_visible());
    let shown = move || is_visible.get().then(|| view(element));
    shown.into_any()
}

/// The view of a component.
fn view(element: Element) -> AnyView {
    match &*element.component() {
        Component::Folder(_) | Component::Form(_) => folder::view(element),
        Component::Button(..) => button::view(element),
        Component::Slider(..) => slider::view(element),
        Component::Markdown(_)
        | Component::Html(_)
        | Component::Divider(_)
        | Component::ProgressBar(..)
        | Component::Plotly(_)
        | Component::Uplot(_)
        | Component::Image(_)
        | Component::TabGroup(_)
        | Component::UploadButton(_)
        | Component::MultiSlider(..)
        | Component::Number(..)
        | Component::Rgb(..)
        | Component::Rgba(..)
        | Component::Checkbox(..)
        | Component::Vector2(..)
        | Component::Vector3(..)
        | Component::Text(..)
        | Component::Dropdown(..)
        | Component::ButtonGroup(..) => ().into_any(),
    }
}
