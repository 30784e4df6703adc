//! Images that materials lay over meshes.

use super::files::folder;
use scenecast::loaders::{Format, Geometry, Mesh, load, load_bytes, load_glb};
use std::{fs, path::Path};

/// A square of four colours, as a PNG file.
fn png() -> Vec<u8> {
    let pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
    let image = image::RgbImage::from_raw(2, 2, pixels.to_vec()).unwrap();
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

fn meshes(path: &Path) -> Vec<Mesh> {
    let items = load(path, |_| {}).unwrap().items;
    let meshes = items.into_iter().map(|item| match item.geometry {
        Geometry::Mesh(mesh) => mesh,
        other => panic!("{other:?}"),
    });
    meshes.collect()
}

/// Two triangles of a square, whose image is cut along their common edge.
const OBJ: &str = "mtllib m.mtl
v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0
vt 0 0\nvt 1 0\nvt 1 1\nvt 0 0.25
usemtl painted
f 1/1 2/2 3/3
f 1/4 3/3 4/-4
";

fn obj(name: &str, material: &str) -> Vec<Mesh> {
    let folder = folder(name);
    fs::create_dir_all(folder.join("images")).unwrap();
    fs::write(folder.join("images/a b.png"), png()).unwrap();
    fs::write(folder.join("beside.png"), png()).unwrap();
    fs::write(folder.join("text.png"), "no image").unwrap();
    fs::write(folder.join("m.mtl"), format!("newmtl painted\n{material}")).unwrap();
    fs::write(folder.join("a.obj"), OBJ).unwrap();
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
        "/home/me/beside.png",
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
    let text = format!(
        "<COLLADA><asset><up_axis>Z_UP</up_axis></asset>
<library_images><image id='i'>{image}</image></library_images>
<library_effects><effect id='e'><profile_COMMON>{effect}<technique sid='t'><phong><diffuse>
<texture texture='sampler' texcoord='UV'/></diffuse></phong></technique></profile_COMMON></effect>
</library_effects>
<library_materials><material id='m'><instance_effect url='#e'/></material></library_materials>
<library_geometries><geometry id='g'><mesh>
<source id='p'><float_array id='pa'>0 0 0 1 0 0 0 1 0</float_array>
<technique_common><accessor source='#pa' stride='3'/></technique_common></source>
<source id='n'><float_array id='na'>0 0 1</float_array>
<technique_common><accessor source='#na' stride='3'/></technique_common></source>
<source id='t'><float_array id='ta'>0 0 1 0 0.5 0.25</float_array>
<technique_common><accessor source='#ta' stride='2'><param name='S'/><param name='T'/></accessor>
</technique_common></source>
<vertices id='v'><input semantic='POSITION' source='#p'/></vertices>
<triangles material='s'><input semantic='VERTEX' source='#v' offset='0'/>
<input semantic='NORMAL' source='#n' offset='1'/>
<input semantic='TEXCOORD' source='#t' offset='2' set='0'/>
<p>0 0 0 1 0 1 2 0 2</p></triangles></mesh></geometry></library_geometries>
<library_visual_scenes><visual_scene id='s'><node><scale>1 1 -1</scale>
<instance_geometry url='#g'><bind_material><technique_common>
<instance_material symbol='s' target='#m'/></technique_common></bind_material></instance_geometry>
</node></visual_scene></library_visual_scenes>
<scene><instance_visual_scene url='#s'/></scene></COLLADA>"
    );
    fs::write(folder.join("a.dae"), text).unwrap();
    let mut meshes = meshes(&folder.join("a.dae"));
    assert_eq!(meshes.len(), 1);
    meshes.remove(0)
}

#[test]
fn those_of_collada_files_are_found_in_all_their_ways() {
    let in_1_4 = "<newparam sid='surface'><surface type='2D'><init_from>i</init_from></surface>
</newparam><newparam sid='sampler'><sampler2D><source>surface</source></sampler2D></newparam>";
    let in_1_5 =
        "<newparam sid='sampler'><sampler2D><instance_image url='#i'/></sampler2D></newparam>";
    let file = "<init_from>a%20b.png</init_from>";
    for (image, effect) in [
        (file, in_1_4),
        ("<init_from><ref>a%20b.png</ref></init_from>", in_1_5),
        ("<init_from>file:///home/me/a%20b.png</init_from>", in_1_4),
    ] {
        let mesh = dae("collada", image, effect);
        let texture = mesh.texture.unwrap();
        assert_eq!(texture.image.data, png());
        // The triangle is turned around, since it is mirrored.
        assert_eq!(mesh.vertices, [[0.0; 3], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]);
        assert_eq!(texture.uvs, [[0.0, 1.0], [0.5, 0.75], [1.0, 1.0]]);
        assert_eq!(texture.normals.unwrap(), [[0.0, 0.0, -1.0]; 3]);
    }
    for (image, effect) in [("<init_from>c.png</init_from>", in_1_4), (file, "")] {
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
{{"uri":"lost.jpg"}},{{"bufferView":0,"mimeType":"image/png"}}],"meshes""#
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
