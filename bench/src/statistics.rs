//! Percentiles.

use serde_json::{Value, json};

/// The value below which the given part (0 to 1) of the values lies; NaN without values.
pub fn percentile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    sorted
        .get((last * part) as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Count, median, 99th percentile and maximum of the values, each times `scale`.
pub fn summary(values: &[f64], scale: f64) -> Value {
    json!({
        "n": values.len(),
        "p50": percentile(values, 0.5) * scale,
        "p99": percentile(values, 0.99) * scale,
        "max": percentile(values, 1.0) * scale,
    })
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_of_a_few_values() {
        let values = [3.0, 1.0, 2.0, 4.0, 5.0];
        assert_eq!(percentile(&values, 0.5), 3.0);
        assert_eq!(percentile(&values, 1.0), 5.0);
        assert!(percentile(&[], 0.5).is_nan());
    }
}
