//! Panels: windows of their own beside the control panel.

use super::{
    builder::shown,
    component::{Component, Parts, Place},
    tab_group::{Tabbed, Tabs},
};
use crate::error::Result;
use scenecast_protocol::{
    Message,
    gui::{
        self,
        panel::{GuiPanel, GuiPanelRemove},
    },
};
use std::sync::Arc;

/// A window of its own, which holds tabs. It shows once it has one; where, say
/// [`dock_left`](super::GuiHandle::dock_left) and the calls beside it.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::gui::{Float, Markdown};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// server.gui().panel(|panel| {
///     panel.tab("Log", |gui| gui.add(Markdown::new("*nothing yet*")))?;
///     panel.float(Float::default().x(20.0).y(-20.0).width(320.0))
/// })?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Panel {
    props: gui::Panel,
    order: Option<f64>,
}

shown! { Panel }

impl Panel {
    /// No tabs yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Component for Panel {
    type Props = gui::Panel;
    type Value = ();
    type Own = Tabs;

    const PLACE: Place = Place::Panels;

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), Tabs::default(), self.order)
    }

    fn creation(uuid: Arc<str>, _: Arc<str>, props: &gui::Panel, (): &()) -> Message {
        let props = props.clone();
        GuiPanel { uuid, props }.into()
    }

    fn removal(uuid: Arc<str>) -> Option<Message> {
        Some(GuiPanelRemove { uuid }.into())
    }
}

impl Tabbed for Panel {}
