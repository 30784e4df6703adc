//! Colours as viewers have them. Publishers say what is seen, 0 to 1 for each channel.

use crate::loaders::color::linear;
use scenecast_protocol::Rgb;
use scenecast_remote::renderable::Color;

/// A colour without its opacity.
pub(super) fn rgb([r, g, b, _]: Color) -> Rgb {
    Rgb::from_unit([r, g, b].map(f64::from))
}

/// Instances take colours as linear light.
pub(super) fn linear_rgb([r, g, b, _]: Color) -> [u8; 3] {
    [r, g, b].map(|channel| byte(linear(channel.clamp(0.0, 1.0))))
}

/// All four channels in bytes.
pub(super) fn rgba(color: Color) -> [u8; 4] {
    color.map(byte)
}

/// How opaque, where it is not wholly.
pub(super) fn opacity([.., alpha]: Color) -> Option<f64> {
    (alpha < 1.0).then(|| f64::from(alpha.max(0.0)))
}

fn byte(unit: f32) -> u8 {
    (unit * 255.0).round() as u8
}
