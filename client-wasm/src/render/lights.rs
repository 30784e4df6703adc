//! Lights.

use std::f32::consts::FRAC_PI_2;

use glam::{Mat4, Quat, Vec3, Vec4};

use super::lighting::Lighting;
use super::shadows::{Caster, MapsOfLight};

/// How many lights with a place or a direction are drawn; more than that stay dark. Light from all
/// sides, of which there may be any number, is not counted.
pub const MAX_LIGHTS: usize = 32;

/// Vectors of a light in `shaders/frame.glsl`.
pub(crate) const VECTORS: usize = 4;

/// A light, in its node's frame. Colours are linear and include the intensity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Light {
    /// Parallel, from the node's position towards the world's origin. A node at the origin gives
    /// no light, or, where it casts shadows, light straight down.
    Directional { color: Vec3, casts: bool },
    /// From all sides.
    Ambient { color: Vec3 },
    /// From all sides; between two colours along the direction from the origin to the node.
    Hemisphere { sky: Vec3, ground: Vec3 },
    /// From a point.
    Point {
        color: Vec3,
        reach: Reach,
        casts: bool,
    },
    /// From a point, in a cone.
    Spot {
        color: Vec3,
        reach: Reach,
        /// Half the opening angle, radians.
        angle: f32,
        /// Share of the cone in which the light fades out.
        penumbra: f32,
        direction: Vec3,
        casts: bool,
    },
    /// From a rectangle, along negative z.
    Area {
        color: Vec3,
        width: f32,
        height: f32,
    },
}

/// How light dims with distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reach {
    /// Where it ends; 0 for never.
    pub(crate) distance: f32,
    pub(crate) decay: f32,
}

/// Light that reaches every point alike: `uniform + gradient * normal`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Surroundings {
    pub(crate) uniform: Vec3,
    /// What a unit of the normal along x, y and z adds.
    pub(crate) gradient: [Vec3; 3],
}

/// All lights of the scene.
#[derive(Clone, Debug)]
pub(crate) struct Lights {
    defaults_on: bool,
    defaults_cast: bool,
    shown: Vec<Option<(Light, Mat4)>>,
    pub(crate) environment_intensity: f32,
    pub(crate) environment_rotation: Quat,
}

impl Lights {
    /// The lights that a scene has unless a server says otherwise.
    pub(crate) fn new() -> Self {
        Self {
            defaults_on: true,
            defaults_cast: true,
            shown: Vec::new(),
            environment_intensity: 1.0,
            environment_rotation: Quat::IDENTITY,
        }
    }

    /// Turns the two default lights on or off; the environment's light stays.
    pub(crate) fn set_default_lights(&mut self, enabled: bool, cast_shadow: bool) {
        self.defaults_on = enabled;
        self.defaults_cast = cast_shadow;
    }

    pub(crate) fn insert(&mut self, light: Light, world_from_node: Mat4) -> u32 {
        let free = self.shown.iter().position(Option::is_none);
        let at = free.unwrap_or(self.shown.len());
        if at == self.shown.len() {
            self.shown.push(None);
        }
        self.shown[at] = Some((light, world_from_node));
        at as u32
    }

    pub(crate) fn place(&mut self, at: u32, world_from_node: Mat4) {
        if let Some(Some((_, shown))) = self.shown.get_mut(at as usize) {
            *shown = world_from_node;
        }
    }

    pub(crate) fn remove(&mut self, at: u32) {
        if let Some(light) = self.shown.get_mut(at as usize) {
            *light = None;
        }
    }

    /// The lights with a place or a direction.
    pub(crate) fn local(&self) -> impl Iterator<Item = Local> {
        let defaults = DEFAULT_LIGHTS.iter().filter(|_| self.defaults_on);
        let defaults = defaults.map(|(toward, intensity, casts)| {
            let casts = *casts && self.defaults_cast;
            from_afar(toward.normalize(), Vec3::splat(*intensity), casts)
        });
        let shown = self.shown.iter().flatten();
        let local = shown.filter_map(|(light, world_from_node)| light.local(world_from_node));
        defaults.chain(local).take(MAX_LIGHTS)
    }

    /// The sum of all light from all sides.
    pub(crate) fn surroundings(&self) -> Surroundings {
        let mut sum = Surroundings::default();
        for (light, world_from_node) in self.shown.iter().flatten() {
            match *light {
                Light::Ambient { color } => sum.uniform += color,
                Light::Hemisphere { sky, ground } => {
                    sum.uniform += (sky + ground) / 2.0;
                    let up = world_from_node.w_axis.truncate().normalize_or_zero();
                    for (gradient, part) in sum.gradient.iter_mut().zip(up.to_array()) {
                        *gradient += (sky - ground) / 2.0 * part;
                    }
                }
                _ => {}
            }
        }
        sum
    }
}

/// What the first vector's last number says about a light.
const FROM_AFAR: f32 = 0.0;
const FROM_A_POINT: f32 = 1.0;
const FROM_A_RECTANGLE: f32 = 2.0;

impl Light {
    /// Whether it has a place or a direction.
    pub(crate) fn is_local(&self) -> bool {
        !matches!(self, Self::Ambient { .. } | Self::Hemisphere { .. })
    }

    fn local(&self, world_from_node: &Mat4) -> Option<Local> {
        let position = world_from_node.w_axis.truncate();
        let turned = |v: Vec3| world_from_node.transform_vector3(v);
        let point = |color: Vec3, reach: Reach, axis: Vec3, cone: [f32; 2], caster| Local {
            vectors: [
                position.extend(FROM_A_POINT),
                color.extend(reach.decay),
                axis.extend(reach.distance),
                Vec4::new(cone[0], cone[1], 0.0, 0.0),
            ],
            caster,
        };
        match *self {
            Self::Ambient { .. } | Self::Hemisphere { .. } => None,
            Self::Directional { color, casts } => {
                let toward = match position.try_normalize() {
                    Some(toward) => toward,
                    None if casts => Vec3::Y,
                    None => return None,
                };
                Some(from_afar(toward, color, casts))
            }
            Self::Point {
                color,
                reach,
                casts,
            } => {
                let caster = Caster::Point {
                    position,
                    reach: reach.distance,
                };
                // A cone that is wider than everything.
                let cone = [-3.0, -2.0];
                Some(point(color, reach, Vec3::Y, cone, casts.then_some(caster)))
            }
            Self::Spot {
                color,
                reach,
                angle,
                penumbra,
                direction,
                casts,
            } => {
                let angle = angle.clamp(0.0, FRAC_PI_2);
                let [outer, inner] =
                    [angle, angle * (1.0 - penumbra.clamp(0.0, 1.0))].map(f32::cos);
                let direction = turned(direction).normalize_or_zero();
                let cone = [outer, inner.max(outer + 1e-6)];
                let caster = Caster::Spot {
                    position,
                    direction,
                    angle,
                    reach: reach.distance,
                };
                // Without an angle or a direction there is nothing to see.
                let casts = casts && angle > 0.0 && direction != Vec3::ZERO;
                Some(point(
                    color,
                    reach,
                    -direction,
                    cone,
                    casts.then_some(caster),
                ))
            }
            Self::Area {
                color,
                width,
                height,
            } => Some(Local {
                vectors: [
                    position.extend(FROM_A_RECTANGLE),
                    color.extend(0.0),
                    turned(Vec3::X * width / 2.0).extend(0.0),
                    turned(Vec3::Y * height / 2.0).extend(0.0),
                ],
                caster: None,
            }),
        }
    }
}

fn from_afar(toward: Vec3, color: Vec3, casts: bool) -> Local {
    Local {
        vectors: [
            toward.extend(FROM_AFAR),
            color.extend(0.0),
            Vec4::ZERO,
            Vec4::ZERO,
        ],
        caster: casts.then_some(Caster::FromAfar { toward }),
    }
}

/// A light with a place or a direction.
pub(crate) struct Local {
    /// As shaders take it, but for its shadows.
    vectors: [Vec4; VECTORS],
    /// What it casts shadows as, if it does.
    pub(crate) caster: Option<Caster>,
}

impl Local {
    /// Whether it is what shaders call the sun if no other light casts shadows.
    pub(crate) fn is_sun(&self, [_, maps]: MapsOfLight) -> bool {
        matches!(self.caster, Some(Caster::FromAfar { .. })) && maps > 0
    }

    /// What shaders need for it, with its maps of shadows.
    pub(crate) fn kind(&self, [_, maps]: MapsOfLight) -> Lighting {
        let kind = self.vectors[0].w;
        let shape = if kind == FROM_A_RECTANGLE {
            Lighting::RECTANGULAR
        } else if kind == FROM_A_POINT {
            Lighting::PLACED
        } else {
            Lighting::default()
        };
        let shadow = match &self.caster {
            Some(Caster::Point { .. }) if maps > 0 => {
                Lighting::SHADOWED | Lighting::SHADOWED_BY_POINTS
            }
            Some(_) if maps > 0 => Lighting::SHADOWED,
            _ => Lighting::default(),
        };
        shape | shadow
    }

    /// As shaders take it, with its maps of shadows.
    pub(crate) fn vectors(&self, [first, maps]: MapsOfLight) -> [Vec4; VECTORS] {
        let mut vectors = self.vectors;
        if self.caster.is_some() {
            (vectors[3].z, vectors[3].w) = (first as f32, maps as f32);
        }
        vectors
    }
}

/// A strong light from above and a little to the side, and a weak one from below: directions
/// towards them, intensities, and whether they may cast shadows.
const DEFAULT_LIGHTS: [(Vec3, f32, bool); 2] = [
    (Vec3::new(-0.2, 1.0, -0.2), 3.0, true),
    (Vec3::NEG_Y, 0.4, false),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn white(light: fn(Vec3) -> Light) -> Light {
        light(Vec3::ONE)
    }

    #[test]
    fn lights_are_found_by_their_place_while_others_come_and_go() {
        let mut lights = Lights::new();
        lights.set_default_lights(false, true);
        let light = white(|color| Light::Directional {
            color,
            casts: false,
        });
        let [a, b] = [Vec3::X, Vec3::Z].map(|p| lights.insert(light, Mat4::from_translation(p)));
        lights.remove(a);
        lights.place(b, Mat4::from_translation(Vec3::Y * 5.0));
        assert_eq!(lights.insert(light, Mat4::IDENTITY), a);
        // One at the origin is dark.
        let local: Vec<_> = lights.local().collect();
        assert_eq!(local.len(), 1);
        assert_eq!(local[0].vectors([0, 0])[0], Vec4::Y);
    }

    #[test]
    fn there_is_a_limit_on_lights_but_none_on_ambient_ones() {
        let mut lights = Lights::new();
        let reach = Reach {
            distance: 0.0,
            decay: 2.0,
        };
        for _ in 0..100 {
            let color = Vec3::splat(0.01);
            let casts = true;
            lights.insert(
                Light::Point {
                    color,
                    reach,
                    casts,
                },
                Mat4::IDENTITY,
            );
            lights.insert(Light::Ambient { color }, Mat4::IDENTITY);
        }
        assert_eq!(lights.local().count(), MAX_LIGHTS);
        assert!((lights.surroundings().uniform.x - 1.0).abs() < 1e-4);
    }

    #[test]
    fn shaders_are_asked_for_what_the_lights_are() {
        let color = Vec3::ONE;
        let reach = Reach {
            distance: 0.0,
            decay: 2.0,
        };
        let point = |casts| Light::Point {
            color,
            reach,
            casts,
        };
        let area = Light::Area {
            color,
            width: 1.0,
            height: 1.0,
        };
        let from_afar = Light::Directional { color, casts: true };
        let kind = |light: Light, maps| {
            let at = Mat4::from_translation(Vec3::Y);
            light.local(&at).unwrap().kind([0, maps])
        };
        let (placed, shadowed) = (Lighting::PLACED, Lighting::SHADOWED);
        assert_eq!(kind(from_afar, 0), Lighting::default());
        assert_eq!(kind(from_afar, 3), shadowed);
        assert_eq!(kind(area, 0), Lighting::RECTANGULAR);
        assert_eq!(kind(point(false), 0), placed);
        let by_points = placed | shadowed | Lighting::SHADOWED_BY_POINTS;
        assert_eq!(kind(point(true), 6), by_points);
        let spot = Light::Spot {
            color,
            reach,
            angle: 1.0,
            penumbra: 0.0,
            direction: Vec3::NEG_Y,
            casts: true,
        };
        assert_eq!(kind(spot, 1), placed | shadowed);
    }

    #[test]
    fn a_hemisphere_at_the_origin_is_the_mean_of_its_colours() {
        let mut lights = Lights::new();
        let light = Light::Hemisphere {
            sky: Vec3::X,
            ground: Vec3::Y,
        };
        let at = lights.insert(light, Mat4::IDENTITY);
        assert_eq!(lights.surroundings().uniform, Vec3::new(0.5, 0.5, 0.0));
        assert_eq!(lights.surroundings().gradient, [Vec3::ZERO; 3]);
        lights.place(at, Mat4::from_translation(Vec3::Z * 3.0));
        assert_eq!(lights.surroundings().gradient[2], Vec3::new(0.5, -0.5, 0.0));
    }
}
