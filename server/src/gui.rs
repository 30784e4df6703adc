//! The GUI: components that viewers see and operate.
//!
//! [`Gui::add`] puts a component below those that are there and returns its [`GuiHandle`], which
//! has its value, its properties and its callbacks. Containers have a [`Gui`] of their own, which
//! closures get: what they add is in the container.
//!
//! ```
//! # fn main() -> scenecast::Result<()> {
//! use scenecast::gui::{Button, Slider, Text};
//! # let server = scenecast::Server::builder().port(0).start()?;
//! let gui = server.gui();
//! let name = gui.add(Text::new("Name").value("scan"))?;
//! let size = gui.folder("Points", |gui| gui.add(Slider::new("Size", 0.0..=0.1).value(0.02)))?;
//! let _ = size.on_update(|event| println!("{}", event.value));
//! let save = gui.add(Button::new("Save").icon("device-floppy"))?;
//! let _ = save.on_click(move |_| println!("saving as {:?}", name.value()));
//! # Ok(())
//! # }
//! ```
//!
//! * **Inputs**: [`Button`], [`ButtonGroup`], [`Checkbox`], [`Dropdown`], [`MultiSlider`],
//!   [`Number`], [`Rgb`], [`Rgba`], [`Slider`], [`Text`], [`UploadButton`], [`Vector2`],
//!   [`Vector3`].
//! * **Shown**: [`Divider`], [`Html`], [`Image`], [`Markdown`], [`Plotly`], [`ProgressBar`],
//!   [`Uplot`].
//! * **Containers**: [`Folder`], [`Form`], [`Modal`], [`Panel`], [`TabGroup`], and
//!   [`Gui3D`](crate::scene::Gui3D) nodes of the scene.
//! * **Beside them**: [`Command`], [`Theme`], [`Gui::main_panel`],
//!   [`Client::add_notification`](crate::Client::add_notification).
//!
//! A value that one viewer sets goes to the program and to all other viewers; one that the program
//! sets goes to all. Values that a component cannot have are an error for the program, and ignored
//! from viewers. [`Client::gui`](crate::Client::gui) is the GUI of one viewer.

mod builder;
mod button;
mod button_group;
mod checkbox;
mod color;
mod command;
mod component;
mod components;
mod container;
mod decimals;
mod divider;
mod dropdown;
mod element;
mod folder;
mod form;
mod handle;
mod html;
mod icon;
mod image;
mod input;
mod layout;
mod markdown;
mod modal;
mod multi_slider;
mod number;
mod panel;
mod plotly;
mod progress_bar;
mod slider;
mod tab_group;
mod text;
mod theme;
mod tree;
mod upload;
mod uplot;
mod vector;

pub use button::Button;
pub use button_group::ButtonGroup;
pub use checkbox::Checkbox;
pub use color::{Rgb, Rgba};
pub use command::Command;
pub use component::{Component, Input, Shown, Valued};
pub use container::Container;
pub use divider::Divider;
pub use dropdown::Dropdown;
pub use folder::Folder;
pub use form::Form;
pub use handle::{GuiEvent, GuiHandle};
pub use html::Html;
pub use image::Image;
pub use layout::{Anchor, Float, MainPanel};
pub use markdown::Markdown;
pub use modal::{Modal, ModalProps};
pub use multi_slider::MultiSlider;
pub use number::Number;
pub use panel::Panel;
pub use plotly::Plotly;
pub use progress_bar::ProgressBar;
pub use scenecast_protocol::gui::{
    ColorName, GuiColor, TitlebarButton, TitlebarConfig, TitlebarImage,
    command::Hotkey,
    notification::Notification,
    theme::{ControlWidth, TitlebarIcon},
};
pub use slider::{Mark, Slider};
pub use tab_group::{Tab, TabGroup, Tabbed};
pub use text::Text;
pub use theme::Theme;
pub use upload::{Upload, UploadButton};
pub use uplot::Uplot;
pub use vector::{Vector2, Vector3};

/// Options of [`Uplot`] charts, under uPlot's own names.
pub mod chart {
    pub use scenecast_protocol::gui::uplot::*;
}

/// Properties of components, as [`GuiHandle::update`] changes them.
pub mod props {
    pub use scenecast_protocol::gui::{
        Button, ButtonGroup, Checkbox, Command, Divider, Dropdown, Folder, Html, Image, Markdown,
        MultiSlider, Number, Panel, Plotly, ProgressBar, Rgb, Rgba, Slider, SliderMark, TabGroup,
        Text, UploadButton, Uplot, Vector2, Vector3,
    };
}

pub(crate) use component::Said;
pub(crate) use element::Viewer;
pub(crate) use upload::Uploads;

pub(crate) use components::{Closed, GuiInner};

use crate::{
    error::{Error, Result},
    infra::{fan_out::Audience, runtime::Runtime},
    scope::Scope,
};
use scenecast_protocol::{gui::SetGuiPanelLabel, transfer::RunJavascript};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tree::ROOT;

/// The GUI of all viewers, or of one; or a container in it. Cloning is cheap.
#[derive(Clone)]
pub struct Gui {
    pub(crate) inner: Arc<GuiInner>,
    container: Arc<str>,
    /// Whose container it is, if not of the same viewers.
    host: Option<Arc<GuiInner>>,
}

impl Gui {
    /// The GUI of all.
    pub(crate) fn new(scope: Scope, runtime: Runtime) -> Self {
        Self::with_orders(scope, runtime, Arc::new(AtomicU64::new(1)))
    }

    /// The GUI of one viewer.
    pub(crate) fn of_viewer(&self, scope: Scope) -> Self {
        let next_order = Arc::clone(&self.inner.next_order);
        Self::with_orders(scope, self.inner.runtime.clone(), next_order)
    }

    fn with_orders(scope: Scope, runtime: Runtime, next_order: Arc<AtomicU64>) -> Self {
        Self::at_root(Arc::new(GuiInner::new(scope, runtime, next_order)))
    }

    fn at_root(inner: Arc<GuiInner>) -> Self {
        Self {
            inner,
            container: ROOT.into(),
            host: None,
        }
    }

    /// A container of a GUI.
    pub(crate) fn in_container(inner: &Arc<GuiInner>, container: &Arc<str>) -> Self {
        Self {
            inner: Arc::clone(inner),
            container: Arc::clone(container),
            host: None,
        }
    }

    /// What viewers are told first: where the main panel is.
    pub(crate) fn start(&self) {
        self.main_panel().put_back();
        self.set_panel_label(None);
    }

    /// Adds a component below those that are there.
    ///
    /// # Errors
    /// The component contradicts itself, such as a slider whose value is out of its range; or the
    /// container has been removed.
    #[doc(alias = "add_button")]
    #[doc(alias = "add_button_group")]
    #[doc(alias = "add_checkbox")]
    #[doc(alias = "add_command")]
    #[doc(alias = "add_divider")]
    #[doc(alias = "add_dropdown")]
    #[doc(alias = "add_folder")]
    #[doc(alias = "add_form")]
    #[doc(alias = "add_html")]
    #[doc(alias = "add_image")]
    #[doc(alias = "add_markdown")]
    #[doc(alias = "add_modal")]
    #[doc(alias = "add_multi_slider")]
    #[doc(alias = "add_number")]
    #[doc(alias = "add_panel")]
    #[doc(alias = "add_plotly")]
    #[doc(alias = "add_progress_bar")]
    #[doc(alias = "add_rgb")]
    #[doc(alias = "add_rgba")]
    #[doc(alias = "add_slider")]
    #[doc(alias = "add_tab_group")]
    #[doc(alias = "add_text")]
    #[doc(alias = "add_upload_button")]
    #[doc(alias = "add_uplot")]
    #[doc(alias = "add_vector2")]
    #[doc(alias = "add_vector3")]
    pub fn add<C: Component>(&self, component: C) -> Result<GuiHandle<C>> {
        self.inner
            .add(component.parts()?, &self.container, self.host.as_ref())
    }

    /// The same viewers' GUI in a container of the GUI of all: what one viewer has in there goes
    /// when the container does.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::{Client, gui::{Folder, GuiHandle, Text}};
    /// fn greet(client: &Client, folder: &GuiHandle<Folder>) -> scenecast::Result<()> {
    ///     let gui = client.gui().within(&folder.gui())?;
    ///     gui.add(Text::new("Only for you"))?;
    ///     Ok(())
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The container is only there for one viewer, and this GUI is for others.
    pub fn within(&self, container: &Gui) -> Result<Gui> {
        let (own, theirs) = (&self.inner.scope, &container.inner.scope);
        if Arc::ptr_eq(&self.inner, &container.inner) {
            return Ok(container.clone());
        }
        let is_open =
            theirs.audience == Audience::Everyone && Arc::ptr_eq(&own.outbox, &theirs.outbox);
        if !is_open {
            return Err(Error::InvalidValue {
                what: "container",
                reason: format!(
                    "{container:?} is not there for all whom {self:?} is for; viewers' components \
                     go into containers of the server's GUI, not the other way round"
                ),
            });
        }
        Ok(Gui {
            inner: Arc::clone(&self.inner),
            container: Arc::clone(&container.container),
            host: Some(Arc::clone(&container.inner)),
        })
    }

    /// Sets the heading of the control panel; `None` for the state of the connection.
    pub fn set_panel_label(&self, label: Option<&str>) {
        self.inner.scope.send(SetGuiPanelLabel {
            label: label.map(str::to_owned),
        });
    }

    /// Sets the look of viewers' pages.
    pub fn configure_theme(&self, theme: Theme) {
        self.inner.scope.send(theme.into_wire());
    }

    /// Sends Plotly itself to viewers of viser's client, which run it. Ours never runs what a
    /// server sends. Only the first call counts.
    ///
    /// `source` is the text of `plotly.min.js`.
    pub fn send_plotly(&self, source: impl Into<String>) {
        if !self.inner.has_plotly.swap(true, Ordering::Relaxed) {
            let source = source.into();
            self.inner.scope.send(RunJavascript { source });
        }
    }

    /// Removes all components, dialogs, panels and commands. In the GUI of all, the main panel goes
    /// back to where it was.
    pub fn reset(&self) {
        for list in tree::RESET {
            self.inner.remove_all_in(list);
        }
        if self.inner.scope.audience == Audience::Everyone {
            self.main_panel().put_back();
        }
    }

    /// Forgets all callbacks: nobody is left to call them.
    pub(crate) fn forget_all_callbacks(&self) {
        self.inner.forget_all_callbacks();
    }

    /// Lets go of everything, since the viewer has left.
    pub(crate) fn leave(&self) {
        self.inner.remove_all_in(tree::FOREIGN);
        self.forget_all_callbacks();
    }

    /// Hands what a viewer says to the component; `false` if it is not in this GUI.
    pub(crate) fn hear(&self, uuid: &str, said: &Said<'_>, viewer: &Viewer<'_>) -> bool {
        self.inner.hear(uuid, said, viewer)
    }
}

impl fmt::Debug for Gui {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Gui({:?}, {})",
            self.inner.scope.audience, self.container
        )
    }
}
