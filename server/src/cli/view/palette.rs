//! Colours for points that have none.

/// A colour for each point by its height, from blue over green to yellow.
pub(crate) fn by_height(positions: &[[f32; 3]], up: usize) -> Vec<[u8; 3]> {
    const STOPS: [[f32; 3]; 5] = [
        [68.0, 57.0, 131.0],
        [49.0, 104.0, 142.0],
        [33.0, 165.0, 133.0],
        [112.0, 207.0, 87.0],
        [253.0, 231.0, 37.0],
    ];
    let heights = || positions.iter().map(|p| p[up]);
    let (low, high) = (
        heights().fold(f32::INFINITY, f32::min),
        heights().fold(f32::NEG_INFINITY, f32::max),
    );
    let range = (high - low).max(f32::MIN_POSITIVE);
    heights()
        .map(|height| {
            let at = ((height - low) / range).clamp(0.0, 1.0) * (STOPS.len() - 1) as f32;
            let lower = (at as usize).min(STOPS.len() - 2);
            let (from, to) = (STOPS[lower], STOPS[lower + 1]);
            std::array::from_fn(|i| (from[i] + (to[i] - from[i]) * (at - lower as f32)) as u8)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_run_through_the_colours() {
        let colors = by_height(&[[0.0; 3], [0.0, 0.0, 5.0], [0.0, 0.0, 10.0]], 2);
        assert_eq!(colors, [[68, 57, 131], [33, 165, 133], [253, 231, 37]]);
        assert_eq!(by_height(&[[1.0; 3]], 2), [[68, 57, 131]]);
    }
}
