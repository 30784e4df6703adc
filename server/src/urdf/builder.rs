//! Settings for a robot, and putting it together.

use super::{
    Body, Urdf,
    document::{malformed, read_file, read_text},
    kinematics::{Kinematics, pose},
    mesh::Meshes,
    mesh_folder::MeshFolder,
    shape::{Paint, Shape},
};
use crate::{
    error::{Error, Result},
    loaders::LoadError,
    scene::{Frame, Scene},
};
use scenecast_protocol::Rgb;
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};
use urdf_rs::{Material, Robot};

/// How long the names of a robot's nodes may be in all.
const MAX_NAME_BYTES: usize = 16 << 20;

/// Settings for a robot; made by [`Urdf::builder`].
#[derive(Debug, Clone)]
pub struct UrdfBuilder {
    source: Source,
    mesh_folder: Option<PathBuf>,
    scale: f64,
    root_node_name: String,
    mesh_color_override: Option<Paint>,
    collision_mesh_color_override: Option<Paint>,
    load_meshes: bool,
    load_collision_meshes: bool,
}

#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Text(String),
}

impl UrdfBuilder {
    pub(super) fn from_path(path: PathBuf) -> Self {
        Self::new(Source::File(path))
    }

    pub(super) fn from_text(text: String) -> Self {
        Self::new(Source::Text(text))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            mesh_folder: None,
            scale: 1.0,
            root_node_name: "/".to_owned(),
            mesh_color_override: None,
            collision_mesh_color_override: None,
            load_meshes: true,
            load_collision_meshes: false,
        }
    }

    /// The folder below which meshes may be read. Unless set, it is the package of the file, which
    /// has a `package.xml`, else the folder above the file's; for a text there is none.
    #[must_use]
    pub fn mesh_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.mesh_folder = Some(folder.into());
        self
    }

    /// How much larger than in the file; 1 unless set.
    #[must_use]
    pub fn scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// The node that the robot stands at; `/` unless set. It need not exist: add a
    /// [`Frame`] of this name to move the robot.
    #[must_use]
    pub fn root_node_name(mut self, name: impl Into<String>) -> Self {
        self.root_node_name = name.into();
        self
    }

    /// One colour for all shapes to be seen, instead of their own. Opacity is 0 to 1, `None` for
    /// opaque.
    #[must_use]
    pub fn mesh_color_override(
        mut self,
        color: impl Into<Rgb>,
        opacity: impl Into<Option<f64>>,
    ) -> Self {
        self.mesh_color_override = Some(Paint {
            color: color.into(),
            opacity: opacity.into(),
        });
        self
    }

    /// One colour for all shapes for collisions. Opacity is 0 to 1, `None` for opaque.
    #[must_use]
    pub fn collision_mesh_color_override(
        mut self,
        color: impl Into<Rgb>,
        opacity: impl Into<Option<f64>>,
    ) -> Self {
        self.collision_mesh_color_override = Some(Paint {
            color: color.into(),
            opacity: opacity.into(),
        });
        self
    }

    /// Whether the shapes to be seen are added; they are unless set.
    #[must_use]
    pub fn load_meshes(mut self, load: bool) -> Self {
        self.load_meshes = load;
        self
    }

    /// Whether the shapes for collisions are added; they are not unless set.
    #[must_use]
    pub fn load_collision_meshes(mut self, load: bool) -> Self {
        self.load_collision_meshes = load;
        self
    }

    /// Reads the file and adds the robot to a scene, of all viewers or of one, with all joints at
    /// zero.
    ///
    /// # Errors
    /// [`Load`](Error::Load) says what is wrong with the file; names and numbers that a scene
    /// refuses are errors too. Nothing is added then, but for shapes before one that the scene
    /// refuses.
    pub fn add_to(self, scene: &Scene) -> Result<Urdf> {
        if !(self.scale.is_finite() && self.scale > 0.0) {
            return Err(Error::InvalidValue {
                what: "scale",
                reason: format!("{} is not above 0", self.scale),
            });
        }
        let name = match &self.source {
            Source::File(path) => path.clone(),
            Source::Text(_) => PathBuf::from("URDF"),
        };
        let robot = match &self.source {
            Source::File(path) => read_file(path)?,
            Source::Text(text) => read_text(text, &name)?,
        };
        let bad = |problem| Error::from(malformed(&name, problem));
        let kinematics = Kinematics::new(&robot).map_err(bad)?;
        check_names(&robot, &kinematics).map_err(bad)?;
        let visual = self
            .load_meshes
            .then(|| visual(&robot, self.mesh_color_override));
        let visual = visual.transpose().map_err(bad)?;
        let collision = self
            .load_collision_meshes
            .then(|| collision(&robot, self.collision_mesh_color_override));
        let collision = collision.transpose().map_err(bad)?;

        let mut meshes = Meshes::new(self.folder()?);
        let mut body = |kind, shapes: Option<Vec<LinkShapes>>| {
            let root = format!("{}/{kind}", self.root_node_name.trim_end_matches('/'));
            let add = |shapes| {
                add_body(
                    scene,
                    &root,
                    self.scale,
                    &robot,
                    &kinematics,
                    shapes,
                    &mut meshes,
                )
            };
            shapes.map(add).transpose()
        };
        let (visual, collision) = (body("visual", visual)?, body("collision", collision)?);
        let missing_meshes = meshes.missing;
        let urdf = Urdf {
            scene: scene.clone(),
            scale: self.scale,
            visual,
            collision,
            missing_meshes,
            kinematics,
        };
        let zeros = vec![0.0; urdf.kinematics.actuated().count()];
        urdf.update_cfg(&zeros)?;
        Ok(urdf)
    }

    fn folder(&self) -> Result<Option<MeshFolder>> {
        let root = self.mesh_folder.as_deref();
        let folder = match (&self.source, root) {
            (Source::File(path), root) => MeshFolder::of_file(path, root).map(Some),
            (Source::Text(_), Some(root)) => MeshFolder::of_text(root).map(Some),
            (Source::Text(_), None) => Ok(None),
        };
        folder.map_err(|source| {
            let path = root.unwrap_or(Path::new("")).to_owned();
            LoadError::Io { path, source }.into()
        })
    }
}

/// The shapes of a link, with the names that the file gives them.
type LinkShapes = Vec<(Option<String>, Shape)>;

fn visual(robot: &Robot, paint: Option<Paint>) -> Result<Vec<LinkShapes>, String> {
    let shared = robot.materials.iter().map(|m| (m.name.as_str(), m));
    let shared: HashMap<&str, &Material> = shared.collect();
    let color = |material: &Material| {
        let shared = || shared.get(material.name.as_str())?.color.as_ref();
        material.color.as_ref().or_else(shared).map(paint_of)
    };
    let links = robot.links.iter().map(|link| {
        let shapes = link.visual.iter().map(|visual| {
            let own = visual.material.as_ref().and_then(color);
            let shape = Shape {
                geometry: visual.geometry.clone(),
                link_from_shape: pose(&visual.origin)?,
                paint: paint.or(own),
            };
            shape.check()?;
            Ok((visual.name.clone(), shape))
        });
        let shapes: Result<_, String> = shapes.collect();
        shapes.map_err(|problem| format!("a visual of link `{}`: {problem}", link.name))
    });
    links.collect()
}

fn collision(robot: &Robot, paint: Option<Paint>) -> Result<Vec<LinkShapes>, String> {
    let links = robot.links.iter().map(|link| {
        let shapes = link.collision.iter().map(|collision| {
            let shape = Shape {
                geometry: collision.geometry.clone(),
                link_from_shape: pose(&collision.origin)?,
                paint,
            };
            shape.check()?;
            Ok((collision.name.clone(), shape))
        });
        let shapes: Result<_, String> = shapes.collect();
        shapes.map_err(|problem| format!("a collision of link `{}`: {problem}", link.name))
    });
    links.collect()
}

fn paint_of(color: &urdf_rs::Color) -> Paint {
    let [r, g, b, alpha] = *color.rgba;
    let byte = |unit: f64| (unit.clamp(0.0, 1.0) * 255.0).round() as u8;
    Paint {
        color: Rgb([r, g, b].map(byte)),
        opacity: (alpha < 1.0).then_some(alpha.max(0.0)),
    }
}

/// Names of nodes repeat those of all links above, so that a short file can have very long ones.
fn check_names(robot: &Robot, kinematics: &Kinematics) -> Result<(), String> {
    let mut lengths = vec![0_usize; robot.links.len()];
    let mut total = 0_usize;
    for joint in &kinematics.joints {
        let own = robot.links[joint.child].name.len() + 1;
        lengths[joint.child] = lengths[joint.parent].saturating_add(own);
    }
    for (link, length) in robot.links.iter().zip(lengths) {
        let nodes = 1 + link.visual.len() + link.collision.len();
        total = total.saturating_add(length.saturating_mul(nodes));
    }
    if total > MAX_NAME_BYTES {
        return Err(format!(
            "the names of its nodes take {total} bytes, more than {MAX_NAME_BYTES}; \
             use shorter names or fewer links in a row"
        ));
    }
    Ok(())
}

/// Adds the frames of links and the shapes below them. `shapes` has a list for each link.
fn add_body(
    scene: &Scene,
    root: &str,
    scale: f64,
    robot: &Robot,
    kinematics: &Kinematics,
    shapes: Vec<LinkShapes>,
    meshes: &mut Meshes,
) -> Result<Body> {
    let frame = || Frame::default().show_axes(false);
    let root_frame = scene.add(root, frame())?;
    let mut names = HashSet::new();
    let mut nodes = vec![String::new(); robot.links.len()];
    nodes[kinematics.base] = root_frame.name().to_owned();
    let mut frames = Vec::with_capacity(kinematics.joints.len());
    for joint in &kinematics.joints {
        let link = &robot.links[joint.child].name;
        let name = unique(&mut names, &nodes[joint.parent], link);
        frames.push(scene.add(&name, frame())?);
        nodes[joint.child] = name;
    }
    for (node, shapes) in nodes.iter().zip(shapes) {
        for (name, shape) in shapes {
            let name = unique(&mut names, node, name.as_deref().unwrap_or(shape.name()));
            shape.add(scene, &name, scale, meshes)?;
        }
    }
    Ok(Body {
        root: root_frame,
        frames,
    })
}

/// A node name below another that no node has yet. Slashes separate levels, so a part has none.
fn unique(names: &mut HashSet<String>, parent: &str, part: &str) -> String {
    let part = match part.trim() {
        "" => "unnamed".to_owned(),
        part => part.replace('/', "_"),
    };
    let base = format!("{parent}/{part}");
    let mut name = base.clone();
    for number in 2.. {
        if names.insert(name.clone()) {
            break;
        }
        name = format!("{base} {number}");
    }
    name
}
