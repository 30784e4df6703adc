//! The components: one module for each, with a function that builds its view.

mod button;
mod button_group;
mod checkbox;
mod divider;
mod dropdown;
mod folder;
mod html;
mod image;
mod markdown;
mod measured;
mod multi_slider;
mod number;
mod number_box;
mod plotly;
mod progress_bar;
mod rgb;
mod row;
mod slider;
mod text;
mod upload;
mod uplot;

use std::rc::Rc;

use scenecast_dom::*;
use scenecast_protocol::gui::Component;

use super::dock::page::area;
use super::element::Element;
use super::store::{Live, Store};

/// The components of a container, in their order, within `depth` folders.
pub(crate) fn container(container: &str, depth: u32) -> View {
    let children = expect_context::<Store>().children(container);
    keyed(
        move || children.get(),
        |live| live.serial,
        move |live| component(live, depth),
    )
}

/// A component, which is in the page while it is visible.
fn component(live: Rc<Live>, depth: u32) -> View {
    let element = Element::new(live.clone(), depth);
    // What is shown has an element of its own, which goes with it.
    let shown = move || view(Element::new(live.clone(), depth));
    show(move || element.is_visible(), shown)
}

/// The view of a component.
fn view(element: Element) -> View {
    match &*element.component() {
        Component::Folder(_) => folder::folder(element),
        Component::Form(_) => folder::form(element),
        Component::Button(..) => button::view(element),
        Component::ButtonGroup(..) => button_group::view(element),
        Component::Checkbox(..) => checkbox::view(element),
        Component::Divider(_) => divider::view(),
        Component::Dropdown(..) => dropdown::view(element),
        Component::MultiSlider(..) => multi_slider::view(element),
        Component::Number(..) => number::view(element),
        Component::ProgressBar(..) => progress_bar::view(element),
        Component::Rgb(..) | Component::Rgba(..) => rgb::view(element),
        Component::Slider(..) => slider::view(element),
        Component::TabGroup(_) => area::view(element),
        Component::Text(..) => text::view(element),
        Component::Vector2(..) | Component::Vector3(..) => number::vector(element),
        Component::Markdown(_) => markdown::view(element),
        Component::Html(_) => html::view(element),
        Component::Image(_) => image::view(element),
        Component::Uplot(_) => uplot::view(element),
        Component::Plotly(_) => plotly::view(element),
        Component::UploadButton(_) => upload::view(element),
    }
}
