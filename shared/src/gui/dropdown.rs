//! Dropdowns.

props! {
    /// One of several texts.
    pub struct Dropdown as "GuiDropdownProps" {
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
        /// The choices.
        options: Vec<String> = Vec::new(),
    }
}
