//! Tabs, of which one shows its components.

use super::{
    Gui, GuiHandle,
    builder::{in_container, shown},
    component::{Component, Parts, Said},
    components::GuiInner,
    element::{AnyElement, Viewer},
    icon,
};
use crate::{
    error::{Error, Result},
    random,
};
use scenecast_protocol::{Message, gui};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// A row of tabs, in which one is open.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::gui::{Checkbox, Text};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// server.gui().tab_group(|tabs| {
///     tabs.tab("Scan", |gui| gui.add(Text::new("Name")))?;
///     tabs.tab("View", |gui| gui.add(Checkbox::new("Shaded")))
/// })?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct TabGroup {
    props: gui::TabGroup,
    order: Option<f64>,
}

shown! { TabGroup }

impl TabGroup {
    /// No tabs yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Component for TabGroup {
    type Props = gui::TabGroup;
    type Value = ();
    type Own = Tabs;

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), Tabs::default(), self.order)
    }

    in_container! { TabGroup }
}

/// A component that is made of tabs.
pub trait Tabbed: Component<Own = Tabs> {}

impl Tabbed for TabGroup {}

/// The tabs of a component.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Tabs(Mutex<Vec<TabState>>);

#[derive(Debug)]
struct TabState {
    container: Arc<str>,
    label: String,
    icon_html: Option<String>,
}

impl Tabs {
    fn lock(&self) -> MutexGuard<'_, Vec<TabState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A tab as the tree holds it: viewers only know what is in it.
#[derive(Default)]
struct TabElement {
    removed: AtomicBool,
}

impl AnyElement for TabElement {
    fn hear(self: Arc<Self>, _gui: &Arc<GuiInner>, said: &Said<'_>, viewer: &Viewer<'_>) {
        viewer.ignore(said);
    }

    fn retire(&self) -> Option<Message> {
        self.removed.store(true, Ordering::Release);
        None
    }

    fn forget_callbacks(&self) {}
}

/// A tab of a [`TabGroup`] or [`Panel`](super::Panel). Cloning is cheap; dropping it leaves the tab
/// where it is.
pub struct Tab<C: Tabbed = TabGroup> {
    parent: GuiHandle<C>,
    container: Arc<str>,
    element: Arc<TabElement>,
}

impl<C: Tabbed> Clone for Tab<C> {
    fn clone(&self) -> Self {
        Self {
            parent: self.parent.clone(),
            container: Arc::clone(&self.container),
            element: Arc::clone(&self.element),
        }
    }
}

impl<C: Tabbed> GuiHandle<C> {
    /// Adds a tab after the others, with a Tabler icon beside its label if one is named.
    ///
    /// # Errors
    /// This has been removed, or there is no icon of that name.
    pub fn add_tab<'a>(
        &self,
        label: impl Into<String>,
        icon: impl Into<Option<&'a str>>,
    ) -> Result<Tab<C>> {
        let icon_html = icon::html(icon.into())?;
        let container: Arc<str> = random::uuid().into();
        let element = Arc::new(TabElement::default());
        let any = Arc::<TabElement>::clone(&element);
        self.gui.add_inside(&container, any, &self.element.uuid)?;
        self.change_tabs(|tabs| {
            tabs.push(TabState {
                container: Arc::clone(&container),
                label: label.into(),
                icon_html,
            });
        })?;
        Ok(Tab {
            parent: self.clone(),
            container,
            element,
        })
    }

    /// Adds a tab with what `content` adds to it, and returns what that returns.
    ///
    /// # Errors
    /// What `content` returns, or this has been removed.
    pub fn tab<R>(
        &self,
        label: impl Into<String>,
        content: impl FnOnce(&Gui) -> Result<R>,
    ) -> Result<R> {
        content(&self.add_tab(label, None)?.gui())
    }

    /// Changes the tabs, and tells viewers what differs.
    fn change_tabs(&self, change: impl FnOnce(&mut Vec<TabState>)) -> Result<()> {
        let mut tabs = self.element.own.lock();
        change(&mut tabs);
        let containers: Vec<String> = tabs.iter().map(|tab| tab.container.to_string()).collect();
        let labels: Vec<String> = tabs.iter().map(|tab| tab.label.clone()).collect();
        let icons: Vec<Option<String>> = tabs.iter().map(|tab| tab.icon_html.clone()).collect();
        // In the order in which viser says it.
        self.set("_tab_container_ids", &containers)?;
        self.set("_tab_labels", &labels)?;
        self.set("_tab_icons_html", &icons)
    }
}

impl<C: Tabbed> Tab<C> {
    /// The GUI inside.
    pub fn gui(&self) -> Gui {
        Gui::in_container(&self.parent.gui, &self.container)
    }

    /// Shows another Tabler icon, or none.
    ///
    /// # Errors
    /// The tab has been removed, or there is no icon of that name.
    pub fn set_icon(&self, icon: Option<&str>) -> Result<()> {
        let icon_html = icon::html(icon)?;
        self.change(|tab| tab.icon_html = icon_html)
    }

    /// Sets the label.
    ///
    /// # Errors
    /// The tab has been removed.
    pub fn set_label(&self, label: impl Into<String>) -> Result<()> {
        self.change(|tab| tab.label = label.into())
    }

    fn change(&self, change: impl FnOnce(&mut TabState)) -> Result<()> {
        if self.is_removed() {
            return Err(self.removed());
        }
        self.parent.change_tabs(|tabs| {
            if let Some(tab) = tabs.iter_mut().find(|tab| tab.container == self.container) {
                change(tab);
            }
        })
    }

    /// Removes the tab with everything in it.
    ///
    /// # Errors
    /// It has been removed before.
    pub fn remove(&self) -> Result<()> {
        if self.is_removed() {
            return Err(self.removed());
        }
        self.parent
            .change_tabs(|tabs| tabs.retain(|tab| tab.container != self.container))?;
        self.parent.gui.remove(&self.container)
    }

    /// Whether the tab has been removed.
    pub fn is_removed(&self) -> bool {
        self.element.removed.load(Ordering::Acquire)
    }

    fn removed(&self) -> Error {
        Error::Removed {
            name: Arc::clone(&self.container),
        }
    }
}

impl<C: Tabbed> std::fmt::Debug for Tab<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tab({})", self.container)
    }
}
