//! Numbers as people write them.

/// A number with at most `decimals` decimals, without zeros at its end.
pub fn format(value: f64, decimals: usize) -> String {
    let mut text = format!("{value:.*}", decimals.min(20));
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" {
        text.remove(0);
    }
    text
}

/// What of a text may stay in a field for numbers of at most `decimals` decimals.
pub fn clean(text: &str, decimals: usize) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut is_fraction, mut in_exponent, mut count) = (false, false, 0);
    for c in text.chars() {
        let after_mark = clean.is_empty() || clean.ends_with(['e', 'E']);
        let stays = match c {
            '0'..='9' => {
                count += usize::from(is_fraction && !in_exponent);
                in_exponent || count <= decimals
            }
            '-' | '+' => after_mark,
            '.' | ',' => decimals > 0 && !std::mem::replace(&mut is_fraction, true) && !in_exponent,
            'e' | 'E' => !clean.is_empty() && !std::mem::replace(&mut in_exponent, true),
            _ => false,
        };
        if stays {
            clean.push(if c == ',' { '.' } else { c });
        }
    }
    clean
}

/// A value rounded to some decimals.
pub fn round(value: f64, decimals: usize) -> f64 {
    let scale = 10f64.powi(decimals.min(15) as i32);
    let rounded = (value * scale).round() / scale;
    if rounded.is_finite() { rounded } else { value }
}

/// A value within its bounds, of which either may be missing.
pub fn clamp(value: f64, min: Option<f64>, max: Option<f64>) -> f64 {
    let value = max.map_or(value, |max| value.min(max));
    min.map_or(value, |min| value.max(min))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, decimals, text) in [
            (3.5, 2, "3.5"),
            (3.0, 2, "3"),
            (100.0, 0, "100"),
            (0.1 + 0.2, 7, "0.3"),
            (-0.001, 2, "0"),
            (1.005, 3, "1.005"),
        ] {
            assert_eq!(format(value, decimals), text);
        }
    }

    #[test]
    fn only_what_may_become_a_number_stays() {
        for (typed, decimals, stays) in [
            ("-1a2.5", 2, "-12.5"),
            ("1.2.3", 3, "1.23"),
            ("1.2345", 2, "1.23"),
            ("1.5", 0, "15"),
            ("1,5", 1, "1.5"),
            ("--4-", 0, "-4"),
            ("1e-3", 2, "1e-3"),
            ("e5", 2, "5"),
        ] {
            assert_eq!(clean(typed, decimals), stays, "{typed}");
        }
    }

    #[test]
    fn steps_stay_on_the_decimals() {
        assert_eq!(round(0.1 + 0.2, 1), 0.3);
        assert_eq!(round(1e300, 15), 1e300);
        assert_eq!(clamp(5.0, None, Some(3.0)), 3.0);
        assert_eq!(clamp(5.0, Some(7.0), None), 7.0);
    }
}
