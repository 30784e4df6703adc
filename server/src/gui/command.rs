//! Commands: entries of the palette that viewers open with Ctrl+K, and keys that trigger them.

use super::{
    GuiHandle,
    component::{Component, Parts, Place, Said},
    element::Viewer,
    handle::callbacks,
    icon::{self, icon_builder, icon_handle},
};
use crate::{error::Result, events::Modifier};
use scenecast_protocol::{
    Message,
    gui::{
        self,
        command::{CommandUpdate, Hotkey, RegisterCommand, RemoveCommand},
    },
    wire::Updates,
};
use std::sync::Arc;

/// Something that viewers can ask for by name, or by a key.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::{events::Modifier, gui::{Command, Hotkey}};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// let save = Command::new("Save").hotkey(Hotkey::S).modifier(Modifier::CmdCtrl);
/// let _ = server.gui().add(save)?.on_trigger(|event| println!("{:?} saves", event.client));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Command {
    props: gui::Command,
    icon: Option<String>,
}

icon_builder! { Command }

impl Command {
    /// A command of this name.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Command::default().label(label),
            icon: None,
        }
    }

    /// Text under the name.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.props.description = Some(description.into());
        self
    }

    /// A key that triggers it.
    #[must_use]
    pub fn hotkey(mut self, hotkey: Hotkey) -> Self {
        self.props.hotkey = Some(hotkey);
        self
    }

    /// Keys that are held together with the hotkey.
    #[must_use]
    pub fn modifier(mut self, modifier: Modifier) -> Self {
        self.props.modifier = Some(modifier);
        self
    }

    /// Whether it is refused; `false` unless set.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.props.disabled = disabled;
        self
    }
}

impl Component for Command {
    type Props = gui::Command;
    type Value = ();
    type Own = ();

    const PLACE: Place = Place::Commands;

    fn parts(mut self) -> Result<Parts<Self>> {
        self.props.icon_html = icon::html(self.icon.as_deref())?;
        Parts::new(self.props, (), (), Some(0.0))
    }

    fn check(props: &gui::Command) -> Result<(), String> {
        match (props.modifier, props.hotkey) {
            (Some(modifier), None) => Err(format!(
                "{} alone triggers nothing; give a hotkey with it",
                modifier.as_str()
            )),
            _ => Ok(()),
        }
    }

    fn creation(uuid: Arc<str>, _: Arc<str>, props: &gui::Command, (): &()) -> Message {
        let props = props.clone();
        RegisterCommand { uuid, props }.into()
    }

    fn update(uuid: Arc<str>, updates: Updates) -> Message {
        CommandUpdate { uuid, updates }.into()
    }

    fn removal(uuid: Arc<str>) -> Option<Message> {
        Some(RemoveCommand { uuid }.into())
    }

    fn hear(handle: &GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
        let element = &handle.element;
        let is_disabled = element.read(|state| state.props.disabled).unwrap_or(true);
        match said {
            Said::Trigger if !is_disabled => {
                let event = handle.event(Some(viewer.client), ());
                element
                    .callbacks
                    .call(&element.events, &event, Some(viewer.permit));
            }
            other => viewer.ignore(other),
        }
    }
}

callbacks! {
    Command: on_trigger, on_trigger_async, remove_trigger_callback, remove_trigger_callbacks;
    "each time that a viewer triggers the command"
}

icon_handle! { Command }

impl GuiHandle<Command> {
    /// Refuses or allows it.
    ///
    /// # Errors
    /// The command has been removed.
    pub fn set_disabled(&self, disabled: bool) -> Result<()> {
        self.update(|props| props.disabled = disabled)
    }
}
