//! Meshes as nodes of a scene.

use super::Mesh;
use crate::{
    error::Result,
    scene::{Glb, GlbMesh},
};
use glam::Vec3;

impl Mesh {
    /// Whether it has one colour, so that a [`scene::Mesh`](crate::scene::Mesh) shows all of it.
    pub fn is_plain(&self) -> bool {
        self.vertex_colors.is_none() && self.texture.is_none()
    }

    /// The node that shows its colours and its texture, from both sides: faces of files are often
    /// turned inwards.
    ///
    /// Triangles with a vertex that is not finite are left out.
    ///
    /// # Errors
    /// It has no triangles, or arrays do not fit each other.
    pub fn to_glb(&self) -> Result<Glb> {
        self.to_glb_mesh().to_glb()
    }

    /// One node that shows several meshes so, in which images that they share are there once. Those
    /// without a triangle are left out.
    ///
    /// # Errors
    /// No mesh has a triangle; else see [`to_glb`](Self::to_glb).
    pub fn join<'a>(meshes: impl IntoIterator<Item = &'a Mesh>) -> Result<Glb> {
        let meshes = meshes.into_iter().map(Mesh::to_glb_mesh);
        let meshes: Vec<_> = meshes.filter(GlbMesh::has_triangles).collect();
        GlbMesh::join(&meshes)
    }

    fn to_glb_mesh(&self) -> GlbMesh {
        let is_finite = |at: &[f32; 3]| at.iter().all(|x| x.is_finite());
        let mut node = if self.vertices.iter().all(is_finite) {
            GlbMesh::new(&self.vertices[..], &self.faces[..])
        } else {
            let is_somewhere =
                |vertex: &u32| self.vertices.get(*vertex as usize).is_none_or(is_finite);
            let faces = self
                .faces
                .iter()
                .filter(|face| face.iter().all(is_somewhere));
            let vertices = self
                .vertices
                .iter()
                .map(|at| if is_finite(at) { *at } else { [0.0; 3] });
            GlbMesh::new(
                vertices.collect::<Vec<_>>(),
                faces.copied().collect::<Vec<_>>(),
            )
        };
        node = node.double_sided(true);
        if let Some(colors) = &self.vertex_colors {
            let colors = colors.iter().map(|&[r, g, b]| [r, g, b, 255]);
            node = node.vertex_colors(colors.collect::<Vec<_>>());
        } else if let Some(color) = self.color {
            node = node.color(color);
        }
        let normals = match &self.texture {
            Some(texture) => {
                let image = &texture.image;
                node = node.texture_file(&texture.uvs[..], image.format, image.data.clone());
                texture.normals.clone()
            }
            None => (!self.flat).then(|| self.smooth_normals()),
        };
        match normals {
            Some(normals) => node.vertex_normals(normals),
            None => node,
        }
    }

    /// For each vertex the mean of its triangles' normals, weighted by their areas, as viewers
    /// have it for meshes that are not flat.
    pub(super) fn smooth_normals(&self) -> Vec<[f32; 3]> {
        let mut sums = vec![Vec3::ZERO; self.vertices.len()];
        for face in &self.faces {
            let corners = face.map(|vertex| self.vertices.get(vertex as usize));
            // What is wrong with others is told when the node is made.
            let [Some(a), Some(b), Some(c)] = corners else {
                continue;
            };
            let [a, b, c] = [a, b, c].map(|corner| Vec3::from(*corner));
            for vertex in face {
                sums[*vertex as usize] += (b - a).cross(c - a);
            }
        }
        let unit = |sum: Vec3| sum.normalize_or(Vec3::Z).to_array();
        sums.into_iter().map(unit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaders::{Format, Geometry, ImageFile, Texture, load_bytes};
    use scenecast_protocol::types::ImageFormat;

    #[test]
    fn what_does_not_fit_is_an_error() {
        let mut mesh = Mesh {
            vertices: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            faces: vec![[0, 1, 2]],
            vertex_colors: Some(vec![[1; 3]; 3]),
            ..Mesh::default()
        };
        assert!(mesh.to_glb().is_ok());
        assert_eq!(mesh.smooth_normals(), [[0.0, 0.0, 1.0]; 3]);
        mesh.vertices.push([f32::NAN; 3]);
        mesh.vertex_colors = Some(vec![[1; 3]; 4]);
        mesh.faces.push([0, 1, 3]);
        let glb = mesh.to_glb().unwrap().glb_data;
        let read = load_bytes(Format::Gltf, "t", &glb).unwrap();
        assert!(
            matches!(&read.items[0].geometry, Geometry::Mesh(mesh) if mesh.faces == [[0, 1, 2]])
        );
        mesh.faces.push([0, 1, 4]);
        assert!(mesh.to_glb().unwrap_err().to_string().contains('4'));
        mesh.faces.clear();
        assert!(mesh.to_glb().is_err());
    }

    #[test]
    fn shared_images_are_in_a_node_once() {
        let image = ImageFile {
            format: ImageFormat::Png,
            data: vec![7; 1000].into(),
        };
        let mesh = Mesh {
            vertices: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            faces: vec![[0, 1, 2]],
            texture: Some(Texture {
                uvs: vec![[0.0; 2]; 3],
                normals: None,
                image,
            }),
            ..Mesh::default()
        };
        let one = mesh.to_glb().unwrap().glb_data.len();
        let glb = Mesh::join([&mesh, &mesh, &mesh]).unwrap().glb_data;
        assert!(glb.len() < 2 * one, "{} of {one}", glb.len());
        let nowhere = Mesh {
            vertices: vec![[f32::NAN; 3]; 3],
            ..mesh.clone()
        };
        let without = Mesh::join([&mesh, &nowhere, &mesh, &mesh]).unwrap();
        assert!(without.glb_data == glb && Mesh::join([&nowhere]).is_err());
        let read = load_bytes(Format::Gltf, "t", &glb).unwrap();
        assert_eq!(read.items.len(), 3);
    }
}
