//! Labels.

use scenecast_protocol::scene::{FontSizeMode, Label, LabelAnchor};

use super::{NodeError, NodeView, Stage};
use crate::render::{LabelSize, Part};

impl NodeView for Label {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let size = match self.font_size_mode {
            FontSizeMode::Screen => LabelSize::Screen(self.font_screen_scale as f32),
            FontSizeMode::Scene => LabelSize::Scene(self.font_scene_height as f32),
        };
        let label = stage.label(&self.text, anchor(self.anchor), self.depth_test, size);
        Ok(vec![Part::label(label)])
    }
}

/// The anchor as a part of width and height, from the lower left.
fn anchor(anchor: LabelAnchor) -> [f32; 2] {
    match anchor {
        LabelAnchor::TopLeft => [0.0, 1.0],
        LabelAnchor::TopCenter => [0.5, 1.0],
        LabelAnchor::TopRight => [1.0, 1.0],
        LabelAnchor::CenterLeft => [0.0, 0.5],
        LabelAnchor::CenterCenter => [0.5, 0.5],
        LabelAnchor::CenterRight => [1.0, 0.5],
        LabelAnchor::BottomLeft => [0.0, 0.0],
        LabelAnchor::BottomCenter => [0.5, 0.0],
        LabelAnchor::BottomRight => [1.0, 0.0],
    }
}
