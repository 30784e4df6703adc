//! The brand's colours: from the ten shades of a theme to what the page is drawn with.
//!
//! Contrast is that of [WCAG 2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): text has at
//! least 4.5 to 1 on what is behind it, whatever the brand's colour.

use crate::gui::color::{contrast, hex};

/// The shades that filled controls have, light and dark, counted from the lightest.
const FILLED: [usize; 2] = [6, 8];
/// What is behind panels' text, light and dark.
const BACKS: [[u8; 3]; 2] = [[0xff; 3], [0x24; 3]];
/// The contrast that text needs.
const AA: f64 = 4.5;

/// What the style sheets take of a theme, as CSS colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Filled controls.
    pub filled: String,
    /// The same under the pointer.
    pub hover: String,
    /// Text on filled controls.
    pub on_filled: &'static str,
    /// Text and marks on panels.
    pub text: String,
}

impl Brand {
    /// The colours of a theme; `None` if they are none.
    pub fn new(shades: &[String; 10], is_dark: bool) -> Option<Self> {
        let mut colors = [[0; 3]; 10];
        for (color, text) in colors.iter_mut().zip(shades) {
            *color = parse(text)?;
        }
        let filled = FILLED[usize::from(is_dark)];
        let black = contrast(colors[filled], [0; 3]);
        let white = contrast(colors[filled], [255; 3]);
        let back = BACKS[usize::from(is_dark)];
        // From the shade that controls have to whatever is far enough from the background.
        let farther: Vec<usize> = match is_dark {
            true => (0..=filled).rev().collect(),
            false => (filled..10).collect(),
        };
        let legible = |color: [u8; 3]| contrast(color, back) >= AA;
        let text = farther
            .into_iter()
            .map(|shade| colors[shade])
            .find(|c| legible(*c));
        let text = text.unwrap_or(if is_dark { [255; 3] } else { [0; 3] });
        Some(Self {
            filled: hex(colors[filled]),
            hover: hex(colors[if black > white {
                filled - 1
            } else {
                (filled + 1).min(9)
            }]),
            on_filled: if black > white { "#000" } else { "#fff" },
            text: hex(text),
        })
    }
}

/// Reads `#rrggbb`.
fn parse(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let all = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = all.to_be_bytes();
    Some([r, g, b])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrast_is_that_of_the_definition() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn what_is_no_colour_is_no_brand() {
        let shades = |text: &str| std::array::from_fn(|_| text.to_owned());
        assert!(Brand::new(&shades("#12ab9F"), false).is_some());
        for wrong in ["", "12ab9f", "#12ab9", "#12ab9g", "red", "#éé"] {
            assert_eq!(Brand::new(&shades(wrong), false), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn text_is_legible_for_every_brand(colors: [[u8; 3]; 10], is_dark: bool) {
            let brand = Brand::new(&colors.map(hex), is_dark).unwrap();
            let back = BACKS[usize::from(is_dark)];
            prop_assert!(contrast(parse(&brand.text).unwrap(), back) >= AA);
            let on = if brand.on_filled == "#fff" { [255; 3] } else { [0; 3] };
            prop_assert!(contrast(parse(&brand.filled).unwrap(), on) >= AA);
        }
    }
}
