//! An input with its label beside it.

use scenecast_dom::*;

use crate::gui::element::Element;
use crate::gui::popup::tooltip;

/// Width of labels outside of folders, in em, and what each folder takes of it.
const LABEL_EM: f64 = 7.25;
const FOLDER_EM: f64 = 0.6375;

/// The row of an input whose element has the identifier `element.id("input")`, and says
/// `aria-describedby=described_by(element)`.
pub(super) fn row(element: Element, input: View) -> View {
    let label = view! {
        <label class="label" for=element.id("input") style=label_style(element)>
            {move || soft_breaks(&element.label())}
        </label>
    };
    rest(element, label, input)
}

/// The row of several inputs: a group with the row's label as its name.
pub(super) fn group_row(element: Element, inputs: View) -> View {
    let label = view! {
        <span class="label" id=element.id("label") style=label_style(element)>
            {move || soft_breaks(&element.label())}
        </span>
    };
    let group = view! {
        <div
            class="group"
            role="group"
            aria-labelledby=element.id("label")
            aria-describedby=described_by(element)
        >
            {inputs}
        </div>
    };
    rest(element, label, group)
}

fn rest(element: Element, label: View, input: View) -> View {
    view! {
        <div class="row">
            {label}
            <div class="control hinted">
                {input}
                {tooltip(element.id("hint"), move || element.hint())}
            </div>
        </div>
    }
}

/// The element that describes an input: its tooltip, if there is one.
pub(super) fn described_by(element: Element) -> impl Fn() -> Option<String> + 'static {
    move || element.hint().map(|_| element.id("hint"))
}

fn label_style(element: Element) -> String {
    let width = (LABEL_EM - FOLDER_EM * f64::from(element.depth)).max(2.0);
    format!("width:{width}em")
}

/// Labels may break after some marks: zero-width spaces say where.
fn soft_breaks(label: &str) -> String {
    let mut broken = String::with_capacity(label.len());
    for c in label.chars() {
        broken.push(c);
        if matches!(c, '_' | '-' | '/' | '.') {
            broken.push('\u{200b}');
        }
    }
    broken
}
