//! Where glyphs come from.

/// Vertical measures of a font, in pixels at a given size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontMetrics {
    /// From the baseline up to the top of a line.
    pub ascent: f32,
    /// From the baseline down to the bottom of a line, positive.
    pub descent: f32,
}

/// A drawn glyph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GlyphBitmap {
    /// From the pen to the left edge of the bitmap, pixels to the right.
    pub left: i32,
    /// From the baseline to the top edge of the bitmap, pixels upwards.
    pub top: i32,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// How much of each pixel is covered, 0 to 255, from the top row down.
    pub coverage: Vec<u8>,
}

/// Measures and draws text in one font, at [`FONT_PX`](super::FONT_PX) unless told otherwise.
pub trait GlyphSource {
    /// The height of lines of text of this size, pixels. Browsers round it to whole ones, so that
    /// lines of small text are a little closer or farther.
    fn metrics(&mut self, px: f32) -> FontMetrics;

    /// How far the pen moves over `text`, which has no line breaks, in pixels.
    fn advance(&mut self, text: &str) -> f32;

    /// Draws a cluster; `None` if there is nothing to draw.
    fn rasterize(&mut self, cluster: &str) -> Option<GlyphBitmap>;

    /// Pixels of the screen along a CSS pixel.
    fn pixel_ratio(&self) -> f32 {
        1.0
    }

    /// Splits a line into what is drawn as one: letters with their accents, and joined emoji.
    fn clusters(&mut self, line: &str) -> Vec<String> {
        let mut clusters: Vec<String> = Vec::new();
        let mut joins_next = false;
        for c in line.chars() {
            match clusters.last_mut() {
                Some(cluster) if joins_next || extends(c) => cluster.push(c),
                _ => clusters.push(c.to_string()),
            }
            joins_next = c == ZERO_WIDTH_JOINER;
        }
        clusters
    }
}

const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Whether a character belongs to the one before it. Covers the common cases; the browser knows
/// them all.
fn extends(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{1F3FB}'..='\u{1F3FF}'
        | ZERO_WIDTH_JOINER)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl GlyphSource for Nothing {
        fn metrics(&mut self, _: f32) -> FontMetrics {
            FontMetrics {
                ascent: 0.0,
                descent: 0.0,
            }
        }

        fn advance(&mut self, _: &str) -> f32 {
            0.0
        }

        fn rasterize(&mut self, _: &str) -> Option<GlyphBitmap> {
            None
        }
    }

    #[test]
    fn accents_and_joined_emoji_stay_together() {
        assert_eq!(Nothing.clusters("ae\u{301}b"), ["a", "e\u{301}", "b"]);
        let family = "\u{1F468}\u{200D}\u{1F469}\u{1F3FD}";
        assert_eq!(Nothing.clusters(&format!("{family}x")), [family, "x"]);
    }
}
