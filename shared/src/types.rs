//! Value types that many messages share.

use crate::encode::Sink;
use crate::schema::Type;
use crate::value::Value;
use crate::wire::{DecodeError, Wire};

/// An sRGB colour, 0 to 255 a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// From channels of 0 to 1; what is outside is clamped, fractions of 1/255 are cut off.
    pub fn from_unit(rgb: [f64; 3]) -> Self {
        Self(rgb.map(|c| (c * 255.0).clamp(0.0, 255.0) as u8))
    }
}

impl From<[u8; 3]> for Rgb {
    fn from(rgb: [u8; 3]) -> Self {
        Self(rgb)
    }
}

impl Wire for Rgb {
    const TYPE: &'static Type = &Type::Tuple(&[&Type::Int; 3]);

    fn encode(&self, sink: &mut impl Sink) {
        self.0.encode(sink);
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        // Python lets colours above 255 and floats through; the nearest colour is meant.
        let channels = <[f64; 3]>::decode(value)?;
        Ok(Self(channels.map(|c| c.clamp(0.0, 255.0) as u8)))
    }
}

/// A rotation as quaternion, scalar first. Expected to be of unit length; it is never
/// normalised on the way.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Wxyz(pub [f64; 4]);

impl Wxyz {
    /// No rotation.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 0.0]);

    /// Rotation by `angle` (radians) about `axis`, which need not be of unit length. A zero
    /// axis gives no rotation.
    pub fn from_axis_angle(axis: [f64; 3], angle: f64) -> Self {
        match glam::DVec3::from(axis).try_normalize() {
            Some(axis) => glam::DQuat::from_axis_angle(axis, angle).into(),
            None => Self::IDENTITY,
        }
    }
}

impl Default for Wxyz {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl From<[f64; 4]> for Wxyz {
    fn from(wxyz: [f64; 4]) -> Self {
        Self(wxyz)
    }
}

impl From<glam::DQuat> for Wxyz {
    fn from(q: glam::DQuat) -> Self {
        Self([q.w, q.x, q.y, q.z])
    }
}

impl From<glam::Quat> for Wxyz {
    fn from(q: glam::Quat) -> Self {
        q.as_dquat().into()
    }
}

impl From<Wxyz> for glam::DQuat {
    fn from(Wxyz([w, x, y, z]): Wxyz) -> Self {
        glam::DQuat::from_xyzw(x, y, z, w)
    }
}

impl Wire for Wxyz {
    const TYPE: &'static Type = <[f64; 4]>::TYPE;

    fn encode(&self, sink: &mut impl Sink) {
        self.0.encode(sink);
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        <[f64; 4]>::decode(value).map(Self)
    }
}

/// The scale of a node's own geometry; children are not scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// The same along every axis.
    Uniform(f64),
    /// Along x, y and z of the node.
    PerAxis([f64; 3]),
}

impl Scale {
    /// The factors along x, y and z.
    pub fn xyz(self) -> [f64; 3] {
        match self {
            Scale::Uniform(s) => [s; 3],
            Scale::PerAxis(s) => s,
        }
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self::Uniform(1.0)
    }
}

impl From<f64> for Scale {
    fn from(scale: f64) -> Self {
        Self::Uniform(scale)
    }
}

impl From<[f64; 3]> for Scale {
    fn from(scale: [f64; 3]) -> Self {
        Self::PerAxis(scale)
    }
}

union! { Scale: "a number or a list of 3" {
    Uniform(f64),
    PerAxis([f64; 3]),
} }

/// Whether shadows of other nodes fall on a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReceiveShadow {
    /// Fully, or not at all.
    Enabled(bool),
    /// Shadows darken the node with this opacity, 0 to 1.
    Opacity(f64),
}

impl Default for ReceiveShadow {
    fn default() -> Self {
        Self::Enabled(true)
    }
}

impl From<bool> for ReceiveShadow {
    fn from(enabled: bool) -> Self {
        Self::Enabled(enabled)
    }
}

impl From<f64> for ReceiveShadow {
    fn from(opacity: f64) -> Self {
        Self::Opacity(opacity)
    }
}

impl Wire for ReceiveShadow {
    const TYPE: &'static Type = &Type::Union(&[&Type::Bool, &Type::Float]);

    fn encode(&self, sink: &mut impl Sink) {
        match self {
            Self::Enabled(v) => sink.bool(*v),
            Self::Opacity(v) => sink.float(*v),
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::Bool(v) => Ok(Self::Enabled(*v)),
            other => other
                .as_f64()
                .map(Self::Opacity)
                .ok_or_else(|| DecodeError::kind("a bool or a number", other)),
        }
    }
}

literal! {
    /// How images are compressed.
    #[derive(Default)]
    ImageFormat {
        /// JPEG.
        #[default]
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
    }
}

literal! {
    /// Modifier keys held together; `cmd/ctrl` is Ctrl, or Cmd on a Mac.
    Modifier {
        /// Cmd or Ctrl.
        CmdCtrl = "cmd/ctrl",
        /// Alt.
        Alt = "alt",
        /// Shift.
        Shift = "shift",
        /// Cmd or Ctrl, and Alt.
        CmdCtrlAlt = "cmd/ctrl+alt",
        /// Cmd or Ctrl, and Shift.
        CmdCtrlShift = "cmd/ctrl+shift",
        /// Alt and Shift.
        AltShift = "alt+shift",
        /// All three.
        CmdCtrlAltShift = "cmd/ctrl+alt+shift",
    }
}

literal! {
    /// A button of the pointing device.
    #[derive(Default)]
    PointerButton {
        /// The left button.
        #[default]
        Left = "left",
        /// The middle button.
        Middle = "middle",
        /// The right button.
        Right = "right",
    }
}
