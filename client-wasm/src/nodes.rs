//! How each kind of scene node is drawn.

use std::rc::{Rc, Weak};

use bytes::Bytes;
use glam::{Mat4, Vec3};
use scenecast_protocol::scene::{Gui3D, Node, TransformControls};
use scenecast_protocol::{Array, Scale};
use three_d::core::{Context, CoreError};

use crate::gltf::GltfError;
use crate::render::geometry::{self, Geometry, MeshError};
use crate::render::images::ImageError;
use crate::render::splats::MAX_SPLATS;
use crate::render::{
    Attribute, LabelQuads, LabelSize, Layers, MAX_LIGHTS, Part, Picture, Sampling, Shape, Splats,
    Triangles,
};

mod arrow;
mod batched_axes;
mod batched_meshes;
mod boxes;
mod camera_frustum;
mod cylinder;
mod frame;
mod gaussian_splats;
mod glb;
mod grid;
mod icosphere;
mod image;
mod instances;
mod label;
mod lights;
mod line_segments;
mod mesh;
mod point_cloud;
mod skinned_mesh;
mod spline;
mod surface;

/// A kind of scene node that is drawn.
pub(crate) trait NodeView {
    /// What the node is drawn with.
    ///
    /// # Errors
    /// The properties make no sense.
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError>;

    /// What the node is drawn with after a change of the properties `changed`. Kinds with much
    /// data take over from `old` what stays the same.
    ///
    /// # Errors
    /// The properties make no sense.
    fn updated_parts(
        &self,
        _old: &[Part],
        _changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        self.parts(stage)
    }

    /// Brings the parts up to date after the same change where they are, if that is less work than
    /// to make others. Returns whether that has been done.
    fn renewed(&self, _parts: &[Part], _changed: &[&str]) -> bool {
        false
    }
}

/// What nodes make their parts with.
pub(crate) struct Stage<'a> {
    /// The node's.
    id: u32,
    /// Why the node shows less than it should.
    complaint: Option<NodeError>,
    layers: &'a mut Layers,
    shapes: &'a mut Shapes,
}

/// Why a node shows nothing, or not all that it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// A mesh is broken.
    #[error("mesh: {0}")]
    Mesh(#[from] MeshError),
    /// A glTF file is broken.
    #[error(transparent)]
    Gltf(#[from] GltfError),
    /// An image is not shown.
    #[error("{0}")]
    Image(#[from] ImageError),
    /// A mesh is not whole.
    #[error(
        "{left_out} of {faces} faces have a vertex that is no finite number; they are left out"
    )]
    NoNumbers {
        /// How many faces are not drawn.
        left_out: usize,
        /// How many there are.
        faces: usize,
    },
    /// There is nothing to draw.
    #[error("`{field}` is empty")]
    Empty {
        /// The property.
        field: &'static str,
    },
    /// A node is nowhere.
    #[error("its pose is no finite number")]
    Pose,
    /// A node is infinitely large, or nowhere in its own frame.
    #[error("its size, scale or place in its own frame is no finite number")]
    Unbounded,
    /// Two arrays do not go together.
    #[error("`{field}` has {rows} rows; expected {expected}")]
    Rows {
        /// The property.
        field: &'static str,
        /// Its length.
        rows: usize,
        /// The lengths that fit.
        expected: String,
    },
    /// A number is out of its range.
    #[error("`{field}` is {value}; expected {expected}")]
    Range {
        /// The property.
        field: &'static str,
        /// Its value.
        value: u32,
        /// The values that fit.
        expected: &'static str,
    },
    /// There are too many lights.
    #[error("there are more lights than the {MAX_LIGHTS} that are drawn; the last ones stay dark")]
    Lights,
    /// A photograph of surroundings is not what it should be.
    #[error("the photograph is no JPEG with a gain map; the surroundings stay as they were")]
    NoGainMap,
    /// A part of a glTF file is of a kind that is not drawn.
    #[error("{0} of the file's points and lines are not drawn")]
    PointsAndLines(usize),
    /// The graphics device refused.
    #[error("the graphics card does not take it: {0}")]
    Device(String),
    /// There are too many splats.
    #[error(
        "there is no room for {splats} splats more; at most {MAX_SPLATS} are drawn, or as many \
         as the graphics card takes"
    )]
    Splats {
        /// How many the node has.
        splats: usize,
    },
    /// There is no room for colours that depend on the direction of view.
    #[error("there is no room on the graphics card for the splats' harmonics; they are left out")]
    Harmonics,
}

impl From<CoreError> for NodeError {
    fn from(error: CoreError) -> Self {
        Self::Device(error.to_string())
    }
}

/// What a node was drawn with until some of its properties changed.
pub(crate) struct Update<'a> {
    pub(crate) old: &'a [Part],
    pub(crate) changed: &'a [&'a str],
}

/// What a node is drawn with, and why that is not all of it.
pub(crate) fn parts(
    id: u32,
    node: &Node,
    update: Option<Update<'_>>,
    layers: &mut Layers,
    shapes: &mut Shapes,
) -> (Vec<Part>, Result<(), NodeError>) {
    let mut stage = Stage {
        id,
        complaint: None,
        layers,
        shapes,
    };
    let parts = match update {
        Some(Update { old, changed }) => view(node).updated_parts(old, changed, &mut stage),
        None => view(node).parts(&mut stage),
    };
    match parts {
        Ok(parts) => {
            if !parts.iter().all(Part::is_finite) {
                stage.complain(NodeError::Unbounded);
            }
            (parts, stage.complaint.map_or(Ok(()), Err))
        }
        Err(error) => (Vec::new(), Err(error)),
    }
}

/// Brings a node's parts up to date where they are, if its kind can. Returns whether it could.
pub(crate) fn renewed(node: &Node, update: &Update<'_>) -> bool {
    view(node).renewed(update.old, update.changed)
}

/// The node as a kind that is drawn.
fn view(node: &Node) -> &dyn NodeView {
    match node {
        Node::Frame(node) => node,
        Node::BatchedAxes(node) => node,
        Node::Grid(node) => node,
        Node::PointCloud(node) => node,
        Node::Mesh(node) => node,
        Node::Box(node) => node,
        Node::Icosphere(node) => node,
        Node::Cylinder(node) => node,
        Node::LineSegments(node) => node,
        Node::Label(node) => node,
        Node::Arrow(node) => node,
        Node::CatmullRomSpline(node) => node,
        Node::CubicBezierSpline(node) => node,
        // Drawn in the page, not by the renderer.
        Node::Gui3D(node) => node,
        // Drawn as marks over the scene.
        Node::TransformControls(node) => node,
        Node::CameraFrustum(node) => node,
        Node::Image(node) => node,
        Node::DirectionalLight(node) => node,
        Node::AmbientLight(node) => node,
        Node::HemisphereLight(node) => node,
        Node::PointLight(node) => node,
        Node::RectAreaLight(node) => node,
        Node::SpotLight(node) => node,
        Node::SkinnedMesh(node) => node,
        Node::BatchedMeshes(node) => node,
        Node::Glb(node) => node,
        Node::BatchedGlb(node) => node,
        Node::GaussianSplats(node) => node,
    }
}

impl NodeView for Gui3D {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        Ok(Vec::new())
    }
}

impl NodeView for TransformControls {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        Ok(Vec::new())
    }
}

/// Solids of unit size that many nodes share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Solid {
    Box,
    Icosphere { subdivisions: u32 },
    Cylinder { segments: u32 },
    Cone { segments: u32 },
    Frustum,
}

/// The few solids that are in use, on the GPU; by whether their edges are drawn.
#[derive(Default)]
pub(crate) struct Shapes(Vec<((Solid, bool), Weak<Shape>)>);

impl Stage<'_> {
    /// Says why the node shows less than it should. The first reason counts.
    pub(crate) fn complain(&mut self, error: NodeError) {
        self.complaint.get_or_insert(error);
    }

    /// Splats, in place of others if there are as many. `harmonics` are as many, or none.
    pub(crate) fn splats(
        &mut self,
        packed: &Array<[u32; 8]>,
        harmonics: &Array<[u32; 14]>,
        old: Option<&Rc<Splats>>,
    ) -> Result<Rc<Splats>, NodeError> {
        let layer = &mut self.layers.splats;
        if let Some(old) = old
            && layer.replace(old, packed, harmonics)
        {
            return Ok(old.clone());
        }
        let splats = packed.len();
        let (inserted, is_whole) = layer
            .insert(packed, harmonics)
            .ok_or(NodeError::Splats { splats })?;
        if !is_whole {
            self.complain(NodeError::Harmonics);
        }
        Ok(inserted)
    }

    /// A mesh with smooth normals. What of it is no number is left out, and said.
    pub(crate) fn mesh(
        &mut self,
        vertices: &Array<[f32; 3]>,
        faces: &Array<[u32; 3]>,
    ) -> Result<Geometry, NodeError> {
        let mesh = geometry::from_mesh(&vertices.as_slice(), &faces.as_slice())?;
        let (faces, drawn) = (faces.len(), mesh.indices.len() / 3);
        if faces == 0 {
            self.complain(NodeError::Empty { field: "faces" });
        } else if drawn < faces {
            let left_out = faces - drawn;
            self.complain(NodeError::NoNumbers { left_out, faces });
        }
        Ok(mesh)
    }

    /// Notes that something mirrors what is around.
    pub(crate) fn mirror(&mut self) {
        self.layers.has_mirrors = true;
    }

    /// Whether there is room for one more light with a place or a direction.
    pub(crate) fn has_room_for_light(&self) -> bool {
        self.layers.lights.local().count() < MAX_LIGHTS
    }

    pub(crate) fn context(&self) -> &Context {
        &self.layers.context
    }

    /// A solid that nodes share.
    pub(crate) fn solid(&mut self, solid: Solid, wireframe: bool) -> Rc<Shape> {
        let key = (solid, wireframe);
        let mut known = self.shapes.0.iter().filter(|(known, _)| *known == key);
        let known = known.find_map(|(_, shape)| shape.upgrade());
        known.unwrap_or_else(|| {
            let geometry = match solid {
                Solid::Box => geometry::cuboid(),
                Solid::Icosphere { subdivisions } => geometry::icosphere(subdivisions),
                Solid::Cylinder { segments } => geometry::cylinder(segments),
                Solid::Cone { segments } => geometry::cone(segments),
                Solid::Frustum => geometry::frustum(),
            };
            let shape = self.shape(&geometry, wireframe);
            self.shapes.0.retain(|(_, shape)| shape.strong_count() > 0);
            self.shapes.0.push((key, Rc::downgrade(&shape)));
            shape
        })
    }

    /// Text, laid out.
    pub(crate) fn label(
        &mut self,
        text: &str,
        anchor: [f32; 2],
        depth_test: bool,
        size: LabelSize,
    ) -> LabelQuads {
        self.layers.text.label(text, anchor, depth_test, size)
    }

    /// A picture that shows this image as soon as it is decoded.
    pub(crate) fn picture(&mut self, image: &Bytes, sampling: Sampling) -> Rc<Picture> {
        self.layers.pictures.picture(image, sampling, Some(self.id))
    }

    /// Lets a picture show another image as soon as that is decoded.
    pub(crate) fn show(&mut self, picture: &Rc<Picture>, image: &Bytes) {
        self.layers.pictures.show(picture, image);
    }

    /// Geometry of a node's own.
    pub(crate) fn shape(&mut self, geometry: &Geometry, wireframe: bool) -> Rc<Shape> {
        self.shape_of(geometry, wireframe, Triangles::of(geometry), Vec::new())
    }

    /// The same, where the pointer's view of it is at hand already; with more numbers at each
    /// vertex, by their names in shaders.
    pub(crate) fn shape_of(
        &mut self,
        geometry: &Geometry,
        wireframe: bool,
        triangles: Triangles,
        attributes: Vec<(&'static str, Attribute)>,
    ) -> Rc<Shape> {
        let surfaces = &mut self.layers.surfaces;
        surfaces.shape(geometry, wireframe, triangles, attributes)
    }
}

/// The scale of a node's own geometry.
fn scaled(scale: Scale) -> Mat4 {
    Mat4::from_scale(vector(scale.xyz()))
}

fn vector(v: [f64; 3]) -> Vec3 {
    Vec3::from(v.map(|c| c as f32))
}
