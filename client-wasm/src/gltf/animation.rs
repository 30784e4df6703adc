//! What moves nodes.

use glam::{Quat, Vec3, Vec4};

use super::json::{self, Document};
use super::value::Value;
use super::{GltfError, Transform};

/// Movements that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Animation {
    /// After this time it begins anew, seconds.
    pub duration_secs: f32,
    /// What it moves.
    pub channels: Vec<Channel>,
}

/// The movement of one property of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// In [`Asset::nodes`](super::Asset::nodes).
    pub node: usize,
    /// What of it moves.
    pub property: Property,
    /// Between the given times.
    pub interpolation: Interpolation,
    /// Rising, seconds.
    pub(super) times: Vec<f32>,
    /// One for each time, or three: tangent in, value, tangent out.
    pub(super) values: Vec<Vec4>,
}

/// What a channel moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Position in the parent.
    Translation,
    /// Rotation in the parent.
    Rotation,
    /// Scale.
    Scale,
}

/// How values between two given ones are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interpolation {
    /// The earlier one.
    Step,
    /// On a straight line, or the shortest arc.
    Linear,
    /// On a cubic curve with given tangents.
    CubicSpline,
}

impl Animation {
    /// Moves nodes to where they are at a time. Where several animations move the same property,
    /// `count` says how many came before, and all have the same weight.
    pub fn apply(&self, secs: f64, locals: &mut [Transform], count: &mut [[u32; 3]]) {
        let duration = f64::from(self.duration_secs);
        let at = if duration > 0.0 {
            secs.rem_euclid(duration)
        } else {
            0.0
        };
        for channel in &self.channels {
            let Some(value) = channel.value(at as f32) else {
                continue;
            };
            let local = &mut locals[channel.node];
            let before = &mut count[channel.node][channel.property as usize];
            *before += 1;
            let weight = 1.0 / *before as f32;
            match channel.property {
                Property::Translation => {
                    local.translation = local.translation.lerp(value.truncate(), weight);
                }
                Property::Scale => local.scale = local.scale.lerp(value.truncate(), weight),
                Property::Rotation => {
                    let turned = Quat::from_vec4(value).normalize();
                    local.rotation = match *before {
                        1 => turned,
                        _ => local.rotation.slerp(turned, weight),
                    };
                }
            }
        }
    }
}

impl Channel {
    /// The value at a time; the first or last one outside of the given times.
    pub(super) fn value(&self, at: f32) -> Option<Vec4> {
        let next = self.times.partition_point(|time| *time <= at);
        let last = self.times.len() - 1;
        if next == 0 || next > last {
            return self.key(next.min(last), 1);
        }
        let [from, to] = [self.times[next - 1], self.times[next]];
        let span = to - from;
        let part = (at - from) / span;
        let (a, b) = (self.key(next - 1, 1)?, self.key(next, 1)?);
        Some(match (self.interpolation, self.property) {
            (Interpolation::Step, _) => a,
            (Interpolation::Linear, Property::Rotation) => {
                Quat::from_vec4(a).slerp(Quat::from_vec4(b), part).into()
            }
            (Interpolation::Linear, _) => a.lerp(b, part),
            (Interpolation::CubicSpline, _) => {
                // Hermite: values and tangents at both ends.
                let (out, into) = (self.key(next - 1, 2)? * span, self.key(next, 0)? * span);
                let (t, t2, t3) = (part, part * part, part * part * part);
                a * (2.0 * t3 - 3.0 * t2 + 1.0)
                    + out * (t3 - 2.0 * t2 + t)
                    + b * (3.0 * t2 - 2.0 * t3)
                    + into * (t3 - t2)
            }
        })
    }

    /// The value at a given time, or one of its tangents.
    fn key(&self, index: usize, part: usize) -> Option<Vec4> {
        let at = match self.interpolation {
            Interpolation::CubicSpline => 3 * index + part,
            _ => index,
        };
        self.values.get(at).copied()
    }
}

pub(super) fn read_all(
    document: &Document<'_>,
    of_file: &[Option<usize>],
) -> Result<Vec<Animation>, GltfError> {
    let mut animations = Vec::new();
    for json in document.list("animations") {
        let samplers = json::list(json, "samplers");
        let mut channels = Vec::new();
        for channel in json::list(json, "channels") {
            channels.extend(read(document, channel, samplers, of_file)?);
        }
        let ends = channels.iter().filter_map(|c| c.times.last().copied());
        let duration_secs = ends.fold(0.0, f32::max);
        if !channels.is_empty() {
            animations.push(Animation {
                duration_secs,
                channels,
            });
        }
    }
    Ok(animations)
}

/// Reads a channel; `None` for one that moves nothing that is drawn.
fn read(
    document: &Document<'_>,
    channel: &Value,
    samplers: &[Value],
    of_file: &[Option<usize>],
) -> Result<Option<Channel>, GltfError> {
    let target = channel.get("target").unwrap_or(&Value::Null);
    let node = json::index(target, "node");
    let node = node.and_then(|node| of_file.get(node).copied().flatten());
    let property = match json::text(target, "path") {
        Some("translation") => Property::Translation,
        Some("rotation") => Property::Rotation,
        Some("scale") => Property::Scale,
        _ => return Ok(None),
    };
    let index = json::index(channel, "sampler").unwrap_or(0);
    let what = "sampler";
    let sampler = samplers
        .get(index)
        .ok_or(GltfError::Missing { what, index })?;
    let interpolation = match json::text(sampler, "interpolation") {
        Some("STEP") => Interpolation::Step,
        Some("CUBICSPLINE") => Interpolation::CubicSpline,
        _ => Interpolation::Linear,
    };
    let accessor = |name: &str| {
        json::index(sampler, name).ok_or(GltfError::Content(format!("a sampler has no {name}")))
    };
    let times = document.flat(accessor("input")?)?;
    let output = accessor("output")?;
    let values: Vec<Vec4> = if property == Property::Rotation {
        let values = document.floats::<4>(output)?;
        values.into_iter().map(Vec4::from).collect()
    } else {
        let values = document.floats::<3>(output)?;
        values
            .into_iter()
            .map(|v| Vec3::from(v).extend(0.0))
            .collect()
    };
    let parts = match interpolation {
        Interpolation::CubicSpline => 3,
        _ => 1,
    };
    if !times.is_sorted_by(|a, b| a < b) || values.len() < parts * times.len() {
        let problem = "an animation's times do not rise, or have no values".to_owned();
        return Err(GltfError::Content(problem));
    }
    Ok(node.filter(|_| !times.is_empty()).map(|node| Channel {
        node,
        property,
        interpolation,
        times,
        values,
    }))
}
