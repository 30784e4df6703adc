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
    /// # Errors
    /// It has no triangles, a vertex is not finite, or arrays do not fit each other.
    pub fn to_glb(&self) -> Result<Glb> {
        let mut node = GlbMesh::new(&self.vertices[..], &self.faces[..]).double_sided(true);
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
            Some(normals) => node.vertex_normals(normals).to_glb(),
            None => node.to_glb(),
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
        mesh.faces.push([0, 1, 3]);
        assert!(mesh.to_glb().unwrap_err().to_string().contains('3'));
        mesh.faces.clear();
        assert!(mesh.to_glb().is_err());
    }
}
