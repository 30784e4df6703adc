//! The panels of the page, for views.

mod contents;

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;
use std::time::Duration;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::gesture::Gesture;
use super::heights::Heights;
use super::menu::Menu;
use super::panes::{Panes, TabName};
use super::part::{Part, Parts};
use super::watched::Watched;
use crate::gui::dock::aim::Aim;
use crate::gui::dock::arrange::arrange;
use crate::gui::dock::desk::Desk;
use crate::gui::dock::frames::{Arrangement, Bounds, CellFrame, StackFrame};
use crate::gui::dock::layout::{CellId, StackId};
use crate::gui::dock::moves::{Piece, Target};
use crate::gui::dock::name::Name;
use crate::gui::dock::sheet::{MAX_EMS, Sheet};
use crate::gui::dock::{MAIN, TabId};
use crate::gui::store::Store;

/// How long folding is seen, with something to spare.
const EASING: Duration = Duration::from_millis(200);

/// Everything about the panels. It is a small handle, to be copied into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Dock(&'static Handles);

/// What it stands for. It is there for as long as the page.
pub(crate) struct Handles {
    pub(super) store: Store,
    state: &'static State,
    arrangement: Memo<Rc<Arrangement>>,
    names: Memo<Rc<Vec<TabName>>>,
    is_narrow: Memo<bool>,
    /// The element of all panels.
    pub(super) root: HtmlElement,
    /// Where a pointer went down on the header of the sheet.
    pub(super) pressed: Cell<Option<i32>>,
}

/// What changes. It is there for as long as the page.
#[derive(Default)]
struct State {
    desk: Watched<Desk>,
    heights: Watched<Heights>,
    /// Tab groups within tabs, with the names of their tabs.
    areas: Watched<Vec<AreaNames>>,
    sheet: Watched<Sheet>,
    bounds: Watched<Bounds>,
    dragged: Watched<Dragged>,
    menu: Watched<Option<Menu>>,
    gesture: RefCell<Option<Gesture>>,
    panes: RefCell<Panes>,
    parts: RefCell<Parts>,
    easing: Cell<Option<Timeout>>,
}

/// A tab group: its name, the tab within which it is unless it is in a dialog, and its tabs.
struct AreaNames(Name, Option<TabId>, Vec<TabName>);

/// The window that is dragged, and where it would land.
#[derive(Clone, Copy, Default)]
pub(super) struct Dragged {
    pub(super) window: Option<StackId>,
    pub(super) aim: Option<Aim>,
}

impl State {
    fn arrange(&self) -> Arrangement {
        let (desk, heights) = (self.desk.read(), self.heights.read());
        let layout = &desk.layout;
        let natural = |id, form| heights.natural(layout, id, form);
        arrange(layout, &self.bounds.read(), &natural)
    }
}

impl std::ops::Deref for Dock {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        self.0
    }
}

impl Dock {
    /// None yet. What panels show sees the context of the current owner.
    pub(crate) fn new(store: Store) -> Self {
        let state: &'static State = Box::leak(Box::default());
        let arrangement = Memo::new(move || Rc::new(state.arrange()));
        let names = Memo::with_last(move |before: Option<&Rc<Vec<TabName>>>| {
            let mut names = Vec::new();
            store.panels.with(|panels| {
                for (_, panel) in panels {
                    let (ids, labels) = (&panel.tab_container_ids, &panel.tab_labels);
                    names.append(&mut TabName::zip(ids, labels, &panel.tab_icons_html));
                }
            });
            for AreaNames(.., more) in &*state.areas.read() {
                names.extend_from_slice(more);
            }
            if let Some(before) = before
                && !store.is_complete.get()
            {
                // Last, so that those that are there come first.
                names.extend_from_slice(before);
            }
            Rc::new(names)
        });
        Self(Box::leak(Box::new(Handles {
            store,
            state,
            arrangement,
            names,
            is_narrow: Memo::new(move || state.bounds.read().width < MAX_EMS * 16.0),
            root: element::html("div", &[("class", "dock")]).unchecked_into(),
            pressed: Cell::default(),
        })))
    }

    pub(super) fn desk(self) -> Ref<'static, Desk> {
        self.state.desk.read()
    }

    pub(super) fn desk_mut(self) -> RefMut<'static, Desk> {
        self.state.desk.write()
    }

    pub(super) fn sheet(self) -> Ref<'static, Sheet> {
        self.state.sheet.read()
    }

    pub(super) fn sheet_mut(self) -> RefMut<'static, Sheet> {
        self.state.sheet.write()
    }

    pub(super) fn heights(self) -> Ref<'static, Heights> {
        self.state.heights.read()
    }

    pub(super) fn bounds(self) -> Bounds {
        *self.state.bounds.read()
    }

    pub(super) fn set_bounds(self, bounds: Bounds) {
        *self.state.bounds.write() = bounds;
    }

    pub(super) fn dragged(self) -> Dragged {
        *self.state.dragged.read()
    }

    pub(super) fn set_dragged(self, dragged: Dragged) {
        *self.state.dragged.write() = dragged;
    }

    pub(super) fn menu(self) -> Option<Menu> {
        self.state.menu.read().clone()
    }

    pub(super) fn set_menu(self, menu: Option<Menu>) {
        *self.state.menu.write() = menu;
    }

    pub(super) fn gesture(self) -> RefMut<'static, Option<Gesture>> {
        self.state.gesture.borrow_mut()
    }

    pub(super) fn panes(self) -> RefMut<'static, Panes> {
        self.state.panes.borrow_mut()
    }

    pub(super) fn parts(self) -> RefMut<'static, Parts> {
        self.state.parts.borrow_mut()
    }

    /// The corner of the panels' area in the window.
    pub(super) fn origin(self) -> (f64, f64) {
        let rect = self.root.get_bounding_client_rect();
        (rect.left(), rect.top())
    }

    /// Where everything is.
    pub(super) fn arrangement(self) -> Rc<Arrangement> {
        self.arrangement.get()
    }

    /// Where a stack is.
    pub(super) fn stack(self, id: StackId) -> Option<StackFrame> {
        self.arrangement().stack(id).copied()
    }

    /// Where a cell is.
    pub(super) fn cell(self, id: CellId) -> Option<CellFrame> {
        self.arrangement().cell(id).copied()
    }

    /// Whether the window is so narrow that there is a sheet.
    pub(super) fn is_narrow(self) -> bool {
        self.is_narrow.get()
    }

    /// Changes where things are, on behalf of the user. What has the keyboard keeps it.
    pub(super) fn change(self) -> RefMut<'static, Desk> {
        keep_keyboard();
        self.desk_mut()
    }

    /// Moves a piece, and lets that be seen.
    pub(super) fn move_to(self, piece: Piece, target: Target) {
        self.ease();
        self.change().layout.move_to(piece, target);
    }

    /// Lets the next change of the layout be seen as a motion.
    pub(super) fn ease(self) {
        let Some(stage) = self.root.closest("#stage").ok().flatten() else {
            return;
        };
        // An element's attributes can always be set.
        let _ = stage.set_attribute("data-easing", "");
        let timer = after(EASING, move || {
            let _ = stage.remove_attribute("data-easing");
        });
        if let Some(before) = self.state.easing.replace(Some(timer)) {
            before.cancel();
        }
    }

    /// Folds or unfolds a column or window.
    pub(super) fn fold(self, id: StackId, is_folded: bool) {
        self.ease();
        self.change().layout.fold(id, is_folded);
    }

    /// Shows a tab.
    pub(super) fn show(self, tab: TabId) {
        let is_placed = self.desk().layout.cell_of(tab).is_some();
        if self.is_narrow() || !is_placed {
            self.sheet_mut().choose(tab);
            self.desk_mut().layout.choose(tab);
            return;
        }
        if self.desk().layout.is_folded(tab) {
            self.ease();
        }
        self.change().layout.show(tab);
    }

    /// Puts all panels where the server wants them, whatever the user did.
    pub(crate) fn reset(self) {
        self.ease();
        self.change().reset();
        let commands = untrack(|| self.everything()).commands;
        self.sheet_mut().reset(&commands);
    }

    /// The content of a tab has this height.
    pub(super) fn content_is(self, tab: TabId, height: f64) {
        if self.heights().is_content_new(tab, height) {
            self.state.heights.write().set_content(tab, height);
        }
    }

    /// What is above the content of a cell has this height.
    pub(super) fn head_is(self, part: Part, height: f64) {
        let Part::Cell(id) = part else { return };
        let Some(form) = self.cell(id).map(|frame| frame.form) else {
            return;
        };
        if self.heights().is_head_new(id, form, height) {
            self.state.heights.write().set_head(id, form, height);
        }
    }

    /// Forgets the contents and heights of tabs that are gone.
    pub(super) fn forget(self) {
        let desk = self.desk();
        let names = self.names();
        let gone = self
            .panes()
            .take_gone(&|tab| tab == MAIN || names.iter().any(|name| name.tab == tab));
        // Views may ask for other panes, and tell of areas, when they go.
        drop(gone);
        if untrack(|| self.heights().is_stale(&desk.layout)) {
            self.state.heights.write().retain(&desk.layout);
        }
    }
}

/// What has the keyboard gets it back, if the change that follows takes it away.
fn keep_keyboard() {
    let Some(focused) = document().active_element() else {
        return;
    };
    next_picture(move || {
        let has_lost = document().active_element().is_none_or(|e| e != focused);
        if has_lost && focused.is_connected() {
            // What cannot have it does not get it.
            let _ = focused.unchecked_ref::<HtmlElement>().focus();
        }
    });
}
