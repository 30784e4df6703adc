//! The scene: nodes in a tree of names such as `/robot/arm`, their poses and visibility.
//!
//! A node's position and rotation are relative to its parent: `T_parent_node`. The world is
//! right-handed with +Z up unless a server turns it. The root's name is empty.

use std::sync::Arc;

use crate::encode::{Encoded, Sink};
use crate::schema::{Field, Struct, Type};
use crate::types::{ImageFormat, Modifier, PointerButton, Rgb, Wxyz};
use crate::value::Value;
use crate::wire::{DecodeError, Props, Updates, Wire, field};

pub mod arrow;
pub mod batched_axes;
pub mod batched_meshes;
pub mod boxes;
pub mod camera_frustum;
pub mod cylinder;
pub mod frame;
pub mod gaussian_splats;
pub mod glb;
pub mod grid;
pub mod gui_3d;
pub mod icosphere;
pub mod image;
pub mod label;
pub mod lights;
pub mod line_segments;
pub mod mesh;
pub mod point_cloud;
pub mod skinned_mesh;
pub mod spline;
pub mod transform_controls;

pub use arrow::Arrow;
pub use batched_axes::BatchedAxes;
pub use batched_meshes::{BatchedMeshes, Lod};
pub use boxes::Box;
pub use camera_frustum::{CameraFrustum, FrustumVariant};
pub use cylinder::Cylinder;
pub use frame::Frame;
pub use gaussian_splats::GaussianSplats;
pub use glb::{BatchedGlb, Glb};
pub use grid::{FadeFrom, Grid, GridPlane};
pub use gui_3d::Gui3D;
pub use icosphere::Icosphere;
pub use image::Image;
pub use label::{FontSizeMode, Label, LabelAnchor};
pub use lights::{
    AmbientLight, DirectionalLight, HemisphereLight, PointLight, RectAreaLight, SpotLight,
};
pub use line_segments::{LineSegments, ThicknessUnits};
pub use mesh::{Material, Mesh, Side};
pub use point_cloud::{PointCloud, PointShading, PointShape, Points, Precision};
pub use skinned_mesh::SkinnedMesh;
pub use spline::{CatmullRomSpline, CubicBezierSpline, CurveType};
pub use transform_controls::TransformControls;

/// Lists the kinds of scene nodes: properties and class name of the message that creates one.
macro_rules! nodes {
    ($( $Kind:ident $tag:literal )*) => {
        /// A scene node's properties, of any kind.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Node {
            $(
                #[doc = concat!("See [`", stringify!($Kind), "`].")]
                $Kind($Kind),
            )*
        }

        impl Node {
            /// Class name and properties of every kind.
            pub const KINDS: &'static [(&'static str, &'static Struct)] =
                &[$( ($tag, &$Kind::SCHEMA) ),*];

            /// The message that creates a node, of every kind.
            pub const MESSAGES: &'static [Struct] = &[$( Struct {
                name: $tag,
                doc: $Kind::SCHEMA.doc,
                fields: &[
                    Field::new("name", <Arc<str>>::TYPE),
                    Field::new("owner", String::TYPE),
                    Field::new("virtual", bool::TYPE),
                    Field::new("props", $Kind::TYPE),
                ],
            } ),*];

            /// The class name of the message that creates this node.
            pub fn tag(&self) -> &'static str {
                match self { $( Node::$Kind(_) => $tag ),* }
            }

            /// The properties that messages with this class name carry; `None` for other classes.
            pub(crate) fn decode_props(tag: &str, props: &Value) -> Option<Result<Self, DecodeError>> {
                match tag {
                    $( $tag => Some($Kind::decode(props).map(Node::$Kind)), )*
                    _ => None,
                }
            }

            pub(crate) fn encode_props(&self, sink: &mut impl Sink) {
                match self { $( Node::$Kind(props) => props.encode(sink) ),* }
            }

            /// The properties that this kind has.
            pub fn fields(&self) -> &'static [Field] {
                match self { $( Node::$Kind(_) => $Kind::SCHEMA.fields ),* }
            }

            /// The properties as a map by wire names. Arrays share their memory.
            pub fn props(&self) -> Value {
                Encoded::with(|sink| self.encode_props(sink)).to_value()
            }

            /// Wire names and values of the properties in which `new` differs, or `None` if it
            /// is of another kind.
            pub fn diff(&self, new: &Node) -> Option<Vec<(&'static str, Value)>> {
                match (self, new) {
                    $( (Node::$Kind(old), Node::$Kind(new)) => Some(old.diff(new)), )*
                    _ => None,
                }
            }

            /// Sets the property with this wire name; `false` if this kind has none such.
            ///
            /// # Errors
            /// The value is not of the property's type; nothing changes then.
            pub fn set(&mut self, name: &str, value: &Value) -> Result<bool, DecodeError> {
                match self { $( Node::$Kind(props) => props.set(name, value) ),* }
            }
        }

        $(
            impl From<$Kind> for Node {
                fn from(props: $Kind) -> Self {
                    Node::$Kind(props)
                }
            }

            impl TryFrom<Node> for $Kind {
                type Error = Node;

                /// The properties, or the node unchanged if it is of another kind.
                fn try_from(node: Node) -> Result<Self, Node> {
                    match node {
                        Node::$Kind(props) => Ok(props),
                        other => Err(other),
                    }
                }
            }
        )*
    };
}

nodes! {
    CameraFrustum     "CameraFrustumMessage"
    Glb               "GlbMessage"
    Frame             "FrameMessage"
    BatchedAxes       "BatchedAxesMessage"
    Grid              "GridMessage"
    Label             "LabelMessage"
    Gui3D             "Gui3DMessage"
    PointCloud        "PointCloudMessage"
    DirectionalLight  "DirectionalLightMessage"
    AmbientLight      "AmbientLightMessage"
    HemisphereLight   "HemisphereLightMessage"
    PointLight        "PointLightMessage"
    RectAreaLight     "RectAreaLightMessage"
    SpotLight         "SpotLightMessage"
    Mesh              "MeshMessage"
    Box               "BoxMessage"
    Icosphere         "IcosphereMessage"
    Cylinder          "CylinderMessage"
    SkinnedMesh       "SkinnedMeshMessage"
    BatchedMeshes     "BatchedMeshesMessage"
    BatchedGlb        "BatchedGlbMessage"
    TransformControls "TransformControlsMessage"
    Image             "ImageMessage"
    LineSegments      "LineSegmentsMessage"
    Arrow             "ArrowMessage"
    CatmullRomSpline  "CatmullRomSplineMessage"
    CubicBezierSpline "CubicBezierSplineMessage"
    GaussianSplats    "GaussianSplatsMessage"
}

/// Adds a node, or replaces the node of the same name and owner.
#[derive(Clone, Debug, PartialEq)]
pub struct AddNode {
    /// Where in the tree.
    pub name: Arc<str>,
    /// The viewer that alone sees it, by client id; empty for all viewers.
    pub owner: String,
    /// Whether it only stands in for a parent that nobody added.
    pub is_virtual: bool,
    /// Kind and properties.
    pub node: Node,
}

impl AddNode {
    /// Reads a message of class `tag`; `None` if that class adds no node.
    pub(crate) fn decode(tag: &str, value: &Value) -> Option<Result<Self, DecodeError>> {
        let props = value.get("props").unwrap_or(&Value::Nil);
        let node = Node::decode_props(tag, props)?;
        Some((|| {
            Ok(Self {
                name: field(value, "name")?,
                // Older writers leave these two out.
                owner: field::<Option<_>>(value, "owner")?.unwrap_or_default(),
                is_virtual: field::<Option<_>>(value, "virtual")?.unwrap_or(false),
                node: node.map_err(|e| e.within("props"))?,
            })
        })())
    }
}

impl Wire for AddNode {
    const TYPE: &'static Type = &Type::Any;

    fn encode(&self, sink: &mut impl Sink) {
        sink.map(5);
        sink.static_str("name");
        sink.str(&self.name);
        sink.static_str("owner");
        sink.str(&self.owner);
        sink.static_str("virtual");
        sink.bool(self.is_virtual);
        sink.static_str("props");
        self.node.encode_props(sink);
        sink.static_str("type");
        sink.static_str(self.node.tag());
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        let tag = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        Self::decode(tag, value)
            .unwrap_or_else(|| Err(DecodeError::kind("a message that adds a node", value)))
    }
}

message! {
    /// Removes a node. A server sends one for each descendant too.
    pub struct RemoveSceneNode as "RemoveSceneNodeMessage" {
        /// The node.
        name: Arc<str>,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Changes properties of a node.
    pub struct SceneNodeUpdate as "SceneNodeUpdateMessage" {
        /// The node.
        name: Arc<str>,
        /// New values by property.
        updates: Updates,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Turns a node.
    pub struct SetOrientation as "SetOrientationMessage" {
        /// The node; empty for the root, which turns the world upright on the screen.
        name: Arc<str>,
        /// Rotation in the parent's frame.
        wxyz: Wxyz,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Moves a node.
    pub struct SetPosition as "SetPositionMessage" {
        /// The node.
        name: Arc<str>,
        /// Position in the parent's frame.
        position: [f64; 3],
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Shows or hides a node and everything below it.
    pub struct SetSceneNodeVisibility as "SetSceneNodeVisibilityMessage" {
        /// The node; empty for the whole scene.
        name: Arc<str>,
        /// Whether it is shown.
        visible: bool,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Turns a bone of a skinned mesh.
    pub struct SetBoneOrientation as "SetBoneOrientationMessage" {
        /// The mesh.
        name: Arc<str>,
        /// Which bone.
        bone_index: i64,
        /// Rotation in the mesh's frame.
        wxyz: Wxyz,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Moves a bone of a skinned mesh.
    pub struct SetBonePosition as "SetBonePositionMessage" {
        /// The mesh.
        name: Arc<str>,
        /// Which bone.
        bone_index: i64,
        /// Position in the mesh's frame.
        position: [f64; 3],
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

record! {
    /// A button, and the modifiers that must be held with it.
    pub struct DragBinding as "DragBinding" {
        /// The button.
        button: PointerButton,
        /// Exactly these modifiers; `None` for none held.
        modifier: Option<Modifier>,
    }
}

message! {
    /// Which drags on a node are reported: the full set.
    pub struct SetSceneNodeDragBindings as "SetSceneNodeDragBindingsMessage" {
        /// The node.
        name: Arc<str>,
        /// The set; empty for none.
        bindings: Vec<DragBinding>,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Which clicks on a node are reported: the full set.
    pub struct SetSceneNodeClickBindings as "SetSceneNodeClickBindingsMessage" {
        /// The node.
        name: Arc<str>,
        /// The set; empty for none.
        bindings: Vec<DragBinding>,
        /// Whose variant of it.
        owner: String = String::new(),
    }
}

message! {
    /// Mixes a colour into what is far from the camera.
    pub struct Fog as "FogMessage" {
        /// Depth at which it begins.
        near: f64,
        /// Depth at which nothing else is seen.
        far: f64,
        /// Its colour.
        color: Rgb,
        /// Whether there is any.
        enabled: bool,
    }
}

impl Fog {
    /// White fog between these depths, scene units.
    pub fn new(near: impl Into<f64>, far: impl Into<f64>) -> Self {
        Self {
            near: near.into(),
            far: far.into(),
            color: Rgb::WHITE,
            enabled: true,
        }
    }

    /// In this colour.
    #[must_use]
    pub fn color(mut self, color: impl Into<Rgb>) -> Self {
        self.color = color.into();
        self
    }
}

message! {
    /// Light, and perhaps a background, from a photographed environment.
    pub struct EnvironmentMap as "EnvironmentMapMessage" {
        /// Equirectangular gain-map JPEG; `None` for no environment.
        hdri_data: Option<bytes::Bytes> = None,
        /// Whether it is shown behind the scene.
        background: bool,
        /// Blur of the background, 0 to 1.
        background_blurriness: f64,
        /// Brightness of the background.
        background_intensity: f64,
        /// Rotation of the background.
        background_wxyz: Wxyz,
        /// Brightness of the light.
        environment_intensity: f64,
        /// Rotation of the light.
        environment_wxyz: Wxyz,
    }
}

message! {
    /// The default lights.
    pub struct EnableLights as "EnableLightsMessage" {
        /// Whether they are on.
        enabled: bool,
        /// Whether they cast shadows.
        cast_shadow: bool,
    }
}

message! {
    /// An image behind the scene.
    pub struct BackgroundImage as "BackgroundImageMessage" {
        /// How `rgb_data` is compressed.
        format: ImageFormat,
        /// The compressed image; `None` for none.
        rgb_data: Option<bytes::Bytes>,
        /// Depth as RGBA PNG: (blue + 256 green + 65536 red) / 100,000 scene units.
        depth_data: Option<bytes::Bytes>,
    }
}
