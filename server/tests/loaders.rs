//! Loading files: what comes out of good ones, and what is said about bad ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "loaders/collada.rs"]
mod collada;
#[path = "loaders/files.rs"]
mod files;
#[path = "loaders/gltf.rs"]
mod gltf;
#[path = "loaders/obj.rs"]
mod obj;
#[path = "loaders/ply.rs"]
mod ply;
#[path = "loaders/samples.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod samples;
#[path = "loaders/splats.rs"]
mod splats;
#[path = "loaders/stl.rs"]
mod stl;
#[path = "loaders/textures.rs"]
mod textures;

use scenecast::loaders::{Format, Geometry, Item, Mesh, Points, load_bytes};

fn items(format: Format, bytes: &[u8]) -> Vec<Item> {
    load_bytes(format, "t", bytes).unwrap().items
}

fn points(format: Format, bytes: &[u8]) -> Points {
    match only(items(format, bytes)).geometry {
        Geometry::Points(points) => points,
        other => panic!("{other:?}"),
    }
}

fn mesh(format: Format, bytes: &[u8]) -> Mesh {
    match only(items(format, bytes)).geometry {
        Geometry::Mesh(mesh) => mesh,
        other => panic!("{other:?}"),
    }
}

fn only(mut items: Vec<Item>) -> Item {
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

/// Asserts that a file is refused with an error that contains this.
fn refused(format: Format, bytes: &[u8], part: &str) {
    let error = load_bytes(format, "t", bytes).unwrap_err().to_string();
    assert!(error.contains(part), "{error}\nshould contain\n{part}");
}
