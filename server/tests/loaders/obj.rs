use super::{items, mesh, points, refused, samples::OBJ};
use scenecast::loaders::{Format::Obj, Geometry};

#[test]
fn faces_are_grouped_by_material() {
    let items = items(Obj, OBJ.as_bytes());
    let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    let meshes = items.iter().map(|item| match &item.geometry {
        Geometry::Mesh(mesh) => mesh,
        other => panic!("{other:?}"),
    });
    let [a, b] = &meshes.collect::<Vec<_>>()[..] else {
        panic!()
    };
    assert_eq!(
        (a.vertices.len(), &a.faces[..]),
        (4, &[[0, 1, 2], [0, 2, 3]][..])
    );
    assert_eq!((b.vertices.len(), &b.faces[..]), (3, &[[0, 1, 2]][..]));
    assert_eq!(b.vertices[2], [1.0, 1.0, 0.0]);
    // A vertex without a colour among some with one is white.
    assert_eq!(
        b.vertex_colors.as_ref().unwrap(),
        &[[255, 0, 0], [255; 3], [255; 3]]
    );
}

#[test]
fn edges_with_two_normals_stay_sharp() {
    let corners = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\n";
    let sharp = mesh(
        Obj,
        format!("{corners}f 1//1 2//1 3//1\nf 1//2 4//2 2//2\n").as_bytes(),
    );
    assert_eq!(
        (sharp.vertices.len(), sharp.faces),
        (6, vec![[0, 1, 2], [3, 4, 5]])
    );
    let smooth = mesh(
        Obj,
        format!("{corners}f 1//1 2//1 3//1\nf 1//1 4//1 2//1\n").as_bytes(),
    );
    assert_eq!(
        (smooth.vertices.len(), smooth.faces),
        (4, vec![[0, 1, 2], [0, 3, 1]])
    );
    let mixed = mesh(
        Obj,
        format!("{corners}f 1 2 3\nf 1//1 4//1 2//1\nf 2 3 4\n").as_bytes(),
    );
    assert_eq!((mixed.vertices.len(), mixed.faces.len()), (7, 3));
}

#[test]
fn a_material_named_twice_is_one_mesh() {
    let text = "v 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl m\nf 1 2 3\nusemtl\nusemtl m\nf 3 2 1\n";
    assert_eq!(mesh(Obj, text.as_bytes()).faces, [[0, 1, 2], [2, 1, 0]]);
}

#[test]
fn without_faces_it_is_a_cloud() {
    let cloud = points(Obj, b"v 1 2 3\r\nv 4 5 6 0 0 1\r\np 1 2\r\nl 1 2\r\n");
    assert_eq!(cloud.positions, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    assert_eq!(cloud.colors.unwrap(), [[255; 3], [0, 0, 255]]);
}

#[test]
fn bad_files_are_told_where() {
    refused(
        Obj,
        b"v 0 0 0\nv 1 2\n",
        "t, line 2: a vertex needs three numbers",
    );
    refused(
        Obj,
        b"v 0 0 0\n\nf 1 1 2\n",
        "t, line 3: a face names vertex 2 of 1",
    );
    refused(
        Obj,
        b"v 0 0 0\nf 1 1 \\\n0\n",
        "t, line 3: a face names vertex 0 of 1",
    );
    refused(Obj, b"# nothing\n", "neither points nor triangles");
    refused(Obj, b"v 0 0 0x\n", "`0x` is no number");
}
