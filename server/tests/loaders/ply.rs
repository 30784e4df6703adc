use super::{
    mesh, points, refused,
    samples::{COLORS, CORNERS, ply},
};
use scenecast::loaders::Format::Ply;

#[test]
fn the_same_in_every_encoding() {
    for encoding in ["ascii", "binary_little_endian", "binary_big_endian"] {
        let mesh = mesh(Ply, &ply(encoding));
        assert_eq!(mesh.vertices, CORNERS, "{encoding}");
        assert_eq!(mesh.vertex_colors.unwrap(), COLORS, "{encoding}");
        assert_eq!(mesh.faces, [[0, 1, 2], [0, 2, 3]], "{encoding}");
    }
}

fn ascii(columns: &str, rows: &str) -> Vec<u8> {
    let count = rows.lines().filter(|row| !row.is_empty()).count();
    let properties: String = columns
        .split(", ")
        .map(|c| format!("property {c}\n"))
        .collect();
    format!("ply\nformat ascii 1.0\nelement vertex {count}\n{properties}end_header\n{rows}").into()
}

#[test]
fn colours_in_every_form() {
    for (columns, row, color) in [
        (
            "uchar red, uchar green, uchar blue",
            "1 2 300",
            Some([1, 2, 255]),
        ),
        (
            "float red, float green, float blue",
            "0 0.5 1",
            Some([0, 128, 255]),
        ),
        (
            "ushort r, ushort g, ushort b",
            "0 32768 65535",
            Some([0, 128, 255]),
        ),
        (
            "uchar diffuse_red, uchar diffuse_green, uchar diffuse_blue",
            "1 2 3",
            Some([1, 2, 3]),
        ),
        (
            "float f_dc_0, float f_dc_1, float f_dc_2",
            "0 1.7725 -1.7725",
            Some([128, 255, 0]),
        ),
        ("uchar red, uchar green, uchar alpha", "1 2 3", None),
    ] {
        let file = ascii(
            &format!("float x, float y, float z, {columns}"),
            &format!("0 0 0 {row}\n"),
        );
        assert_eq!(points(Ply, &file).colors.map(|c| c[0]), color, "{columns}");
    }
}

#[test]
fn odd_but_valid_text() {
    let file = ascii("float z, float x, float y", "\r\n3 1 2 99 99\r\n\n  6\t4 5");
    assert_eq!(
        points(Ply, &file).positions,
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    );
    let gaps = ascii("float x, float y, float z", "nan 0 0\n1 2 3\n0 inf 0\n");
    assert_eq!(points(Ply, &gaps).positions, [[1.0, 2.0, 3.0]]);
}

#[test]
fn a_header_that_lies_is_told_so_before_anything_is_read() {
    for (encoding, element) in [
        (
            "ascii",
            "vertex 1000000000000\nproperty float x\nproperty float y\nproperty float z",
        ),
        (
            "binary_little_endian",
            "vertex 18446744073709551615\nproperty float x\nproperty float y\nproperty float z",
        ),
        (
            "binary_big_endian",
            "other 1000000000000\nproperty list uchar int l",
        ),
    ] {
        let file = format!("ply\nformat {encoding} 1.0\nelement {element}\nend_header\n0 0 0\n");
        refused(Ply, file.as_bytes(), "the header promises 1");
    }
    // Rows of nothing may be as many as they like.
    let empty_rows = "ply\nformat ascii 1.0\nelement nothing 18446744073709551615\n\
        element vertex 1\nproperty char x\nproperty char y\nproperty char z\nend_header\n1 2 3";
    assert_eq!(
        points(Ply, empty_rows.as_bytes()).positions,
        [[1.0, 2.0, 3.0]]
    );
}

#[test]
fn bad_files_are_told_where() {
    let xyz = "float x, float y, float z";
    refused(Ply, b"solid", "t, line 1: a PLY file starts with");
    refused(
        Ply,
        &ascii(xyz, "0 0 0\n0 0 zero\n"),
        "t, line 9: in a row of `vertex`: `zero` is no number for `z`",
    );
    refused(
        Ply,
        &ascii(xyz, "0.0 0.0 0.0\n0.0 0.0\n"),
        "line 9: in a row of `vertex`: no number for `z`",
    );
    refused(
        Ply,
        &ascii("float x, float y", "0 0\n"),
        "has no numbers x, y and z",
    );
    refused(
        Ply,
        b"ply\nformat ascii 1.0\nend_header\n",
        "no element `vertex`",
    );
    refused(Ply, b"ply\nformat ascii 1.0\nelement vertex 0\nproperty float x\nproperty float y\nproperty float z\nend_header\n", "neither points nor triangles");

    let cut = ply("binary_little_endian");
    refused(
        Ply,
        &cut[..cut.len() - 1],
        "the file ends in vertex_indices: 15 of 16 bytes are there",
    );
    let text = String::from_utf8(ply("ascii")).unwrap();
    refused(
        Ply,
        text.replace("1 4 0 1 2 3", "1 4 0 1 2 4").as_bytes(),
        "a face names vertex 4 of 4",
    );
    refused(
        Ply,
        text.replace("1 4 0 1 2 3", "1 4 0 1 2 -1").as_bytes(),
        "line 25: a face names vertex -1",
    );
    refused(
        Ply,
        text.replace("1 4 0 1 2 3", "1 -4 0 1 2 3").as_bytes(),
        "-4 is no length",
    );
}
