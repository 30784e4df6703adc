//! Panels in narrow windows: a sheet at the lower edge.

use std::sync::Arc;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent, PointerEvent};

use super::MAIN;
use super::fold::{self, Fold, Folding};
use super::follow::{act, flag, of, whether};
use super::gesture;
use super::handle::Dock;
use super::measure::{observe_size, set_property};
use super::panes;
use super::tabs::{self, Group};
use crate::gui::panel;

/// A pointer that moves this far up or down unfolds or folds the sheet.
const SWIPE: i32 = 20;

const FOLDING: Folding<()> = Folding {
    read: |dock, ()| {
        Some(Fold {
            is_folded: dock.sheet().is_folded,
            what: "panel",
            sign: None,
        })
    },
    toggle: |dock, ()| {
        let is_folded = dock.sheet().is_folded;
        dock.sheet_mut().is_folded = !is_folded;
    },
};

/// The sheet.
pub(super) fn view(dock: Dock) -> View {
    let pressed = StoredValue::new(None::<i32>);
    let grasped = move |event: PointerEvent| {
        if gesture::is_on_control(&event) {
            return;
        }
        pressed.set_value(Some(event.client_y()));
        if let Some(header) = event.current_target() {
            let header = header.unchecked_into::<Element>();
            // A pointer that is gone already cannot be captured; it moves nothing either.
            let _ = header.set_pointer_capture(event.pointer_id());
        }
    };
    let released = move |event: PointerEvent| {
        let Some(start) = pressed.get_value() else {
            return;
        };
        pressed.set_value(None);
        match event.client_y() - start {
            SWIPE.. => dock.sheet_mut().is_folded = true,
            moved if moved <= -SWIPE => dock.sheet_mut().is_folded = false,
            _ => (FOLDING.toggle)(dock, &()),
        }
    };
    let main = NodeRef::<HtmlElement>::new();
    main.on_load(move |main| panes::put(dock, &MAIN.into(), &main, true));
    let sheet = NodeRef::<HtmlElement>::new();
    observe_size(sheet, |_, height| set_property("--dock-bottom", height));
    on_cleanup(|| set_property("--dock-bottom", 0.0));
    let folded = || of(dock, &(), |dock, ()| flag(dock.sheet().is_folded));
    view! {
        <section class="sheet" node_ref=sheet class:folded=folded() aria-label="Panels">
            <div class="header" on:pointerdown=grasped on:pointerup=released>
                {panel::header()}
                {fold::button(dock, &(), FOLDING)}
            </div>
            <div class="sheet-body" class:folded=folded()>
                <div node_ref=main></div>
                {keyed(move || panels(dock), Arc::clone, move |uuid| section(dock, uuid))}
            </div>
        </section>
    }
}

/// The panels that are not hidden or empty, in their order.
fn panels(dock: Dock) -> Vec<Arc<str>> {
    let mut ordered: Vec<(f64, Arc<str>)> = Vec::new();
    dock.store.panels.with(|panels| {
        for (uuid, panel) in panels {
            if panel.visible && !panel.tab_container_ids.is_empty() {
                let at = ordered.partition_point(|(order, _)| *order <= panel.order);
                ordered.insert(at, (panel.order, uuid.clone()));
            }
        }
    });
    ordered.into_iter().map(|(_, uuid)| uuid).collect()
}

/// A panel, which can be unfolded.
fn section(dock: Dock, uuid: Arc<str>) -> View {
    let group = Group::Section(uuid.clone());
    let body = NodeRef::<HtmlElement>::new();
    panes::follow(dock, &group, body);
    let has_no_strip = |dock: Dock, uuid: &Arc<str>| {
        flag(!dock.sheet().is_open(uuid) || dock.panel_tabs(uuid).len() < 2)
    };
    view! {
        <section class="section">
            <button
                type="button"
                class="section-title"
                aria-expanded=of(dock, &uuid, |dock, uuid| whether(dock.sheet().is_open(uuid)))
                on:click=act(dock, &uuid, |dock, uuid, _: &MouseEvent| {
                    let is_open = dock.sheet().is_open(uuid);
                    dock.sheet_mut().set_open(uuid, !is_open);
                })
            >
                {of(dock, &uuid, |dock, uuid| {
                    Some(dock.labels(&dock.panel_tabs(uuid), " · ").into())
                })}
            </button>
            <div hidden=of(dock, &uuid, has_no_strip)>{tabs::strip(dock, &group)}</div>
            <div
                class="section-body"
                node_ref=body
                hidden=of(dock, &uuid, |dock, uuid| flag(!dock.sheet().is_open(uuid)))
            ></div>
        </section>
    }
}
