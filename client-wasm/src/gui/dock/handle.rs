//! The panels of the page, for views.

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use scenecast_dom::*;
use scenecast_protocol::gui::theme::ControlWidth;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::aim::Aim;
use super::arrange::arrange;
use super::desk::{AreaTabs, Contents, Desk, PanelTabs};
use super::frames::{Arrangement, Bounds, CellFrame, StackFrame};
use super::gesture::Gesture;
use super::heights::Heights;
use super::layout::{CellId, StackId};
use super::menu::Menu;
use super::moves::{Piece, Target};
use super::panes::{Panes, TabName};
use super::sheet::{MAX_EMS, Sheet};
use super::watched::Watched;
use super::{MAIN, TabId};
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
    pub(super) root: NodeRef<HtmlElement>,
}

/// What changes. It is there for as long as the page.
#[derive(Default)]
struct State {
    desk: Watched<Desk>,
    heights: Watched<Heights>,
    /// Tab groups within tabs, with the names of their tabs.
    areas: Watched<Vec<(AreaTabs, Vec<TabName>)>>,
    sheet: Watched<Sheet>,
    bounds: Watched<Bounds>,
    dragged: Watched<Dragged>,
    menu: Watched<Option<Menu>>,
    gesture: RefCell<Option<Gesture>>,
    panes: RefCell<Panes>,
    easing: Cell<Option<Timeout>>,
}

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
    pub(super) fn new(store: Store) -> Self {
        let state: &'static State = Box::leak(Box::default());
        let arrangement = Memo::new(move || Rc::new(state.arrange()));
        let names = Memo::with_last(move |before: Option<&Rc<Vec<TabName>>>| {
            let mut names = Vec::new();
            for (_, panel) in store.panels.get() {
                let (ids, labels) = (&panel.tab_container_ids, &panel.tab_labels);
                names.extend(TabName::zip(ids, labels, &panel.tab_icons_html));
            }
            for (_, more) in &*state.areas.read() {
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
            root: NodeRef::new(),
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
    pub(super) fn move_to(self, piece: &Piece, target: Target) {
        self.ease();
        self.change().layout.move_to(piece, target);
    }

    /// Lets the next change of the layout be seen as a motion.
    pub(super) fn ease(self) {
        let root = self.root.get_untracked();
        let Some(stage) = root.and_then(|root| root.closest("#stage").ok()?) else {
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

    /// Folds a column or window, or unfolds it.
    pub(super) fn toggle(self, id: StackId) {
        let is_folded = self.desk().layout.stack(id).map(|stack| stack.is_folded);
        if let Some(is_folded) = is_folded {
            self.fold(id, !is_folded);
        }
    }

    /// Shows a tab.
    pub(super) fn show(self, tab: &TabId) {
        if self.is_narrow() {
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
        let placements = self.store.placements.get_untracked();
        self.sheet_mut().reset(&placements);
    }

    /// The names of all tabs.
    pub(super) fn names(self) -> Rc<Vec<TabName>> {
        self.names.get()
    }

    /// The label of a tab.
    pub(super) fn label(self, tab: &TabId) -> String {
        if &**tab == MAIN {
            let label = self.store.label.get().filter(|label| !label.is_empty());
            return label.unwrap_or_else(|| "Control panel".to_owned());
        }
        let names = self.names();
        let name = TabName::find(&names, tab);
        name.map_or(String::new(), |name| name.label.clone())
    }

    /// The labels of some tabs.
    pub(super) fn labels(self, tabs: &[TabId], between: &str) -> String {
        let labels: Vec<String> = tabs.iter().map(|tab| self.label(tab)).collect();
        labels.join(between)
    }

    /// A tab group is within a tab, or, without tabs, no longer.
    pub(super) fn set_area(self, uuid: &Arc<str>, area: Option<(TabId, Vec<TabName>)>) {
        let mut areas = self.state.areas.write();
        areas.retain(|(known, _)| known.uuid != *uuid);
        if let Some((host, names)) = area {
            let tabs = names.iter().map(|name| name.tab.clone()).collect();
            let uuid = uuid.clone();
            areas.push((AreaTabs { uuid, host, tabs }, names));
        }
    }

    /// All tabs of a tab group, wherever they are.
    pub(super) fn area_tabs(self, uuid: &Arc<str>) -> Vec<TabId> {
        let areas = self.state.areas.read();
        let area = areas.iter().find(|(area, _)| area.uuid == *uuid);
        area.map_or(Vec::new(), |(area, _)| area.tabs.clone())
    }

    /// All tabs of a panel, wherever they are.
    pub(super) fn panel_tabs(self, uuid: &Arc<str>) -> Vec<TabId> {
        self.store.panels.with(|panels| {
            let panel = panels.iter().find(|(known, _)| known == uuid);
            let ids = panel.iter().flat_map(|(_, panel)| &panel.tab_container_ids);
            ids.map(|id| id.as_str().into()).collect()
        })
    }

    /// The content of a tab has this height.
    pub(super) fn content_is(self, tab: &TabId, height: f64) {
        if self.heights().is_content_new(tab, height) {
            self.state.heights.write().set_content(tab, height);
        }
    }

    /// What is above the content of a cell has this height.
    pub(super) fn head_is(self, id: CellId, height: f64) {
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
        let gone = self.panes().take_gone(&desk.layout);
        // Views may ask for other panes, and tell of areas, when they go.
        drop(gone);
        if untrack(|| self.heights().is_stale(&desk.layout)) {
            self.state.heights.write().retain(&desk.layout);
        }
    }

    /// Everything there is to be laid out.
    pub(super) fn everything(self) -> Contents {
        let store = self.store;
        let panels = store.panels.get().into_iter().map(|(uuid, panel)| {
            let ids = panel.tab_container_ids.iter().filter(|_| panel.visible);
            let tabs = ids.map(|id| TabId::from(id.as_str())).collect();
            PanelTabs { uuid, tabs }
        });
        let width = store
            .theme
            .with(|theme| theme.as_ref().map(|theme| theme.control_width));
        let ems = match width.unwrap_or(ControlWidth::Medium) {
            ControlWidth::Small => 16.0,
            ControlWidth::Medium => 20.0,
            ControlWidth::Large => 24.0,
        };
        let areas = self.state.areas.read();
        Contents {
            panels: panels.collect(),
            areas: areas.iter().map(|(area, _)| area.clone()).collect(),
            placements: store.placements.get(),
            main_width: ems * 16.0,
            is_complete: store.is_complete.get(),
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
