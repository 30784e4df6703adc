//! Lights.

use crate::types::Rgb;

props! {
    /// Parallel light from the node's world position towards the world origin.
    pub struct DirectionalLight as "DirectionalLightProps" {
        /// Colour of the light.
        color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
        /// Whether the node throws shadows.
        cast_shadow: bool = false,
    }
}

props! {
    /// Light from everywhere.
    pub struct AmbientLight as "AmbientLightProps" {
        /// Colour.
        color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
    }
}

props! {
    /// Light that fades from a sky colour to a ground colour along the direction from the world
    /// origin to the node.
    pub struct HemisphereLight as "HemisphereLightProps" {
        /// Colour from above.
        sky_color: Rgb = Rgb::WHITE,
        /// Colour from below.
        ground_color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
    }
}

props! {
    /// Light in all directions from a point.
    pub struct PointLight as "PointLightProps" {
        /// Colour.
        color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
        /// Distance at which the light ends; 0 for never.
        distance: f64 = 0.0,
        /// How fast it dims with distance; 2 is physical.
        decay: f64 = 2.0,
        /// Whether the node throws shadows.
        cast_shadow: bool = false,
    }
}

props! {
    /// Light from a rectangle, along the node's negative z axis.
    pub struct RectAreaLight as "RectAreaLightProps" {
        /// Colour.
        color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
        /// Width of the rectangle.
        width: f64 = 10.0,
        /// Height of the rectangle.
        height: f64 = 10.0,
    }
}

props! {
    /// A cone of light.
    pub struct SpotLight as "SpotLightProps" {
        /// Colour.
        color: Rgb = Rgb::WHITE,
        /// Brightness.
        intensity: f64 = 1.0,
        /// Distance at which the light ends; 0 for never.
        distance: f64 = 0.0,
        /// Half opening angle, radians, at most π/2.
        angle: f64 = std::f64::consts::FRAC_PI_3,
        /// Share of the cone in which the light fades out, 0 to 1.
        penumbra: f64 = 0.0,
        /// How fast it dims with distance; 2 is physical.
        decay: f64 = 2.0,
        /// Whether the node throws shadows.
        cast_shadow: bool = false,
        /// Direction of the light in the node's frame.
        direction: [f64; 3] = [0.0, 0.0, -1.0],
    }
}
