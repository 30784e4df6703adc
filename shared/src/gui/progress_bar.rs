//! Progress bars.

use crate::gui::GuiColor;

props! {
    /// A bar that fills from 0 to 100.
    pub struct ProgressBar as "GuiProgressBarProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Whether stripes move along the bar.
        animated: bool = false,
        /// Colour.
        color: Option<GuiColor> = None,
        /// Whether it is shown.
        visible: bool = true,
    }
}
