//! What is done when signals change.

use crate::Owner;
use crate::graph::{Compute, Node};
use crate::owner;

/// Does something now and whenever a signal that it reads has changed: as soon as what runs now has
/// returned. It goes with the owner in which it is made.
pub fn effect(mut run: impl FnMut() + 'static) {
    let compute = within_own_scope(move || {
        run();
        false
    });
    owner::keep(Node::effect(compute, false));
}

/// An [`effect()`] that is given what it returned the last time; `None` at first.
pub fn effect_with_last<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut last = None;
    effect(move || {
        let before = last.take();
        last = Some(run(before));
    });
}

/// An effect of a view: it runs at once, so that what it shows is there before the view is.
#[cfg(target_arch = "wasm32")]
pub(crate) fn render_effect(mut run: Box<dyn FnMut()>) {
    let compute = within_own_scope(move || {
        run();
        false
    });
    owner::keep(Node::effect(compute, true));
}

/// What is made in a run goes before the next one.
pub(crate) fn within_own_scope(mut run: impl FnMut() -> bool + 'static) -> Compute {
    let owner = Owner::new();
    Box::new(move || {
        owner.clean();
        owner.with(&mut run)
    })
}
