//! Buttons.

use crate::gui::GuiColor;

props! {
    /// A button.
    pub struct Button as "GuiButtonProps" {
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
        /// Colour.
        color: Option<GuiColor> = None,
        /// Icon, as SVG.
        icon_html ("_icon_html"): Option<String> = None,
        /// Rates, Hz, at which holding the button is reported.
        hold_callback_freqs ("_hold_callback_freqs"): Vec<f64> = Vec::new(),
    }
}

props! {
    /// A button that asks for a file.
    pub struct UploadButton as "GuiUploadButtonProps" {
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
        /// Colour.
        color: Option<GuiColor> = None,
        /// Icon, as SVG.
        icon_html ("_icon_html"): Option<String> = None,
        /// Files that the picker offers.
        mime_type: String = "*/*".to_owned(),
    }
}

props! {
    /// Buttons in a row.
    pub struct ButtonGroup as "GuiButtonGroupProps" {
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
