//! Folders and forms.

props! {
    /// A group of components that folds.
    pub struct Folder as "GuiFolderProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Heading; `None` draws no frame.
        label: Option<String> = None,
        /// Whether it is shown.
        visible: bool = true,
        /// Whether it starts open.
        expand_by_default: bool = true,
    }
}
