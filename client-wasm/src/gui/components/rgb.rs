//! Colours, with and without opacity.

use scenecast_dom::*;
use scenecast_protocol::Value;
use scenecast_protocol::gui::Component;
use web_sys::KeyboardEvent;

use super::row::{described_by, row};
use crate::gui::color;
use crate::gui::element::Element;

/// A field for the colour's text, with the browser's own picker before it, and a slider for
/// opacity where there is any.
pub(super) fn view(element: Element) -> View {
    let has_alpha = matches!(&*element.component(), Component::Rgba(..));
    let channels = move || element.read("value", channels);
    let hex = move || {
        let [r, g, b, _] = rgba(&channels());
        color::hex([r, g, b])
    };
    let node = NodeRef::<web_sys::HtmlInputElement>::new();
    let text = move || color::describe(&channels());
    effect(move || {
        let text = text();
        if let Some(input) = node.get() {
            input.set_value(&text);
        }
    });
    let set = move |new: [u8; 4]| {
        let count = if has_alpha { 4 } else { 3 };
        if new[..count] != *untrack(channels) {
            let channels = new[..count].iter().map(|c| Value::Int(i64::from(*c)));
            element.edit(Value::List(channels.collect()));
        }
    };
    let picked = move |event| {
        if let Some([r, g, b, _]) = parse(&event_target_value(&event)) {
            let [.., alpha] = rgba(&untrack(channels));
            set([r, g, b, alpha]);
        }
    };
    let commit = move || {
        if !element.is_there() {
            return;
        }
        let Some(input) = node.get_untracked() else {
            return;
        };
        let typed = input.value();
        let before = untrack(text);
        if typed != before {
            let new = parse(&typed);
            if let Some(new) = new {
                set(new);
            }
            let count = if has_alpha { 4 } else { 3 };
            input.set_value(&new.map_or(before, |new| color::describe(&new[..count])));
        }
        element.hold(false);
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            commit();
        }
    };
    let is_disabled = move || element.is_disabled();
    let alpha = has_alpha.then(|| {
        view! {
            <input
                type="range"
                class="alpha"
                min="0"
                max="255"
                aria-label=move || format!("Opacity of {}", element.label())
                style:--colour=hex
                prop:value=move || u32::from(rgba(&channels())[3])
                disabled=is_disabled
                on:input=move |event| {
                    let [r, g, b, _] = rgba(&untrack(channels));
                    if let Some(alpha) = crate::url_params::number(&event_target_value(&event)) {
                        set([r, g, b, alpha as u8]);
                    }
                }
                on:pointerdown=move |event| { element.grab(&event); }
                on:lostpointercapture=move |_| element.hold(false)
            />
        }
    });
    let opacity = move || format!("{:.3}", f64::from(rgba(&channels())[3]) / 255.0);
    let input = view! {
        <span class="colour">
            <span class="swatch" style:--colour=hex style:--opacity=opacity>
                <input
                    type="color"
                    aria-label=move || format!("Pick {}", element.label())
                    prop:value=hex
                    disabled=is_disabled
                    on:input=picked
                />
            </span>
            <input
                type="text"
                class="field"
                autocomplete="off"
                spellcheck="false"
                id=element.id("input")
                node_ref=node
                aria-describedby=described_by(element)
                disabled=is_disabled
                on:input=move |_| element.hold(true)
                on:keydown=key
                on:blur=move |_| commit()
            />
            {alpha}
        </span>
    };
    row(element, input)
}

fn parse(text: &str) -> Option<[u8; 4]> {
    color::parse(text, crate::url_params::number)
}

fn channels(component: &Component) -> Vec<u8> {
    let channels: &[i64] = match component {
        Component::Rgb(_, channels) => channels,
        Component::Rgba(_, channels) => channels,
        _ => &[],
    };
    channels.iter().map(|c| (*c).clamp(0, 255) as u8).collect()
}

/// Opaque where there is no opacity.
fn rgba(channels: &[u8]) -> [u8; 4] {
    std::array::from_fn(|index| channels.get(index).copied().unwrap_or(255))
}
