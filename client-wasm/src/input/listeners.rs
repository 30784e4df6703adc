//! The browser's events of pointers and keys.

use glam::DVec2;
use scenecast_dom::listen;
use scenecast_protocol::types::Modifier;
use wasm_bindgen::JsCast;
use web_sys::{
    EventTarget, HtmlCanvasElement, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent, Window,
};

use super::{Device, wheel_pixels};
use crate::app::Handle;
use crate::interaction::{PointerInput, modifiers};

/// Lets pointers over the canvas and keys anywhere move the camera.
pub(crate) fn attach(window: &Window, canvas: &HtmlCanvasElement, app: &Handle) {
    let on_mac = window
        .navigator()
        .user_agent()
        .is_ok_and(|agent| agent.contains("Mac"));
    pointers(canvas, app);
    let handle = app.clone();
    listen(canvas, "wheel", move |event: WheelEvent| {
        event.prevent_default();
        let in_lines = event.delta_mode() == WheelEvent::DOM_DELTA_LINE;
        let pixels = wheel_pixels(event.delta_y(), in_lines, event.ctrl_key(), on_mac);
        handle.with(|app| {
            if !app.is_camera_locked() {
                app.camera.wheel(pixels);
                app.request_frame();
            }
        });
    })
    .forget();
    // The right button drags. Where it was pressed, it is not known yet whether it will.
    listen(canvas, "contextmenu", |event: web_sys::Event| {
        event.prevent_default()
    })
    .forget();
    keys(window, app);
}

fn pointers(canvas: &HtmlCanvasElement, app: &Handle) {
    let (handle, target) = (app.clone(), canvas.clone());
    listen(canvas, "pointerdown", move |event: PointerEvent| {
        // Text fields lose the keyboard, as with a click on any other part of the page.
        let _ = target.focus();
        // A pointer that is gone already cannot be captured; it moves nothing either.
        let _ = target.set_pointer_capture(event.pointer_id());
        let input = pointer_input(&event, &target);
        handle.with(|app| {
            app.pointer_down(&input);
            app.request_frame();
        });
    })
    .forget();
    let (handle, target) = (app.clone(), canvas.clone());
    listen(canvas, "pointermove", move |event: PointerEvent| {
        let is_touch = event.pointer_type() == "touch";
        let device = match event.pointer_type().as_str() {
            "mouse" => Device::Mouse {
                buttons: event.buttons(),
            },
            _ => Device::Touch,
        };
        let height = f64::from(target.client_height());
        let input = pointer_input(&event, &target);
        handle.with(|app| {
            app.pointer_moved(&input);
            app.mouse_at((!is_touch).then_some(input.at));
            if app.gestures.is_active() {
                let id = event.pointer_id();
                app.gestures
                    .drag(id, device, input.at, height, &mut app.camera);
            }
        });
    })
    .forget();
    let (handle, target) = (app.clone(), canvas.clone());
    listen(canvas, "pointerup", move |event: PointerEvent| {
        // Of several mouse buttons, the others stay down.
        if event.buttons() == 0 {
            let input = pointer_input(&event, &target);
            let over = target.owner_document().and_then(|document| {
                let (x, y) = (event.client_x() as f32, event.client_y() as f32);
                document.element_from_point(x, y)
            });
            let inside = over.is_some_and(|element| *element == ***target);
            handle.with(|app| {
                app.pointer_up(&input, inside);
                app.request_frame();
            });
        }
    })
    .forget();
    for name in ["pointercancel", "lostpointercapture"] {
        let handle = app.clone();
        listen(canvas, name, move |event: PointerEvent| {
            handle.with(|app| app.pointer_lost(event.pointer_id()));
        })
        .forget();
    }
    let handle = app.clone();
    listen(canvas, "pointerleave", move |_: PointerEvent| {
        handle.with(|app| app.mouse_at(None));
    })
    .forget();
}

fn keys(window: &Window, app: &Handle) {
    let handle = app.clone();
    listen(window, "keydown", move |event: KeyboardEvent| {
        let is_typed = is_form_element(event.target());
        let is_shortcut = event.ctrl_key() || event.meta_key() || event.alt_key();
        handle.with(|app| {
            if !is_typed {
                app.modifiers_changed(key_modifier(&event));
            }
            if !is_typed && !is_shortcut && app.keys.press(&event.code()) {
                // Arrows would scroll.
                event.prevent_default();
                app.request_frame();
            }
        });
    })
    .forget();
    let handle = app.clone();
    listen(window, "keyup", move |event: KeyboardEvent| {
        handle.with(|app| {
            app.modifiers_changed(key_modifier(&event));
            app.keys.release(&event.code());
            app.request_frame();
        });
    })
    .forget();
    let handle = app.clone();
    listen(window, "blur", move |_: web_sys::Event| {
        handle.with(|app| app.keyboard_lost());
    })
    .forget();
}

fn pointer_input(event: &PointerEvent, canvas: &HtmlCanvasElement) -> PointerInput {
    let bounds = canvas.get_bounding_client_rect();
    PointerInput {
        pointer: event.pointer_id(),
        button: modifiers::button(event.button()),
        modifier: modifiers::modifier(
            event.ctrl_key() || event.meta_key(),
            event.alt_key(),
            event.shift_key(),
        ),
        at: client_position(event) - DVec2::new(bounds.left(), bounds.top()),
    }
}

/// Where a pointer is in the page. Browsers know it to fractions of a pixel, but for web-sys they
/// are whole numbers.
fn client_position(event: &PointerEvent) -> DVec2 {
    let coordinate = |name: &str, whole: i32| {
        let value = js_sys::Reflect::get(event, &name.into()).ok();
        value
            .and_then(|value| value.as_f64())
            .unwrap_or(whole.into())
    };
    DVec2::new(
        coordinate("clientX", event.client_x()),
        coordinate("clientY", event.client_y()),
    )
}

fn key_modifier(event: &KeyboardEvent) -> Option<Modifier> {
    let ctrl_or_meta = event.ctrl_key() || event.meta_key();
    modifiers::modifier(ctrl_or_meta, event.alt_key(), event.shift_key())
}

/// Whether keys are typed into something.
fn is_form_element(target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || element.is_content_editable()
        })
}
