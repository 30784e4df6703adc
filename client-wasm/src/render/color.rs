//! Colours as they come from messages, and as shaders take them.

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
