//! HTML.

props! {
    /// A piece of HTML.
    pub struct Html as "GuiHtmlProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// The source.
        content: String = String::new(),
        /// Whether it is shown.
        visible: bool = true,
    }
}
