#[path = "collada/damaged.rs"]
mod damaged;
#[path = "collada/meshes.rs"]
mod meshes;
#[path = "collada/nodes.rs"]
mod nodes;

use super::{items, mesh, samples::COLLADA};
use scenecast::loaders::{Format::Collada, Geometry, Item, Mesh};

/// Four corners of a square in steps of one, as `#v`; normals as `#up`.
const SQUARE: &str = "<source id='at'><float_array id='at-a'>0 0 0 1 0 0 1 1 0 0 1 0</float_array>
<technique_common><accessor source='#at-a' stride='3'/></technique_common></source>
<source id='up'><float_array id='up-a'>0 0 1 0 1 0 0 0 1</float_array>
<technique_common><accessor source='#up-a' stride='3'/></technique_common></source>
<vertices id='v'><input semantic='POSITION' source='#at'/></vertices>";

const TRIANGLE: &str =
    "<triangles material='m'><input semantic='VERTEX' source='#v'/><p>0 1 2</p></triangles>";

/// A file with one mesh `#g`, content of the root before it, and of its scene behind it.
fn file(before: &str, mesh: &str, nodes: &str) -> String {
    format!(
        "<COLLADA>{before}<library_geometries><geometry id='g' name='shape'><mesh>{mesh}</mesh>\
         </geometry></library_geometries><library_visual_scenes><visual_scene id='s'>{nodes}\
         </visual_scene></library_visual_scenes>\
         <scene><instance_visual_scene url='#s'/></scene></COLLADA>"
    )
}

const Z_UP: &str = "<asset><up_axis>Z_UP</up_axis></asset>";
const SHOWN: &str = "<node><instance_geometry url='#g'/></node>";

/// The mesh of a file whose only primitive is this.
fn primitive(primitive: &str) -> Mesh {
    let file = file(Z_UP, &format!("{SQUARE}{primitive}"), SHOWN);
    mesh(Collada, file.as_bytes())
}

/// Where the corners (0, 0, 0), (1, 0, 0) and (1, 1, 0) are below these nodes.
fn placed(before: &str, nodes: &str) -> Vec<[f32; 3]> {
    let file = file(before, &format!("{SQUARE}{TRIANGLE}"), nodes);
    mesh(Collada, file.as_bytes()).vertices
}

fn named(items: &[Item]) -> Vec<(&str, &Mesh)> {
    items
        .iter()
        .map(|item| match &item.geometry {
            Geometry::Mesh(mesh) => (item.name.as_str(), mesh),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn close(got: &[[f32; 3]], expected: [[f32; 3]; 3]) {
    let apart = got
        .iter()
        .zip(expected)
        .map(|(a, b)| (0..3).map(|i| (a[i] - b[i]).abs()).fold(0.0, f32::max));
    assert_eq!(got.len(), 3);
    assert!(apart.fold(0.0, f32::max) < 1e-5, "{got:?}\n{expected:?}");
}

#[test]
fn the_sample_has_all_its_parts() {
    let items = items(Collada, COLLADA.as_bytes());
    let meshes = named(&items);
    assert_eq!(meshes.len(), 20);
    let names: Vec<&str> = meshes.iter().map(|(name, _)| *name).collect();
    assert_eq!(names[..5], ["outer"; 5]);
    assert_eq!(names[5..], ["square"; 15]);
    let tinted = [[255, 0, 0], [255, 0, 0], [0, 0, 0]];
    assert_eq!(meshes[0].1.vertex_colors.as_deref(), Some(&tinted[..]));
    assert_eq!(meshes[1].1.color, Some([255, 128, 0]));
    assert_eq!(meshes[2].1.color, None);
    close(
        &meshes[0].1.vertices,
        [[0.01, 0.02, 0.03], [0.01, 0.03, 0.03], [0.0, 0.03, 0.03]],
    );
    // Moved by the nodes around, then twice as large.
    close(
        &meshes[10].1.vertices,
        [[0.01, 0.07, 0.03], [0.01, 0.09, 0.03], [-0.01, 0.09, 0.03]],
    );
    // Lifted by the shape in which it was bound.
    close(
        &meshes[15].1.vertices,
        [[0.01, 0.02, 0.1], [0.01, 0.03, 0.1], [0.0, 0.03, 0.1]],
    );
}

/// A file as trimesh writes it, and the corners of all triangles as trimesh reads it.
#[test]
fn an_exported_file_is_read_as_its_exporter_reads_it() {
    let items = items(Collada, include_bytes!("collada/exported.dae"));
    let expected: Vec<Vec<[[f32; 3]; 3]>> =
        serde_json::from_str(include_str!("collada/trimesh.json")).unwrap();
    let meshes = named(&items);
    assert_eq!(meshes.len(), expected.len());
    for ((_, mesh), expected) in meshes.iter().zip(expected) {
        assert!(!mesh.flat);
        assert_eq!(mesh.faces.len(), expected.len());
        for (face, corners) in mesh.faces.iter().zip(expected) {
            close(&face.map(|corner| mesh.vertices[corner as usize]), corners);
        }
    }
    assert_eq!(meshes[0].1.color, Some([255, 102, 0]));
    // The exporter paints coloured vertices with their most frequent colour.
    let colors = meshes[1].1.vertex_colors.as_ref().unwrap();
    assert_eq!(meshes[1].1.color, None);
    assert!(colors.iter().all(|[r, _, b]| (*r, *b) == (0, 0)));
    assert!(colors.iter().any(|[_, g, _]| *g > 200));
}
