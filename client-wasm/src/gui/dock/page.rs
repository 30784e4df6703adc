//! The panels in the page.

use scenecast_dom::*;

use super::aim::Mark;
use super::desk::Desk;
use super::follow::{flag, of};
use super::frames::{Bounds, Splitter};
use super::handle::Dock;
use super::layout::{CellId, Side, StackId};
use super::measure::{observe_size, placed, set_property};
use super::{bottom, cell, gesture, menu, splitter, stack};
use crate::gui::store::Store;

/// Size of the panels' font, if the page does not say.
const DEFAULT_EM: f64 = 14.8;

/// All panels.
pub(crate) fn view() -> View {
    let store = expect_context::<Store>();
    let dock = Dock::new(store);
    provide_context(dock);
    effect(move || {
        let contents = dock.everything();
        let mut desk = dock.desk_mut();
        let before = folded(&desk);
        desk.sync(contents);
        if folded(&desk) != before {
            dock.ease();
        }
    });
    effect(move || dock.forget());
    effect(move || {
        let placements = store.placements.get();
        let panels = store.panels.get();
        let names = dock.names();
        let is_complete = store.is_complete.get();
        let mut sheet = dock.sheet_mut();
        sheet.follow(&placements);
        if is_complete {
            sheet.retain(
                &|uuid| panels.iter().any(|(known, _)| **known == *uuid),
                &|tab| names.iter().any(|name| *name.tab == *tab),
            );
        }
    });
    observe_size(dock.root, move |width, height| {
        let em = dock.root.get_untracked().and_then(|root| {
            let style = window().get_computed_style(&root).ok()??;
            let size = style.get_property_value("font-size").ok()?;
            crate::url_params::number(size.trim_end_matches("px"))
        });
        let em = em.unwrap_or(DEFAULT_EM);
        dock.set_bounds(Bounds { width, height, em });
    });
    effect(move || inset_scene(dock));
    gesture::listen(dock);
    let panels = move || match dock.is_narrow() {
        true => untrack(|| bottom::view(dock)),
        false => untrack(|| wide(dock)),
    };
    view! { <div class="dock" node_ref=dock.root>{panels}</div> }
}

fn folded(desk: &Desk) -> Vec<StackId> {
    let stacks = desk.layout.stacks().into_iter();
    let folded = stacks.filter(|(_, stack)| stack.is_folded);
    folded.map(|(_, stack)| stack.id).collect()
}

/// Leaves the scene what docked panels do not need.
fn inset_scene(dock: Dock) {
    let (is_narrow, arrangement) = (dock.is_narrow(), dock.arrangement());
    for (side, name) in [(Side::Left, "--dock-left"), (Side::Right, "--dock-right")] {
        let width = arrangement.reserved(side);
        set_property(name, if is_narrow { 0.0 } else { width });
    }
}

/// Something that is placed on the page.
#[derive(Clone, Copy)]
enum Part {
    Stack(StackId),
    Cell(CellId),
    Splitter(Splitter),
}

impl Part {
    /// Parts in the order of their keys: elements that stay are never moved.
    fn all(dock: Dock) -> Vec<(u64, Self)> {
        let mut parts: Vec<(u64, Self)> = Vec::new();
        let mut add = |kind: u64, index: u64, part| {
            let key = kind << 48 | index;
            let at = parts.partition_point(|(other, _)| *other < key);
            parts.insert(at, (key, part));
        };
        let arrangement = dock.arrangement();
        for stack in &arrangement.stacks {
            add(0, stack.id.0.into(), Self::Stack(stack.id));
        }
        for cell in &arrangement.cells {
            add(1, cell.id.0.into(), Self::Cell(cell.id));
        }
        for frame in &arrangement.splitters {
            let (owner, index) = match frame.splitter {
                Splitter::Region(side) => (side as u32, 0),
                Splitter::Columns(side, index) => (side as u32, index + 1),
                // Names begin with 1.
                Splitter::Cells(stack, index) => (stack.0 + 1, index),
            };
            let index = u64::from(owner) << 16 | (index as u64 & 0xffff);
            add(2, index, Self::Splitter(frame.splitter));
        }
        parts
    }
}

/// Panels beside and over the scene.
fn wide(dock: Dock) -> View {
    let region = |side: Side| {
        let style = |dock: Dock, side: &Side| {
            let width = dock.arrangement().reserved(*side);
            let display = if width > 0.0 { "block" } else { "none" };
            let edge = match side {
                Side::Left => "left",
                Side::Right => "right",
            };
            Some(format!("display:{display};{edge}:0;width:{width}px").into())
        };
        view! { <div class="region" style=of(dock, &side, style)></div> }
    };
    let part = move |(_, part): (u64, Part)| match part {
        Part::Stack(id) => stack::view(dock, id),
        Part::Cell(id) => cell::view(dock, id),
        Part::Splitter(splitter) => splitter::view(dock, splitter),
    };
    let hint = view! {
        <div
            class=of(dock, &(), |dock, ()| {
                Some(match dock.dragged().aim?.mark {
                    Mark::Line => "hint insertion".into(),
                    Mark::Fill => "hint".into(),
                })
            })
            hidden=of(dock, &(), |dock, ()| flag(dock.dragged().aim.is_none()))
            style=of(dock, &(), |dock, ()| Some(placed(dock.dragged().aim?.rect, 9999).into()))
        ></div>
    };
    view! {
        {region(Side::Left)}
        {region(Side::Right)}
        {keyed(move || Part::all(dock), |(key, _)| Key::Number(*key), part)}
        {hint}
        {menu::view(dock)}
    }
}
