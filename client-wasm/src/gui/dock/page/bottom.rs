//! Panels in narrow windows: a sheet at the lower edge.

use scenecast_dom::*;
use web_sys::{Element, PointerEvent};

use super::fold;
use super::handle::Dock;
use super::measure::set_property;
use super::panes;
use super::part::{self, Part, Text, flag, whether};
use super::tabs::{self, Group};
use crate::gui::chrome::header;
use crate::gui::dock::MAIN;
use crate::gui::dock::name::Name;

/// A pointer that moves this far up or down unfolds or folds the sheet.
const SWIPE: i32 = 20;

/// A pointer goes down on the header.
pub(super) fn press(dock: Dock, header: &Element, event: &PointerEvent) {
    dock.pressed.set(Some(event.client_y()));
    // A pointer that is gone already cannot be captured; it moves nothing either.
    let _ = header.set_pointer_capture(event.pointer_id());
}

/// A pointer that went down there goes up.
pub(super) fn release(dock: Dock, event: &PointerEvent) {
    let Some(start) = dock.pressed.take() else {
        return;
    };
    let is_folded = match event.client_y() - start {
        SWIPE.. => true,
        moved if moved <= -SWIPE => false,
        _ => !dock.sheet().is_folded,
    };
    dock.sheet_mut().is_folded = is_folded;
}

/// The sheet.
pub(super) fn view(dock: Dock) -> View {
    let part = Part::Page;
    let fixed = [("aria-label", "Panels")];
    let sheet = part::make(dock, part, "section", &fixed, SHEET);
    part::observe(dock, part, &sheet, |_, _, [_, height]| {
        set_property("--dock-bottom", height);
    });
    on_cleanup(|| set_property("--dock-bottom", 0.0));
    let header = part::make(dock, Part::Header, "div", &[("class", "header")], &[]);
    element::child(&header, header::view());
    element::child(&header, fold::button(dock, None));
    let body = part::make(dock, part, "div", &[("class", "sheet-body")], BODY);
    let main = element::html("div", &[]);
    effect({
        let main = main.clone();
        move || panes::put(dock, MAIN, &main, true)
    });
    element::child(&body, View::from(main));
    element::child(&body, part::list(dock, part, sections, section));
    for part in [header, body] {
        element::child(&sheet, View::from(part));
    }
    sheet.into()
}

const SHEET: part::Attributes = &[
    ("class", |dock, _| {
        let folded = dock.sheet().is_folded;
        Some(if folded { "sheet folded" } else { "sheet" }.into())
    }),
    ("style", |dock, _| {
        Some(format!("width:{}em", dock.main_ems()).into())
    }),
];

const BODY: part::Attributes = &[("hidden", |dock, _| flag(dock.sheet().is_folded))];

/// The panels that are not hidden or empty, in their order.
fn sections(dock: Dock, _: Part) -> Vec<Part> {
    let mut ordered: Vec<(f64, Part)> = Vec::new();
    dock.store.panels.with(|panels| {
        for (uuid, panel) in panels {
            if panel.visible && !panel.tab_container_ids.is_empty() {
                let at = ordered.partition_point(|(order, _)| *order <= panel.order);
                ordered.insert(at, (panel.order, Part::Section(Name::new(uuid))));
            }
        }
    });
    ordered.into_iter().map(|(_, part)| part).collect()
}

/// A panel, which can be unfolded.
fn section(dock: Dock, part: Part) -> View {
    let Part::Section(uuid) = part else {
        return View::empty();
    };
    let group = Group::Section(uuid);
    let fixed = [("type", "button"), ("class", "section-title")];
    let title = part::make(dock, Part::Title(uuid), "button", &fixed, TITLE);
    let strip = part::make(dock, part, "div", &[], STRIP);
    element::child(&strip, tabs::strip(dock, group));
    let body = part::make(dock, part, "div", &[("class", "section-body")], SECTION);
    panes::follow(dock, group, &body);
    let section = element::html("section", &[("class", "section")]);
    for part in [title, strip, body] {
        element::child(&section, View::from(part));
    }
    section.into()
}

fn uuid(part: Part) -> Option<Name> {
    match part {
        Part::Title(uuid) | Part::Section(uuid) => Some(uuid),
        _ => None,
    }
}

fn is_open(dock: Dock, part: Part) -> bool {
    uuid(part).is_some_and(|uuid| dock.sheet().is_open(uuid))
}

fn panel_tabs(dock: Dock, part: Part) -> Vec<Name> {
    uuid(part).map_or(Vec::new(), |uuid| dock.panel_tabs(uuid))
}

const TITLE: part::Attributes = &[
    ("aria-expanded", |dock, part| whether(is_open(dock, part))),
    ("", |dock, part| -> Text {
        Some(dock.labels(&panel_tabs(dock, part), " · ").into())
    }),
];

const STRIP: part::Attributes = &[("hidden", |dock, part| {
    flag(!is_open(dock, part) || panel_tabs(dock, part).len() < 2)
})];

const SECTION: part::Attributes = &[("hidden", |dock, part| flag(!is_open(dock, part)))];
