use super::{
    mesh, refused,
    samples::{CORNERS, stl_binary, stl_text},
};
use scenecast::loaders::Format::Stl;

#[test]
fn text_and_bytes_are_told_apart_by_length() {
    for file in [
        stl_text().into_bytes(),
        stl_binary(&CORNERS),
        stl_text().to_uppercase().into(),
    ] {
        // In capitals the first word is unknown, so only the first two are files.
        if file.starts_with(b"SOLID") {
            refused(Stl, &file, "triangles need");
            continue;
        }
        let mesh = mesh(Stl, &file);
        assert_eq!(mesh.vertices, CORNERS[..3]);
        assert_eq!(mesh.faces, [[0, 1, 2]]);
    }
}

#[test]
fn a_binary_file_may_have_a_tail() {
    let mut file = stl_binary(&CORNERS);
    file[..5].copy_from_slice(b"other");
    file.extend(b"tail");
    assert_eq!(mesh(Stl, &file).faces.len(), 1);
}

#[test]
fn bad_files_are_told_where() {
    refused(Stl, b"", "neither a text file");
    refused(Stl, b"solid\nendsolid\n", "neither points nor triangles");
    refused(
        Stl,
        stl_text().replace("vertex 1 1 0", "vertex 1 1").as_bytes(),
        "t, line 6: `vertex` needs three numbers",
    );
    refused(
        Stl,
        stl_text().replace("vertex 1 1 0", "").as_bytes(),
        "t, line 7: a facet has 2 corners",
    );
    refused(
        Stl,
        stl_text().replace("endsolid", "endings").as_bytes(),
        "`endings` is no keyword",
    );
    refused(
        Stl,
        stl_text().replace("endloop", "").as_bytes(),
        "ends inside a facet",
    );
    let mut lying = stl_binary(&CORNERS);
    lying[..5].copy_from_slice(b"other");
    lying[80..84].copy_from_slice(&u32::MAX.to_le_bytes());
    refused(
        Stl,
        &lying,
        "4294967295 triangles need 214748364834 bytes, the file has 134",
    );
}
