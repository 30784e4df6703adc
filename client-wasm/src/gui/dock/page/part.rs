//! Elements of panels.
//!
//! Each is about a part of the layout. Its attributes are read from that by plain functions in
//! tables, and what is done to it is found by the number that it carries: one kind of closure and
//! a few listeners for all of them, as each of its own would be code of its own.

use std::borrow::Cow;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event};

use super::handle::Dock;
use super::tabs::Group;
use crate::gui::dock::TabId;
use crate::gui::dock::frames::Splitter;
use crate::gui::dock::layout::{CellId, Side, StackId};
use crate::gui::dock::moves::Piece;
use crate::gui::dock::name::Name;
use crate::gui::dock::offers::Offer;

/// What an element is about.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    /// The page.
    Page,
    /// What is behind the columns at an edge.
    Region(Side),
    /// What is behind the cells of a column or window.
    Stack(StackId),
    /// A cell.
    Cell(CellId),
    Splitter(Splitter),
    /// An edge or corner of a window, by its index.
    Edge(StackId, usize),
    /// What a piece is moved by.
    Handle(Piece),
    /// The mark on that: with the keyboard, a button that opens the menu of the piece.
    Mark(Piece),
    /// The button that folds a cell's window, a column or, without a piece, the sheet.
    Fold(Option<Piece>),
    /// The tabs of a group.
    Strip(Group),
    /// A tab of a group.
    Tab(Group, TabId),
    /// The content of a tab.
    Content(TabId),
    /// The header of the sheet.
    Header,
    /// A panel in the sheet.
    Section(Name),
    /// The header of that.
    Title(Name),
    /// An entry of the open menu; without an offer, that which resets the layout.
    Choice(Piece, Option<Offer>, Option<TabId>),
}

/// The text of an attribute, or none.
pub(super) type Text = Option<Cow<'static, str>>;

/// Attributes by name; the one without a name is the text within an element.
pub(super) type Attributes = &'static [(&'static str, fn(Dock, Part) -> Text)];

/// An attribute that is there, without a value, or not.
pub(super) fn flag(is_there: bool) -> Text {
    is_there.then_some(Cow::Borrowed(""))
}

/// An attribute that says whether something is so.
pub(super) fn whether(is_so: bool) -> Text {
    Some(Cow::Borrowed(if is_so { "true" } else { "false" }))
}

impl Part {
    /// Whether anything is done to it with pointers or keys.
    fn is_operated(self) -> bool {
        !matches!(
            self,
            Self::Page
                | Self::Region(_)
                | Self::Stack(_)
                | Self::Cell(_)
                | Self::Strip(_)
                | Self::Content(_)
                | Self::Section(_)
        )
    }

    /// What it belongs to, as far as that stays the same.
    pub(super) fn stack(self, dock: Dock) -> Option<StackId> {
        match self {
            Self::Stack(id) | Self::Edge(id, _) => Some(id),
            Self::Cell(id) => Some(dock.cell(id)?.stack),
            _ => None,
        }
    }

    /// Tells it from others of its list.
    fn key(self) -> u64 {
        match self {
            Self::Stack(id) => id.0.into(),
            Self::Cell(id) => 1 << 48 | u64::from(id.0),
            Self::Splitter(splitter) => {
                let (owner, index) = match splitter {
                    Splitter::Region(side) => (side as u32, 0),
                    Splitter::Columns(side, index) => (side as u32, index + 1),
                    // Names begin with 1.
                    Splitter::Cells(stack, index) => (stack.0 + 1, index),
                };
                2 << 48 | u64::from(owner) << 16 | index as u64
            }
            Self::Tab(_, name) | Self::Section(name) => name.number(),
            _ => 0,
        }
    }
}

/// Makes the element of a part.
pub(super) fn make(
    dock: Dock,
    part: Part,
    tag: &str,
    fixed: &[(&str, &str)],
    attributes: Attributes,
) -> Element {
    let made = element::html(tag, fixed);
    for &(name, read) in attributes {
        let text = move || read(dock, part);
        if name.is_empty() {
            element::child(&made, text);
        } else {
            element::attribute(&made, name, text);
        }
    }
    let number = dock.parts().add(&made, part);
    on_cleanup(move || dock.parts().remove(number));
    made
}

/// Views of parts, which stay while their parts do. Parts must be in the order of their keys, or
/// in that in which they are shown.
pub(super) fn list(
    dock: Dock,
    of: Part,
    read: fn(Dock, Part) -> Vec<Part>,
    view: fn(Dock, Part) -> View,
) -> View {
    let key = |part: &Part| Key::Number(part.key());
    keyed(move || read(dock, of), key, move |part| view(dock, part))
}

/// The parts in order, so that elements that stay are never moved.
pub(super) fn in_order(parts: Vec<Part>) -> Vec<Part> {
    let mut ordered: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let at = ordered.partition_point(|other| other.key() < part.key());
        ordered.insert(at, part);
    }
    ordered
}

/// Tells width and height of an element, at first and whenever they are others.
pub(super) fn observe(dock: Dock, part: Part, element: &Element, tell: fn(Dock, Part, [f64; 2])) {
    let observed = element.clone();
    let resized = move || {
        let rect = observed.get_bounding_client_rect();
        tell(dock, part, [rect.width(), rect.height()]);
    };
    let resized = Closure::<dyn FnMut()>::new(resized).into_js_value();
    let Ok(observer) = web_sys::ResizeObserver::new(resized.unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    on_cleanup(move || observer.disconnect());
}

/// The attribute with the number of a part.
const NUMBER: &str = "data-part";

/// The parts that are in the page.
#[derive(Default)]
pub(super) struct Parts {
    last: u32,
    all: Vec<(u32, Element, Part)>,
}

impl Parts {
    fn add(&mut self, element: &Element, part: Part) -> u32 {
        self.last += 1;
        // An element's attributes can always be set.
        let _ = element.set_attribute(NUMBER, &self.last.to_string());
        self.all.push((self.last, element.clone(), part));
        self.last
    }

    fn remove(&mut self, number: u32) {
        self.all.retain(|(other, ..)| *other != number);
    }

    /// The part of an element.
    fn of(&self, element: &Element) -> Option<Part> {
        let number: u32 = element.get_attribute(NUMBER)?.parse().ok()?;
        let mut all = self.all.iter();
        Some(all.find(|(other, ..)| *other == number)?.2)
    }

    /// Elements with their parts.
    pub(super) fn each(&self, tell: &mut dyn FnMut(&Element, Part)) {
        for (_, element, part) in &self.all {
            tell(element, *part);
        }
    }
}

/// The part that an event is on, with its element. There is none where it is on something else
/// within that, which has it for itself.
///
/// Events name all elements that they were on: a button may have changed its icon since, and a
/// part may be elsewhere.
pub(super) fn hit(dock: Dock, event: &Event) -> Option<(Element, Part)> {
    path(event, &mut |element| {
        let part = dock.parts().of(element);
        if let Some(part) = part.filter(|part| part.is_operated()) {
            return Some(Some((element.clone(), part)));
        }
        let is_other = element.matches("button, a, input, .pane");
        (is_other == Ok(true)).then_some(None)
    })?
}

/// The column or window that an event is in.
pub(super) fn stack_at(dock: Dock, event: &Event) -> Option<StackId> {
    path(event, &mut |element| dock.parts().of(element)?.stack(dock))
}

/// What is found of the first of an event's elements, from within, of which it is.
fn path<T>(event: &Event, find: &mut dyn FnMut(&Element) -> Option<T>) -> Option<T> {
    let elements = event.composed_path().into_iter();
    let elements = elements.filter_map(|node| node.dyn_into::<Element>().ok());
    elements.into_iter().find_map(|element| find(&element))
}
