//! Plotly figures.

use super::{
    GuiHandle,
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::{Error, Result};
use scenecast_protocol::gui;
use serde_json::{Map, Value};

/// A figure drawn by Plotly: an object with `data`, `layout`, and perhaps `config`, as Plotly's
/// libraries write it.
///
/// Plotly itself is no part of this crate. Our client loads it from this server, which has it
/// from [`plotly_js`](crate::Builder::plotly_js); viser's client must be sent it with
/// [`Gui::send_plotly`](super::Gui::send_plotly).
#[derive(Debug, Clone)]
pub struct Plotly {
    props: gui::Plotly,
    order: Option<f64>,
    figure: Value,
    config: Config,
}

/// Options that are added to those of each figure.
type Config = Map<String, Value>;

shown! { Plotly }

impl Plotly {
    /// This figure, as high as it is wide.
    pub fn new(figure: Value) -> Self {
        Self {
            props: gui::Plotly::default(),
            order: None,
            figure,
            config: Config::new(),
        }
    }

    /// Height divided by width; 1 unless set.
    #[must_use]
    pub fn aspect(mut self, aspect: f64) -> Self {
        self.props.aspect = aspect;
        self
    }

    /// Options of Plotly's, which are added to those in the figure's `config`.
    #[must_use]
    pub fn config(mut self, config: Map<String, Value>) -> Self {
        self.config = config;
        self
    }
}

/// The figure with these options, as JSON.
fn text(mut figure: Value, config: &Config) -> Result<String> {
    let Some(parts) = figure.as_object_mut() else {
        return Err(Error::InvalidValue {
            what: "figure",
            reason: format!("{figure} is no figure; give an object with `data` and `layout`"),
        });
    };
    if !config.is_empty() {
        let known = parts
            .entry("config")
            .or_insert_with(|| Config::new().into());
        if let Some(known) = known.as_object_mut() {
            known.extend(config.clone());
        }
    }
    Ok(figure.to_string())
}

impl Component for Plotly {
    type Props = gui::Plotly;
    type Value = ();
    type Own = Map<String, Value>;

    fn parts(mut self) -> Result<Parts<Self>> {
        self.props.plotly_json_str = text(self.figure, &self.config)?;
        Parts::new(self.props, (), self.config, self.order)
    }

    fn check(props: &gui::Plotly) -> Result<(), String> {
        if props.aspect > 0.0 && props.aspect.is_finite() {
            return Ok(());
        }
        Err(format!(
            "an aspect of {} has no area; give a positive number",
            props.aspect
        ))
    }

    in_container! { Plotly }

    fn blank(props: &gui::Plotly) -> Option<gui::Plotly> {
        Some(props.clone().plotly_json_str("").aspect(1.0))
    }
}

impl GuiHandle<Plotly> {
    /// Shows another figure, with the same options.
    ///
    /// # Errors
    /// The component has been removed, or the figure is no object.
    pub fn set_figure(&self, figure: Value) -> Result<()> {
        let text = text(figure, &self.element.own)?;
        self.update(|props| props.plotly_json_str = text)
    }
}
