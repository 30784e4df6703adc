//! Where the camera starts, and goes back to on "reset view".

use glam::DVec3;

/// Who decided a value. A later decision stands only if its source is no weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Nobody.
    Default,
    /// The server.
    Message,
    /// The page's address.
    Url,
}

/// A value and who decided it.
#[derive(Clone, Copy, Debug)]
pub struct Decided<T> {
    /// The value.
    pub value: T,
    /// Who decided it.
    pub source: Source,
}

impl<T> Decided<T> {
    fn new(default: T, from_url: Option<T>) -> Self {
        match from_url {
            Some(value) => Self {
                value,
                source: Source::Url,
            },
            None => Self {
                value: default,
                source: Source::Default,
            },
        }
    }

    /// Takes the server's value unless the address says otherwise. Returns whether it is the first
    /// that anybody decided.
    pub fn decide(&mut self, value: T) -> bool {
        let first = self.source == Source::Default;
        if self.source <= Source::Message {
            *self = Self {
                value,
                source: Source::Message,
            };
        }
        first
    }
}

/// The start of the camera, in coordinates of the scene's world.
#[derive(Clone, Copy, Debug, Default)]
pub struct FromUrl {
    /// Where it stands.
    pub position: Option<DVec3>,
    /// What it looks at.
    pub look_at: Option<DVec3>,
    /// What it keeps upright.
    pub up: Option<DVec3>,
    /// Vertical field of view, radians.
    pub fov: Option<f64>,
    /// Distance of the near plane.
    pub near: Option<f64>,
    /// Distance of the far plane.
    pub far: Option<f64>,
}

/// The start of the camera, each part decided on its own.
///
/// Position and look-at point are coordinates of the scene's world. So is the up direction, except
/// by default: then it is the renderer's, however the scene is turned.
#[derive(Clone, Copy, Debug)]
pub struct InitialCamera {
    /// Where it stands.
    pub position: Decided<DVec3>,
    /// What it looks at.
    pub look_at: Decided<DVec3>,
    /// What it keeps upright.
    pub up: Decided<DVec3>,
    /// Vertical field of view, radians.
    pub fov: Decided<f64>,
    /// Distance of the near plane.
    pub near: Decided<f64>,
    /// Distance of the far plane.
    pub far: Decided<f64>,
}

impl InitialCamera {
    /// viser's defaults, outweighed by the page's address.
    pub fn new(url: &FromUrl) -> Self {
        Self {
            position: Decided::new(DVec3::splat(3.0), url.position),
            look_at: Decided::new(DVec3::ZERO, url.look_at),
            up: Decided::new(DVec3::Y, url.up),
            fov: Decided::new(75f64.to_radians(), url.fov),
            near: Decided::new(0.01, url.near),
            far: Decided::new(1000.0, url.far),
        }
    }

    /// Whether anybody decided any part of the pose.
    pub fn pose_is_decided(&self) -> bool {
        [self.position.source, self.look_at.source, self.up.source]
            .into_iter()
            .any(|source| source != Source::Default)
    }
}
