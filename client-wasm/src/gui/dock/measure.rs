//! Sizes of elements, and elements of a size.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::HtmlElement;

use super::follow::Text;
use super::frames::Rect;
use super::layout::Place;

/// Tells width and height of an element, at first and whenever they are others.
pub(super) fn observe_size(node: NodeRef<HtmlElement>, tell: impl Fn(f64, f64) + 'static) {
    observe(node, Box::new(tell));
}

fn observe(node: NodeRef<HtmlElement>, tell: Box<dyn Fn(f64, f64)>) {
    node.on_load(move |element| {
        let observed = element.clone();
        let resized = move || {
            let rect = observed.get_bounding_client_rect();
            tell(rect.width(), rect.height());
        };
        let resized = Closure::<dyn FnMut()>::new(resized).into_js_value();
        let Ok(observer) = web_sys::ResizeObserver::new(resized.unchecked_ref()) else {
            return;
        };
        observer.observe(&element);
        on_cleanup(move || observer.disconnect());
    });
}

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
