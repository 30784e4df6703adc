//! Meshes: primitives whose corners name rows of sources.

use super::{
    document::{Element, Problem},
    source::{Source, Sources},
};
use crate::loaders::{
    Mesh,
    color::unit_to_byte,
    geometry::{push_polygon, push_strip},
};
use std::{borrow::Cow, collections::HashMap};

/// The most inputs of a primitive; real ones have a handful.
const MAX_INPUTS: usize = 64;

/// The triangles of a primitive.
pub(super) struct Part<'d> {
    /// What its material is called where the mesh stands.
    pub(super) symbol: Option<Cow<'d, str>>,
    pub(super) mesh: Mesh,
    /// For each corner of its faces its place on an image, from the bottom left, if it has one.
    pub(super) uvs: Vec<[[f32; 2]; 3]>,
}

/// Reads a geometry's triangles. Lines, splines and hulls are left out.
pub(super) fn read<'d>(
    geometry: Element<'d>,
    sources: &mut Sources,
) -> Result<Vec<Part<'d>>, Problem> {
    let mut parts = Vec::new();
    let Some(mesh) = geometry.child("mesh") else {
        return Ok(parts);
    };
    let vertices = mesh.child("vertices").map(|vertices| Vertices {
        number: vertices.number,
        inputs: vertices.each("input").take(MAX_INPUTS).collect(),
    });
    for primitive in mesh.children() {
        let kind = primitive.name();
        if !matches!(
            kind,
            "triangles" | "polylist" | "polygons" | "tristrips" | "trifans"
        ) {
            continue;
        }
        let mut builder = Builder::new(Inputs::find(primitive, vertices.as_ref(), sources)?);
        match kind {
            "triangles" => primitive.each("p").try_for_each(|p| builder.triangles(p))?,
            "polylist" => builder.polylist(primitive)?,
            "tristrips" => primitive.each("p").try_for_each(|p| builder.strip(p))?,
            "trifans" => primitive.each("p").try_for_each(|p| builder.polygon(p))?,
            _ => {
                for child in primitive.children() {
                    match child.name() {
                        "p" => builder.polygon(child)?,
                        // A polygon with holes, of which the outline is shown.
                        "ph" => child.each("p").try_for_each(|p| builder.polygon(p))?,
                        _ => {}
                    }
                }
            }
        }
        if !builder.mesh.faces.is_empty() {
            parts.push(Part {
                symbol: primitive.attribute("material"),
                uvs: builder.uvs(),
                mesh: builder.mesh,
            });
        }
    }
    Ok(parts)
}

/// What an input `VERTEX` stands for.
struct Vertices<'d> {
    number: u32,
    inputs: Vec<Element<'d>>,
}

/// What the numbers of a corner stand for.
struct Inputs {
    /// How many numbers a corner has.
    stride: u32,
    position: (u32, Source),
    normal: Option<(u32, Source)>,
    color: Option<(u32, Source)>,
    uv: Option<(u32, Source)>,
}

impl Inputs {
    fn find(
        primitive: Element,
        vertices: Option<&Vertices>,
        sources: &mut Sources,
    ) -> Result<Self, Problem> {
        let name = primitive.name();
        let (mut position, mut normal, mut color, mut uv) = (None, None, None, None);
        let mut stride = 1_u32;
        let mut count = 0;
        for input in primitive.each("input") {
            let offset: u32 = input.number("offset", 0)?;
            stride = stride.max(offset.saturating_add(1));
            count += 1;
            if count > MAX_INPUTS {
                let problem = format!("`{name}` has more than {MAX_INPUTS} inputs");
                return Err(primitive.bad(problem));
            }
            let inputs = match input.attribute("semantic").as_deref() {
                Some("VERTEX") => {
                    let target = input.target("source", "vertices")?;
                    let own = vertices.filter(|vertices| vertices.number == target.number);
                    let own = own.ok_or_else(|| input.bad("the vertices of another mesh"))?;
                    &own.inputs[..]
                }
                _ => &[input],
            };
            for &input in inputs {
                let (slot, width) = match input.attribute("semantic").as_deref() {
                    Some("POSITION") => (&mut position, 3),
                    Some("NORMAL") => (&mut normal, 3),
                    Some("COLOR") => (&mut color, 3),
                    Some("TEXCOORD") => (&mut uv, 2),
                    // Tangents and what exporters invent.
                    _ => continue,
                };
                // Of several sets, the first counts.
                if slot.is_none() {
                    let source = sources.of(input, width);
                    // Without its place on an image a shape is complete.
                    if width == 3 || source.is_ok() {
                        *slot = Some((offset, source?));
                    }
                }
            }
        }
        let position = position.ok_or_else(|| {
            primitive.bad(format!("`{name}` has no input `VERTEX` with a `POSITION`"))
        })?;
        Ok(Self {
            stride,
            position,
            normal,
            color,
            uv,
        })
    }
}

/// A position, a normal and a colour, as bits to compare.
type VertexKey = ([u32; 3], [u32; 3], [u8; 3]);

/// Builds a mesh in which corners share a vertex if they look alike, however the file numbers them:
/// surfaces are smooth where triangles share vertices, and sharp elsewhere.
struct Builder {
    inputs: Inputs,
    mesh: Mesh,
    vertices: HashMap<VertexKey, u32>,
    /// For each corner of the mesh's faces the row of its place on an image, if it has one.
    uv_faces: Vec<[u32; 3]>,
    /// The corners of the primitive that is being read.
    polygon: Vec<u32>,
    polygon_uvs: Vec<u32>,
}

impl Builder {
    fn new(inputs: Inputs) -> Self {
        let mesh = Mesh {
            flat: inputs.normal.is_none(),
            vertex_colors: inputs.color.is_some().then(Vec::new),
            ..Mesh::default()
        };
        Self {
            inputs,
            mesh,
            vertices: HashMap::new(),
            uv_faces: Vec::new(),
            polygon: Vec::new(),
            polygon_uvs: Vec::new(),
        }
    }

    fn triangles(&mut self, p: Element) -> Result<(), Problem> {
        let mut indices = p.numbers()?;
        while let Some(first) = self.corner(p, &mut indices)? {
            let mut next = || {
                let corner = self.corner(p, &mut indices)?;
                corner.ok_or_else(|| p.bad("`p` ends inside a triangle"))
            };
            let corners = [first, next()?, next()?];
            self.mesh.faces.push(corners.map(|[vertex, _]| vertex));
            if self.inputs.uv.is_some() {
                self.uv_faces.push(corners.map(|[_, uv]| uv));
            }
        }
        Ok(())
    }

    fn polylist(&mut self, polylist: Element) -> Result<(), Problem> {
        let (Some(counts), Some(p)) = (polylist.child("vcount"), polylist.child("p")) else {
            return Ok(());
        };
        let mut indices = p.numbers()?;
        for count in counts.numbers::<u32>()? {
            for _ in 0..count? {
                let corner = self.corner(p, &mut indices)?;
                let corner = corner.ok_or_else(|| p.bad("`p` has fewer corners than `vcount`"))?;
                self.open(corner);
            }
            self.close(push_polygon);
        }
        match indices.next() {
            None => Ok(()),
            Some(_) => Err(p.bad("`p` has more corners than `vcount`")),
        }
    }

    /// One polygon, or a fan.
    fn polygon(&mut self, p: Element) -> Result<(), Problem> {
        self.read_corners(p)?;
        self.close(push_polygon);
        Ok(())
    }

    fn strip(&mut self, p: Element) -> Result<(), Problem> {
        self.read_corners(p)?;
        self.close(push_strip);
        Ok(())
    }

    fn read_corners(&mut self, p: Element) -> Result<(), Problem> {
        let mut indices = p.numbers()?;
        while let Some(corner) = self.corner(p, &mut indices)? {
            self.open(corner);
        }
        Ok(())
    }

    /// Another corner of the primitive.
    fn open(&mut self, [vertex, uv]: [u32; 2]) {
        self.polygon.push(vertex);
        self.polygon_uvs.push(uv);
    }

    /// The primitive is complete: `push` makes triangles of it.
    fn close(&mut self, push: fn(&mut Vec<[u32; 3]>, &[u32])) {
        push(&mut self.mesh.faces, &self.polygon);
        if self.inputs.uv.is_some() {
            push(&mut self.uv_faces, &self.polygon_uvs);
        }
        self.polygon.clear();
        self.polygon_uvs.clear();
    }

    /// For each corner of the mesh's faces its place on an image.
    fn uvs(&self) -> Vec<[[f32; 2]; 3]> {
        let place = |row: u32| {
            let source = self.inputs.uv.as_ref().map(|(_, source)| source);
            let place = source.and_then(|source| source.get(row));
            place.map_or([0.0; 2], |[u, v, _]| [u, v])
        };
        let faces = self.uv_faces.iter();
        faces.map(|corners| corners.map(place)).collect()
    }

    /// The vertex that the next numbers stand for, and the row of its place on an image; `None` at
    /// their end.
    fn corner(
        &mut self,
        p: Element,
        indices: &mut impl Iterator<Item = Result<u32, Problem>>,
    ) -> Result<Option<[u32; 2]>, Problem> {
        let Inputs {
            stride,
            position,
            normal,
            color,
            uv,
        } = &self.inputs;
        let mut rows = [0; 4];
        let offsets = [Some(position), normal.as_ref(), color.as_ref(), uv.as_ref()];
        for offset in 0..*stride {
            let index = match indices.next() {
                Some(index) => index?,
                None if offset == 0 => return Ok(None),
                None => return Err(p.bad("`p` ends inside a corner")),
            };
            for (row, input) in rows.iter_mut().zip(offsets) {
                if input.is_some_and(|input| input.0 == offset) {
                    *row = index;
                }
            }
        }
        let get = |source: &Source, what: &str, row| {
            let missing = || format!("`p` names {what} {row} of {}", source.len());
            source.get(row).ok_or_else(|| p.bad(missing()))
        };
        let [at_position, at_normal, at_color, at_uv] = rows;
        let position = get(&position.1, "position", at_position)?;
        let normal = match normal {
            Some((_, source)) => get(source, "normal", at_normal)?,
            None => [0.0; 3],
        };
        let color = match color {
            Some((_, source)) => {
                get(source, "colour", at_color)?.map(|channel| unit_to_byte(channel.into()))
            }
            None => [0; 3],
        };
        // Adding zero makes negative zero positive.
        let key = (
            position.map(|x| (x + 0.0).to_bits()),
            normal.map(|x| (x + 0.0).to_bits()),
            color,
        );
        let mesh = &mut self.mesh;
        let vertex = *self.vertices.entry(key).or_insert_with(|| {
            mesh.vertices.push(position);
            if let Some(colors) = &mut mesh.vertex_colors {
                colors.push(color);
            }
            mesh.vertices.len() as u32 - 1
        });
        Ok(Some([vertex, at_uv]))
    }
}
