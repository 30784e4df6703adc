//! One number for a state, to compare the states of two peers.

use std::hash::{DefaultHasher, Hasher};

use super::gui::Placement;
use super::variant::{Bindings, Pose, Variant};
use super::{GuiState, SceneTree, ViewerState};
use crate::encode::BytesSink;
use crate::gui::AddComponent;
use crate::scene::AddNode;
use crate::wire::Wire;

impl ViewerState {
    /// A hash of everything that the server determines: nodes of all owners with their properties,
    /// poses and visibility, environment, camera settings, event bindings and the GUI.
    ///
    /// The order of nodes does not matter, nor how the state came about. Equal builds give equal
    /// numbers on all platforms. It is for tests and diagnosis: it reads every array.
    pub fn digest(&self) -> u64 {
        let mut sum = self.scene.digest().wrapping_add(self.gui.digest());
        for filter in &self.pointer_filters {
            sum = sum.wrapping_add(hash("pointer", |h| write(h, filter)));
        }
        let environment = &self.environment;
        let camera = &self.camera;
        sum.wrapping_add(hash("surroundings", |h| {
            write(h, &environment.fog().cloned());
            write(h, &environment.map().cloned());
            write(h, environment.lights());
            write(h, &environment.background().cloned());
            write(h, &camera.position);
            write(h, &camera.up_direction);
            write(h, &camera.look_at);
            write(h, &camera.near);
            write(h, &camera.far);
            write(h, &camera.fov);
            write(h, &camera.min_orbit_distance);
            write(h, &camera.max_orbit_distance);
        }))
    }
}

impl SceneTree {
    /// The scene's part of [`ViewerState::digest`].
    pub fn digest(&self) -> u64 {
        let mut sum = 0u64;
        for place in &self.places {
            let shown = place.shown.as_deref().map(|variant| (variant, true));
            for (variant, is_shown) in shown
                .into_iter()
                .chain(place.shadowed.iter().map(|v| (v, false)))
            {
                sum = sum.wrapping_add(hash("node", |h| {
                    write_variant(h, &place.name, variant, is_shown)
                }));
            }
        }
        sum
    }
}

impl GuiState {
    /// The GUI's part of [`ViewerState::digest`].
    pub fn digest(&self) -> u64 {
        let mut sum = 0u64;
        let mut add = |kind: &str, write: &dyn Fn(&mut DefaultHasher)| {
            sum = sum.wrapping_add(hash(kind, write));
        };
        for (uuid, placed) in self.components() {
            let message = AddComponent {
                uuid: uuid.clone(),
                container_uuid: placed.container.to_string(),
                component: Box::new((*placed.component).clone()),
            };
            add("component", &|h| {
                write(h, &message);
                write(h, &self.is_dirty(uuid));
            });
        }
        for (uuid, panel) in &self.panels {
            add("panel", &|h| {
                write(h, uuid);
                write(h, &**panel);
            });
        }
        for (_, placement) in &self.placements {
            let Placement {
                position,
                width,
                height,
                collapsed,
            } = placement;
            add("placement", &|h| {
                write(h, position);
                write(h, width);
                write(h, height);
                write(h, collapsed);
            });
        }
        for modal in &self.modals {
            add("modal", &|h| write(h, modal));
        }
        for (uuid, notification) in &self.notifications {
            add("notification", &|h| {
                write(h, uuid);
                write(h, &**notification);
            });
        }
        for (uuid, command) in &self.commands {
            add("command", &|h| {
                write(h, uuid);
                write(h, &**command);
            });
        }
        add("chrome", &|h| {
            write(h, &self.theme.as_deref().cloned());
            write(h, &self.label);
            write(h, &self.share_url);
        });
        sum
    }
}

fn write_variant(
    hasher: &mut DefaultHasher,
    name: &std::sync::Arc<str>,
    variant: &Variant,
    is_shown: bool,
) {
    let Variant {
        owner,
        is_virtual,
        node,
        pose,
        visible,
        bindings: Bindings { click, drag },
        bones,
        moved,
    } = variant;
    let message = AddNode {
        name: name.clone(),
        owner: owner.clone(),
        is_virtual: *is_virtual,
        node: (**node).clone(),
    };
    write(hasher, &message);
    write(hasher, &is_shown);
    // A stand-in that is not shown takes both over from what it will replace.
    if is_shown || !is_virtual {
        write_pose(hasher, pose);
        write(hasher, visible);
    }
    write(hasher, click);
    write(hasher, drag);
    for bone in bones {
        write_pose(hasher, bone);
    }
    if let Some(moved) = moved {
        hasher.write(moved.vertices.as_bytes());
        hasher.write(moved.normals.as_bytes());
    }
}

fn write_pose(hasher: &mut DefaultHasher, pose: &Pose) {
    write(hasher, &pose.wxyz);
    write(hasher, &pose.position);
}

fn write(hasher: &mut DefaultHasher, value: &impl Wire) {
    hasher.write(&BytesSink::inline(value));
}

fn hash(kind: &str, write: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(kind.as_bytes());
    write(&mut hasher);
    hasher.finish()
}
