//! Images over meshes.

use super::{Mesh, input::Input};
use bytes::Bytes;
use rustc_hash::FxHashMap;
use scenecast_protocol::types::ImageFormat;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// The most bytes of all images that one file's materials name.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// An image over a mesh, whose vertices are several where the image is cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Texture {
    /// `[V, 2]`: the place of each vertex on the image, 0 to 1 from the top left, beyond which it
    /// repeats.
    pub uvs: Vec<[f32; 2]>,
    /// `[V, 3]`, unit length: what keeps a surface smooth across the image's cuts. `None` where
    /// the mesh is flat.
    pub normals: Option<Vec<[f32; 3]>>,
    /// The image, which many meshes may share.
    pub image: ImageFile,
}

/// A compressed image. Cloning is cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageFile {
    /// PNG or JPEG.
    pub format: ImageFormat,
    /// The file as it is.
    pub data: Bytes,
}

/// The most images that one file's materials name and that are looked for.
const MAX_IMAGES: usize = 4096;

/// The images that a file's materials name, each looked for and read once.
#[derive(Default)]
pub(super) struct Images {
    /// By the file that names it, and by name.
    found: HashMap<(PathBuf, String), Option<PathBuf>>,
    read: HashMap<PathBuf, Option<ImageFile>>,
    bytes: u64,
}

impl Images {
    /// The file that a material's image is in. Where the name leads nowhere, as those of the machine
    /// that a file was made on do, it is looked for beside the file that names it.
    pub(super) fn find(&mut self, input: &Input, name: &str) -> Option<PathBuf> {
        let key = (input.path().to_owned(), name.to_owned());
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        if self.found.len() == MAX_IMAGES {
            return None;
        }
        let found = find(input, &name.replace('\\', "/"));
        if found.is_none() {
            let path = input.path().display();
            tracing::warn!("{path}: the image `{name}` is not there");
        }
        self.found.insert(key, found.clone());
        found
    }

    /// Reads an image. A shape is complete without: one that cannot be shown is only logged.
    pub(super) fn get(&mut self, path: &Path) -> Option<ImageFile> {
        if let Some(image) = self.read.get(path) {
            return image.clone();
        }
        let image = self.load(path);
        if let Err(problem) = &image {
            tracing::warn!("{} is left out: {problem}", path.display());
        }
        let image = image.ok();
        self.read.insert(path.to_owned(), image.clone());
        image
    }

    fn load(&mut self, path: &Path) -> Result<ImageFile, String> {
        let mut ignore = |_| {};
        let mut input = Input::open(path, &mut ignore).map_err(|error| error.to_string())?;
        self.bytes += input.size();
        if self.bytes > MAX_BYTES {
            return Err(format!("the images have more than {MAX_BYTES} bytes"));
        }
        let data = input.rest().map_err(|error| error.to_string())?;
        ImageFile::of(data)
    }
}

impl ImageFile {
    /// A file that has been read.
    pub(crate) fn of(data: Vec<u8>) -> Result<Self, String> {
        let format = match image::guess_format(&data) {
            Ok(image::ImageFormat::Png) => ImageFormat::Png,
            Ok(image::ImageFormat::Jpeg) => ImageFormat::Jpeg,
            _ => return Err("it is neither PNG nor JPEG".to_owned()),
        };
        let data = data.into();
        Ok(Self { format, data })
    }
}

fn find(input: &Input, name: &str) -> Option<PathBuf> {
    let own = Path::new(name).file_name()?.to_str()?;
    let mut candidates = [name, own].into_iter();
    candidates.find_map(|name| input.beside(name).filter(|path| path.is_file()))
}

/// Lays an image over a mesh. `corners` are the places of each face's corners on it.
pub(super) fn cover(mesh: &mut Mesh, corners: &[[[f32; 2]; 3]], image: ImageFile) {
    let normals = (!mesh.flat).then(|| mesh.smooth_normals());
    let mut new_index = FxHashMap::default();
    let (mut origins, mut uvs) = (Vec::new(), Vec::new());
    for (face, corners) in mesh.faces.iter_mut().zip(corners) {
        for (vertex, uv) in face.iter_mut().zip(corners) {
            let origin = *vertex;
            *vertex = *new_index
                .entry((origin, uv.map(f32::to_bits)))
                .or_insert_with(|| {
                    origins.push(origin as usize);
                    uvs.push(*uv);
                    uvs.len() as u32 - 1
                });
        }
    }
    fn rows<T: Copy>(origins: &[usize], rows: &[T]) -> Vec<T> {
        origins.iter().map(|origin| rows[*origin]).collect()
    }
    mesh.vertices = rows(&origins, &mesh.vertices);
    if let Some(colors) = &mut mesh.vertex_colors {
        *colors = rows(&origins, colors);
    }
    mesh.texture = Some(Texture {
        uvs,
        normals: normals.map(|normals| rows(&origins, &normals)),
        image,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> ImageFile {
        ImageFile {
            format: ImageFormat::Png,
            data: Bytes::new(),
        }
    }

    #[test]
    fn vertices_become_several_where_the_image_is_cut() {
        let mut mesh = Mesh {
            vertices: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]],
            faces: vec![[0, 1, 2], [1, 3, 2]],
            vertex_colors: Some(vec![[0; 3], [1; 3], [2; 3], [3; 3]]),
            ..Mesh::default()
        };
        let normals = mesh.smooth_normals();
        let (a, b, c, d) = ([0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5]);
        cover(&mut mesh, &[[a, b, c], [b, a, d]], image());
        assert_eq!(mesh.faces, [[0, 1, 2], [1, 3, 4]]);
        assert_eq!(mesh.vertices[4], mesh.vertices[2]);
        let colors = mesh.vertex_colors.unwrap();
        assert_eq!(colors, [[0; 3], [1; 3], [2; 3], [3; 3], [2; 3]]);
        let texture = mesh.texture.unwrap();
        assert_eq!(texture.uvs, [a, b, c, a, d]);
        let split = texture.normals.unwrap();
        assert_eq!([split[2], split[4]], [normals[2]; 2], "it is smooth there");
    }

    #[test]
    fn names_beyond_the_limit_are_not_looked_for() {
        let mut ignore = |_| {};
        let input = Input::from_bytes("a.obj", b"", &mut ignore);
        let mut images = Images::default();
        for number in 0..MAX_IMAGES + 10 {
            assert_eq!(images.find(&input, &format!("{number}.png")), None);
        }
        assert_eq!(images.found.len(), MAX_IMAGES);
    }

    #[test]
    fn flat_meshes_need_no_normals() {
        let mut mesh = Mesh {
            vertices: vec![[0.0; 3]; 3],
            faces: vec![[0, 1, 2]],
            flat: true,
            ..Mesh::default()
        };
        cover(&mut mesh, &[[[0.0; 2]; 3]], image());
        assert_eq!(mesh.vertices.len(), 3);
        assert_eq!(mesh.texture.unwrap().normals, None);
    }
}
