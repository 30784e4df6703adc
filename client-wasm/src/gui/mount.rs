//! Where the GUI is in the page.

use scenecast_dom::*;
use scenecast_protocol::state::GuiState;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use super::actions::Actions;
use super::chrome::{self, notice, notifications, theme, titlebar};
use super::dock::page::{self as panels, Dock};
use super::popup;
use super::store::Store;
use crate::app::Handle;
use crate::connection::Status;
use crate::status::Notice;
use crate::url_params::UrlParams;

/// Where more components than this change at once, what they look like follows at intervals, of so
/// many milliseconds: a browser needs longer to show that than a picture may take, and the scene
/// goes first.
const MANY: usize = 24;
const INTERVAL_MS: f64 = 25.0;

/// The GUI in the page. Views find [`Store`] and [`Actions`] in their context.
pub(crate) struct Gui {
    pub(crate) store: Store,
    /// Where it is mounted.
    parent: Option<HtmlElement>,
    /// Until when it does not follow.
    rests_until_ms: f64,
    /// Owns the signals of the store, and provides it.
    owner: Owner,
}

impl Gui {
    /// A GUI that is nowhere yet.
    pub(crate) fn new(app: &Handle, params: &UrlParams) -> Self {
        let owner = Owner::new();
        let store = owner.with(|| {
            let store = Store::new(params);
            provide_context(store);
            provide_context(Actions::new(app));
            provide_context(Dock::new(store));
            store
        });
        Self {
            store,
            parent: None,
            rests_until_ms: 0.0,
            owner,
        }
    }

    /// Hides everything, or shows it again.
    pub(crate) fn set_hidden(&self, is_hidden: bool) {
        if let Some(parent) = &self.parent {
            parent.set_hidden(is_hidden);
        }
    }

    /// Puts what every page has into it: its colours, a title bar, and the state of the connection
    /// or of what is played.
    pub(crate) fn mount_around(&self, document: &Document) {
        let element = |id: &str| document.get_element_by_id(id).map(JsCast::unchecked_into);
        let root = document.document_element();
        let root: Option<HtmlElement> = root.map(JsCast::unchecked_into);
        // They stay for as long as the page.
        if let Some((bar, root)) = element("titlebar").zip(root) {
            let view = move || {
                theme::follow(root);
                titlebar::view()
            };
            self.mount_in(bar, view).forget();
        }
        if let Some(status) = element("status") {
            let attributes = status.clone().unchecked_into();
            self.mount_in(status, move || notice::view(attributes))
                .forget();
        }
    }

    /// Puts the control panel and everything beside it into the page.
    pub(crate) fn mount(&mut self, document: &Document) {
        let element = |id: &str| document.get_element_by_id(id).map(JsCast::unchecked_into);
        self.parent = element("gui");
        // They stay for as long as the page.
        if let Some(parent) = &self.parent {
            popup::attach(document);
            let view = || view! { {panels::view()} {chrome::overlays()} };
            self.mount_in(parent.clone(), view).forget();
        }
        if let Some(notes) = element("notes") {
            self.mount_in(notes, notifications::view).forget();
        }
    }

    /// Puts a view into an element, for as long as what is returned lives.
    pub(crate) fn mount_in(
        &self,
        parent: HtmlElement,
        view: impl FnOnce() -> View + 'static,
    ) -> Mounted {
        self.owner.with(|| mount_to(&parent, view))
    }

    /// Shows the state of the connection, and what to say about it or about what is played.
    pub(crate) fn show_connection(&self, status: &Status, notice: Notice) {
        let Store {
            connection, page, ..
        } = self.store;
        if connection.with_untracked(|shown| shown != status) {
            connection.set(status.clone());
        }
        if page.notice.with_untracked(|shown| *shown != notice) {
            page.notice.set(notice);
        }
    }

    /// Shows what has changed, or returns that it will have to. `is_complete` says that the state
    /// is all that there is, not the first part of a replay: only then does what is not in it go.
    /// The value of a component that `is_withheld` is not shown yet.
    pub(crate) fn show(
        &mut self,
        state: &mut GuiState,
        now_ms: f64,
        is_complete: bool,
        is_withheld: &dyn Fn(&str) -> bool,
    ) -> bool {
        let rests = now_ms < self.rests_until_ms;
        if !rests && self.store.follow(state, is_complete, is_withheld) > MANY {
            self.rests_until_ms = now_ms + INTERVAL_MS;
        }
        rests
    }

    /// Shows what a component's user has put in.
    pub(crate) fn edit(&self, state: &GuiState, uuid: &str) {
        self.store.edit(state, uuid);
    }

    /// Shows a component's value that was withheld.
    pub(crate) fn release(&self, uuid: &str) {
        self.store.release(uuid);
    }
}
