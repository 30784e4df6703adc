//! The texture that holds all glyphs.

use std::collections::HashMap;

use three_d::core::{Context, Interpolation, Texture2D, Wrapping};

use super::FONT_PX;
use super::distance::distance_field;
use super::source::{GlyphBitmap, GlyphSource};

/// How far from the outline distances are kept, pixels of the font.
pub(crate) const RADIUS: usize = 8;

/// Small text is drawn from smaller glyphs, in which thin strokes are as faint as they should be:
/// this many sizes, each half of the one before.
const SIZES: usize = 4;

/// How often the size of glyphs is halved for text of this size, pixels of the screen.
pub(crate) fn halvings(px: f32) -> usize {
    let is_enough = |n: &usize| px <= FONT_PX / (1 << n) as f32;
    (1..SIZES).take_while(is_enough).count()
}

/// Pixels along an edge: at first, and at most (16 MiB).
const FIRST_SIZE: usize = 512;
const MAX_SIZE: usize = 4096;

/// Where a glyph is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    /// Left, top, right, bottom in the atlas.
    pub(crate) texels: [usize; 4],
    /// From the pen to the left and upper edge, y up, pixels of the font.
    pub(crate) offset: [f32; 2],
    /// Pixels of the font along a texel's edge.
    pub(crate) step: usize,
}

/// Glyphs as distance fields, in shelves from the top down.
pub(crate) struct Atlas {
    cells: [HashMap<String, Option<Cell>>; SIZES],
    size: usize,
    texels: Vec<u8>,
    /// Where the next glyph goes, and the height of the shelf that it is on.
    next: [usize; 2],
    shelf: usize,
    texture: Option<Texture2D>,
}

impl Atlas {
    pub(crate) fn new() -> Self {
        Self {
            cells: Default::default(),
            size: FIRST_SIZE,
            texels: vec![0; FIRST_SIZE * FIRST_SIZE],
            next: [0, 0],
            shelf: 0,
            texture: None,
        }
    }

    /// Pixels along an edge.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The place of a glyph, kept at this size, drawn if it is new; `None` if there is nothing to
    /// draw or no room.
    pub(crate) fn cell(
        &mut self,
        cluster: &str,
        halvings: usize,
        source: &mut dyn GlyphSource,
    ) -> Option<Cell> {
        if let Some(cell) = self.cells[halvings].get(cluster) {
            return *cell;
        }
        let cell = self.add(cluster, 1 << halvings, source);
        self.cells[halvings].insert(cluster.to_owned(), cell);
        cell
    }

    /// The atlas on the GPU.
    pub(crate) fn texture(&mut self, context: &Context) -> &Texture2D {
        let (size, texels) = (self.size as u32, &self.texels);
        self.texture.get_or_insert_with(|| {
            let clamp = Wrapping::ClampToEdge;
            let linear = Interpolation::Linear;
            let texture =
                Texture2D::new_empty::<u8>(context, size, size, linear, linear, None, clamp, clamp);
            texture.fill(texels);
            texture
        })
    }

    fn add(&mut self, cluster: &str, step: usize, source: &mut dyn GlyphSource) -> Option<Cell> {
        let bitmap = source.rasterize(cluster)?;
        let field = Field::new(&bitmap, step);
        let [x, y] = self.room(field.width, field.texels.len() / field.width)?;
        for (row, distances) in field.texels.chunks_exact(field.width).enumerate() {
            let at = (y + row) * self.size + x;
            self.texels[at..at + field.width].copy_from_slice(distances);
        }
        self.texture = None;
        Some(Cell {
            texels: [x, y, x + field.width, y + field.texels.len() / field.width],
            offset: field.offset,
            step,
        })
    }

    /// A free place of this size.
    fn room(&mut self, width: usize, height: usize) -> Option<[usize; 2]> {
        loop {
            let [mut x, mut y] = self.next;
            let mut shelf = self.shelf;
            if x + width > self.size {
                (x, y, shelf) = (0, y + shelf, 0);
            }
            if width <= self.size && y + height <= self.size {
                self.next = [x + width, y];
                self.shelf = shelf.max(height);
                return Some([x, y]);
            }
            if self.size == MAX_SIZE {
                return None;
            }
            self.grow();
        }
    }

    /// Doubles the size; glyphs stay where they are.
    fn grow(&mut self) {
        let (old, new) = (self.size, 2 * self.size);
        let mut texels = vec![0; new * new];
        for (row, line) in self.texels.chunks_exact(old).enumerate() {
            texels[row * new..row * new + old].copy_from_slice(line);
        }
        (self.size, self.texels, self.texture) = (new, texels, None);
    }
}

/// The distance field of a glyph, each texel the mean of `step` by `step` pixels of the font.
struct Field {
    width: usize,
    texels: Vec<u8>,
    offset: [f32; 2],
}

impl Field {
    fn new(bitmap: &GlyphBitmap, step: usize) -> Self {
        let field = distance_field(bitmap, RADIUS);
        let (columns, radius) = (bitmap.width + 2 * RADIUS, RADIUS as i32);
        // The pen is at the corner of a texel.
        let (left, top) = (bitmap.left - radius, bitmap.top + radius);
        let skipped = |from: i32| from.rem_euclid(step as i32) as usize;
        let (dx, dy) = (skipped(left), skipped(-top));
        let width = (columns + dx).div_ceil(step);
        let height = (field.len() / columns + dy).div_ceil(step);
        let mut sums = vec![0; width * height];
        for (y, row) in field.chunks_exact(columns).enumerate() {
            for (x, distance) in row.iter().enumerate() {
                sums[(y + dy) / step * width + (x + dx) / step] += u32::from(*distance);
            }
        }
        let mean = |sum: &u32| (sum / (step * step) as u32) as u8;
        Self {
            width,
            texels: sums.iter().map(mean).collect(),
            offset: [(left - dx as i32) as f32, (top + dy as i32) as f32],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::FontMetrics;
    use super::*;

    /// Draws a solid block, larger for longer text.
    struct Blocks;

    impl GlyphSource for Blocks {
        fn metrics(&mut self, _: f32) -> FontMetrics {
            FontMetrics {
                ascent: 1.0,
                descent: 0.0,
            }
        }

        fn advance(&mut self, _: &str) -> f32 {
            0.0
        }

        fn rasterize(&mut self, cluster: &str) -> Option<GlyphBitmap> {
            let (width, height) = (40 + cluster.len(), 50);
            let coverage = vec![255; width * height];
            Some(GlyphBitmap {
                left: 1,
                top: 40,
                width,
                height,
                coverage,
            })
        }
    }

    #[test]
    fn glyphs_do_not_overlap_and_stay_when_the_atlas_grows() {
        let mut atlas = Atlas::new();
        let names: Vec<String> = (0..300).map(|i| i.to_string()).collect();
        let cells: Vec<Cell> = names
            .iter()
            .map(|name| atlas.cell(name, 0, &mut Blocks).unwrap())
            .collect();
        assert!(atlas.size() > FIRST_SIZE);
        for (i, a) in cells.iter().enumerate() {
            assert_eq!(atlas.cell(&names[i], 0, &mut Blocks), Some(*a));
            let [left, top, right, bottom] = a.texels;
            assert!(right <= atlas.size() && bottom <= atlas.size());
            let middle = (top + bottom) / 2 * atlas.size() + (left + right) / 2;
            assert_eq!(atlas.texels[middle], 255);
            for b in &cells[..i] {
                let apart = b.texels[0] >= right
                    || left >= b.texels[2]
                    || b.texels[1] >= bottom
                    || top >= b.texels[3];
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn small_text_has_small_glyphs_with_the_pen_at_a_corner() {
        let mut atlas = Atlas::new();
        let of_size =
            |atlas: &mut Atlas, px: f32| atlas.cell("a", halvings(px), &mut Blocks).unwrap();
        let whole = of_size(&mut atlas, 40.0);
        assert_eq!((whole.step, whole.offset), (1, [-7.0, 48.0]));
        // From 7 pixels left of the pen and 48 above it, 57 by 66 of them.
        let small = of_size(&mut atlas, 12.0);
        assert_eq!((small.step, small.offset), (4, [-8.0, 48.0]));
        let [left, top, right, bottom] = small.texels;
        assert_eq!((right - left, bottom - top), (15, 17));
        assert_eq!(of_size(&mut atlas, 16.0), small);
        assert_eq!(of_size(&mut atlas, 3.0).step, 8);
        let middle = (top + bottom) / 2 * atlas.size() + (left + right) / 2;
        assert_eq!(atlas.texels[middle], 255);
    }

    #[test]
    fn a_full_atlas_leaves_glyphs_out() {
        struct Huge;
        impl GlyphSource for Huge {
            fn metrics(&mut self, _: f32) -> FontMetrics {
                FontMetrics {
                    ascent: 1.0,
                    descent: 0.0,
                }
            }

            fn advance(&mut self, _: &str) -> f32 {
                0.0
            }

            fn rasterize(&mut self, _: &str) -> Option<GlyphBitmap> {
                let coverage = vec![0; 5000];
                Some(GlyphBitmap {
                    left: 0,
                    top: 0,
                    width: 5000,
                    height: 1,
                    coverage,
                })
            }
        }
        assert_eq!(Atlas::new().cell("a", 0, &mut Huge), None);
    }
}
