//! Signals, and views that follow them in a web page.
//!
//! A [`RwSignal`] holds a value. What reads it hears of changes: a [`Memo`] computes another value
//! from it, an [`effect()`] does something, and a [`view!`] writes it into an element of the page.
//! Nothing is compared with what the page shows: a change goes straight to the attribute or text
//! that shows it.
//!
//! Signals are small handles, to be copied into closures. They belong to the [`Owner`] in which they
//! are made: an effect or a part of a view, which lets go of them when it runs again or ends.
//!
//! It is as large as one panel needs. Views, attributes and listeners have no types of their own,
//! so that another element costs a few calls and no code: in WebAssembly each generic function is
//! paid for as often as it is used.

mod arena;
mod effect;
mod graph;
mod memo;
#[cfg(any(test, target_arch = "wasm32"))]
mod order;
mod owner;
mod signal;
mod stored;

#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod view;

pub use effect::{effect, effect_with_last};
pub use graph::{Trigger, flush, untrack};
pub use memo::{Memo, Signal};
pub use owner::{Owner, expect_context, on_cleanup, provide_context, use_context};
pub use scenecast_dom_macros::view;
pub use signal::{RcSignal, RwSignal};
pub use stored::{Callback, StoredValue};

#[cfg(any(test, target_arch = "wasm32"))]
pub use order::Key;
#[cfg(target_arch = "wasm32")]
pub use page::{
    Interval, Listener, Timeout, after, document, event_target_checked, event_target_value, every,
    listen, next_picture, window,
};
#[cfg(target_arch = "wasm32")]
pub use view::{
    Binding, IntoView, Mounted, NodeRef, Place, ToText, ToValue, Value, View, element, event,
    keyed, mount_to, portal, show,
};
