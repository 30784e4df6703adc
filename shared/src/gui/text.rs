//! Text fields.

props! {
    /// A text.
    pub struct Text as "GuiTextProps" {
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
        /// Whether the text may have several lines.
        multiline: bool = false,
    }
}
