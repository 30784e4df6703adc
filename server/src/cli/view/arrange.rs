//! Files to nodes: names, colours, sizes, and where to look from.

use super::palette::by_height;
use scenecast::{
    Rgb, Wxyz,
    loaders::{self, Bounds, Format, Geometry, Item, Loaded},
    scene::{GaussianSplats, Glb, Grid, GridPlane, Mesh, PointCloud, Precision, Side},
};
use std::collections::HashSet;

/// Everything that is added to the scene.
#[derive(Debug)]
pub(crate) struct Arrangement {
    pub(crate) files: Vec<FileNodes>,
    /// Whether y is up in the world; else z is.
    pub(crate) y_up: bool,
    pub(crate) grid: Grid,
    pub(crate) grid_position: [f64; 3],
    pub(crate) camera: Camera,
}

/// The nodes of one file, below a frame of its own.
#[derive(Debug)]
pub(crate) struct FileNodes {
    /// Such as `/bunny.ply`.
    pub(crate) name: String,
    /// Turns the file upright.
    pub(crate) wxyz: Wxyz,
    pub(crate) parts: Vec<(String, Part)>,
}

#[derive(Debug)]
pub(crate) enum Part {
    Points(PointCloud),
    Mesh(Mesh),
    Splats(GaussianSplats),
    /// A file as it is.
    Glb(Glb),
}

/// Where a new viewer looks from.
#[derive(Debug, PartialEq)]
pub(crate) struct Camera {
    pub(crate) position: [f64; 3],
    pub(crate) look_at: [f64; 3],
    pub(crate) near: f64,
    pub(crate) far: f64,
}

/// The vertical field of view that new viewers start with, in radians.
pub(crate) const FOV: f64 = 50.0 * std::f64::consts::PI / 180.0;

/// Arranges loaded files. Where all have y up, so does the world; else z is up, and files with y up
/// are turned.
pub(crate) fn arrange(files: Vec<(String, Loaded)>) -> Arrangement {
    let y_up = files.iter().all(|(_, loaded)| loaded.format.is_y_up());
    let is_turned = |format: Format| format.is_y_up() && !y_up;
    let up = if y_up { 1 } else { 2 };
    let bounds = files
        .iter()
        .flat_map(|(_, loaded)| {
            let turned = is_turned(loaded.format);
            let bounds = loaded.items.iter().filter_map(Item::bounds);
            bounds.map(move |bounds| if turned { turn(bounds) } else { bounds })
        })
        .reduce(Bounds::union)
        .unwrap_or(Bounds {
            min: [-0.5; 3],
            max: [0.5; 3],
        });
    let size = match f64::from(bounds.diagonal()) {
        size if size.is_finite() && size > 0.0 => size,
        _ => 1.0,
    };

    let mut names = HashSet::new();
    let files = files
        .into_iter()
        .map(|(file, loaded)| {
            let turned = is_turned(loaded.format);
            let axis = if loaded.format.is_y_up() { 1 } else { 2 };
            let name = unique(&mut names, "", &file);
            FileNodes {
                wxyz: if turned {
                    QUARTER_ABOUT_X
                } else {
                    Wxyz::default()
                },
                parts: parts(&name, loaded, axis, size, &mut names),
                name,
            }
        })
        .collect();
    let (grid, grid_position) = grid(bounds, up, size);
    Arrangement {
        files,
        y_up,
        grid,
        grid_position,
        camera: camera(bounds, up, size),
    }
}

const QUARTER_ABOUT_X: Wxyz = Wxyz([
    std::f64::consts::FRAC_1_SQRT_2,
    std::f64::consts::FRAC_1_SQRT_2,
    0.0,
    0.0,
]);

/// A box turned by [`QUARTER_ABOUT_X`].
fn turn(bounds: Bounds) -> Bounds {
    let (min, max) = (bounds.min, bounds.max);
    Bounds {
        min: [min[0], -max[2], min[1]],
        max: [max[0], -min[2], max[1]],
    }
}

fn parts(
    file: &str,
    loaded: Loaded,
    up: usize,
    size: f64,
    names: &mut HashSet<String>,
) -> Vec<(String, Part)> {
    let mut parts = Vec::new();
    let mut painted = Vec::new();
    for item in loaded.items {
        match item.geometry {
            Geometry::Points(points) if !points.positions.is_empty() => {
                let name = unique(names, file, non_empty(&item.name, "points"));
                let colors = points
                    .colors
                    .unwrap_or_else(|| by_height(&points.positions, up));
                let cloud = PointCloud {
                    colors: colors.into(),
                    point_size: point_size(points.positions.len(), size),
                    precision: Precision::Float32,
                    ..PointCloud::new(points.positions)
                };
                parts.push((name, Part::Points(cloud)));
            }
            Geometry::Mesh(mesh) if !mesh.faces.is_empty() => {
                if !mesh.is_plain() {
                    painted.push((item.name, mesh));
                    continue;
                }
                let name = unique(names, file, non_empty(&item.name, "mesh"));
                let color = mesh.color.unwrap_or([178, 186, 196]);
                let node = Mesh {
                    color: color.into(),
                    flat_shading: mesh.flat,
                    // Scans and CAD files often have faces that are turned inwards.
                    side: Side::Double,
                    ..Mesh::new(mesh.vertices, mesh.faces)
                };
                parts.push((name, Part::Mesh(node)));
            }
            Geometry::Splats(splats) if !splats.is_empty() => {
                let name = unique(names, file, non_empty(&item.name, "splats"));
                // A loader's lists are of one length, so that they can be packed.
                let node = splats.to_node().unwrap_or_default();
                parts.push((name, Part::Splats(node)));
            }
            Geometry::Points(_) | Geometry::Mesh(_) | Geometry::Splats(_) => {}
        }
    }
    // One node, since they may share images. An error means that no triangle is anywhere.
    if let Some((name, _)) = painted.first()
        && let Ok(glb) = loaders::Mesh::join(painted.iter().map(|(_, mesh)| mesh))
    {
        let name = match painted.len() {
            1 => non_empty(name, "mesh"),
            _ => "meshes",
        };
        parts.push((unique(names, file, name), Part::Glb(glb)));
    }
    parts
}

fn non_empty<'a>(name: &'a str, instead: &'a str) -> &'a str {
    if name.trim().is_empty() {
        instead
    } else {
        name
    }
}

/// A node name below another that no node has yet. Slashes separate levels, so a part has none.
fn unique(names: &mut HashSet<String>, parent: &str, part: &str) -> String {
    let base = format!("{parent}/{}", part.replace('/', "_"));
    let mut name = base.clone();
    for number in 2.. {
        if names.insert(name.clone()) {
            break;
        }
        name = format!("{base} {number}");
    }
    name
}

/// A point's radius: about half the distance between neighbours if the points cover a surface as
/// large as the scene, within what looks like points.
fn point_size(count: usize, size: f64) -> f64 {
    let spacing = size / (count.max(1) as f64).sqrt();
    (0.4 * spacing).clamp(0.0004 * size, 0.008 * size)
}

/// A grid below the scene, with about ten sections over it at round coordinates.
fn grid(bounds: Bounds, up: usize, size: f64) -> (Grid, [f64; 3]) {
    let section = round_length(size / 5.0);
    let extent = (3.0 * size / section).ceil() * section;
    let plane = match up {
        1 => GridPlane::Xz,
        _ => GridPlane::Xy,
    };
    let grid = Grid {
        width: extent,
        height: extent,
        plane,
        cell_size: section / 5.0,
        cell_color: Rgb([228, 231, 235]),
        section_color: Rgb([184, 190, 198]),
        section_size: section,
        fade_distance: 6.0 * size,
        ..Grid::default()
    };
    let mut position = bounds
        .center()
        .map(|c| (f64::from(c) / section).round() * section);
    position[up] = f64::from(bounds.min[up]);
    (grid, position)
}

/// The largest of 1, 2 and 5 times a power of ten that is no greater.
fn round_length(length: f64) -> f64 {
    let power = 10_f64.powf(length.log10().floor());
    // Ten belongs to the next power, for lengths that fall short of it by rounding only.
    let multiples = [10.0, 5.0, 2.0, 1.0].map(|m| m * power);
    multiples
        .into_iter()
        .find(|m| *m <= length * 1.000_001)
        .unwrap_or(power)
}

/// A view from the front, the right and above that holds the whole box.
fn camera(bounds: Bounds, up: usize, size: f64) -> Camera {
    let direction = match up {
        1 => [0.55, 0.4, 0.74],
        _ => [0.55, -0.74, 0.4],
    };
    let center = bounds.center().map(f64::from);
    let distance = 1.05 * size / 2.0 / (FOV / 2.0).sin();
    Camera {
        position: std::array::from_fn(|i| center[i] + direction[i] * distance),
        look_at: center,
        near: size / 1000.0,
        far: 100.0 * size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenecast::loaders;

    fn points(format: Format, corners: [[f32; 3]; 2]) -> Loaded {
        Loaded {
            format,
            items: vec![Item {
                name: String::new(),
                geometry: Geometry::Points(loaders::Points {
                    positions: corners.into(),
                    colors: None,
                }),
            }],
        }
    }

    #[test]
    fn names_are_unique_and_have_no_more_levels_than_meant() {
        let file = || points(Format::Ply, [[0.0; 3], [1.0; 3]]);
        let arranged = arrange(vec![("a/b.ply".into(), file()), ("a/b.ply".into(), file())]);
        let names: Vec<&str> = arranged
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(names, ["/a_b.ply", "/a_b.ply 2"]);
        assert_eq!(arranged.files[1].parts[0].0, "/a_b.ply 2/points");
    }

    #[test]
    fn y_up_files_turn_only_among_others() {
        let tall = || points(Format::Obj, [[0.0; 3], [1.0, 9.0, 2.0]]);
        let alone = arrange(vec![("a".into(), tall())]);
        assert_eq!((alone.y_up, alone.files[0].wxyz), (true, Wxyz::default()));
        assert_eq!(alone.grid.plane, GridPlane::Xz);
        assert_eq!(alone.camera.look_at, [0.5, 4.5, 1.0]);

        let flat = points(Format::Stl, [[0.0; 3], [1.0; 3]]);
        let mixed = arrange(vec![("a".into(), tall()), ("b".into(), flat)]);
        assert_eq!((mixed.y_up, mixed.files[0].wxyz), (false, QUARTER_ABOUT_X));
        assert_eq!(mixed.files[1].wxyz, Wxyz::default());
        assert_eq!(mixed.camera.look_at, [0.5, -0.5, 4.5]);
        assert_eq!(mixed.grid_position[2], 0.0);
    }

    #[test]
    fn sizes_follow_the_scene() {
        for scale in [1e-4_f32, 1.0, 1e5] {
            let file = points(Format::Ply, [[0.0; 3], [3.0 * scale, 4.0 * scale, 0.0]]);
            let arranged = arrange(vec![("a".into(), file)]);
            let scale = f64::from(scale);
            let ratio = |length: f64| (length / scale * 1e4).round() / 1e4;
            assert_eq!(ratio(arranged.grid.section_size), 1.0);
            assert_eq!(ratio(arranged.camera.far), 500.0);
            let Part::Points(cloud) = &arranged.files[0].parts[0].1 else {
                panic!()
            };
            assert_eq!(ratio(cloud.point_size), 0.04);
        }
    }

    #[test]
    fn a_single_point_is_a_scene() {
        let arranged = arrange(vec![("a".into(), points(Format::Ply, [[7.0; 3]; 2]))]);
        assert_eq!(arranged.camera.look_at, [7.0; 3]);
        assert!(arranged.camera.position.iter().all(|c| c.is_finite()));
        assert_eq!(arranged.grid.section_size, 0.2);
    }
}
