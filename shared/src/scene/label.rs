//! Text labels.

props! {
    /// Text that faces the camera. The node's rotation has no effect.
    pub struct Label as "LabelProps" {
        /// The text; `\n` starts a line.
        text: String = String::new(),
        /// Whether the text keeps its size on the screen or in the scene.
        font_size_mode: FontSizeMode = FontSizeMode::default(),
        /// Size in screen mode, as a multiple of 12 pixels.
        font_screen_scale: f64 = 1.0,
        /// Height of a line in scene mode, scene units.
        font_scene_height: f64 = 0.075,
        /// Whether nearer nodes hide the label.
        depth_test: bool = false,
        /// Which point of the text block is at the node's position.
        anchor: LabelAnchor = LabelAnchor::default(),
    }
}

impl Label {
    /// This text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// What the size of text is measured in.
    #[derive(Default)]
    FontSizeMode {
        /// Pixels.
        #[default]
        Screen = "screen",
        /// Scene units.
        Scene = "scene",
    }
}

literal! {
    /// A point of a text block.
    #[derive(Default)]
    LabelAnchor {
        /// Top left.
        #[default]
        TopLeft = "top-left",
        /// Top center.
        TopCenter = "top-center",
        /// Top right.
        TopRight = "top-right",
        /// Center left.
        CenterLeft = "center-left",
        /// Center center.
        CenterCenter = "center-center",
        /// Center right.
        CenterRight = "center-right",
        /// Bottom left.
        BottomLeft = "bottom-left",
        /// Bottom center.
        BottomCenter = "bottom-center",
        /// Bottom right.
        BottomRight = "bottom-right",
    }
}
