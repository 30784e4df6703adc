//! Sizes of elements, and elements of a size.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::part::Text;
use crate::gui::dock::frames::Rect;
use crate::gui::dock::layout::Place;

/// The style of a rectangle.
pub(super) fn placed(rect: Rect, z_index: usize) -> String {
    let [x, y, width, height] =
        [rect.x, rect.y, rect.width, rect.height].map(|pixels| (pixels * 100.0).round() / 100.0);
    format!("left:{x}px;top:{y}px;width:{width}px;height:{height}px;z-index:{z_index}")
}

/// A number of pixels as the value of an attribute.
pub(super) fn rounded(pixels: f64) -> Text {
    Some(pixels.round().to_string().into())
}

/// How far in front a stack is.
pub(super) fn z_index(place: Place) -> usize {
    match place {
        Place::Docked(..) => 4,
        Place::Floating(index) => 10 + 2 * index,
    }
}

/// Sets a length that the page's style sheets use.
pub(super) fn set_property(name: &str, pixels: f64) {
    let root = document().document_element();
    if let Some(root) = root {
        let style = root.unchecked_ref::<HtmlElement>().style();
        // A style can always be set.
        let _ = style.set_property(name, &format!("{pixels}px"));
    }
}
