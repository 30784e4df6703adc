//! Numbers.

props! {
    /// A number.
    pub struct Number as "GuiNumberProps" {
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
        /// Decimals shown.
        precision: i64 = i64::default(),
        /// Smallest step between values.
        step: f64 = 1.0,
        /// Lowest value.
        min: Option<f64> = None,
        /// Highest value.
        max: Option<f64> = None,
    }
}

props! {
    /// Two numbers.
    pub struct Vector2 as "GuiVector2Props" {
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
        min: Option<[f64; 2]> = None,
        /// Highest value.
        max: Option<[f64; 2]> = None,
        /// Smallest step between values.
        step: f64 = 1.0,
        /// Decimals shown.
        precision: i64 = i64::default(),
    }
}

props! {
    /// Three numbers.
    pub struct Vector3 as "GuiVector3Props" {
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
        min: Option<[f64; 3]> = None,
        /// Highest value.
        max: Option<[f64; 3]> = None,
        /// Smallest step between values.
        step: f64 = 1.0,
        /// Decimals shown.
        precision: i64 = i64::default(),
    }
}
