//! Attributes and listeners of panels.
//!
//! They are plain functions of what they are about: one kind of closure for all of them, where each
//! closure of its own would be a kilobyte of WebAssembly.

use std::borrow::Cow;

use super::handle::Dock;

/// The text of an attribute, or none.
pub(super) type Text = Option<Cow<'static, str>>;

/// An attribute that is there, without a value, or not.
pub(super) fn flag(is_there: bool) -> Text {
    is_there.then_some(Cow::Borrowed(""))
}

/// An attribute that says whether something is so.
pub(super) fn whether(is_so: bool) -> Text {
    Some(Cow::Borrowed(if is_so { "true" } else { "false" }))
}

/// A text that follows what it is read from.
pub(super) fn of<I: Clone + 'static>(
    dock: Dock,
    id: &I,
    read: fn(Dock, &I) -> Text,
) -> impl Fn() -> Text + use<I> {
    let id = id.clone();
    move || read(dock, &id)
}

/// A listener.
pub(super) fn act<I: Clone + 'static, E: 'static>(
    dock: Dock,
    id: &I,
    run: fn(Dock, &I, &E),
) -> impl Fn(E) + use<I, E> {
    let id = id.clone();
    move |event| run(dock, &id, &event)
}
