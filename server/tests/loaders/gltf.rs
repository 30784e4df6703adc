use super::{
    items, refused,
    samples::{CORNERS, glb, gltf_json},
};
use scenecast::loaders::{Format::Gltf, Geometry, Item, Mesh, Points};

fn split(items: &[Item]) -> (Vec<&Mesh>, Vec<&Points>) {
    let (mut meshes, mut clouds) = (Vec::new(), Vec::new());
    for item in items {
        match &item.geometry {
            Geometry::Mesh(mesh) => meshes.push(mesh),
            Geometry::Points(points) => clouds.push(points),
            Geometry::Splats(splats) => panic!("{splats:?}"),
        }
    }
    (meshes, clouds)
}

#[test]
fn nodes_place_and_colour_their_meshes() {
    for file in [gltf_json().into_bytes(), glb()] {
        let items = items(Gltf, &file);
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["outer", "outer", "square", "square"]);
        let (meshes, clouds) = split(&items);
        assert_eq!(meshes[0].faces, [[0, 1, 2]]);
        assert_eq!(
            meshes[0].vertices,
            CORNERS.map(|[x, y, z]| [x + 10.0, y, z])
        );
        // Yellow takes the blue away; 9 and 8 of 255 come back through the sRGB curve.
        assert_eq!(
            meshes[0].vertex_colors.as_ref().unwrap()[..3],
            [[255, 0, 0], [0, 255, 0], [0, 0, 0]]
        );
        // Twice as large, turned a quarter about z, and where its parent is.
        let expected = CORNERS.map(|[x, y, z]| [10.0 - 2.0 * y, 2.0 * x, 2.0 * z]);
        for (got, want) in meshes[1]
            .vertices
            .iter()
            .flatten()
            .zip(expected.iter().flatten())
        {
            assert!((got - want).abs() < 1e-5, "{got} {want}");
        }
        assert_eq!(clouds[0].positions.len(), 4);
        assert_eq!(clouds[0].colors, None);
    }
}

/// The sample with one piece of its JSON replaced.
fn edited(from: &str, to: &str) -> Vec<u8> {
    let json = gltf_json();
    assert!(json.contains(from), "{from}");
    json.replace(from, to).into()
}

#[test]
fn mirrored_meshes_turn_their_triangles() {
    let items = items(Gltf, &edited(r#""scale":[2,2,2]"#, r#""scale":[2,2,-2]"#));
    let (meshes, _) = split(&items);
    assert_eq!(
        (meshes[0].faces[0], meshes[1].faces[0]),
        ([0, 1, 2], [0, 2, 1])
    );
}

#[test]
fn strips_fans_and_missing_indices() {
    for (mode, faces) in [
        ("4", vec![[0, 1, 2]]),
        ("5", vec![[0, 1, 2], [1, 3, 2]]),
        ("6", vec![[0, 1, 2], [0, 2, 3]]),
    ] {
        let file = edited(r#""indices":2,"material":0"#, &format!(r#""mode":{mode}"#));
        let items = items(Gltf, &file);
        let (meshes, _) = split(&items);
        assert_eq!(meshes[0].faces, faces, "{mode}");
    }
}

#[test]
fn what_has_no_normals_is_flat() {
    let flat = |file: &[u8]| split(&items(Gltf, file)).0[0].flat;
    assert!(flat(&glb()));
    assert!(!flat(&edited(
        r#""COLOR_0":1"#,
        r#""COLOR_0":1,"NORMAL":0"#
    )));
}

#[test]
fn a_material_colours_what_has_no_colours() {
    let items = items(Gltf, &edited(r#","COLOR_0":1"#, ""));
    let (meshes, _) = split(&items);
    assert_eq!(
        (meshes[0].color, meshes[0].vertex_colors.as_ref()),
        (Some([255, 255, 0]), None)
    );
}

#[test]
fn bad_files_are_told_what() {
    let cases = [
        (
            r#""children":[1]"#,
            r#""children":[0]"#,
            "node 0 has more than one parent",
        ),
        (
            r#""children":[1]"#,
            r#""children":[1,1]"#,
            "node 1 has more than one parent",
        ),
        (
            r#""children":[1]"#,
            r#""children":[2]"#,
            "node 2 does not exist",
        ),
        (r#""scene":0"#, r#""scene":7"#, "scene 7 does not exist"),
        (
            r#"{"mesh":0,"scale""#,
            r#"{"mesh":1,"scale""#,
            "mesh 1 of node 1 does not exist",
        ),
        (
            r#""indices":2"#,
            r#""indices":9"#,
            "in the mesh of node 0: accessor 9 does not exist",
        ),
        (
            r#""indices":2"#,
            r#""indices":0"#,
            "accessor 0 has type VEC3, expected SCALAR",
        ),
        (
            r#""material":0"#,
            r#""material":1"#,
            "material 1 does not exist",
        ),
        (
            r#""count":4,"type":"VEC3""#,
            r#""count":5,"type":"VEC3""#,
            "needs 60 bytes of its buffer view, it has 48",
        ),
        (
            r#""count":4,"type":"VEC3""#,
            r#""count":18446744073709551615,"type":"VEC3""#,
            "bytes of its buffer view, it has 48",
        ),
        (
            r#""count":4,"type":"VEC3""#,
            r#""count":3,"type":"VEC3""#,
            "4 colours for 3 positions",
        ),
        (
            r#""componentType":5126"#,
            r#""componentType":5130"#,
            "component type 5130",
        ),
        (
            r#""byteLength":48"#,
            r#""byteLength":48,"byteStride":4"#,
            "elements of 12 bytes every 4 bytes",
        ),
        (
            r#""byteOffset":64"#,
            r#""byteOffset":18446744073709551615"#,
            "beyond its buffer's end",
        ),
        (
            r#""byteLength":70"#,
            r#""byteLength":71"#,
            "buffer 0 should have 71 bytes, it has 70",
        ),
        (
            r#""version":"2.0""#,
            r#""version":"1.0""#,
            "glTF 1.0 is not supported",
        ),
        (
            r#""scene":0"#,
            r#""scene":0,"extensionsRequired":["KHR_draco_mesh_compression"]"#,
            "KHR_draco_mesh_compression is not supported",
        ),
        (
            r#"data:application/octet-stream;base64,"#,
            "../secret.bin?",
            "not beside this file",
        ),
        (r#""bufferView":0,"#, "", "has no buffer view"),
        (
            r#"[{"attributes""#,
            r#"[{"attributes":[],"x""#,
            "the JSON is no glTF: invalid",
        ),
    ];
    for (from, to, error) in cases {
        refused(Gltf, &edited(from, to), error);
    }
    refused(Gltf, b"glTF", "the file ends in the GLB header");
    let file = glb();
    refused(
        Gltf,
        &file[..file.len() - 1],
        "a chunk of 72 bytes, but only 71 are there",
    );
}

#[test]
fn indices_beyond_the_vertices_are_found() {
    let mut file = glb();
    let end = file.len() - 2;
    file[end - 6..end].copy_from_slice(&[0, 0, 1, 0, 4, 0]);
    refused(Gltf, &file, "a face names vertex 4 of 4");
}
