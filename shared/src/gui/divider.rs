//! Dividers.

props! {
    /// A line between components.
    pub struct Divider as "GuiDividerProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Whether it is shown.
        visible: bool = true,
    }
}
