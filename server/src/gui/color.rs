//! Colours.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Said, Valued},
    element::Viewer,
};
use crate::error::Result;
use scenecast_protocol::gui;

/// Declares a component for colours of so many channels.
macro_rules! color {
    ($(#[$doc:meta])* $Kind:ident, $N:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $Kind {
            props: gui::$Kind,
            order: Option<f64>,
            value: [u8; $N],
        }

        input! { $Kind }

        impl $Kind {
            /// This colour at first; channels of 0 to 255.
            pub fn new(label: impl Into<String>, value: [u8; $N]) -> Self {
                Self {
                    props: gui::$Kind::default().label(label),
                    order: None,
                    value,
                }
            }
        }

        impl Component for $Kind {
            type Props = gui::$Kind;
            type Value = [u8; $N];
            type Own = ();

            fn parts(self) -> Result<Parts<Self>> {
                Parts::new(self.props, self.value, (), self.order)
            }

            in_container! { @creation $Kind, value => value.map(i64::from) }

            fn hear(handle: &super::GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
                super::input::hear_value(handle, said, viewer);
            }
        }

        impl Valued for $Kind {}
    };
}

color! {
    /// A colour.
    Rgb, 3
}

color! {
    /// A colour with opacity, which is the last channel.
    Rgba, 4
}
