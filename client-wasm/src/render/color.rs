//! Colours as they come from messages, and as shaders take them.

use glam::Vec3;
use scenecast_protocol::Rgb;

/// The linear light that an sRGB value of 0 to 255 stands for.
pub(crate) fn linear(Rgb(rgb): Rgb) -> [f32; 3] {
    rgb.map(|channel| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// The value itself from 0 to 1, as point clouds and vertex colours take it.
pub(crate) fn unit(rgb: [u8; 3]) -> [f32; 3] {
    rgb.map(|channel| f32::from(channel) / 255.0)
}

/// The sRGB encoding of linear light from 0 to 1.
pub(crate) fn encode(rgb: [f32; 3]) -> [f32; 3] {
    rgb.map(|c| {
        if c <= 0.0031308 {
            12.92 * c
        } else {
            1.055 * c.powf(0.41666) - 0.055
        }
    })
}

/// What the viewer sees of an unlit sRGB colour: tone mapped (`shaders/display.glsl`) and encoded.
pub(crate) fn shown(rgb: Rgb) -> [f32; 3] {
    let times = |rows: [[f32; 3]; 3], v: Vec3| Vec3::from(rows.map(|row| Vec3::from(row).dot(v)));
    let to_curve = [
        [0.59719, 0.35458, 0.04823],
        [0.07600, 0.90834, 0.01566],
        [0.02840, 0.13383, 0.83777],
    ];
    let from_curve = [
        [1.60475, -0.53108, -0.07367],
        [-0.10208, 1.10813, -0.00605],
        [-0.00327, -0.07276, 1.07602],
    ];
    let c = times(to_curve, Vec3::from(linear(rgb)) / 0.6);
    let c = (c * (c + 0.0245786) - 0.000090537) / (c * (0.983729 * c + 0.432951) + 0.238081);
    encode(times(from_curve, c).clamp(Vec3::ZERO, Vec3::ONE).to_array())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_and_encoding_are_inverse() {
        for value in [0, 1, 10, 128, 200, 255] {
            let [back, ..] = encode(linear(Rgb([value; 3])));
            assert!((back * 255.0 - f32::from(value)).abs() < 0.2);
        }
    }
}
