//! Formatted text.

props! {
    /// Text in Markdown.
    pub struct Markdown as "GuiMarkdownProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// The source, GitHub flavoured.
        markdown ("_markdown"): String = String::new(),
        /// Whether it is shown.
        visible: bool = true,
    }
}
