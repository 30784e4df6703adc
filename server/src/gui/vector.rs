//! Two or three numbers side by side.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
    decimals,
};
use crate::error::Result;
use scenecast_protocol::gui;

/// Declares a component of so many numbers.
macro_rules! vector {
    ($(#[$doc:meta])* $Vector:ident, $N:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $Vector {
            props: gui::$Vector,
            order: Option<f64>,
            value: [f64; $N],
            step: Option<f64>,
        }

        input! { $Vector }

        impl $Vector {
            /// Numbers without bounds, in steps of their last decimal.
            pub fn new(label: impl Into<String>, value: [f64; $N]) -> Self {
                Self {
                    props: gui::$Vector::default().label(label),
                    order: None,
                    value,
                    step: None,
                }
            }

            /// The lowest values.
            #[must_use]
            pub fn min(mut self, min: [f64; $N]) -> Self {
                self.props.min = Some(min);
                self
            }

            /// The highest values.
            #[must_use]
            pub fn max(mut self, max: [f64; $N]) -> Self {
                self.props.max = Some(max);
                self
            }

            /// The step between values; that of the last decimal of values and bounds unless set.
            #[must_use]
            pub fn step(mut self, step: f64) -> Self {
                self.step = Some(step);
                self
            }
        }

        impl Component for $Vector {
            type Props = gui::$Vector;
            type Value = [f64; $N];
            type Own = ();

            fn parts(mut self) -> Result<Parts<Self>> {
                let props = &mut self.props;
                let numbers = [Some(self.value), props.min, props.max];
                let numbers = || numbers.into_iter().flatten().flatten();
                props.step = self.step.unwrap_or_else(|| decimals::step(numbers()));
                props.precision = decimals::covering(numbers().chain([props.step]));
                Parts::new(self.props, self.value, (), self.order)?.checked()
            }

            fn check(props: &gui::$Vector) -> Result<(), String> {
                for i in 0..$N {
                    decimals::range(props.min.map(|min| min[i]), props.max.map(|max| max[i]))?;
                }
                decimals::positive_step(props.step)
            }

            in_container! { $Vector(value) }
        }

        impl Valued for $Vector {
            fn check_value(props: &gui::$Vector, value: &[f64; $N]) -> Result<(), String> {
                for i in 0..$N {
                    let (min, max) = (props.min.map(|min| min[i]), props.max.map(|max| max[i]));
                    decimals::within(value[i], min, max)?;
                }
                Ok(())
            }
        }
    };
}

vector! {
    /// Two numbers.
    Vector2, 2
}

vector! {
    /// Three numbers.
    Vector3, 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_count_for_each_number() {
        let inside = Vector2::new("a", [0.0, 0.5]).min([0.0; 2]).max([1.0; 2]);
        let props = inside.clone().parts().unwrap().props;
        assert_eq!((props.step, props.precision), (0.1, 1));
        assert!(inside.min([0.0, 0.6]).parts().is_err());
        let above = Vector3::new("a", [0.0, 0.0, 2.0]).max([1.0; 3]);
        assert!(above.parts().is_err());
        let reversed = Vector3::new("a", [0.0; 3]).min([0.0, 0.0, 1.0]);
        assert!(reversed.max([0.0; 3]).parts().is_err());
    }
}
