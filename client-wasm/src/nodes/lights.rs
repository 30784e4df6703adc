//! Lights.

use glam::Vec3;
use scenecast_protocol::Rgb;
use scenecast_protocol::scene::{
    AmbientLight, DirectionalLight, HemisphereLight, PointLight, RectAreaLight, SpotLight,
};

use super::{NodeError, NodeView, Stage, vector};
use crate::render::{Light, Part, Reach, color};

/// Makes a kind of light a kind of node.
macro_rules! light {
    ($Kind:ident, |$light:ident| $light_of:expr) => {
        impl NodeView for $Kind {
            fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
                let $light = self;
                let light = $light_of;
                if light.is_local() && !stage.has_room_for_light() {
                    stage.complain(NodeError::Lights);
                }
                Ok(vec![Part::light(light)])
            }

            fn updated_parts(
                &self,
                _: &[Part],
                _: &[&str],
                _: &mut Stage<'_>,
            ) -> Result<Vec<Part>, NodeError> {
                let $light = self;
                Ok(vec![Part::light($light_of)])
            }
        }
    };
}

light!(DirectionalLight, |light| Light::Directional {
    color: bright(light.color, light.intensity),
    casts: light.cast_shadow,
});

light!(AmbientLight, |light| Light::Ambient {
    color: bright(light.color, light.intensity),
});

light!(HemisphereLight, |light| Light::Hemisphere {
    sky: bright(light.sky_color, light.intensity),
    ground: bright(light.ground_color, light.intensity),
});

light!(PointLight, |light| Light::Point {
    color: bright(light.color, light.intensity),
    reach: reach(light.distance, light.decay),
    casts: light.cast_shadow,
});

light!(SpotLight, |light| Light::Spot {
    color: bright(light.color, light.intensity),
    reach: reach(light.distance, light.decay),
    angle: light.angle as f32,
    penumbra: light.penumbra as f32,
    direction: vector(light.direction),
    casts: light.cast_shadow,
});

light!(RectAreaLight, |light| Light::Area {
    color: bright(light.color, light.intensity),
    width: light.width as f32,
    height: light.height as f32,
});

fn bright(rgb: Rgb, intensity: f64) -> Vec3 {
    Vec3::from(color::linear(rgb)) * intensity as f32
}

fn reach(distance: f64, decay: f64) -> Reach {
    Reach {
        distance: distance as f32,
        decay: decay as f32,
    }
}
