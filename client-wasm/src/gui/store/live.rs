//! One component, and who wants to hear of its changes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::gui::Component;

/// A component of the store. It outlives replacements by a component of the same kind and uuid, as
/// a reconnect brings them, so that what shows it stays, with its focus and what is typed in it.
pub(crate) struct Live {
    /// Its uuid.
    pub(crate) uuid: Arc<str>,
    /// Unlike its uuid no later component has it.
    pub(crate) serial: u32,
    state: RefCell<State>,
    /// A signal for each property that was ever read, by name.
    signals: RefCell<Vec<(&'static str, Trigger)>>,
}

struct State {
    component: Arc<Component>,
    is_dirty: bool,
    /// Its user has put in what its value is now.
    is_edited: bool,
}

impl Live {
    pub(super) fn new(uuid: Arc<str>, serial: u32, component: Arc<Component>) -> Self {
        let state = RefCell::new(State {
            component,
            is_dirty: false,
            is_edited: false,
        });
        Self {
            uuid,
            serial,
            state,
            signals: RefCell::default(),
        }
    }

    /// The component as it is now, without hearing of what comes later.
    pub(crate) fn component(&self) -> Arc<Component> {
        let state = self.state.borrow();
        state.component.clone()
    }

    /// The component as it is now. Who reads it hears of changes of this property: its name
    /// without leading underscores, `value` for the value.
    pub(crate) fn track(&self, property: &'static str) -> Arc<Component> {
        let signal = {
            let mut signals = self.signals.borrow_mut();
            match signals.iter().find(|(name, _)| *name == property) {
                Some((_, signal)) => signal.clone(),
                None => {
                    signals.push((property, Trigger::new()));
                    signals[signals.len() - 1].1.clone()
                }
            }
        };
        signal.track();
        self.component()
    }

    /// Whether it is a form with changes that are not submitted. Who asks hears of changes.
    pub(crate) fn is_dirty(&self) -> bool {
        self.track(scenecast_protocol::state::gui::DIRTY);
        let state = self.state.borrow();
        state.is_dirty
    }

    /// Whether its user has put in what its value is now.
    pub(crate) fn is_edited(&self) -> bool {
        let state = self.state.borrow();
        state.is_edited
    }

    /// Takes over what its user has put in, and tells who read the value.
    pub(super) fn edit(&self, component: &Arc<Component>) {
        let mut state = self.state.borrow_mut();
        state.component = component.clone();
        state.is_edited = true;
        drop(state);
        self.notify(Some(&["value".into()]), false);
    }

    /// Takes over another state. Returns whether it is one.
    pub(super) fn set(&self, component: &Arc<Component>, is_dirty: bool) -> bool {
        let mut state = self.state.borrow_mut();
        let differs = !Arc::ptr_eq(&state.component, component) || state.is_dirty != is_dirty;
        state.component = component.clone();
        state.is_dirty = is_dirty;
        state.is_edited &= !differs;
        differs
    }

    /// Tells who read these properties, wire names, or any with `None`. Those who read the value
    /// are not told while it is withheld.
    pub(super) fn notify(&self, properties: Option<&[Cow<'static, str>]>, is_withheld: bool) {
        let told: Vec<Trigger> = {
            let signals = self.signals.borrow_mut();
            let is_told = |name: &str| {
                let has_changed = properties.is_none_or(|properties| {
                    properties.iter().any(|p| p.trim_start_matches('_') == name)
                });
                has_changed && !(is_withheld && name == "value")
            };
            let told = signals.iter().filter(|(name, _)| is_told(name));
            told.map(|(_, signal)| signal.clone()).collect()
        };
        for signal in told {
            signal.notify();
        }
    }
}
