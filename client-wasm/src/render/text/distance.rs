//! Signed distance fields from drawn glyphs.

use super::source::GlyphBitmap;

/// Farther than any pixel.
const FAR: f32 = 1e20;

/// For each pixel of the bitmap and a border of `radius` around it: the distance to the outline,
/// 128 at the outline, 255 at `radius` inside, 0 at `radius` outside. Rows from the top down.
pub(crate) fn distance_field(bitmap: &GlyphBitmap, radius: usize) -> Vec<u8> {
    let (width, height) = (bitmap.width + 2 * radius, bitmap.height + 2 * radius);
    let mut outside = vec![FAR; width * height];
    let mut inside = vec![0.0; width * height];
    for (y, row) in bitmap
        .coverage
        .chunks_exact(bitmap.width.max(1))
        .enumerate()
    {
        for (x, &coverage) in row.iter().enumerate() {
            let at = (y + radius) * width + x + radius;
            // How far the outline is from the middle of a pixel that it crosses.
            let distance = 0.5 - f32::from(coverage) / 255.0;
            (outside[at], inside[at]) = match coverage {
                0 => (FAR, 0.0),
                255 => (0.0, FAR),
                _ => (distance.max(0.0).powi(2), (-distance).max(0.0).powi(2)),
            };
        }
    }
    squared_distances(&mut outside, width, height);
    squared_distances(&mut inside, width, height);
    outside
        .iter()
        .zip(&inside)
        .map(|(outside, inside)| {
            let distance = inside.sqrt() - outside.sqrt();
            (128.0 + 127.0 * distance / radius as f32)
                .clamp(0.0, 255.0)
                .round() as u8
        })
        .collect()
}

/// For each pixel the least squared distance to another, that one's value added.
fn squared_distances(grid: &mut [f32], width: usize, height: usize) {
    let mut line = Line::new(width.max(height));
    for x in 0..width {
        line.transform(grid, x, width, height);
    }
    for y in 0..height {
        line.transform(grid, y * width, 1, width);
    }
}

/// Working memory for one row or column.
struct Line {
    values: Vec<f32>,
    /// Where the lowest parabola over each stretch has its foot, and where the stretches begin.
    feet: Vec<usize>,
    starts: Vec<f32>,
}

impl Line {
    fn new(length: usize) -> Self {
        Self {
            values: vec![0.0; length],
            feet: vec![0; length],
            starts: vec![0.0; length],
        }
    }

    /// The lower envelope of parabolas over one line, after Felzenszwalb and Huttenlocher.
    fn transform(&mut self, grid: &mut [f32], first: usize, step: usize, length: usize) {
        for (i, value) in self.values[..length].iter_mut().enumerate() {
            *value = grid[first + i * step];
        }
        let height = |foot: usize, at: f32| {
            let distance = at - foot as f32;
            distance * distance + self.values[foot]
        };
        let mut last = 0;
        self.feet[0] = 0;
        self.starts[0] = f32::NEG_INFINITY;
        for foot in 1..length {
            loop {
                let other = self.feet[last];
                // Where this parabola gets below the other.
                let gap = 2.0 * (foot - other) as f32;
                let start = (height(foot, 0.0) - height(other, 0.0)) / gap;
                if start > self.starts[last] {
                    last += 1;
                    self.feet[last] = foot;
                    self.starts[last] = start;
                    break;
                }
                if last == 0 {
                    self.feet[0] = foot;
                    break;
                }
                last -= 1;
            }
        }
        let mut stretch = 0;
        for i in 0..length {
            while stretch < last && self.starts[stretch + 1] <= i as f32 {
                stretch += 1;
            }
            grid[first + i * step] = height(self.feet[stretch], i as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_euclidean_to_half_a_pixel() {
        // A disc of radius 10.3 px, drawn with soft edges.
        let size = 24;
        let middle = 11.5;
        let distance = |x: usize, y: usize| {
            10.3 - ((x as f32 - middle).powi(2) + (y as f32 - middle).powi(2)).sqrt()
        };
        let coverage = (0..size * size)
            .map(|i| ((distance(i % size, i / size) + 0.5).clamp(0.0, 1.0) * 255.0) as u8)
            .collect();
        let bitmap = GlyphBitmap {
            left: 0,
            top: 0,
            width: size,
            height: size,
            coverage,
        };
        let radius = 6;
        let field = distance_field(&bitmap, radius);
        let width = size + 2 * radius;
        for y in 0..width {
            for x in 0..width {
                let (px, py) = (
                    x as f32 - radius as f32 - middle,
                    y as f32 - radius as f32 - middle,
                );
                let expected = (10.3 - (px * px + py * py).sqrt()).clamp(-6.0, 6.0);
                let found = (f32::from(field[y * width + x]) - 128.0) / 127.0 * 6.0;
                assert!(
                    (found - expected).abs() < 0.5,
                    "{x} {y}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn an_empty_bitmap_is_all_outside() {
        let field = distance_field(&GlyphBitmap::default(), 2);
        assert_eq!(field, [0; 16]);
    }
}
