//! Colours.

props! {
    /// A colour.
    pub struct Rgb as "GuiRgbProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Text beside the input.
        label: String = String::new(),
        /// Text of the tooltip.
        hint: Option<String> = None,
        /// Whether it is shown.
        visible: bool = true,
        /// Whether input is refused.
        disabled: bool = false,
    }
}

props! {
    /// A colour with opacity.
    pub struct Rgba as "GuiRgbaProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Text beside the input.
        label: String = String::new(),
        /// Text of the tooltip.
        hint: Option<String> = None,
        /// Whether it is shown.
        visible: bool = true,
        /// Whether input is refused.
        disabled: bool = false,
    }
}
