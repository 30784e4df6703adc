//! What the builders of components share.

/// Builder methods of a component that is shown among others.
macro_rules! shown {
    ($Kind:ident) => {
        impl $Kind {
            /// Its place among its siblings, ascending; below those that are there unless set.
            #[must_use]
            pub fn order(mut self, order: f64) -> Self {
                self.order = Some(order);
                self
            }

            /// Whether it is shown; `true` unless set.
            #[must_use]
            pub fn visible(mut self, visible: bool) -> Self {
                self.props.visible = visible;
                self
            }
        }

        impl $crate::gui::component::Shown for $Kind {}
    };
}

/// Builder methods of a component that viewers operate.
macro_rules! input {
    ($Kind:ident) => {
        $crate::gui::builder::shown! { $Kind }

        impl $Kind {
            /// Text of the tooltip.
            #[must_use]
            pub fn hint(mut self, hint: impl Into<String>) -> Self {
                self.props.hint = Some(hint.into());
                self
            }

            /// Whether input is refused; `false` unless set.
            #[must_use]
            pub fn disabled(mut self, disabled: bool) -> Self {
                self.props.disabled = disabled;
                self
            }
        }

        impl $crate::gui::component::Input for $Kind {}
    };
}

/// How a component in a container is created, and how one with a value is changed.
macro_rules! in_container {
    ($Kind:ident(value)) => {
        $crate::gui::builder::in_container! { @creation $Kind, value => value.clone() }

        fn hear(
            handle: &$crate::gui::GuiHandle<Self>,
            said: &$crate::gui::component::Said<'_>,
            viewer: &$crate::gui::element::Viewer<'_>,
        ) {
            $crate::gui::input::hear_value(handle, said, viewer);
        }
    };
    ($Kind:ident) => {
        $crate::gui::builder::in_container! { @creation $Kind, _value }
    };
    (@creation $Kind:ident, $value:ident $(=> $sent:expr)?) => {
        fn creation(
            uuid: std::sync::Arc<str>,
            container: std::sync::Arc<str>,
            props: &Self::Props,
            $value: &Self::Value,
        ) -> scenecast_protocol::Message {
            let component = scenecast_protocol::gui::Component::$Kind(props.clone() $(, $sent)?);
            scenecast_protocol::gui::AddComponent {
                uuid,
                container_uuid: container.to_string(),
                component: Box::new(component),
            }
            .into()
        }
    };
}

pub(super) use {in_container, input, shown};
