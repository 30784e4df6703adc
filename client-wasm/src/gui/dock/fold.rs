//! Buttons that fold and unfold.

use scenecast_dom::*;
use web_sys::MouseEvent;

use super::follow::{Text, act, flag, of, whether};
use super::handle::Dock;

/// What a button does.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    /// It unfolds.
    pub(super) is_folded: bool,
    /// What it folds.
    pub(super) what: &'static str,
    /// How it shows that it folds, if not by a minus.
    pub(super) sign: Option<&'static str>,
}

/// Reads what a button does, or folds or unfolds.
#[derive(Clone, Copy)]
pub(super) struct Folding<I: 'static> {
    /// None while there is nothing to fold.
    pub(super) read: fn(Dock, &I) -> Option<Fold>,
    pub(super) toggle: fn(Dock, &I),
}

/// A button that folds or unfolds what is around it.
pub(super) fn button<I: Clone + 'static>(dock: Dock, id: &I, folding: Folding<I>) -> View {
    let id = (id.clone(), folding);
    view! {
        <button
            type="button"
            class="fold"
            hidden=of(dock, &id, |dock, (id, folding)| flag((folding.read)(dock, id).is_none()))
            aria-expanded=of(dock, &id, |dock, (id, folding)| {
                whether((folding.read)(dock, id).is_some_and(|fold| !fold.is_folded))
            })
            aria-label=of(dock, &id, |dock, (id, folding)| {
                (folding.read)(dock, id).map(|fold| [verb(&fold), fold.what].join(" ").into())
            })
            title=of(dock, &id, |dock, (id, folding)| {
                (folding.read)(dock, id).map(|fold| verb(&fold).into())
            })
            on:click=act(dock, &id, |dock, (id, folding), event: &MouseEvent| {
                event.stop_propagation();
                (folding.toggle)(dock, id);
            })
        >
            {of(dock, &id, |dock, (id, folding)| (folding.read)(dock, id).and_then(sign))}
        </button>
    }
}

fn verb(fold: &Fold) -> &'static str {
    match (fold.is_folded, fold.sign) {
        (true, _) => "Expand",
        (false, Some(_)) => "Collapse",
        (false, None) => "Minimize",
    }
}

fn sign(fold: Fold) -> Text {
    let sign = match fold.is_folded {
        true => "+",
        false => fold.sign.unwrap_or("−"),
    };
    Some(sign.into())
}
