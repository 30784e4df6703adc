//! Sliders.

props! {
    /// A number on a track.
    pub struct Slider as "GuiSliderProps" {
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
        /// Lowest value.
        min: f64 = 0.0,
        /// Highest value.
        max: f64 = 100.0,
        /// Smallest step between values.
        step: f64 = 1.0,
        /// Decimals shown.
        precision: i64 = i64::default(),
        /// Marks along the track; `None` marks both ends.
        marks ("_marks"): Option<Vec<SliderMark>> = None,
    }
}

props! {
    /// Several numbers on a track.
    pub struct MultiSlider as "GuiMultiSliderProps" {
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
        /// Lowest value.
        min: f64 = 0.0,
        /// Highest value.
        max: f64 = 100.0,
        /// Smallest step between values.
        step: f64 = 1.0,
        /// Smallest distance between neighbouring thumbs; `None` for one step.
        min_range: Option<f64> = None,
        /// Decimals shown.
        precision: i64 = i64::default(),
        /// Whether the outer thumbs stay where they are.
        fixed_endpoints: bool = false,
        /// Marks along the track; `None` marks both ends.
        marks ("_marks"): Option<Vec<SliderMark>> = None,
    }
}

record! {
    /// A mark along a slider.
    pub struct SliderMark as "GuiSliderMark" {
        /// Where it is.
        value: f64,
        /// Text under it.
        label: Option<String>,
    }
}
