//! How alike two pictures are where there is something to see.

use super::picture::Picture;

/// Pixels along an edge of the windows that are compared.
const WINDOW: usize = 8;

/// How alike two pictures are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Similarity {
    /// Structural similarity, the mean over windows that hold content.
    pub(crate) content_ssim: f64,
    /// Mean absolute difference over all channels, of 255.
    pub(crate) mean_difference: f64,
    /// Mean absolute difference over pixels that are content in both.
    pub(crate) content_difference: f64,
}

/// Compares two pictures of the same size.
pub(crate) fn compare(ours: &Picture, theirs: &Picture) -> Similarity {
    let (width, height) = (ours.width as usize, ours.height as usize);
    let (a, b) = (ours.rgb(), theirs.rgb());
    let differs = |p: &[f64; 3], q: &[f64; 3]| p.iter().zip(q).any(|(x, y)| (x - y).abs() > 12.0);
    let background = height / 2 * width + 2;
    let content: Vec<bool> = a
        .iter()
        .zip(&b)
        .map(|(p, q)| differs(p, &a[background]) || differs(q, &b[background]) || differs(p, q))
        .collect();
    let luma = |pixels: &[[f64; 3]]| -> Vec<f64> {
        pixels
            .iter()
            .map(|[r, g, b]| 0.299 * r + 0.587 * g + 0.114 * b)
            .collect()
    };
    let (x, y) = (luma(&a), luma(&b));
    // Per pixel what a window adds up: both values, their squares and product, and content.
    let moments = x
        .iter()
        .zip(&y)
        .zip(&content)
        .map(|((x, y), content)| [*x, *y, x * x, y * y, x * y, f64::from(u8::from(*content))]);
    let sums = Sums::new(moments, width, height);
    let (mut sum, mut windows) = (0.0, 0);
    for top in 0..=height - WINDOW {
        for left in 0..=width - WINDOW {
            let [moments @ .., content] = sums.window(left, top);
            if content > 0.0 {
                sum += ssim(moments);
                windows += 1;
            }
        }
    }
    let difference = |p: &[f64; 3], q: &[f64; 3]| -> f64 {
        p.iter().zip(q).map(|(x, y)| (x - y).abs()).sum::<f64>() / 3.0
    };
    let both = a
        .iter()
        .zip(&b)
        .filter(|(p, q)| differs(p, &a[background]) && differs(q, &b[background]));
    let (total, count) = both.fold((0.0, 0), |(t, n), (p, q)| (t + difference(p, q), n + 1));
    Similarity {
        content_ssim: if windows > 0 {
            sum / f64::from(windows)
        } else {
            1.0
        },
        mean_difference: a.iter().zip(&b).map(|(p, q)| difference(p, q)).sum::<f64>()
            / a.len() as f64,
        content_difference: total / f64::from(count.max(1)),
    }
}

/// Structural similarity from the sums over a window of x, y, x², y² and x y.
fn ssim(sums: [f64; 5]) -> f64 {
    let [mx, my, xx, yy, xy] = sums.map(|sum| sum / (WINDOW * WINDOW) as f64);
    let (vx, vy, cov) = (xx - mx * mx, yy - my * my, xy - mx * my);
    let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
    ((2.0 * mx * my + c1) * (2.0 * cov + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))
}

/// Sums over all pixels above and to the left, one row and column larger than the picture.
struct Sums {
    width: usize,
    sums: Vec<[f64; 6]>,
}

impl Sums {
    fn new(pixels: impl Iterator<Item = [f64; 6]>, width: usize, height: usize) -> Self {
        let row = width + 1;
        let mut sums = vec![[0.0; 6]; row * (height + 1)];
        for (i, pixel) in pixels.enumerate() {
            let at = (i / width + 1) * row + i % width + 1;
            for (moment, value) in pixel.iter().enumerate() {
                let [left, above, both] =
                    [at - 1, at - row, at - row - 1].map(|near| sums[near][moment]);
                sums[at][moment] = value + left + above - both;
            }
        }
        Self { width: row, sums }
    }

    fn window(&self, left: usize, top: usize) -> [f64; 6] {
        let at = |x: usize, y: usize| self.sums[y * self.width + x];
        let (a, b) = (at(left, top), at(left + WINDOW, top));
        let (c, d) = (at(left, top + WINDOW), at(left + WINDOW, top + WINDOW));
        std::array::from_fn(|i| a[i] - b[i] - c[i] + d[i])
    }
}
