//! What a program holds of a component.

use super::{
    GuiInner,
    component::{Component, Input, Shown, Valued},
    element::Element,
};
use crate::{client::Client, error::Result, infra::callbacks::CallbackId};
use scenecast_protocol::{Value, Wire};
use std::{fmt, future::Future, sync::Arc};

/// A component in the GUI. Cloning is cheap; dropping it leaves the component where it is.
///
/// All calls but [`is_removed`](Self::is_removed) fail with [`Removed`](crate::Error::Removed) once
/// the component, or what it is in, is removed.
pub struct GuiHandle<C: Component> {
    pub(crate) element: Arc<Element<C>>,
    pub(crate) gui: Arc<GuiInner>,
}

/// A component's value changed, or it was pressed.
#[non_exhaustive]
pub struct GuiEvent<C: Component> {
    /// The viewer who did it; `None` if the program did.
    pub client: Option<Client>,
    /// The new value.
    pub value: C::Value,
    /// The component.
    pub target: GuiHandle<C>,
}

impl<C: Component> GuiHandle<C> {
    /// A copy of the properties.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn props(&self) -> Result<C::Props> {
        self.element.read(|state| state.props.clone())
    }

    /// Changes properties. Viewers get those that differ afterwards, each by itself.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::gui::Text;
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// let name = server.gui().add(Text::new("Name"))?;
    /// name.update(|p| p.label = "Your name".to_owned())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The component has been removed, or the new properties contradict each other; nothing changes
    /// then.
    pub fn update<R>(&self, change: impl FnOnce(&mut C::Props) -> R) -> Result<R> {
        let result = self.element.update(change)?;
        C::settle(self);
        Ok(result)
    }

    /// Sets a property that all components of some sort have.
    pub(super) fn set(&self, name: &'static str, value: &impl Wire) -> Result<()> {
        let value: Value = value.to_value();
        let old = self.element.read(|state| state.props.to_value())?;
        if old.get(name) == Some(&value) {
            return Ok(());
        }
        self.element.set_properties(vec![(name, value)])
    }

    /// Removes the component with everything in it.
    ///
    /// # Errors
    /// It has been removed before.
    pub fn remove(&self) -> Result<()> {
        self.gui.remove(&self.element.uuid)
    }

    /// Whether the component has been removed.
    pub fn is_removed(&self) -> bool {
        self.element.is_removed()
    }
}

impl<C: Shown> GuiHandle<C> {
    /// Shows or hides the component.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_visible(&self, visible: bool) -> Result<()> {
        self.set("visible", &visible)
    }

    /// Moves the component among its siblings, which are sorted by this number.
    ///
    /// # Errors
    /// The component has been removed, or the order is not finite.
    pub fn set_order(&self, order: f64) -> Result<()> {
        if !order.is_finite() {
            return Err(crate::Error::InvalidValue {
                what: "order",
                reason: format!("{order} cannot be sorted; give a finite number"),
            });
        }
        self.set("order", &order)
    }
}

impl<C: Input> GuiHandle<C> {
    /// Refuses or allows input.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_disabled(&self, disabled: bool) -> Result<()> {
        self.set("disabled", &disabled)
    }

    /// Sets the text of the tooltip.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_hint(&self, hint: Option<&str>) -> Result<()> {
        self.set("hint", &hint.map(str::to_owned))
    }
}

impl<C: Valued> GuiHandle<C> {
    /// Calls `callback` for each change of the value, in order; for buttons, each time that one is
    /// pressed.
    pub fn on_update(&self, callback: impl Fn(&GuiEvent<C>) + Send + Sync + 'static) -> CallbackId {
        self.element.callbacks.add(callback)
    }

    /// Like [`on_update`](Self::on_update), for an async callback.
    pub fn on_update_async<F>(
        &self,
        callback: impl Fn(GuiEvent<C>) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.element.callbacks.add_async(callback)
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_update_callback(&self, id: CallbackId) -> bool {
        self.element.callbacks.remove(id)
    }

    /// Stops calling all callbacks for changes.
    pub fn remove_update_callbacks(&self) {
        self.element.callbacks.clear();
    }
}

/// Declares how callbacks of some kind of component are added and removed, under viser's names.
macro_rules! callbacks {
    ($Kind:ident: $on:ident, $on_async:ident, $remove:ident, $remove_all:ident; $when:literal) => {
        impl $crate::gui::GuiHandle<$Kind> {
            #[doc = concat!("Calls `callback` ", $when, ", in order.")]
            pub fn $on(
                &self,
                callback: impl Fn(&$crate::gui::GuiEvent<$Kind>) + Send + Sync + 'static,
            ) -> $crate::CallbackId {
                self.element.callbacks.add(callback)
            }

            #[doc = concat!("Like [`", stringify!($on), "`](Self::", stringify!($on), "), for an async callback.")]
            pub fn $on_async<F>(
                &self,
                callback: impl Fn($crate::gui::GuiEvent<$Kind>) -> F + Send + Sync + 'static,
            ) -> $crate::CallbackId
            where
                F: std::future::Future<Output = ()> + Send + 'static,
            {
                self.element.callbacks.add_async(callback)
            }

            /// Stops calling a callback; `false` if it is not known.
            pub fn $remove(&self, id: $crate::CallbackId) -> bool {
                self.element.callbacks.remove(id)
            }

            /// Stops calling all of these callbacks.
            pub fn $remove_all(&self) {
                self.element.callbacks.clear();
            }
        }
    };
}

pub(super) use callbacks;

impl<C: Component> Clone for GuiHandle<C> {
    fn clone(&self) -> Self {
        Self {
            element: Arc::clone(&self.element),
            gui: Arc::clone(&self.gui),
        }
    }
}

impl<C: Component> Clone for GuiEvent<C> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            value: self.value.clone(),
            target: self.target.clone(),
        }
    }
}

impl<C: Component> fmt::Debug for GuiHandle<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GuiHandle({})", self.element.uuid)
    }
}

impl<C: Component<Value: fmt::Debug>> fmt::Debug for GuiEvent<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuiEvent")
            .field("client", &self.client)
            .field("value", &self.value)
            .field("target", &self.target)
            .finish()
    }
}
