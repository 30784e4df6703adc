//! Tabs.

props! {
    /// Tabs, of which one shows its components.
    pub struct TabGroup as "GuiTabGroupProps" {
        /// Labels of the tabs.
        tab_labels ("_tab_labels"): Vec<String> = Vec::new(),
        /// Icons of the tabs, as SVG.
        tab_icons_html ("_tab_icons_html"): Vec<Option<String>> = Vec::new(),
        /// Containers of the tabs.
        tab_container_ids ("_tab_container_ids"): Vec<String> = Vec::new(),
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Whether it is shown.
        visible: bool = true,
    }
}
