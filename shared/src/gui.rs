//! The GUI: components in containers, panels, dialogs, notifications, commands and the theme.

use std::sync::Arc;

use crate::encode::Sink;
use crate::schema::{Field, Struct, Type};
use crate::value::Value;
use crate::wire::{DecodeError, Props, Updates, Wire, field};

pub mod button;
pub mod checkbox;
pub mod color;
pub mod command;
pub mod divider;
pub mod dropdown;
pub mod folder;
pub mod html;
pub mod image;
pub mod markdown;
pub mod notification;
pub mod number;
pub mod panel;
pub mod plotly;
pub mod progress_bar;
pub mod slider;
pub mod tab_group;
pub mod text;
pub mod theme;
pub mod uplot;

pub use button::{Button, ButtonGroup, UploadButton};
pub use checkbox::Checkbox;
pub use color::{Rgb, Rgba};
pub use command::{Command, Hotkey};
pub use divider::Divider;
pub use dropdown::Dropdown;
pub use folder::Folder;
pub use html::Html;
pub use image::Image;
pub use markdown::Markdown;
pub use notification::Notification;
pub use number::{Number, Vector2, Vector3};
pub use panel::Panel;
pub use plotly::Plotly;
pub use progress_bar::ProgressBar;
pub use slider::{MultiSlider, Slider, SliderMark};
pub use tab_group::TabGroup;
pub use text::Text;
pub use theme::{ThemeConfiguration, TitlebarButton, TitlebarConfig, TitlebarImage};
pub use uplot::Uplot;

/// The colour of a button, bar or notification.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GuiColor {
    /// One of the theme's.
    Named(ColorName),
    /// Channels of 0 to 255.
    Rgb([i64; 3]),
}

union! { GuiColor: "a colour name or a list of 3" {
    Named(ColorName),
    Rgb([i64; 3]),
} }

impl From<ColorName> for GuiColor {
    fn from(name: ColorName) -> Self {
        GuiColor::Named(name)
    }
}

impl From<[u8; 3]> for GuiColor {
    fn from(channels: [u8; 3]) -> Self {
        GuiColor::Rgb(channels.map(i64::from))
    }
}

literal! {
    /// Colours of the theme.
    ColorName {
        /// Dark.
        Dark = "dark",
        /// Gray.
        Gray = "gray",
        /// Red.
        Red = "red",
        /// Pink.
        Pink = "pink",
        /// Grape.
        Grape = "grape",
        /// Violet.
        Violet = "violet",
        /// Indigo.
        Indigo = "indigo",
        /// Blue.
        Blue = "blue",
        /// Cyan.
        Cyan = "cyan",
        /// Green.
        Green = "green",
        /// Lime.
        Lime = "lime",
        /// Yellow.
        Yellow = "yellow",
        /// Orange.
        Orange = "orange",
        /// Teal.
        Teal = "teal",
    }
}

/// Lists the kinds of components: properties, type of the value where there is one, class name of
/// the message that creates one, and whether users put something in.
macro_rules! components {
    ($( $Kind:ident($Props:ident $(, $value:ty)?) $tag:literal $(input $new:ident)?; )*) => {
        /// A component's properties and value, of any kind.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "kept boxed, in AddComponent")]
        pub enum Component {
            $(
                #[doc = concat!("See [`", stringify!($Props), "`].")]
                $Kind($Props $(, $value)?),
            )*
        }

        impl Component {
            /// Class name, properties and type of the value of every kind.
            pub const KINDS: &'static [(&'static str, &'static Struct, Option<&'static Type>)] =
                &[$( ($tag, &$Props::SCHEMA, {
                    let value: &[&Type] = &[$( <$value>::TYPE )?];
                    value.first().copied()
                }) ),*];

            /// The message that creates a component, of every kind.
            pub const MESSAGES: &'static [Struct] = &[$( Struct {
                name: $tag,
                doc: $Props::SCHEMA.doc,
                fields: &[
                    Field::new("uuid", <Arc<str>>::TYPE),
                    $( Field::new("value", <$value>::TYPE), )?
                    Field::new("container_uuid", String::TYPE),
                    Field::new("props", $Props::TYPE),
                ],
            } ),*];

            /// The class name of the message that creates this component.
            pub fn tag(&self) -> &'static str {
                match self { $( Component::$Kind(..) => $tag ),* }
            }

            /// Position among its siblings, ascending.
            pub fn order(&self) -> f64 {
                match self { $( Component::$Kind(props, ..) => props.order ),* }
            }

            /// Whether it is shown.
            pub fn is_visible(&self) -> bool {
                match self { $( Component::$Kind(props, ..) => props.visible ),* }
            }

            /// What all inputs have; `None` for other components.
            pub fn input(&self) -> Option<Input<'_>> {
                match self { $( Component::$Kind(_props, ..) => {
                    let input: &[Input<'_>] = &[$( Input::$new(
                        &_props.label,
                        &_props.hint,
                        _props.disabled,
                    ) )?];
                    input.first().copied()
                } )* }
            }

            fn decode(tag: &str, message: &Value) -> Option<Result<Self, DecodeError>> {
                match tag {
                    $( $tag => Some((|| Ok(Component::$Kind(
                        field(message, "props")?
                        $(, field::<$value>(message, "value")?)?
                    )))()), )*
                    _ => None,
                }
            }

            /// Sets the property with this wire name, or `value`; `false` if there is none such.
            ///
            /// # Errors
            /// The value is not of the declared type; nothing changes then.
            pub fn set(&mut self, name: &str, value: &Value) -> Result<bool, DecodeError> {
                match self { $(
                    Component::$Kind(props $(, ValueSlot!(slot $value))?) => {
                        $( if name == "value" {
                            *slot = <$value>::decode(value).map_err(|e| e.within("value"))?;
                            return Ok(true);
                        } )?
                        props.set(name, value)
                    }
                )* }
            }
        }

        impl AddComponent {
            fn encode_component(&self, sink: &mut impl Sink) {
                match &*self.component { $(
                    Component::$Kind(props $(, ValueSlot!(value $value))?) => {
                        let parts: &[&str] = &[$( stringify!($value) )?];
                        sink.map(4 + parts.len());
                        sink.static_str("uuid");
                        sink.str(&self.uuid);
                        $(
                            sink.static_str("value");
                            <$value as Wire>::encode(value, sink);
                        )?
                        sink.static_str("container_uuid");
                        sink.str(&self.container_uuid);
                        sink.static_str("props");
                        props.encode(sink);
                        sink.static_str("type");
                        sink.static_str($tag);
                    }
                )* }
            }
        }
    };
}

/// What all inputs have.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Text beside the input.
    pub label: &'a str,
    /// Text of the tooltip.
    pub hint: Option<&'a str>,
    /// Whether input is refused.
    pub disabled: bool,
}

impl<'a> Input<'a> {
    fn new(label: &'a str, hint: &'a Option<String>, disabled: bool) -> Self {
        let hint = hint.as_deref();
        Self {
            label,
            hint,
            disabled,
        }
    }
}

/// Binds a component's value: lets `components!` repeat the binding only where there is one.
macro_rules! ValueSlot {
    ($name:ident $value:ty) => {
        $name
    };
}

components! {
    Folder(Folder)                  "GuiFolderMessage";
    Form(Folder)                    "GuiFormMessage";
    Markdown(Markdown)              "GuiMarkdownMessage";
    Html(Html)                      "GuiHtmlMessage";
    Divider(Divider)                "GuiDividerMessage";
    ProgressBar(ProgressBar, f64)   "GuiProgressBarMessage";
    Plotly(Plotly)                  "GuiPlotlyMessage";
    Uplot(Uplot)                    "GuiUplotMessage";
    Image(Image)                    "GuiImageMessage";
    TabGroup(TabGroup)              "GuiTabGroupMessage";
    Button(Button, bool)            "GuiButtonMessage" input new;
    UploadButton(UploadButton)      "GuiUploadButtonMessage" input new;
    Slider(Slider, f64)             "GuiSliderMessage" input new;
    MultiSlider(MultiSlider, Vec<f64>) "GuiMultiSliderMessage" input new;
    Number(Number, f64)             "GuiNumberMessage" input new;
    Rgb(Rgb, [i64; 3])              "GuiRgbMessage" input new;
    Rgba(Rgba, [i64; 4])            "GuiRgbaMessage" input new;
    Checkbox(Checkbox, bool)        "GuiCheckboxMessage" input new;
    Vector2(Vector2, [f64; 2])      "GuiVector2Message" input new;
    Vector3(Vector3, [f64; 3])      "GuiVector3Message" input new;
    Text(Text, String)              "GuiTextMessage" input new;
    Dropdown(Dropdown, String)      "GuiDropdownMessage" input new;
    ButtonGroup(ButtonGroup, String) "GuiButtonGroupMessage" input new;
}

/// Adds a component to a container, or replaces the one with the same uuid.
#[derive(Clone, Debug, PartialEq)]
pub struct AddComponent {
    /// Names the component.
    pub uuid: Arc<str>,
    /// The container: `root`, or the uuid of a folder, tab, panel or dialog.
    pub container_uuid: String,
    /// Kind, properties and value.
    pub component: Box<Component>,
}

impl AddComponent {
    /// Reads a message of class `tag`; `None` if that class adds no component.
    pub(crate) fn decode(tag: &str, message: &Value) -> Option<Result<Self, DecodeError>> {
        let component = Component::decode(tag, message)?;
        Some((|| {
            Ok(Self {
                uuid: field(message, "uuid")?,
                container_uuid: field::<Option<_>>(message, "container_uuid")?.unwrap_or_default(),
                component: Box::new(component?),
            })
        })())
    }
}

impl Wire for AddComponent {
    const TYPE: &'static Type = &Type::Any;

    fn encode(&self, sink: &mut impl Sink) {
        self.encode_component(sink);
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        let tag = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        Self::decode(tag, value)
            .unwrap_or_else(|| Err(DecodeError::kind("a message that adds a component", value)))
    }
}

message! {
    /// Changes the value or properties of a component or panel. Viewers send it for values.
    pub struct GuiUpdate as "GuiUpdateMessage" {
        /// The component.
        uuid: Arc<str>,
        /// New values by property; `value` is the value.
        updates: Updates,
    }
}

message! {
    /// Removes a component.
    pub struct GuiRemove as "GuiRemoveMessage" {
        /// The component.
        uuid: Arc<str>,
    }
}

message! {
    /// A viewer submits a form, or a server says that it is submitted.
    pub struct GuiFormSubmit as "GuiFormSubmitMessage" {
        /// The form.
        uuid: Arc<str>,
    }
}

message! {
    /// A form has changes that are not submitted.
    pub struct GuiFormDirty as "GuiFormDirtyMessage" {
        /// The form.
        uuid: Arc<str>,
    }
}

message! {
    /// A viewer holds a button down.
    pub struct GuiButtonHold as "GuiButtonHoldMessage" {
        /// The button.
        uuid: Arc<str>,
        /// Which of the rates this report is for, Hz.
        frequency: f64,
    }
}

message! {
    /// Part of viser's protocol that nobody sends.
    pub struct ResetGui as "ResetGuiMessage" {}
}

message! {
    /// Sets the heading of the control panel.
    pub struct SetGuiPanelLabel as "SetGuiPanelLabelMessage" {
        /// The heading; `None` for the state of the connection.
        label: Option<String>,
    }
}

message! {
    /// Opens a dialog.
    pub struct GuiModal as "GuiModalMessage" {
        /// Position among dialogs.
        order: f64,
        /// Names the dialog and its container.
        uuid: Arc<str>,
        /// Heading.
        title: String,
    }
}

message! {
    /// Closes a dialog.
    pub struct GuiCloseModal as "GuiCloseModalMessage" {
        /// The dialog.
        uuid: Arc<str>,
    }
}
