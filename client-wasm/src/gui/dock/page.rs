//! The panels in the page.

pub(crate) mod area;
mod bottom;
mod cell;
mod drag;
mod events;
mod fold;
mod gesture;
mod handle;
mod heights;
mod keys;
mod measure;
mod menu;
mod panes;
mod part;
mod splitter;
mod stack;
mod tabs;
mod watched;

use scenecast_dom::*;
use web_sys::Element;

use super::aim::Mark;
use super::desk::Desk;
use super::frames::Bounds;
use super::layout::{Side, StackId};
use measure::{placed, set_property};
use part::{Part, flag};

pub(crate) use handle::Dock;

/// Size of the panels' font, if the page does not say.
const DEFAULT_EM: f64 = 14.8;

/// All panels.
pub(crate) fn view() -> View {
    let dock = expect_context::<Dock>();
    effect(move || {
        let contents = dock.everything();
        let mut sheet = dock.sheet_mut();
        sheet.follow(&contents.commands);
        if contents.is_complete {
            let tabs = |tab| {
                let panels = contents.panels.iter().map(|panel| &panel.tabs);
                let mut all = panels.chain(contents.areas.iter().map(|area| &area.tabs));
                all.any(|tabs| tabs.contains(&tab))
            };
            sheet.retain(
                &|uuid| contents.panels.iter().any(|p| p.uuid == uuid),
                &tabs,
            );
        }
        drop(sheet);
        let mut desk = dock.desk_mut();
        let before = folded(&desk);
        desk.sync(contents);
        if folded(&desk) != before {
            dock.ease();
        }
    });
    effect(move || dock.forget());
    part::observe(dock, Part::Page, &dock.root, |dock, _, [width, height]| {
        let style = window().get_computed_style(&dock.root).ok().flatten();
        let size = style.and_then(|style| style.get_property_value("font-size").ok());
        let em = size.and_then(|size| crate::url_params::number(size.trim_end_matches("px")));
        let em = em.unwrap_or(DEFAULT_EM);
        dock.set_bounds(Bounds { width, height, em });
    });
    effect(move || inset_scene(dock));
    gesture::listen(dock);
    events::listen(dock, &dock.root);
    let panels = move || match dock.is_narrow() {
        true => untrack(|| bottom::view(dock)),
        false => untrack(|| wide(dock)),
    };
    element::child(&dock.root, panels);
    View::from(Element::from(dock.root.clone()))
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

/// Panels beside and over the scene.
fn wide(dock: Dock) -> View {
    let region = |side: Side| {
        let fixed = [("class", "region")];
        View::from(part::make(dock, Part::Region(side), "div", &fixed, REGION))
    };
    let read = |dock: Dock, _| {
        let arrangement = dock.arrangement();
        let mut parts: Vec<Part> = Vec::new();
        parts.extend(arrangement.stacks.iter().map(|frame| Part::Stack(frame.id)));
        parts.extend(arrangement.cells.iter().map(|frame| Part::Cell(frame.id)));
        let splitters = arrangement.splitters.iter();
        parts.extend(splitters.map(|frame| Part::Splitter(frame.splitter)));
        part::in_order(parts)
    };
    let view = |dock: Dock, part: Part| match part {
        Part::Stack(_) => stack::view(dock, part),
        Part::Cell(_) => cell::view(dock, part),
        _ => splitter::view(dock, part),
    };
    element::fragment([
        region(Side::Left),
        region(Side::Right),
        part::list(dock, Part::Page, read, view),
        part::make(dock, Part::Page, "div", &[], HINT).into(),
        menu::view(dock),
    ])
}

const REGION: part::Attributes = &[("style", |dock, part| {
    let Part::Region(side) = part else {
        return None;
    };
    let width = dock.arrangement().reserved(side);
    let display = if width > 0.0 { "block" } else { "none" };
    let edge = match side {
        Side::Left => "left",
        Side::Right => "right",
    };
    Some(format!("display:{display};{edge}:0;width:{width}px").into())
})];

/// Where something would land.
const HINT: part::Attributes = &[
    ("class", |dock, _| {
        let aim = dock.dragged().aim;
        let is_line = aim.is_some_and(|aim| aim.mark == Mark::Line);
        Some(if is_line { "hint insertion" } else { "hint" }.into())
    }),
    ("hidden", |dock, _| flag(dock.dragged().aim.is_none())),
    ("style", |dock, _| {
        Some(placed(dock.dragged().aim?.rect, 9999).into())
    }),
];
