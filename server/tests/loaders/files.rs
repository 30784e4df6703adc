//! Files on disk: siblings, progress and what cannot be opened.

use super::samples::{gltf_buffer, gltf_document, ply};
use scenecast::loaders::{Format, Geometry, LoadError, load};
use std::{fs, path::PathBuf};

pub(super) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("loaders")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_format_follows_the_name_in_any_case() {
    let path = folder("case").join("A.PLY");
    fs::write(&path, ply("ascii")).unwrap();
    let mut last = None;
    let loaded = load(&path, |progress| last = Some(progress)).unwrap();
    assert_eq!(loaded.format, Format::Ply);
    let last = last.unwrap();
    assert_eq!(
        (last.bytes_read, last.bytes_total),
        (ply("ascii").len() as u64, last.bytes_read)
    );
}

#[test]
fn siblings_are_found_below_the_file_only() {
    let folder = folder("siblings");
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(folder.join("sub/a b.bin"), gltf_buffer()).unwrap();
    fs::write(folder.join("m.mtl"), "newmtl red\nKd 1 0 0\n").unwrap();

    fs::write(
        folder.join("a.gltf"),
        gltf_document(r#""uri":"sub/a%20b.bin","#),
    )
    .unwrap();
    assert_eq!(load(folder.join("a.gltf"), |_| {}).unwrap().items.len(), 4);
    fs::write(
        folder.join("sub/b.gltf"),
        gltf_document(r#""uri":"../a%20b.bin","#),
    )
    .unwrap();
    let error = load(folder.join("sub/b.gltf"), |_| {}).unwrap_err();
    assert!(error.to_string().contains("not beside"), "{error}");

    let obj = "mtllib m.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl red\nf 1 2 3\n";
    fs::write(folder.join("a.obj"), obj).unwrap();
    let items = load(folder.join("a.obj"), |_| {}).unwrap().items;
    let Geometry::Mesh(mesh) = &items[0].geometry else {
        panic!()
    };
    assert_eq!(mesh.color, Some([255, 0, 0]));
}

#[test]
fn what_cannot_be_opened_is_named() {
    let folder = folder("bad");
    let absent = folder.join("absent.ply");
    let error = load(&absent, |_| {}).unwrap_err();
    assert!(matches!(error, LoadError::Io { .. }));
    assert!(error.to_string().contains("absent.ply"), "{error}");
    fs::create_dir_all(folder.join("folder.ply")).unwrap();
    let error = load(folder.join("folder.ply"), |_| {}).unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    fs::write(folder.join("a.txt"), "hello").unwrap();
    let error = load(folder.join("a.txt"), |_| {}).unwrap_err();
    assert!(matches!(error, LoadError::UnknownFormat { .. }), "{error}");
}
