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
}

impl Inputs {
    fn find(
        primitive: Element,
        vertices: Option<&Vertices>,
        sources: &mut Sources,
    ) -> Result<Self, Problem> {
        let name = primitive.name();
        let (mut position, mut normal, mut color) = (None, None, None);
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
                let slot = match input.attribute("semantic").as_deref() {
                    Some("POSITION") => &mut position,
                    Some("NORMAL") => &mut normal,
                    Some("COLOR") => &mut color,
                    // Texture coordinates, tangents and what exporters invent.
                    _ => continue,
                };
                // Of several sets, the first counts.
                if slot.is_none() {
                    *slot = Some((offset, sources.of(input)?));
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
    polygon: Vec<u32>,
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
            polygon: Vec::new(),
        }
    }

    fn triangles(&mut self, p: Element) -> Result<(), Problem> {
        let mut indices = p.numbers()?;
        while let Some(first) = self.corner(p, &mut indices)? {
            let mut next = || {
                let corner = self.corner(p, &mut indices)?;
                corner.ok_or_else(|| p.bad("`p` ends inside a triangle"))
            };
            let face = [first, next()?, next()?];
            self.mesh.faces.push(face);
        }
        Ok(())
    }

    fn polylist(&mut self, polylist: Element) -> Result<(), Problem> {
        let (Some(counts), Some(p)) = (polylist.child("vcount"), polylist.child("p")) else {
            return Ok(());
        };
        let mut indices = p.numbers()?;
        for count in counts.numbers::<u32>()? {
            self.polygon.clear();
            for _ in 0..count? {
                let corner = self.corner(p, &mut indices)?;
                let corner = corner.ok_or_else(|| p.bad("`p` has fewer corners than `vcount`"))?;
                self.polygon.push(corner);
            }
            push_polygon(&mut self.mesh.faces, &self.polygon);
        }
        match indices.next() {
            None => Ok(()),
            Some(_) => Err(p.bad("`p` has more corners than `vcount`")),
        }
    }

    /// One polygon, or a fan.
    fn polygon(&mut self, p: Element) -> Result<(), Problem> {
        self.read_corners(p)?;
        push_polygon(&mut self.mesh.faces, &self.polygon);
        Ok(())
    }

    fn strip(&mut self, p: Element) -> Result<(), Problem> {
        self.read_corners(p)?;
        push_strip(&mut self.mesh.faces, &self.polygon);
        Ok(())
    }

    fn read_corners(&mut self, p: Element) -> Result<(), Problem> {
        let mut indices = p.numbers()?;
        self.polygon.clear();
        while let Some(corner) = self.corner(p, &mut indices)? {
            self.polygon.push(corner);
        }
        Ok(())
    }

    /// The vertex that the next numbers stand for; `None` at their end.
    fn corner(
        &mut self,
        p: Element,
        indices: &mut impl Iterator<Item = Result<u32, Problem>>,
    ) -> Result<Option<u32>, Problem> {
        let Inputs {
            stride,
            position,
            normal,
            color,
        } = &self.inputs;
        let mut rows = [0; 3];
        let offsets = [Some(position), normal.as_ref(), color.as_ref()];
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
        let [at_position, at_normal, at_color] = rows;
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
        Ok(Some(vertex))
    }
}
