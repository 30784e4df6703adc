//! A mesh with colours or a texture, as a glTF file in memory.

use super::{
    Glb, GlbParts, Picture,
    checks::{count, faces_in_range},
    kind::Check,
};
use crate::{
    error::{Error, Result},
    loaders::color::linear,
};
use bytes::Bytes;
use scenecast_protocol::{Array, Rgb, types::ImageFormat};
use serde_json::{Value, json};

/// Component types of glTF.
const UNSIGNED_SHORT: u32 = 5123;
const UNSIGNED_INT: u32 = 5125;
const FLOAT: u32 = 5126;

/// A mesh with a colour for each vertex or a texture: what [`Mesh`](super::Mesh), in one colour,
/// cannot show.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::scene::GlbMesh;
/// # let server = scenecast::Server::builder().port(0).start()?;
/// let corners = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let triangle = GlbMesh::new(corners, [[0, 1, 2]])
///     .vertex_colors([[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]]);
/// server.scene().add("/triangle", triangle.to_glb()?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[doc(alias = "add_mesh_trimesh")]
pub struct GlbMesh {
    vertices: Array<[f32; 3]>,
    faces: Array<[u32; 3]>,
    vertex_normals: Option<Array<[f32; 3]>>,
    vertex_colors: Option<Array<[u8; 4]>>,
    color: Option<Rgb>,
    texture: Option<(Array<[f32; 2]>, Texture)>,
    double_sided: bool,
}

#[derive(Debug, Clone)]
enum Texture {
    Picture(Picture),
    File(ImageFormat, Bytes),
}

impl GlbMesh {
    /// Triangles `faces`, `[F, 3]`, over `vertices`, `[V, 3]`; white.
    pub fn new(vertices: impl Into<Array<[f32; 3]>>, faces: impl Into<Array<[u32; 3]>>) -> Self {
        Self {
            vertices: vertices.into(),
            faces: faces.into(),
            ..Self::default()
        }
    }

    /// With a normal for each vertex, of unit length, `[V, 3]`. Without, each triangle has one
    /// shade.
    #[must_use]
    pub fn vertex_normals(mut self, normals: impl Into<Array<[f32; 3]>>) -> Self {
        self.vertex_normals = Some(normals.into());
        self
    }

    /// With a colour for each vertex: sRGB and alpha, `[V, 4]`.
    #[must_use]
    pub fn vertex_colors(mut self, colors: impl Into<Array<[u8; 4]>>) -> Self {
        self.vertex_colors = Some(colors.into());
        self
    }

    /// In one sRGB colour, which is multiplied with those of vertices and the texture; white unless
    /// set.
    #[must_use]
    pub fn color(mut self, color: impl Into<Rgb>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// With a texture. `uvs` says where on it each vertex lies, `[V, 2]`: 0 to 1 from the top
    /// left, as glTF has it.
    #[must_use]
    pub fn texture(mut self, uvs: impl Into<Array<[f32; 2]>>, image: impl Into<Picture>) -> Self {
        self.texture = Some((uvs.into(), Texture::Picture(image.into())));
        self
    }

    /// With a texture that is compressed already.
    pub(crate) fn texture_file(
        mut self,
        uvs: impl Into<Array<[f32; 2]>>,
        format: ImageFormat,
        data: Bytes,
    ) -> Self {
        self.texture = Some((uvs.into(), Texture::File(format, data)));
        self
    }

    /// Whether both sides are drawn; only the front unless set.
    #[must_use]
    pub fn double_sided(mut self, double_sided: bool) -> Self {
        self.double_sided = double_sided;
        self
    }

    /// The node that shows it.
    ///
    /// # Errors
    /// Arrays do not fit each other, or the image cannot be compressed.
    pub fn to_glb(&self) -> Result<Glb> {
        Self::join([self])
    }

    /// A node that shows several. Image files that they share are in it once.
    ///
    /// # Errors
    /// See [`to_glb`](Self::to_glb).
    pub(crate) fn join<'a>(meshes: impl IntoIterator<Item = &'a Self>) -> Result<Glb> {
        let mut file = GlbParts::default();
        let meshes = meshes.into_iter().map(|mesh| mesh.primitive(&mut file));
        let meshes = meshes.collect::<Result<Vec<_>>>()?;
        if meshes.is_empty() {
            return Err(unusable("it has no triangles".to_owned()));
        }
        Ok(Glb::new(file.finish(json!({
            "asset": {"version": "2.0", "generator": "scenecast"},
            "scene": 0,
            "scenes": [{"nodes": [0]}],
            "nodes": [{"mesh": 0}],
            "meshes": [{"primitives": meshes}],
        }))))
    }

    /// Adds what it has to a file; a primitive of glTF that refers to it.
    fn primitive(&self, file: &mut GlbParts) -> Result<Value> {
        self.check().map_err(unusable)?;
        let (min, max) = self.bounds();
        let vertices = file.view(self.vertices.as_bytes());
        let mut attributes = json!({
            "POSITION": file.accessor(json!({
                "bufferView": vertices, "componentType": FLOAT, "count": self.vertices.len(),
                "type": "VEC3", "min": min, "max": max,
            })),
        });
        let mut material = json!({
            "doubleSided": self.double_sided,
            "pbrMetallicRoughness": {"metallicFactor": 0.0, "roughnessFactor": 1.0},
        });
        if let Some(Rgb(color)) = self.color {
            let [r, g, b] = color.map(|channel| linear(unit(channel)));
            material["pbrMetallicRoughness"]["baseColorFactor"] = json!([r, g, b, 1.0]);
        }
        if let Some(normals) = &self.vertex_normals {
            let view = file.view(normals.as_bytes());
            attributes["NORMAL"] = file.accessor(json!({
                "bufferView": view, "componentType": FLOAT, "count": normals.len(),
                "type": "VEC3",
            }));
        }
        if let Some(colors) = &self.vertex_colors {
            let view = file.view(&in_16_bits(colors));
            attributes["COLOR_0"] = file.accessor(json!({
                "bufferView": view, "componentType": UNSIGNED_SHORT, "normalized": true,
                "count": colors.len(), "type": "VEC4",
            }));
            if colors.iter().any(|[.., alpha]| alpha < 255) {
                material["alphaMode"] = "BLEND".into();
            }
        }
        if let Some((uvs, texture)) = &self.texture {
            let view = file.view(uvs.as_bytes());
            attributes["TEXCOORD_0"] = file.accessor(json!({
                "bufferView": view, "componentType": FLOAT, "count": uvs.len(), "type": "VEC2",
            }));
            let (format, data) = match texture {
                Texture::Picture(picture) => picture.encode()?,
                Texture::File(format, data) => (*format, data.clone()),
            };
            let index = file.texture(format, &data);
            material["pbrMetallicRoughness"]["baseColorTexture"] = json!({"index": index});
        }
        let faces = file.view(self.faces.as_bytes());
        let indices = file.accessor(json!({
            "bufferView": faces, "componentType": UNSIGNED_INT, "count": 3 * self.faces.len(),
            "type": "SCALAR",
        }));
        let material = file.material(material);
        Ok(json!({"attributes": attributes, "indices": indices, "material": material}))
    }

    pub(crate) fn has_triangles(&self) -> bool {
        !self.vertices.is_empty() && !self.faces.is_empty()
    }

    fn check(&self) -> Check {
        let vertices = self.vertices.len();
        if !self.has_triangles() {
            return Err("it has no triangles".to_owned());
        }
        if self.vertices.iter().flatten().any(|x| !x.is_finite()) {
            return Err("a vertex is not finite".to_owned());
        }
        faces_in_range(&self.faces, vertices)?;
        if let Some(normals) = &self.vertex_normals {
            count("vertex_normals", normals.len(), vertices)?;
        }
        if let Some(colors) = &self.vertex_colors {
            count("vertex_colors", colors.len(), vertices)?;
        }
        if let Some((uvs, _)) = &self.texture {
            count("uvs", uvs.len(), vertices)?;
        }
        Ok(())
    }

    fn bounds(&self) -> ([f32; 3], [f32; 3]) {
        let none = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
        self.vertices.iter().fold(none, |(min, max), vertex| {
            let at = |axis: usize| (min[axis].min(vertex[axis]), max[axis].max(vertex[axis]));
            let axes: [_; 3] = std::array::from_fn(at);
            (axes.map(|(min, _)| min), axes.map(|(_, max)| max))
        })
    }
}

fn unusable(reason: String) -> Error {
    let what = "mesh";
    Error::InvalidValue { what, reason }
}

fn unit(channel: u8) -> f32 {
    f32::from(channel) / 255.0
}

/// Colours as glTF has them: linear, here in 16 bits for each channel.
fn in_16_bits(colors: &Array<[u8; 4]>) -> Vec<u8> {
    let to_u16 = |unit: f32| ((unit * 65535.0).round() as u16).to_le_bytes();
    let pixels = colors.iter().flat_map(|[r, g, b, a]| {
        let alpha = to_u16(unit(a));
        let [r, g, b] = [r, g, b].map(|channel| to_u16(linear(unit(channel))));
        [r, g, b, alpha]
    });
    pixels.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaders::{Format, Geometry, load_bytes};

    const CORNERS: [[f32; 3]; 3] = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 2.0, 0.0]];

    #[test]
    fn the_file_can_be_read_back() {
        let mesh = GlbMesh::new(CORNERS, [[0, 1, 2]]).vertex_colors([
            [255, 0, 0, 255],
            [0, 128, 0, 255],
            [0, 0, 1, 255],
        ]);
        let glb = mesh.to_glb().unwrap();
        let loaded = load_bytes(Format::Gltf, "mesh.glb", &glb.glb_data).unwrap();
        let Geometry::Mesh(read) = &loaded.items[0].geometry else {
            panic!("not a mesh");
        };
        assert_eq!(read.vertices, CORNERS);
        assert_eq!(read.faces, [[0, 1, 2]]);
        let colors = read.vertex_colors.as_deref().unwrap();
        assert_eq!(colors, [[255, 0, 0], [0, 128, 0], [0, 0, 1]]);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let mesh = GlbMesh::new(CORNERS, [[0, 1, 2]]);
        let image = Picture::rgb(1, 1, [1, 2, 3]).unwrap();
        assert!(
            mesh.clone()
                .texture([[0.0; 2]; 3], image.clone())
                .to_glb()
                .is_ok()
        );
        let wrong = mesh.texture([[0.0; 2]; 2], image).to_glb();
        let text = wrong.unwrap_err().to_string();
        assert_eq!(text, "mesh: uvs has 2 rows, expected 3");
    }
}
