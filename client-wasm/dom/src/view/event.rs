//! Listeners of elements, by the name of their event.

use wasm_bindgen::JsCast;
use web_sys::{
    DragEvent, Element, Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, SubmitEvent,
    WheelEvent,
};

use crate::owner::on_cleanup;
use crate::page::listen_boxed;

macro_rules! events {
    ($($Event:ident: $($name:ident)*;)*) => {
        $($(
            #[doc = concat!("Calls a function at each `", stringify!($name), "`, for as long as the view is there.")]
            pub fn $name(element: &Element, mut run: impl FnMut($Event) + 'static) {
                let run = Box::new(move |event: Event| run(event.unchecked_into()));
                add(element, stringify!($name), run);
            }
        )*)*
    };
}

events! {
    Event: cancel change close error input load scroll toggle;
    FocusEvent: blur focus focusin focusout;
    KeyboardEvent: keydown keyup;
    MouseEvent: click contextmenu dblclick mousedown mouseenter mouseleave mouseup;
    PointerEvent: gotpointercapture lostpointercapture pointercancel pointerdown pointerenter
        pointerleave pointermove pointerup;
    DragEvent: dragenter dragleave dragover drop;
    SubmitEvent: submit;
    WheelEvent: wheel;
}

fn add(element: &Element, name: &'static str, run: Box<dyn FnMut(Event)>) {
    let listener = listen_boxed(element.clone().into(), name, run);
    on_cleanup(move || std::mem::drop(listener));
}
