//! STL: triangles without shared corners, as text or bytes.

use super::{Geometry, Item, LoadError, Mesh, geometry::push_polygon, input::Input};

/// The free text at a binary file's start, then the number of triangles.
const HEADER_BYTES: usize = 84;

/// A normal, three corners and two spare bytes.
const TRIANGLE_BYTES: usize = 50;

/// Reads either form. Binary files may start with `solid` too, so their length decides.
pub(super) fn read(input: &mut Input) -> Result<Item, LoadError> {
    let size = input.size();
    let head = input.peek(HEADER_BYTES)?;
    let promised = head.last_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let promised = promised.filter(|_| head.len() == HEADER_BYTES);
    let starts_as_text = head.trim_ascii_start().starts_with(b"solid");
    let exact = promised.is_some_and(|count| binary_size(count) == size);
    let mesh = match promised {
        Some(count) if exact || !starts_as_text => binary(input, count)?,
        _ if starts_as_text => text(input)?,
        _ => {
            return Err(input.bad_byte(format!(
                "neither a text file, which starts with `solid`, \
                 nor a binary one, which has {HEADER_BYTES} bytes or more"
            )));
        }
    };
    Ok(Item {
        name: String::new(),
        geometry: Geometry::Mesh(mesh),
    })
}

fn binary_size(triangles: u32) -> u64 {
    HEADER_BYTES as u64 + u64::from(triangles) * TRIANGLE_BYTES as u64
}

fn binary(input: &mut Input, count: u32) -> Result<Mesh, LoadError> {
    if binary_size(count) > input.size() {
        return Err(input.bad_byte(format!(
            "{count} triangles need {} bytes, the file has {}",
            binary_size(count),
            input.size()
        )));
    }
    input.take(HEADER_BYTES, "the header")?;
    let mut mesh = Mesh {
        vertices: Vec::with_capacity(count as usize * 3),
        faces: Vec::with_capacity(count as usize),
        ..Mesh::default()
    };
    for _ in 0..count {
        let triangle = input.take(TRIANGLE_BYTES, "a triangle")?;
        for corner in triangle[12..48].chunks_exact(12) {
            mesh.vertices.push(position(corner));
        }
        close(&mut mesh, 3);
    }
    Ok(mesh)
}

fn position(bytes: &[u8]) -> [f32; 3] {
    let mut numbers = bytes
        .chunks_exact(4)
        .filter_map(|b| b.first_chunk())
        .map(|b| f32::from_le_bytes(*b));
    std::array::from_fn(|_| numbers.next().unwrap_or(f32::NAN))
}

/// Makes a polygon of the last vertices.
fn close(mesh: &mut Mesh, corners: usize) {
    let end = mesh.vertices.len();
    // More corners than an index can name would take a file of half a terabyte.
    let corners: Vec<u32> = (end - corners..end)
        .filter_map(|i| u32::try_from(i).ok())
        .collect();
    push_polygon(&mut mesh.faces, &corners);
}

fn text(input: &mut Input) -> Result<Mesh, LoadError> {
    let mut mesh = Mesh::default();
    let mut corners = 0;
    while let Some(line) = input.line()? {
        let problem = match text_line(line, &mut mesh, &mut corners) {
            Ok(()) => continue,
            Err(problem) => problem,
        };
        return Err(input.bad_line(problem));
    }
    if corners > 0 {
        return Err(input.bad_line("the file ends inside a facet"));
    }
    Ok(mesh)
}

fn text_line(line: &[u8], mesh: &mut Mesh, corners: &mut usize) -> Result<(), String> {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split_ascii_whitespace();
    let keyword = words.next().unwrap_or_default().to_ascii_lowercase();
    match keyword.as_str() {
        "vertex" => {
            let mut coordinate = || words.next()?.parse::<f32>().ok();
            let (Some(x), Some(y), Some(z)) = (coordinate(), coordinate(), coordinate()) else {
                return Err("`vertex` needs three numbers".to_owned());
            };
            mesh.vertices.push([x, y, z]);
            *corners += 1;
        }
        "endloop" => {
            if *corners < 3 {
                return Err(format!("a facet has {corners} corners, it needs three"));
            }
            close(mesh, *corners);
            *corners = 0;
        }
        "" | "solid" | "facet" | "outer" | "endfacet" | "endsolid" => {}
        other => {
            let shown: String = other.chars().take(40).collect();
            return Err(format!("`{shown}` is no keyword of an STL file"));
        }
    }
    Ok(())
}
