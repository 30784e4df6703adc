//! Images that materials lay over meshes.

use super::{
    files::folder,
    samples::{IN_1_4, TEXTURED_OBJ, png, textured_dae},
};
use scenecast::loaders::{Format, Geometry, Mesh, load, load_bytes, load_glb};
use std::{fs, path::Path};

fn meshes(path: &Path) -> Vec<Mesh> {
    let items = load(path, |_| {}).unwrap().items;
    let meshes = items.into_iter().map(|item| match item.geometry {
        Geometry::Mesh(mesh) => mesh,
        other => panic!("{other:?}"),
    });
    meshes.collect()
}

fn obj(name: &str, material: &str) -> Vec<Mesh> {
    let folder = folder(name);
    fs::create_dir_all(folder.join("images")).unwrap();
    fs::write(folder.join("images/a b.png"), png()).unwrap();
    fs::write(folder.join("beside.png"), png()).unwrap();
    fs::write(folder.join("text.png"), "no image").unwrap();
    let huge = fs::File::create(folder.join("huge.png")).unwrap();
    huge.set_len((256 << 20) + 1).unwrap();
    fs::write(folder.join("m.mtl"), format!("newmtl painted\n{material}")).unwrap();
    fs::write(folder.join("a.obj"), TEXTURED_OBJ).unwrap();
    meshes(&folder.join("a.obj"))
}

#[test]
fn those_of_obj_files_lie_where_the_file_says() {
    let [mesh] = &obj("painted", "map_Kd -s 1 1 1 images/a b.png\nKd 1 0.5 0\n")[..] else {
        panic!()
    };
    assert_eq!(mesh.color, Some([255, 128, 0]));
    let texture = mesh.texture.as_ref().unwrap();
    assert_eq!(texture.image.data, png());
    // From the top, where the file counts from the bottom; the first corner is there twice.
    let [a, b, c, d] = [[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.75]];
    assert_eq!(texture.uvs, [a, b, c, d, a]);
    assert_eq!(mesh.faces, [[0, 1, 2], [3, 2, 4]]);
    assert_eq!(mesh.vertices[3], mesh.vertices[0]);
    assert_eq!(texture.normals.as_ref().unwrap()[..], [[0.0, 0.0, 1.0]; 5]);
    assert!(!mesh.is_plain() && mesh.to_glb().is_ok());
}

#[test]
fn meshes_are_complete_without() {
    for material in [
        "map_Kd nothing.png\n",
        "map_Kd text.png\n",
        "map_Kd huge.png\n",
        "map_Kd ../painted/images/nothing.png\n",
        "map_Kd\n",
        "Kd 1 1 1\n",
    ] {
        let [mesh] = &obj("lost", material)[..] else {
            panic!()
        };
        assert!(
            mesh.texture.is_none() && mesh.vertices.len() == 4,
            "{material}"
        );
    }
}

#[test]
fn paths_of_other_machines_mean_the_file_beside() {
    for name in [
        "C:\\Users\\me\\beside.png",
        "/srv/me/beside.png",
        "../../beside.png",
    ] {
        let [mesh] = &obj("elsewhere", &format!("map_Kd {name}\n"))[..] else {
            panic!()
        };
        assert!(mesh.texture.is_some(), "{name}");
    }
}

/// A triangle below `material`, mirrored.
fn dae(name: &str, image: &str, effect: &str) -> Mesh {
    let folder = folder(name);
    fs::write(folder.join("a b.png"), png()).unwrap();
    let text = textured_dae(image, effect);
    fs::write(folder.join("a.dae"), text).unwrap();
    let mut meshes = meshes(&folder.join("a.dae"));
    assert_eq!(meshes.len(), 1);
    meshes.remove(0)
}

#[test]
fn those_of_collada_files_are_found_in_all_their_ways() {
    let in_1_5 =
        "<newparam sid='sampler'><sampler2D><instance_image url='#i'/></sampler2D></newparam>";
    let file = "<init_from>a%20b.png</init_from>";
    for (image, effect) in [
        (file, IN_1_4),
        ("<init_from><ref>a%20b.png</ref></init_from>", in_1_5),
        ("<init_from>file:///srv/me/a%20b.png</init_from>", IN_1_4),
    ] {
        let mesh = dae("collada", image, effect);
        let texture = mesh.texture.unwrap();
        assert_eq!(texture.image.data, png());
        // The triangle is turned around, since it is mirrored.
        assert_eq!(mesh.vertices, [[0.0; 3], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]);
        assert_eq!(texture.uvs, [[0.0, 1.0], [0.5, 0.75], [1.0, 1.0]]);
        assert_eq!(texture.normals.unwrap(), [[0.0, 0.0, -1.0]; 3]);
    }
    for (image, effect) in [("<init_from>c.png</init_from>", IN_1_4), (file, "")] {
        let mesh = dae("collada_lost", image, effect);
        assert!(mesh.texture.is_none(), "{image} {effect}");
    }
}

#[test]
fn nodes_have_the_image_as_it_is() {
    let [mesh] = &obj("shown", "map_Kd beside.png\n")[..] else {
        panic!()
    };
    let glb = mesh.to_glb().unwrap().glb_data;
    let at = glb.windows(png().len()).position(|part| part == png());
    assert!(at.is_some());
}

#[test]
fn a_gltf_file_becomes_one_binary_file() {
    use super::samples::{glb, gltf_buffer, gltf_document, gltf_json};
    let folder = folder("packed");
    fs::write(folder.join("a b.bin"), gltf_buffer()).unwrap();
    fs::write(folder.join("a b.png"), png()).unwrap();
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png());
    let images = format!(
        r#""images":[{{"uri":"a%20b.png"}},{{"uri":"data:image/png;base64,{data}"}},
{{"uri":"lost.jpg"}},{{"bufferView":0,"mimeType":"image/png"}},{{"uri":"./a%20b.png"}},
{{"uri":"data:image/png;base64,-"}}],"meshes""#
    );
    let beside = gltf_document(r#""uri":"a%20b.bin","#).replace(r#""meshes""#, &images);
    fs::write(folder.join("beside.gltf"), beside).unwrap();
    fs::write(folder.join("inside.gltf"), gltf_json()).unwrap();
    fs::write(folder.join("a.glb"), glb()).unwrap();
    assert_eq!(load_glb(folder.join("a.glb")).unwrap(), glb());
    let expected = load(folder.join("a.glb"), |_| {}).unwrap();
    for name in ["beside.gltf", "inside.gltf"] {
        let packed = load_glb(folder.join(name)).unwrap();
        let read = load_bytes(Format::Gltf, "packed.glb", &packed).unwrap();
        assert_eq!(read, expected, "{name}");
    }
    let packed = load_glb(folder.join("beside.gltf")).unwrap();
    let end = 20 + u32::from_le_bytes(packed[12..16].try_into().unwrap()) as usize;
    let json: serde_json::Value = serde_json::from_slice(&packed[20..end]).unwrap();
    let binary = &packed[end + 8..];
    let image = |index: usize| {
        let view = json["images"][index]["bufferView"].as_u64().unwrap() as usize;
        let number = |name| json["bufferViews"][view][name].as_u64().unwrap() as usize;
        let start = number("byteOffset");
        &binary[start..start + number("byteLength")]
    };
    assert_eq!(image(0), png());
    assert_eq!(image(1), png());
    let white = image::load_from_memory(image(2)).unwrap().into_rgb8();
    assert_eq!(
        (white.dimensions(), white.get_pixel(0, 0).0),
        ((1, 1), [255; 3])
    );
    assert_eq!(json["images"][3]["bufferView"], 0);
    // What several name is there once.
    assert_eq!(json["images"][4], json["images"][0]);
    assert_eq!(json["images"][5], json["images"][2]);
}

#[test]
fn what_cannot_be_packed_is_an_error() {
    use super::samples::gltf_json;
    let path = folder("packed").join("bad.gltf");
    for (from, to, problem) in [
        (
            r#"{"buffer":0,"byteLength":48}"#,
            r#"{"buffer":7,"byteLength":48}"#,
            "buffer 7",
        ),
        (
            r#"{"buffer":0,"byteLength":48}"#,
            "[0,0,48,null]",
            "an array",
        ),
        (r#""byteLength":70"#, r#""byteLength":71"#, "71 bytes"),
    ] {
        assert!(gltf_json().contains(from));
        fs::write(&path, gltf_json().replace(from, to)).unwrap();
        let error = load_glb(&path).unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}
