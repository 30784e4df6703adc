//! Where the glyphs of a label go. Lengths are pixels of the font, y up, from the anchor.

use super::FONT_PX;
use super::source::GlyphSource;

/// Space around the text, as a part of the line height, half of it on each side.
const PADDING: f32 = 0.2;

/// The most characters that are laid out of one label.
const MAX_CHARS: usize = 10_000;

/// How many clusters are measured as one. Of longer lines each would cost as much as all before it.
const MAX_RUN: usize = 128;

/// A label, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// What is drawn of the text; not the spaces.
    pub glyphs: Vec<PlacedGlyph>,
    /// The rectangle behind the text.
    pub background: Rect,
}

/// A glyph and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// What is drawn as one.
    pub cluster: String,
    /// Where the pen is: the left end of the glyph's baseline.
    pub pen: [f32; 2],
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Lower edge.
    pub bottom: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Lays out lines one below the other, flush left. `anchor` says which point of the rectangle is
/// at the label's position: (0, 0) its lower left corner, (1, 1) its upper right one. Lines are as
/// far apart as those of text of size `px`, but for the scale.
pub fn lay_out(text: &str, anchor: [f32; 2], px: f32, source: &mut dyn GlyphSource) -> Layout {
    let metrics = source.metrics(px);
    let [ascent, descent] = [metrics.ascent, metrics.descent].map(|h| h * FONT_PX / px);
    let line_height = ascent + descent;
    let padding = PADDING * line_height;
    let text = text
        .char_indices()
        .nth(MAX_CHARS)
        .map_or(text, |(end, _)| &text[..end]);

    // First with the upper left corner of the text block at the origin.
    let mut glyphs = Vec::new();
    let (mut width, mut top) = (0.0f32, 0.0);
    for line in text.split('\n') {
        let (mut run_x, mut run) = (0.0, String::new());
        for (i, cluster) in source.clusters(line).into_iter().enumerate() {
            // Measured from the start of the line, so that kerning is kept.
            let x = run_x + source.advance(&run);
            if i % MAX_RUN == 0 {
                (run_x, run) = (x, String::new());
            }
            run += &cluster;
            if !cluster.trim().is_empty() {
                glyphs.push(PlacedGlyph {
                    cluster,
                    pen: [x, top - ascent],
                });
            }
        }
        width = width.max(run_x + source.advance(&run));
        top -= line_height;
    }

    let size = [width + padding, -top + padding];
    let [left, bottom] = [-anchor[0] * size[0], -anchor[1] * size[1]];
    for glyph in &mut glyphs {
        glyph.pen[0] += left + padding / 2.0;
        glyph.pen[1] += bottom + size[1] - padding / 2.0;
    }
    Layout {
        glyphs,
        background: Rect {
            left,
            bottom,
            width: size[0],
            height: size[1],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::{FontMetrics, GlyphBitmap};
    use super::*;

    /// Every character is 5 wide; a line is 10 high, rounded to what is a pixel at a size.
    struct Typewriter;

    impl GlyphSource for Typewriter {
        fn metrics(&mut self, px: f32) -> FontMetrics {
            FontMetrics {
                ascent: (px / 8.0).round(),
                descent: (px / 32.0).round(),
            }
        }

        fn advance(&mut self, text: &str) -> f32 {
            5.0 * text.chars().count() as f32
        }

        fn rasterize(&mut self, _: &str) -> Option<GlyphBitmap> {
            None
        }
    }

    #[test]
    fn the_anchor_is_a_point_of_the_padded_block() {
        let layout = lay_out("ab\nc", [0.0, 1.0], FONT_PX, &mut Typewriter);
        let rect = Rect {
            left: 0.0,
            bottom: -22.0,
            width: 12.0,
            height: 22.0,
        };
        assert_eq!(layout.background, rect);
        let pens: Vec<_> = layout.glyphs.iter().map(|g| g.pen).collect();
        assert_eq!(pens, [[1.0, -9.0], [6.0, -9.0], [1.0, -19.0]]);

        let layout = lay_out("ab\nc", [1.0, 0.5], FONT_PX, &mut Typewriter);
        let rect = Rect {
            left: -12.0,
            bottom: -11.0,
            width: 12.0,
            height: 22.0,
        };
        assert_eq!(layout.background, rect);
        assert_eq!(layout.glyphs[2].pen, [-11.0, -8.0]);
    }

    #[test]
    fn long_lines_are_measured_in_runs() {
        /// Notes the longest text that it had to measure.
        struct Watched(usize);

        impl GlyphSource for Watched {
            fn metrics(&mut self, px: f32) -> FontMetrics {
                Typewriter.metrics(px)
            }

            fn advance(&mut self, text: &str) -> f32 {
                self.0 = self.0.max(text.len());
                Typewriter.advance(text)
            }

            fn rasterize(&mut self, _: &str) -> Option<GlyphBitmap> {
                None
            }
        }

        let mut source = Watched(0);
        let layout = lay_out(&"x".repeat(1000), [0.0, 0.0], FONT_PX, &mut source);
        assert_eq!(source.0, MAX_RUN);
        assert_eq!(layout.glyphs[999].pen[0], 1.0 + 999.0 * 5.0);
        assert_eq!(layout.background.width, 5002.0);
    }

    #[test]
    fn lines_are_as_far_apart_as_at_the_size_that_is_shown() {
        // Two pixels and half of one, which is rounded, each four of the font.
        let layout = lay_out("a\nb", [0.0, 1.0], 16.0, &mut Typewriter);
        let line = 4.0 * 3.0;
        assert_eq!(layout.glyphs[1].pen[1], layout.glyphs[0].pen[1] - line);
        assert!((layout.background.height - 2.2 * line).abs() < 1e-3);
    }

    #[test]
    fn spaces_take_room_and_draw_nothing() {
        let layout = lay_out("a b ", [0.0, 0.0], FONT_PX, &mut Typewriter);
        assert_eq!(layout.glyphs.len(), 2);
        assert_eq!(layout.glyphs[1].pen[0], 11.0);
        assert_eq!(layout.background.width, 22.0);
        assert!(
            lay_out("", [0.0, 0.0], FONT_PX, &mut Typewriter)
                .glyphs
                .is_empty()
        );
    }
}
