//! Colours between files, sRGB and linear light.

/// A share of 0 to 1 as 0 to 255; what is outside is brought to the nearer end, NaN to 0.
pub(super) fn unit_to_byte(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// A linear intensity of 0 to 1 as an sRGB byte.
pub(super) fn linear_to_byte(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    unit_to_byte(if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    })
}

/// An sRGB channel of 0 to 1 as linear light (IEC 61966-2-1).
pub(crate) fn linear(unit: f32) -> f32 {
    match unit {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_the_ends_and_what_is_beyond() {
        for (value, byte) in [
            (0.0, 0),
            (1.0, 255),
            (0.5, 128),
            (-1.0, 0),
            (7.0, 255),
            (f64::NAN, 0),
        ] {
            assert_eq!(unit_to_byte(value), byte, "{value}");
        }
        for (value, byte) in [(0.0, 0), (1.0, 255), (0.215_86, 128), (0.001, 3)] {
            assert_eq!(linear_to_byte(value), byte, "{value}");
            let back = linear(f32::from(byte) / 255.0);
            assert!((f64::from(back) - value).abs() < 1e-3, "{value}");
        }
    }
}
