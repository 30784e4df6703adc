//! Charts.

use super::{
    GuiHandle,
    builder::{in_container, shown},
    chart::{Axis, Band, Cursor, Focus, Legend, Scale, Series},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::{Array, gui};
use std::collections::BTreeMap;

/// A chart drawn by uPlot: fast for many points that change often.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::gui::{Uplot, chart::Series};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// let x: Vec<f64> = (0..100).map(f64::from).collect();
/// let y: Vec<f64> = x.iter().map(|x| x.sin()).collect();
/// let line = Series::default().label("sin x").stroke("red").width(2.0);
/// let chart = server.gui().add(Uplot::new([x, y], [Series::default(), line]).aspect(2.0))?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Uplot {
    props: gui::Uplot,
    order: Option<f64>,
}

shown! { Uplot }

impl Uplot {
    /// These numbers, x first and then at least one series of y, each `[K]`; and how each of them
    /// looks, x included.
    pub fn new<A: Into<Array<f64>>>(
        data: impl IntoIterator<Item = A>,
        series: impl Into<Vec<Series>>,
    ) -> Self {
        let data: Vec<Array<f64>> = data.into_iter().map(Into::into).collect();
        Self {
            props: gui::Uplot::default().data(data).series(series),
            order: None,
        }
    }

    /// 1: all series share their x values; 2: each has its own.
    #[must_use]
    pub fn mode(mut self, mode: i64) -> Self {
        self.props.mode = Some(mode);
        self
    }

    /// Heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.props.title = Some(title.into());
        self
    }

    /// Areas between series.
    #[must_use]
    pub fn bands(mut self, bands: impl Into<Vec<Band>>) -> Self {
        self.props.bands = Some(bands.into());
        self
    }

    /// Scales by name, such as `x` and `y`.
    #[must_use]
    pub fn scales<N: Into<String>>(mut self, scales: impl IntoIterator<Item = (N, Scale)>) -> Self {
        let scales = scales.into_iter().map(|(name, scale)| (name.into(), scale));
        self.props.scales = Some(scales.collect::<BTreeMap<_, _>>());
        self
    }

    /// Axes.
    #[must_use]
    pub fn axes(mut self, axes: impl Into<Vec<Axis>>) -> Self {
        self.props.axes = Some(axes.into());
        self
    }

    /// The legend.
    #[must_use]
    pub fn legend(mut self, legend: Legend) -> Self {
        self.props.legend = Some(legend);
        self
    }

    /// What follows the pointer.
    #[must_use]
    pub fn cursor(mut self, cursor: Cursor) -> Self {
        self.props.cursor = Some(cursor);
        self
    }

    /// How series look while another one is under the pointer.
    #[must_use]
    pub fn focus(mut self, focus: Focus) -> Self {
        self.props.focus = Some(focus);
        self
    }

    /// Width divided by height; 1 unless set.
    #[must_use]
    pub fn aspect(mut self, aspect: f64) -> Self {
        self.props.aspect = aspect;
        self
    }

    /// Height in pixels, instead of an aspect.
    #[must_use]
    pub fn height(mut self, pixels: i64) -> Self {
        self.props.height = Some(pixels);
        self
    }

    /// Space above, right, below and left, pixels.
    #[must_use]
    pub fn padding(mut self, pixels: [i64; 4]) -> Self {
        self.props.padding = Some(pixels);
        self
    }
}

impl Component for Uplot {
    type Props = gui::Uplot;
    type Value = ();
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    fn check(props: &gui::Uplot) -> Result<(), String> {
        let lengths: Vec<usize> = props.data.iter().map(Array::len).collect();
        if lengths.len() < 2 {
            let count = lengths.len();
            return Err(format!(
                "data has {count} arrays; give x, and one of y at least"
            ));
        }
        if lengths.iter().any(|length| *length != lengths[0]) {
            return Err(format!(
                "the arrays of data are {lengths:?} long; give one length"
            ));
        }
        if props.series.len() != lengths.len() {
            return Err(format!(
                "there are {} series for {} arrays; give one for each, x included",
                props.series.len(),
                lengths.len()
            ));
        }
        if !(props.aspect > 0.0 && props.aspect.is_finite()) {
            let aspect = props.aspect;
            return Err(format!(
                "an aspect of {aspect} has no area; give a positive number"
            ));
        }
        match props.mode {
            None | Some(1 | 2) => Ok(()),
            Some(mode) => Err(format!("there is no mode {mode}; give 1 or 2")),
        }
    }

    in_container! { Uplot }
}

impl GuiHandle<Uplot> {
    /// Shows other numbers, as many arrays as before.
    ///
    /// # Errors
    /// The component has been removed, or the arrays do not fit each other or the series.
    pub fn set_data<A: Into<Array<f64>>>(&self, data: impl IntoIterator<Item = A>) -> Result<()> {
        let data = data.into_iter().map(Into::into).collect();
        self.update(|props| props.data = data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_that_do_not_fit_are_refused() {
        let series = |count| vec![Series::default(); count];
        let is_ok = |chart: Uplot| chart.parts().is_ok();
        assert!(is_ok(Uplot::new([vec![0.0], vec![1.0]], series(2))));
        assert!(!is_ok(Uplot::new([vec![0.0]], series(1))));
        assert!(!is_ok(Uplot::new([vec![0.0], vec![1.0, 2.0]], series(2))));
        assert!(!is_ok(Uplot::new([vec![0.0], vec![1.0]], series(1))));
        assert!(!is_ok(
            Uplot::new([vec![0.0], vec![1.0]], series(2)).mode(3)
        ));
        assert!(!is_ok(
            Uplot::new([vec![0.0], vec![1.0]], series(2)).aspect(0.0)
        ));
    }
}
