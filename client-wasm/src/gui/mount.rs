//! Where the GUI is in the page.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Render;
use scenecast_protocol::state::GuiState;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use super::actions::Actions;
use super::store::Store;
use super::{panel, popup};
use crate::app::Handle;
use crate::connection::Status;

/// A view in the page: it goes when this is dropped.
pub(crate) type Mounted = UnmountHandle<<AnyView as Render>::State>;

/// The GUI in the page. Views find [`Store`] and [`Actions`] in their context.
pub(crate) struct Gui {
    pub(crate) store: Store,
    actions: Actions,
    /// Where it is mounted.
    parent: Option<HtmlElement>,
    /// Owns the signals of the store.
    _owner: Owner,
}

impl Gui {
    /// A GUI that is nowhere yet.
    pub(crate) fn new(app: &Handle) -> Self {
        let owner = Owner::new();
        let (store, actions) = owner.with(|| (Store::new(), Actions::new(app)));
        Self {
            store,
            actions,
            parent: None,
            _owner: owner,
        }
    }

    /// Hides everything, or shows it again.
    pub(crate) fn set_hidden(&self, is_hidden: bool) {
        if let Some(parent) = &self.parent {
            parent.set_hidden(is_hidden);
        }
    }

    /// Puts the control panel and everything beside it into the element `#gui`.
    pub(crate) fn mount(&mut self, document: &Document) {
        let parent = document.get_element_by_id("gui");
        self.parent = parent.map(JsCast::unchecked_into);
        if let Some(parent) = &self.parent {
            // It stays for as long as the page.
            self.mount_in(parent.clone(), panel::view).forget();
            popup::attach(document);
        }
    }

    /// Puts a view into an element, for as long as what is returned lives.
    pub(crate) fn mount_in(
        &self,
        parent: HtmlElement,
        view: impl FnOnce() -> AnyView + 'static,
    ) -> Mounted {
        let (store, actions) = (self.store, self.actions);
        mount_to(parent, move || {
            provide_context(store);
            provide_context(actions);
            view()
        })
    }

    /// Shows the state of the connection.
    pub(crate) fn show_connection(&self, status: &Status) {
        if self
            .store
            .connection
            .with_untracked(|shown| shown != status)
        {
            self.store.connection.set(status.clone());
        }
    }

    /// Shows what has changed. `is_complete` says that the state is all that there is, not the
    /// first part of a replay: only then does what is not in it go. The value of a component that
    /// `is_withheld` is not shown yet.
    pub(crate) fn show(
        &self,
        state: &mut GuiState,
        is_complete: bool,
        is_withheld: &dyn Fn(&str) -> bool,
    ) {
        self.store.follow(state, is_complete, is_withheld);
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
