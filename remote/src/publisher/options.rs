//! What a node may be created with beside its data.

use std::sync::Arc;

use crate::Value;

/// Options of a new node; what is not set is as in aitviewer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    pub(super) kwargs: Vec<(Arc<str>, Value)>,
}

impl Options {
    /// No options.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the node is called. Default: its class.
    pub fn name(self, name: &str) -> Self {
        self.set("name", name)
    }

    /// RGBA, each 0 to 1.
    pub fn color(self, color: [f32; 4]) -> Self {
        let parts = color.map(|part| Value::Float(part.into()));
        self.set("color", Value::Tuple(parts.into()))
    }

    /// Where the node is. Default: the origin.
    pub fn position(self, position: [f32; 3]) -> Self {
        let parts = position.map(|part| Value::Float(part.into()));
        self.set("position", Value::Tuple(parts.into()))
    }

    /// How the node is turned: a matrix by rows. Default: not at all.
    pub fn rotation(self, rotation: [[f32; 3]; 3]) -> Self {
        let row = |row: [f32; 3]| Value::List(row.map(|part| Value::Float(part.into())).into());
        self.set("rotation", Value::List(rotation.map(row).into()))
    }

    /// How large the node is. Default 1.
    pub fn scale(self, scale: f32) -> Self {
        self.set("scale", f64::from(scale))
    }

    /// Any other argument of the class in aitviewer, such as `flat_shading` of meshes.
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.kwargs.push((name.into(), value.into()));
        self
    }
}
