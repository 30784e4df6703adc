//! Wavefront OBJ: one statement per line.

mod material;
mod parse;

use super::{
    Geometry, Item, LoadError, Mesh, Points,
    geometry::push_polygon,
    input::{Input, Progress},
    texture::{self, Images},
};
use material::{Material, Materials};
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// The most library files that are opened.
const MAX_LIBRARIES: usize = 64;

/// Reads positions (with colours, a common extension), faces, and materials' diffuse colours and
/// images. Faces with the same material become one mesh; without faces the positions are a point
/// cloud.
pub(super) fn read(input: &mut Input) -> Result<Vec<Item>, LoadError> {
    let mut file = ObjFile::default();
    let mut joined = Vec::new();
    while let Some(line) = input.line()? {
        // A backslash at the end continues a statement on the next line.
        let (piece, continues) = match line.strip_suffix(b"\\") {
            Some(piece) => (piece, true),
            None => (line, false),
        };
        let outcome = if joined.is_empty() && !continues {
            file.statement(piece)
        } else {
            joined.extend_from_slice(piece);
            joined.push(b' ');
            if continues {
                continue;
            }
            let outcome = file.statement(&joined);
            joined.clear();
            outcome
        };
        outcome.map_err(|problem| input.bad_line(problem))?;
    }
    let mut images = Images::default();
    let materials = file.load_materials(input, &mut images);
    Ok(file.into_items(&materials, &mut images))
}

#[derive(Default)]
struct ObjFile {
    positions: Vec<[f32; 3]>,
    /// As long as `positions`, or empty where no vertex has a colour.
    colors: Vec<[u8; 3]>,
    /// Places on images, from the bottom left.
    uvs: Vec<[f32; 2]>,
    /// By material, in the order of first use.
    groups: Vec<Group>,
    group_of: HashMap<String, usize>,
    current: Option<usize>,
    libraries: Vec<String>,
    corners: parse::Corners,
}

/// The triangles of one material.
#[derive(Default)]
struct Group {
    material: String,
    faces: Vec<[u32; 3]>,
    /// For each corner the index of its normal; empty where no face has normals.
    normals: Vec<[u32; 3]>,
    /// For each corner the index of its place on an image; empty where no face has any.
    uvs: Vec<[u32; 3]>,
}

impl Group {
    /// Where a face has no normals, all its corners have this one: what has none is smooth.
    const NO_NORMAL: u32 = 0;

    /// Where a face has no places on an image.
    const NO_UV: u32 = u32::MAX;

    fn push(&mut self, corners: &parse::Corners) {
        let before = self.faces.len();
        push_polygon(&mut self.faces, &corners.positions);
        let after = self.faces.len();
        let optional = [
            (&mut self.normals, &corners.normals, Self::NO_NORMAL),
            (&mut self.uvs, &corners.uvs, Self::NO_UV),
        ];
        for (indices, corners, none) in optional {
            if !corners.is_empty() {
                indices.resize(before, [none; 3]);
                push_polygon(indices, corners);
            } else if !indices.is_empty() {
                indices.resize(after, [none; 3]);
            }
        }
    }
}

impl ObjFile {
    fn statement(&mut self, line: &[u8]) -> Result<(), String> {
        let line = line.trim_ascii();
        let end = line.iter().position(u8::is_ascii_whitespace);
        let (keyword, rest) = line.split_at(end.unwrap_or(line.len()));
        match keyword {
            b"v" => {
                let (position, color) = parse::vertex(rest)?;
                if let Some(color) = color {
                    self.colors.resize(self.positions.len(), [255; 3]);
                    self.colors.push(color);
                }
                self.positions.push(position);
            }
            b"vt" => self.uvs.push(parse::uv(rest)?),
            b"f" => {
                let counts = [self.positions.len(), self.uvs.len()];
                parse::face(rest, counts, &mut self.corners)?;
                let group = match self.current {
                    Some(group) => group,
                    None => self.use_material(String::new()),
                };
                self.groups[group].push(&self.corners);
            }
            b"usemtl" => {
                self.use_material(parse::name(rest));
            }
            b"mtllib" if self.libraries.len() < MAX_LIBRARIES => {
                self.libraries.push(parse::name(rest));
            }
            // Normals, curves, groups and comments change no shape here.
            _ => {}
        }
        Ok(())
    }

    fn use_material(&mut self, name: String) -> usize {
        let index = match self.group_of.get(&name) {
            Some(index) => *index,
            None => {
                self.groups.push(Group {
                    material: name.clone(),
                    ..Group::default()
                });
                self.group_of.insert(name, self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        self.current = Some(index);
        index
    }

    /// The materials that the libraries define. An OBJ is complete without: libraries
    /// often get lost on the way, so one that is missing or broken is only logged.
    fn load_materials(&self, input: &Input, images: &mut Images) -> Materials {
        let mut materials = Materials::new();
        for library in &self.libraries {
            let mut ignore = |_: Progress| {};
            let outcome = match input.sibling(library, &mut ignore) {
                Some(Ok(mut library)) => material::read(&mut library, &mut materials, images),
                Some(Err(error)) => Err(error),
                None => Ok(()),
            };
            if let Err(error) = outcome {
                tracing::warn!("materials are left out: {error}");
            }
        }
        materials
    }

    fn into_items(mut self, materials: &Materials, images: &mut Images) -> Vec<Item> {
        if !self.colors.is_empty() {
            self.colors.resize(self.positions.len(), [255; 3]);
        }
        self.groups.retain(|group| !group.faces.is_empty());
        if self.groups.is_empty() {
            let colors = (!self.colors.is_empty()).then_some(self.colors);
            return vec![Item {
                name: String::new(),
                geometry: Geometry::Points(Points::new(self.positions, colors)),
            }];
        }
        let groups = std::mem::take(&mut self.groups);
        let plain = Material::default();
        let items = groups.into_iter().map(|mut group| {
            let name = std::mem::take(&mut group.material);
            let material = materials.get(&name).unwrap_or(&plain);
            let mut mesh = self.extract(&mut group);
            mesh.color = material.color;
            if let Some(path) = material.image.as_ref().filter(|_| !group.uvs.is_empty())
                && let Some(image) = images.get(path)
            {
                texture::cover(&mut mesh, &self.places(&group), image);
            }
            let geometry = Geometry::Mesh(mesh);
            Item { name, geometry }
        });
        items.collect()
    }

    /// The places of a group's corners on an image, from the top left.
    fn places(&self, group: &Group) -> Vec<[[f32; 2]; 3]> {
        let place = |index: u32| match self.uvs.get(index as usize) {
            Some([u, v]) => [*u, 1.0 - v],
            None => [0.0; 2],
        };
        group.uvs.iter().map(|corners| corners.map(place)).collect()
    }

    /// A mesh of a group's faces with only the vertices that they use. A vertex with several
    /// normals becomes several, so that edges that are meant to be sharp stay so.
    fn extract(&self, group: &mut Group) -> Mesh {
        let mut faces = std::mem::take(&mut group.faces);
        let normals = std::mem::take(&mut group.normals);
        let mut new_index = FxHashMap::default();
        let mut used = Vec::new();
        let normals = normals
            .iter()
            .flatten()
            .chain(std::iter::repeat(&Group::NO_NORMAL));
        for (corner, normal) in faces.iter_mut().flatten().zip(normals) {
            let old = *corner;
            *corner = *new_index.entry((old, *normal)).or_insert_with(|| {
                used.push(old);
                used.len() as u32 - 1
            });
        }
        let color = |old: &u32| self.colors[*old as usize];
        Mesh {
            vertices: used
                .iter()
                .map(|old| self.positions[*old as usize])
                .collect(),
            faces,
            vertex_colors: (!self.colors.is_empty()).then(|| used.iter().map(color).collect()),
            ..Mesh::default()
        }
    }
}
