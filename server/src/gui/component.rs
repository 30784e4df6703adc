//! What the GUI knows of a kind of component.

use super::{GuiHandle, element::Viewer};
use crate::error::{Error, Result};
use scenecast_protocol::{
    Message, Wire,
    gui::{GuiRemove, GuiUpdate},
    transfer::FileTransferStartUpload,
    wire::{Props, Updates},
};
use std::sync::Arc;

/// A kind of component, as [`Gui::add`](super::Gui::add) takes it. The kinds are those of this
/// module; there is nothing to implement elsewhere.
pub trait Component: Sized + Send + Sync + 'static {
    /// What viewers know of it: label, limits, whether it is shown.
    type Props: Props + PartialEq + Send + Sync + 'static;

    /// The type of its value; `()` where it has none.
    type Value: Clone + Send + Sync + 'static;

    /// What only this kind keeps.
    #[doc(hidden)]
    type Own: Send + Sync + 'static;

    /// Where it is.
    #[doc(hidden)]
    const PLACE: Place = Place::Container;

    /// Whether it is a form, which no other form can be in.
    #[doc(hidden)]
    const IS_FORM: bool = false;

    /// Whether its properties stay as they are.
    #[doc(hidden)]
    const IS_FIXED: bool = false;

    /// Properties and first value, if they do not contradict each other.
    #[doc(hidden)]
    fn parts(self) -> Result<Parts<Self>>;

    /// Says what is wrong with properties.
    #[doc(hidden)]
    fn check(_props: &Self::Props) -> Result<(), String> {
        Ok(())
    }

    /// The message that creates it.
    #[doc(hidden)]
    fn creation(
        uuid: Arc<str>,
        container: Arc<str>,
        props: &Self::Props,
        value: &Self::Value,
    ) -> Message;

    /// The properties that it is created with, where viser creates first and fills in afterwards.
    #[doc(hidden)]
    fn blank(_props: &Self::Props) -> Option<Self::Props> {
        None
    }

    /// The message that changes it.
    #[doc(hidden)]
    fn update(uuid: Arc<str>, updates: Updates) -> Message {
        GuiUpdate { uuid, updates }.into()
    }

    /// The message that removes it, if viewers know of it by itself.
    #[doc(hidden)]
    fn removal(uuid: Arc<str>) -> Option<Message> {
        Some(GuiRemove { uuid }.into())
    }

    /// Follows a change of properties.
    #[doc(hidden)]
    fn settle(_handle: &GuiHandle<Self>) {}

    /// A viewer says something about it.
    #[doc(hidden)]
    fn hear(_handle: &GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
        viewer.ignore(said);
    }

    /// Forgets callbacks of its own.
    #[doc(hidden)]
    fn forget_callbacks(_own: &Self::Own) {}
}

/// A component that holds a value which viewers or the program set.
pub trait Valued: Component<Value: Wire + PartialEq> {
    /// Whether it is pressed: each time counts, and nobody else is told.
    #[doc(hidden)]
    const IS_PRESSED: bool = false;

    /// Says what is wrong with a value.
    #[doc(hidden)]
    fn check_value(_props: &Self::Props, _value: &Self::Value) -> Result<(), String> {
        Ok(())
    }

    /// Whether a viewer may say this value after the other one.
    #[doc(hidden)]
    fn fits(_old: &Self::Value, _new: &Self::Value) -> bool {
        true
    }
}

/// A component that is shown among others, in some order.
pub trait Shown: Component {}

/// A component with a label, which viewers can operate unless it is disabled.
pub trait Input: Shown {}

/// Where components of a kind are.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Container,
    Modals,
    Panels,
    Commands,
}

/// What a component is made of.
#[doc(hidden)]
pub struct Parts<C: Component> {
    pub(crate) props: C::Props,
    pub(crate) value: C::Value,
    pub(crate) own: C::Own,
    /// Its place among its siblings; below those that are there where it does not say.
    pub(crate) order: Option<f64>,
}

impl<C: Component> Parts<C> {
    /// Parts whose properties have been looked at.
    pub(crate) fn new(
        props: C::Props,
        value: C::Value,
        own: C::Own,
        order: Option<f64>,
    ) -> Result<Self> {
        C::check(&props).map_err(|reason| invalid::<C>(&props, reason))?;
        if let Some(order) = order.filter(|order| !order.is_finite()) {
            let reason = format!("an order of {order} cannot be sorted; give a finite number");
            return Err(invalid::<C>(&props, reason));
        }
        Ok(Self {
            props,
            value,
            own,
            order,
        })
    }

    /// The same, if the value is one that the component can have.
    pub(crate) fn checked(self) -> Result<Self>
    where
        C: Valued,
    {
        C::check_value(&self.props, &self.value)
            .map_err(|reason| invalid::<C>(&self.props, reason))?;
        Ok(self)
    }
}

/// The error for properties or a value that make no sense.
pub(crate) fn invalid<C: Component>(props: &C::Props, reason: String) -> Error {
    let props = props.to_value();
    let text = |name| props.get(name).and_then(|value| value.as_str());
    let node = text("label").or_else(|| text("title"));
    Error::InvalidProps {
        node: node.unwrap_or("a component without a label").to_owned(),
        reason,
    }
}

/// What a viewer says about a component.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    Update(&'a GuiUpdate),
    Hold(f64),
    Submit,
    Dirty,
    Upload(&'a FileTransferStartUpload),
    Trigger,
}
