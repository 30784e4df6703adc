//! What can be added to a scene, and which properties make no sense.

use super::checks::{
    batched_scales, count, faces_in_range, finite, finite_all, finite_scale, one_or_each,
    within_unit,
};
use crate::random;
use scenecast_protocol::{
    scene::{
        AmbientLight, Arrow, BatchedAxes, BatchedGlb, BatchedMeshes, Box, CameraFrustum,
        CatmullRomSpline, CubicBezierSpline, Cylinder, DirectionalLight, Frame, GaussianSplats,
        Glb, Grid, Gui3D, HemisphereLight, Icosphere, Image, Label, LineSegments, Mesh, Node,
        PointCloud, PointLight, RectAreaLight, SkinnedMesh, SpotLight, TransformControls,
    },
    wire::Props,
};

/// The result of a check: what is wrong.
pub(crate) type Check = Result<(), String>;

/// Properties of one kind of scene node, such as [`Box`] or [`PointCloud`].
pub trait SceneNode: Props + Into<Node> + TryFrom<Node> + Send + Sync + 'static {
    /// Looks for what no viewer could draw.
    ///
    /// # Errors
    /// What is wrong, with the offending value.
    fn check(&self) -> Result<(), String>;

    /// Brings properties in line that follow from others.
    fn settle(&mut self) {}
}

/// A node that viewers can click and drag.
pub trait Clickable: SceneNode {}

macro_rules! clickable {
    ($( $Kind:ident )*) => { $( impl Clickable for $Kind {} )* };
}

clickable! {
    BatchedAxes BatchedGlb BatchedMeshes Box CameraFrustum Cylinder Frame GaussianSplats Glb
    Icosphere Image Mesh SkinnedMesh
}

macro_rules! scene_nodes {
    ($( $Kind:ident($node:ident) $check:expr; )*) => { $(
        impl SceneNode for $Kind {
            fn check(&self) -> Check {
                let $node = self;
                $check
            }
        }
    )* };
}

scene_nodes! {
    Frame(node) finite_scale(&node.scale);
    BatchedAxes(node) {
        count("batched_positions", node.batched_positions.len(), node.batched_wxyzs.len())?;
        batched_scales(node.batched_scales.as_ref(), node.batched_wxyzs.len())?;
        finite_scale(&node.scale)
    };
    Grid(node) finite_scale(&node.scale);
    Label(_node) Ok(());
    Mesh(node) {
        faces_in_range(&node.faces, node.vertices.len())?;
        within_unit("opacity", node.opacity)?;
        finite_scale(&node.scale)
    };
    SkinnedMesh(node) {
        faces_in_range(&node.faces, node.vertices.len())?;
        let bones = node.bone_wxyzs.len();
        if bones == 0 || bones > usize::from(u16::MAX) {
            return Err(format!("bone_wxyzs has {bones} rows, expected 1 to {}", u16::MAX));
        }
        count("bone_positions", node.bone_positions.len(), bones)?;
        count("skin_indices", node.skin_indices.len(), node.vertices.len())?;
        count("skin_weights", node.skin_weights.len(), node.vertices.len())?;
        let largest = node.skin_indices.iter().flatten().max().unwrap_or(0);
        if usize::from(largest) >= bones {
            return Err(format!("skin_indices name bone {largest}, but there are {bones} bones"));
        }
        finite_scale(&node.scale)
    };
    BatchedMeshes(node) {
        let instances = node.batched_wxyzs.len();
        faces_in_range(&node.faces, node.vertices.len())?;
        count("batched_positions", node.batched_positions.len(), instances)?;
        one_or_each("batched_colors", node.batched_colors.len(), instances)?;
        batched_scales(node.batched_scales.as_ref(), instances)?;
        if let Some(opacities) = &node.batched_opacities {
            count("batched_opacities", opacities.len(), instances)?;
        }
        finite_scale(&node.scale)
    };
    Glb(node) {
        glb(&node.glb_data)?;
        finite_scale(&node.scale)
    };
    BatchedGlb(node) {
        let instances = node.batched_wxyzs.len();
        glb(&node.glb_data)?;
        count("batched_positions", node.batched_positions.len(), instances)?;
        batched_scales(node.batched_scales.as_ref(), instances)?;
        finite_scale(&node.scale)
    };
    Box(node) {
        finite_all("dimensions", &node.dimensions)?;
        within_unit("opacity", node.opacity)?;
        finite_scale(&node.scale)
    };
    Icosphere(node) {
        finite("radius", node.radius)?;
        within_unit("opacity", node.opacity)?;
        finite_scale(&node.scale)
    };
    Cylinder(node) {
        finite("radius", node.radius)?;
        finite("height", node.height)?;
        within_unit("opacity", node.opacity)?;
        finite_scale(&node.scale)
    };
    LineSegments(node) {
        one_or_each("colors", node.colors.len(), 2 * node.points.len())?;
        finite("thickness", node.thickness)?;
        finite_scale(&node.scale)
    };
    Arrow(node) {
        one_or_each("colors", node.colors.len(), node.points.len())?;
        finite_scale(&node.scale)
    };
    CatmullRomSpline(node) {
        at_least_two(node.points.len())?;
        finite_scale(&node.scale)
    };
    CubicBezierSpline(node) {
        at_least_two(node.points.len())?;
        count("control_points", node.control_points.len(), 2 * node.points.len() - 2)?;
        finite_scale(&node.scale)
    };
    GaussianSplats(node) {
        if !node.harmonics.is_empty() {
            count("harmonics", node.harmonics.len(), node.buffer.len())?;
        }
        finite_scale(&node.scale)
    };
    CameraFrustum(node) {
        finite("fov", node.fov)?;
        finite("aspect", node.aspect)?;
        finite_scale(&node.scale)
    };
    Image(node) {
        finite("render_width", node.render_width)?;
        finite("render_height", node.render_height)?;
        finite_scale(&node.scale)
    };
    TransformControls(node) finite("scale", node.scale);
    DirectionalLight(_node) Ok(());
    AmbientLight(_node) Ok(());
    HemisphereLight(_node) Ok(());
    PointLight(_node) Ok(());
    RectAreaLight(_node) Ok(());
    SpotLight(_node) Ok(());
}

impl SceneNode for PointCloud {
    fn check(&self) -> Check {
        one_or_each("colors", self.colors.len(), self.points.len())?;
        finite("point_size", self.point_size)?;
        finite_scale(&self.scale)
    }

    fn settle(&mut self) {
        self.points = self.points.cast(self.precision);
    }
}

impl SceneNode for Gui3D {
    fn check(&self) -> Check {
        finite("order", self.order)
    }

    fn settle(&mut self) {
        if self.container_uuid.is_empty() {
            self.container_uuid = random::uuid();
        }
    }
}

fn at_least_two(points: usize) -> Check {
    if points < 2 {
        return Err(format!(
            "points has {points} rows, a curve needs at least 2"
        ));
    }
    Ok(())
}

fn glb(data: &[u8]) -> Check {
    if data.starts_with(b"glTF") {
        return Ok(());
    }
    Err(format!(
        "glb_data ({} bytes) does not begin with `glTF`: it must be a binary glTF file",
        data.len()
    ))
}
