//! Colours for what the scene's nodes cannot colour as the file does.

use scenecast::loaders::Mesh;
use std::collections::BTreeMap;

/// The most meshes that one mesh with coloured vertices is split into.
const MAX_COLORS: usize = 32;

/// A mesh node has one colour. A mesh with coloured vertices becomes several, each with the
/// triangles of like colour; few colours are kept exactly, many are brought together.
pub(crate) fn split_by_color(mesh: Mesh) -> Vec<Mesh> {
    let Some(colors) = &mesh.vertex_colors else {
        return vec![mesh];
    };
    let face_colors: Vec<[u8; 3]> = mesh.faces.iter().map(|face| mean(colors, face)).collect();
    // Each step halves the number of shades of each channel; the last leaves eight colours.
    let bins = (0..8)
        .map(|dropped_bits| bins(&face_colors, dropped_bits))
        .find(|bins| bins.len() <= MAX_COLORS)
        .unwrap_or_default();
    bins.into_values()
        .map(|faces| {
            let members: Vec<[u8; 3]> = faces.iter().map(|face| face_colors[*face]).collect();
            part(&mesh, &faces, mean_of(members.iter()))
        })
        .collect()
}

/// A colour for each point by its height, from blue over green to yellow.
pub(crate) fn by_height(positions: &[[f32; 3]], up: usize) -> Vec<[u8; 3]> {
    const STOPS: [[f32; 3]; 5] = [
        [68.0, 57.0, 131.0],
        [49.0, 104.0, 142.0],
        [33.0, 165.0, 133.0],
        [112.0, 207.0, 87.0],
        [253.0, 231.0, 37.0],
    ];
    let heights = || positions.iter().map(|p| p[up]);
    let (low, high) = (
        heights().fold(f32::INFINITY, f32::min),
        heights().fold(f32::NEG_INFINITY, f32::max),
    );
    let range = (high - low).max(f32::MIN_POSITIVE);
    heights()
        .map(|height| {
            let at = ((height - low) / range).clamp(0.0, 1.0) * (STOPS.len() - 1) as f32;
            let lower = (at as usize).min(STOPS.len() - 2);
            let (from, to) = (STOPS[lower], STOPS[lower + 1]);
            std::array::from_fn(|i| (from[i] + (to[i] - from[i]) * (at - lower as f32)) as u8)
        })
        .collect()
}

/// Faces by colour with some low bits dropped.
fn bins(colors: &[[u8; 3]], dropped_bits: u32) -> BTreeMap<[u8; 3], Vec<usize>> {
    let mut bins: BTreeMap<[u8; 3], Vec<usize>> = BTreeMap::new();
    for (face, color) in colors.iter().enumerate() {
        let key = color.map(|channel| channel >> dropped_bits);
        bins.entry(key).or_default().push(face);
        if bins.len() > MAX_COLORS {
            break;
        }
    }
    bins
}

/// Some faces of a mesh with the vertices that they use.
fn part(mesh: &Mesh, faces: &[usize], color: [u8; 3]) -> Mesh {
    let mut new_index = BTreeMap::new();
    let mut vertices = Vec::new();
    let faces = faces
        .iter()
        .map(|face| {
            mesh.faces[*face].map(|old| {
                *new_index.entry(old).or_insert_with(|| {
                    vertices.push(mesh.vertices[old as usize]);
                    vertices.len() as u32 - 1
                })
            })
        })
        .collect();
    Mesh {
        vertices,
        faces,
        vertex_colors: None,
        color: Some(color),
        flat: mesh.flat,
    }
}

fn mean(colors: &[[u8; 3]], face: &[u32; 3]) -> [u8; 3] {
    mean_of(face.iter().map(|vertex| &colors[*vertex as usize]))
}

fn mean_of<'a>(colors: impl ExactSizeIterator<Item = &'a [u8; 3]>) -> [u8; 3] {
    let count = colors.len().max(1) as u64;
    let mut sums = [0_u64; 3];
    for color in colors {
        for (sum, channel) in sums.iter_mut().zip(color) {
            *sum += u64::from(*channel);
        }
    }
    sums.map(|sum| (sum / count) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(colors: Vec<[u8; 3]>) -> Mesh {
        let count = colors.len() as u32;
        Mesh {
            vertices: (0..count).map(|i| [i as f32, 0.0, 0.0]).collect(),
            faces: (0..count / 3)
                .map(|i| [3 * i, 3 * i + 1, 3 * i + 2])
                .collect(),
            vertex_colors: Some(colors),
            ..Mesh::default()
        }
    }

    #[test]
    fn few_colours_are_kept() {
        let parts = split_by_color(strip(
            [[1, 2, 3], [1, 2, 4], [1, 2, 3]]
                .map(|color| [color; 3])
                .concat(),
        ));
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].color, parts[0].faces.len()), (Some([1, 2, 3]), 2));
        assert_eq!(parts[1].color, Some([1, 2, 4]));
        assert_eq!(
            parts[1].vertices,
            [[3.0, 0.0, 0.0], [4.0, 0.0, 0.0], [5.0, 0.0, 0.0]]
        );
    }

    #[test]
    fn many_colours_are_brought_together_without_losing_a_face() {
        let colors = (0..3000).map(|i| [(i / 12) as u8, (i % 251) as u8, (i % 7) as u8]);
        let mesh = strip(colors.collect());
        let parts = split_by_color(mesh);
        assert!(parts.len() <= MAX_COLORS, "{}", parts.len());
        assert_eq!(
            parts.iter().map(|part| part.faces.len()).sum::<usize>(),
            1000
        );
    }

    #[test]
    fn heights_run_through_the_colours() {
        let colors = by_height(&[[0.0; 3], [0.0, 0.0, 5.0], [0.0, 0.0, 10.0]], 2);
        assert_eq!(colors, [[68, 57, 131], [33, 165, 133], [253, 231, 37]]);
        assert_eq!(by_height(&[[1.0; 3]], 2), [[68, 57, 131]]);
    }
}
