//! How alike two pictures are where there is something to see.

use super::picture::Picture;

/// Pixels along an edge of the windows that are compared.
const WINDOW: usize = 8;

/// How alike two pictures are.
#[derive(Clone, Copy, Debug)]
pub struct Similarity {
    /// Structural similarity, the mean over windows that hold content.
    pub content_ssim: f64,
    /// Mean absolute difference over all channels, of 255.
    pub mean_difference: f64,
    /// Mean absolute difference over pixels that are content in both.
    pub content_difference: f64,
}

/// Compares two pictures of the same size.
pub fn compare(ours: &Picture, theirs: &Picture) -> Similarity {
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
    let (mut sum, mut windows) = (0.0, 0);
    for top in 0..=height - WINDOW {
        for left in 0..=width - WINDOW {
            let inside = || {
                (top..top + WINDOW).flat_map(|r| (left..left + WINDOW).map(move |c| r * width + c))
            };
            if inside().any(|i| content[i]) {
                sum += ssim(inside().map(|i| (x[i], y[i])));
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

fn ssim(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut x, mut y, mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (a, b) in pairs {
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    let n = (WINDOW * WINDOW) as f64;
    let (mx, my) = (x / n, y / n);
    let (vx, vy, cov) = (xx / n - mx * mx, yy / n - my * my, xy / n - mx * my);
    let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
    ((2.0 * mx * my + c1) * (2.0 * cov + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))
}
