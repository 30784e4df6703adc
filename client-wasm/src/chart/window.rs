//! Which part of the x axis is seen, and what becomes of it with other data.

use scenecast_protocol::Value;
use scenecast_protocol::gui::Uplot;

/// The x scale's range where a message gives it: what is seen first, and again after a double
/// click. What the user chose in between stays with other data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinned {
    /// The data's first x where there is none.
    min: Option<f64>,
    /// The data's last x where there is none.
    max: Option<f64>,
}

impl Pinned {
    /// The range of a message; `None` where the scale is automatic.
    pub fn of(props: &Uplot) -> Option<Self> {
        let range = props.scales.as_ref()?.get("x")?.range.as_ref()?;
        let side = |value: &Value| value.as_f64().filter(|side| side.is_finite());
        match range {
            Value::List(sides) if sides.len() == 2 => Some(Self {
                min: side(&sides[0]),
                max: side(&sides[1]),
            }),
            _ => None,
        }
    }

    /// What is seen of ascending values.
    pub fn seen(self, xs: &[f64]) -> Option<[f64; 2]> {
        let min = self.min.or_else(|| xs.first().copied())?;
        let max = self.max.or_else(|| xs.last().copied())?;
        (min < max).then_some([min, max])
    }
}

/// The lowest and the highest number; `None` where there is but one, or none.
pub fn extent(xs: &[f64]) -> Option<[f64; 2]> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for x in xs {
        (low, high) = (low.min(*x), high.max(*x));
    }
    (high - low > 0.0 && (high - low).is_finite()).then_some([low, high])
}

/// What is seen of an automatic scale, as shares of the data's extent: it stays while data comes
/// and goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window([f64; 2]);

impl Default for Window {
    /// All of it.
    fn default() -> Self {
        Self([0.0, 1.0])
    }
}

impl Window {
    /// The part that is seen, of data with this extent.
    pub fn of([min, max]: [f64; 2], [low, high]: [f64; 2]) -> Self {
        let share = |x: f64| (x - low) / (high - low);
        let shares = [share(min), share(max)];
        if shares.iter().all(|share| share.is_finite()) {
            Self(shares)
        } else {
            Self::default()
        }
    }

    /// What is to be seen of other data.
    pub fn within(self, [low, high]: [f64; 2]) -> [f64; 2] {
        self.0.map(|share| low + share * (high - low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenecast_protocol::gui::uplot::Scale;

    fn pinned(range: Value) -> Option<Pinned> {
        let scales = [("x".to_owned(), Scale::default().range(range))];
        Pinned::of(&Uplot::default().scales(std::collections::BTreeMap::from(scales)))
    }

    #[test]
    fn ranges_that_are_given_are_seen() {
        let range = pinned(Value::List(vec![Value::Int(1), Value::Float(2.5)])).unwrap();
        assert_eq!(range.seen(&[0.0, 9.0]), Some([1.0, 2.5]));
        let half = pinned(Value::List(vec![Value::Nil, Value::Int(0)])).unwrap();
        assert_eq!(half.seen(&[-5.0, -4.0, 9.0]), Some([-5.0, 0.0]));
        assert_eq!(half.seen(&[]), None);
        assert_eq!(half.seen(&[3.0]), None);
        for other in [Value::Nil, Value::Int(1), Value::List(vec![])] {
            assert_eq!(pinned(other), None);
        }
        assert_eq!(Pinned::of(&Uplot::default()), None);
    }

    #[test]
    fn the_window_moves_with_the_data() {
        let window = Window::of([2.0, 4.0], [0.0, 8.0]);
        assert_eq!(window.within([0.0, 8.0]), [2.0, 4.0]);
        assert_eq!(window.within([100.0, 116.0]), [104.0, 108.0]);
        assert_eq!(Window::default().within([3.0, 4.0]), [3.0, 4.0]);
        assert_eq!(Window::of([f64::NAN, 1.0], [0.0, 1.0]), Window::default());
    }

    #[test]
    fn one_number_has_no_extent() {
        assert_eq!(extent(&[3.0, 1.0, 2.0]), Some([1.0, 3.0]));
        assert_eq!(extent(&[f64::NAN, 1.0, 2.0]), Some([1.0, 2.0]));
        for xs in [
            &[][..],
            &[1.0],
            &[f64::NAN],
            &[1.0, 1.0],
            &[f64::NEG_INFINITY, 1.0],
        ] {
            assert_eq!(extent(xs), None);
        }
    }
}
