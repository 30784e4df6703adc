//! Plotly figures.

props! {
    /// A figure drawn by Plotly.
    pub struct Plotly as "GuiPlotlyProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// The figure as JSON.
        plotly_json_str ("_plotly_json_str"): String = String::new(),
        /// Height divided by width.
        aspect: f64 = 1.0,
        /// Whether it is shown.
        visible: bool = true,
    }
}
