//! The GUI: components that viewers operate.

mod component;
mod handle;
mod input;

pub use component::{Component, Slider, Text};
pub use handle::{GuiEvent, GuiHandle};
pub use scenecast_protocol::gui::{GuiColor, notification::Notification};

use crate::{
    client::Client,
    error::Result,
    infra::{event_queue::Permit, fan_out::Audience, runtime::Runtime},
    random,
    scope::Scope,
};
use input::{Input, Receive};
use rustc_hash::FxHashMap;
use scenecast_protocol::gui::{
    AddComponent, GuiUpdate, SetGuiPanelLabel,
    panel::{
        FloatKind, FloatPlacement, GuiSetPanelCollapsed, GuiSetPanelHeight, GuiSetPanelPosition,
        GuiSetPanelWidth, Placement,
    },
};
use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// The container at the top.
const ROOT: &str = "root";

/// The panel that holds the root container.
const MAIN_PANEL: &str = "viser-control-panel";

type Components = FxHashMap<Arc<str>, Arc<dyn Receive>>;

pub(crate) struct GuiInner {
    pub(crate) scope: Scope,
    pub(crate) runtime: Runtime,
    components: Mutex<Components>,
    next_order: AtomicU64,
}

impl GuiInner {
    fn lock(&self) -> MutexGuard<'_, Components> {
        self.components
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn forget(&self, uuid: &str) {
        self.lock().remove(uuid);
    }
}

/// The GUI of all viewers, or of one.
#[derive(Clone)]
pub struct Gui {
    pub(crate) inner: Arc<GuiInner>,
}

impl Gui {
    pub(crate) fn new(scope: Scope, runtime: Runtime) -> Self {
        Self {
            inner: Arc::new(GuiInner {
                scope,
                runtime,
                components: Mutex::default(),
                next_order: AtomicU64::new(0),
            }),
        }
    }

    /// What viewers are told first: where the main panel is.
    pub(crate) fn start(&self) {
        let scope = &self.inner.scope;
        debug_assert_eq!(scope.audience, Audience::Everyone);
        let run_id = random::hex(4);
        let uuid: Arc<str> = MAIN_PANEL.into();
        let counter = 1;
        scope.send(GuiSetPanelPosition {
            uuid: uuid.clone(),
            position: Placement::Float(FloatPlacement {
                kind: FloatKind::Float,
                x: None,
                y: None,
            }),
            counter,
            run_id: run_id.clone(),
        });
        scope.send(GuiSetPanelWidth {
            uuid: uuid.clone(),
            width: None,
            counter,
            run_id: run_id.clone(),
        });
        scope.send(GuiSetPanelHeight {
            uuid: uuid.clone(),
            height: None,
            counter,
            run_id: run_id.clone(),
        });
        scope.send(GuiSetPanelCollapsed {
            uuid,
            collapsed: false,
            counter,
            run_id,
        });
        scope.send(SetGuiPanelLabel { label: None });
    }

    /// Adds a component below those that are there.
    ///
    /// # Errors
    /// The component contradicts itself, such as a slider whose value is out of its range.
    #[doc(alias = "add_slider")]
    #[doc(alias = "add_text")]
    pub fn add<C: Component>(&self, component: C) -> Result<GuiHandle<C>> {
        component.check()?;
        let uuid: Arc<str> = random::uuid().into();
        let order = self.inner.next_order.fetch_add(1, Ordering::Relaxed);
        let value = component.value();
        let input = Arc::new(Input::<C>::new(
            Arc::clone(&uuid),
            Arc::clone(&self.inner),
            value,
        ));
        self.inner
            .lock()
            .insert(Arc::clone(&uuid), Arc::clone(&input) as Arc<dyn Receive>);
        self.inner.scope.send(AddComponent {
            uuid,
            container_uuid: ROOT.to_owned(),
            component: Box::new(component.into_wire(order as f64)),
        });
        Ok(GuiHandle { input })
    }

    /// Forgets all callbacks: nobody is left to call them.
    pub(crate) fn forget_all_callbacks(&self) {
        let components: Vec<_> = self.inner.lock().values().cloned().collect();
        for component in components {
            component.forget_callbacks();
        }
    }

    /// Hands a viewer's update to the component; `false` if it is not in this GUI.
    pub(crate) fn receive(&self, client: &Client, update: &GuiUpdate, permit: &Permit) -> bool {
        let component = self.inner.lock().get(&update.uuid).cloned();
        let found = component.is_some();
        if let Some(component) = component {
            component.receive(client, update, permit);
        }
        found
    }
}

impl fmt::Debug for Gui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gui({:?})", self.inner.scope.audience)
    }
}
