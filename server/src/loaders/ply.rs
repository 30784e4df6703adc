//! PLY: a header that declares tables, then their rows as text or bytes.

mod header;
mod row;
mod splats;

use super::{
    Geometry, Item, LoadError, Mesh, Points, Splats, color::unit_to_byte, geometry::push_polygon,
    input::Input,
};
use header::{Element, Header, Scalar};
use row::RowReader;
use splats::{SH_CONSTANT, SplatColumns};

/// Names under which vertex colours are written, most usual first.
const COLOR_NAMES: [[&str; 3]; 3] = [
    ["red", "green", "blue"],
    ["diffuse_red", "diffuse_green", "diffuse_blue"],
    ["r", "g", "b"],
];

/// Gaussian splats have the constant part of a spherical-harmonics colour.
const SPLAT_NAMES: [&str; 3] = ["f_dc_0", "f_dc_1", "f_dc_2"];

/// Reads the elements `vertex` and `face`; others are skipped. A file without faces is a point
/// cloud, or Gaussian splats if its vertices have scales, rotations and opacities.
pub(super) fn read(input: &mut Input) -> Result<Item, LoadError> {
    let header = header::read(input)?;
    if let Some(splats) = read_splats(input, &header)? {
        return Ok(Item {
            name: String::new(),
            geometry: Geometry::Splats(splats),
        });
    }
    let mut vertices = None;
    let mut faces = Vec::new();
    for element in &header.elements {
        match element.name.as_str() {
            "vertex" if vertices.is_none() => {
                vertices = Some(read_vertices(input, &header, element)?);
            }
            "face" => read_faces(input, &header, element, &mut faces)?,
            _ => skip(input, &header, element)?,
        }
    }
    let Some((positions, colors)) = vertices else {
        return Err(input.bad_content("the header declares no element `vertex`"));
    };
    let count = positions.len();
    if let Some(bad) = faces.iter().flatten().find(|i| **i as usize >= count) {
        return Err(input.bad_content(format!(
            "a face names vertex {bad} of {count}, counted from 0"
        )));
    }
    let geometry = if faces.is_empty() {
        Geometry::Points(Points::new(positions, colors))
    } else {
        Geometry::Mesh(Mesh {
            vertices: positions,
            faces,
            vertex_colors: colors,
            ..Mesh::default()
        })
    };
    Ok(Item {
        name: String::new(),
        geometry,
    })
}

/// Reads the vertices of a file without faces, if they are splats. What follows them is left.
fn read_splats(input: &mut Input, header: &Header) -> Result<Option<Splats>, LoadError> {
    if header
        .elements
        .iter()
        .any(|e| e.name == "face" && e.count > 0)
    {
        return Ok(None);
    }
    let Some(vertex) = header.elements.iter().position(|e| e.name == "vertex") else {
        return Ok(None);
    };
    let Some(columns) = SplatColumns::find(&header.elements[vertex]) else {
        return Ok(None);
    };
    for element in &header.elements[..vertex] {
        skip(input, header, element)?;
    }
    splats::read(input, header, &header.elements[vertex], &columns).map(Some)
}

type Vertices = (Vec<[f32; 3]>, Option<Vec<[u8; 3]>>);

fn read_vertices(
    input: &mut Input,
    header: &Header,
    element: &Element,
) -> Result<Vertices, LoadError> {
    let Some(xyz) = element.columns(["x", "y", "z"]) else {
        return Err(input.bad_byte("the element `vertex` has no numbers x, y and z"));
    };
    let color = ColorColumns::find(element);
    let mut rows = RowReader::new(input, header, element)?;
    let capacity = rows.capacity();
    let mut positions = Vec::with_capacity(capacity);
    let mut colors = color.as_ref().map(|_| Vec::with_capacity(capacity));
    while let Some(row) = rows.next(input)? {
        positions.push(xyz.map(|column| row.scalar(column) as f32));
        if let (Some(colors), Some(color)) = (&mut colors, &color) {
            colors.push(color.columns.map(|column| color.byte(row.scalar(column))));
        }
    }
    Ok((positions, colors))
}

/// Where a vertex's colour stands and in what form.
struct ColorColumns {
    columns: [usize; 3],
    scale: f64,
    offset: f64,
}

impl ColorColumns {
    fn find(element: &Element) -> Option<ColorColumns> {
        if let Some(columns) = COLOR_NAMES.iter().find_map(|names| element.columns(*names)) {
            let scale = match element.properties[columns[0]].scalar {
                Scalar::F32 | Scalar::F64 => 1.0,
                Scalar::U16 | Scalar::I16 => 1.0 / 65535.0,
                Scalar::U8 | Scalar::I8 | Scalar::U32 | Scalar::I32 => 1.0 / 255.0,
            };
            return Some(ColorColumns {
                columns,
                scale,
                offset: 0.0,
            });
        }
        element.columns(SPLAT_NAMES).map(|columns| ColorColumns {
            columns,
            scale: SH_CONSTANT,
            offset: 0.5,
        })
    }

    fn byte(&self, value: f64) -> u8 {
        unit_to_byte(value * self.scale + self.offset)
    }
}

fn read_faces(
    input: &mut Input,
    header: &Header,
    element: &Element,
    faces: &mut Vec<[u32; 3]>,
) -> Result<(), LoadError> {
    let names = ["vertex_indices", "vertex_index"];
    let Some(column) = names.iter().find_map(|name| element.list(name)) else {
        return Err(input.bad_byte("the element `face` has no list `vertex_indices`"));
    };
    let mut rows = RowReader::new(input, header, element)?;
    faces.reserve(rows.capacity());
    let mut corners = Vec::new();
    while let Some(row) = rows.next(input)? {
        corners.clear();
        for value in row.list(column) {
            if !(0.0..4_294_967_296.0).contains(value) {
                let problem = format!("a face names vertex {value}; indices are 0 or more");
                return Err(rows.bad(input, problem));
            }
            corners.push(*value as u32);
        }
        push_polygon(faces, &corners);
    }
    Ok(())
}

fn skip(input: &mut Input, header: &Header, element: &Element) -> Result<(), LoadError> {
    let mut rows = RowReader::new(input, header, element)?;
    while rows.next(input)?.is_some() {}
    Ok(())
}
