use glam::{Quat, Vec3};
use serde_json::{Value, json};

use super::*;

/// A GLB file of this JSON and binary data.
fn glb(json: &Value, binary: &[u8]) -> Bytes {
    let chunk = |kind: &[u8], content: &[u8], fill: u8| {
        let mut content = content.to_vec();
        content.resize(content.len().next_multiple_of(4), fill);
        [&(content.len() as u32).to_le_bytes(), kind, &content].concat()
    };
    let body = [
        chunk(b"JSON", json.to_string().as_bytes(), b' '),
        chunk(b"BIN\0", binary, 0),
    ]
    .concat();
    let length = (12 + body.len() as u32).to_le_bytes();
    [&b"glTF"[..], &2u32.to_le_bytes(), &length, &body]
        .concat()
        .into()
}

/// Binary data from arrays, with a buffer view for each.
#[derive(Default)]
struct Binary {
    bytes: Vec<u8>,
    views: Vec<Value>,
}

impl Binary {
    fn add(&mut self, bytes: &[u8]) {
        self.views.push(json!({
            "buffer": 0, "byteOffset": self.bytes.len(), "byteLength": bytes.len()
        }));
        self.bytes.extend(bytes);
    }

    fn floats(&mut self, floats: &[f32]) {
        let bytes: Vec<u8> = floats.iter().flat_map(|f| f.to_le_bytes()).collect();
        self.add(&bytes);
    }
}

/// A triangle with a texture, in a tree of two nodes, with bones, that an animation moves.
fn example() -> (Value, Vec<u8>) {
    let mut binary = Binary::default();
    binary.floats(&[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    binary.add(&[0, 0, 1, 0, 2, 0, 0, 0]);
    binary.add(&[0, 0, 255, 0, 0, 255, 0, 0]);
    binary.floats(&[0.0, 1.0, 3.0]);
    binary.floats(&[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 5.0]);
    binary.add(b"\x89PNG...");
    binary.add(&[0; 12]);
    binary.floats(&[1.0, 0.0, 0.0, 0.0].repeat(3));
    let json = json!({
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [1]}],
        "nodes": [
            {"mesh": 0, "skin": 0, "translation": [0, 0, 2], "scale": [2, 2, 2]},
            {"children": [0], "rotation": [0, 0, 1, 0], "translation": [1, 0, 0]},
        ],
        "meshes": [{"primitives": [{
            "attributes": {"POSITION": 0, "TEXCOORD_0": 2, "JOINTS_0": 5, "WEIGHTS_0": 6},
            "indices": 1,
            "material": 0,
        }]}],
        "skins": [{"joints": [1]}],
        "materials": [{
            "alphaMode": "MASK",
            "doubleSided": true,
            "pbrMetallicRoughness": {
                "baseColorTexture": {
                    "index": 0,
                    "extensions": {"KHR_texture_transform": {"offset": [0.5, 0.0], "scale": [2, 2]}},
                },
                "metallicFactor": 0.25,
            },
        }],
        "textures": [{"source": 0, "sampler": 0}],
        "samplers": [{"wrapS": 33071, "minFilter": 9729}],
        "images": [{"bufferView": 5, "mimeType": "image/png"}],
        "animations": [{
            "samplers": [{"input": 3, "output": 4}],
            "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}],
        }],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": 3, "type": "SCALAR"},
            {"bufferView": 2, "componentType": 5121, "normalized": true, "count": 3, "type": "VEC2"},
            {"bufferView": 3, "componentType": 5126, "count": 3, "type": "SCALAR"},
            {"bufferView": 4, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 6, "componentType": 5121, "count": 3, "type": "VEC4"},
            {"bufferView": 7, "componentType": 5126, "count": 3, "type": "VEC4"},
        ],
        "bufferViews": binary.views,
        "buffers": [{"byteLength": binary.bytes.len()}],
    });
    (json, binary.bytes)
}

#[test]
fn a_file_is_read_whole() {
    let (json, binary) = example();
    let asset = Asset::parse(&glb(&json, &binary)).unwrap();
    assert_eq!(asset.nodes.len(), 2);
    // The parent, which is second in the file, comes first.
    assert_eq!(asset.nodes[1].parent, Some(0));
    let drawable = Drawable {
        node: 1,
        primitive: 0,
        skin: Some(0),
    };
    assert_eq!(asset.drawables, [drawable]);
    assert_eq!(asset.skins[0].joints, [0]);

    let place = asset.poses_at_rest()[1].transform_point3(Vec3::X);
    assert!(place.distance(Vec3::new(-1.0, 0.0, 2.0)) < 1e-5, "{place}");

    let primitive = &asset.primitives[0];
    assert!(primitive.is_flat);
    assert_eq!(primitive.geometry.indices, [0, 1, 2]);
    assert_eq!(primitive.geometry.normals, [[0.0, 0.0, 1.0]; 3]);
    assert_eq!(
        primitive.uvs[0].as_deref(),
        Some(&[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]][..])
    );

    let material = &asset.materials[0];
    assert_eq!((material.metallic, material.roughness), (0.25, 1.0));
    assert_eq!(material.alpha, Alpha::Mask(0.5));
    assert!(material.is_double_sided);
    let texture = material.textures[TextureUse::BaseColor as usize].unwrap();
    assert_eq!(texture.wrap_s, scenecast_gl::Wrap::Clamp);
    assert_eq!(texture.wrap_t, scenecast_gl::Wrap::Repeat);
    assert_eq!(texture.filter, scenecast_gl::Filter::Linear);
    let at = texture.image_from_uv.transform_point2([0.25, 0.5].into());
    assert_eq!(at.to_array(), [1.0, 1.0]);
    assert_eq!(&asset.images[0][..4], b"\x89PNG");
}

#[test]
fn animations_repeat_and_rest_between_their_keys() {
    let (json, binary) = example();
    let asset = Asset::parse(&glb(&json, &binary)).unwrap();
    let animation = &asset.animations[0];
    assert_eq!(animation.duration_secs, 3.0);
    let z = |secs: f64| {
        let mut locals: Vec<Transform> = asset.nodes.iter().map(|node| node.rest).collect();
        let mut count = vec![[0; 3]; locals.len()];
        animation.apply(secs, &mut locals, &mut count);
        locals[1].translation.z
    };
    assert_eq!([z(0.0), z(0.5), z(1.0), z(2.0)], [0.0, 0.5, 1.0, 3.0]);
    assert_eq!(z(3.5), z(0.5));
    assert_eq!(z(3e9 + 0.5), z(0.5));
}

#[test]
fn turns_take_the_shortest_way_and_curves_follow_their_tangents() {
    let quarter = Quat::from_rotation_z(1.0);
    let channel = |property, interpolation, values: Vec<glam::Vec4>| Channel {
        node: 0,
        property,
        interpolation,
        times: vec![0.0, 2.0],
        values,
    };
    let turn = channel(
        Property::Rotation,
        Interpolation::Linear,
        vec![Quat::IDENTITY.into(), (-quarter).into()],
    );
    let half = Quat::from_vec4(turn.value(1.0).unwrap());
    assert!(half.angle_between(Quat::from_rotation_z(0.5)) < 1e-3);
    let step = channel(
        Property::Scale,
        Interpolation::Step,
        vec![glam::Vec4::ONE, glam::Vec4::ZERO],
    );
    assert_eq!(step.value(1.9), Some(glam::Vec4::ONE));
    assert_eq!(step.value(2.0), Some(glam::Vec4::ZERO));
    // Both tangents point the way of the straight line: the curve is that line.
    let [zero, one] = [glam::Vec4::ZERO, glam::Vec4::ONE];
    let slope = one / 2.0;
    let curve = channel(
        Property::Translation,
        Interpolation::CubicSpline,
        vec![zero, zero, slope, slope, one, zero],
    );
    assert!(curve.value(0.5).unwrap().distance(one / 4.0) < 1e-6);
}

#[test]
fn meshes_have_the_shape_of_their_morph_targets() {
    let (mut json, mut binary) = example();
    let at = binary.len();
    for offset in [0.0_f32, 0.0, 4.0].repeat(3) {
        binary.extend(offset.to_le_bytes());
    }
    let view = json!({"buffer": 0, "byteOffset": at, "byteLength": 36});
    json["bufferViews"].as_array_mut().unwrap().push(view);
    let accessor = json!({"bufferView": 8, "componentType": 5126, "count": 3, "type": "VEC3"});
    json["accessors"].as_array_mut().unwrap().push(accessor);
    json["meshes"][0]["primitives"][0]["targets"] = json!([{"NORMAL": 7}, {"POSITION": 7}]);
    json["meshes"][0]["weights"] = json!([0.0, 0.5]);
    let heights = |json: &Value| {
        let asset = Asset::parse(&glb(json, &binary)).unwrap();
        let heights = asset.drawables.iter().map(|drawable| {
            let geometry = &asset.primitives[drawable.primitive].geometry;
            assert_eq!(geometry.normals, [[0.0, 0.0, 1.0]; 3]);
            assert!(
                geometry
                    .positions
                    .iter()
                    .all(|p| p[2] == geometry.positions[0][2])
            );
            geometry.positions[0][2]
        });
        heights.collect::<Vec<_>>()
    };
    assert_eq!(heights(&json), [2.0]);
    // A node's own weights are for that node only.
    json["scenes"][0]["nodes"] = json!([1, 2, 3]);
    let nodes = json["nodes"].as_array_mut().unwrap();
    nodes.push(json!({"mesh": 0, "weights": [1, 1]}));
    nodes.push(json!({"mesh": 0}));
    let mut found = heights(&json);
    found.sort_by(f32::total_cmp);
    assert_eq!(found, [2.0, 2.0, 4.0]);
    let base = Asset::parse_unmorphed(&glb(&json, &binary)).unwrap();
    assert_eq!(base.primitives.len(), 1);
    assert_eq!(base.primitives[0].geometry.positions[0], [0.0; 3]);
    json["accessors"][7]["count"] = json!(2);
    let error = Asset::parse(&glb(&json, &binary)).unwrap_err().to_string();
    assert_eq!(error, "mesh 0: 2 values of a morph target for 3 vertices");
}

#[test]
fn sparse_numbers_replace_some_of_others_or_of_zeros() {
    let (mut json, mut binary) = example();
    let at = binary.len();
    binary.extend([2, 0, 0, 0]);
    binary.extend([7.0_f32, 8.0, 9.0].map(f32::to_le_bytes).as_flattened());
    let views = json["bufferViews"].as_array_mut().unwrap();
    views.push(json!({"buffer": 0, "byteOffset": at, "byteLength": 16}));
    json["accessors"][0]["sparse"] = json!({
        "count": 1,
        "indices": {"bufferView": 8, "componentType": 5121},
        "values": {"bufferView": 8, "byteOffset": 4},
    });
    let read = |json: &Value| {
        let asset = Asset::parse(&glb(json, &binary)).map_err(|error| error.to_string())?;
        Ok::<_, String>(asset.primitives[0].geometry.positions.clone())
    };
    let replaced = [7.0, 8.0, 9.0];
    assert_eq!(read(&json).unwrap(), [[0.0; 3], [1.0, 0.0, 0.0], replaced]);
    let base = json["accessors"][0]
        .as_object_mut()
        .unwrap()
        .remove("bufferView");
    assert_eq!(base, Some(json!(0)));
    assert_eq!(read(&json).unwrap(), [[0.0; 3], [0.0; 3], replaced]);

    let wrong = |path: &str, value: Value| {
        let mut json = json.clone();
        *json.pointer_mut(path).unwrap() = value;
        read(&json).unwrap_err()
    };
    assert_eq!(
        wrong("/accessors/0/count", json!(2)),
        "accessor 0 replaces element 2 of 2"
    );
    assert_eq!(
        wrong("/accessors/0/count", json!(1_u64 << 40)),
        format!(
            "accessor 0 has {} elements, more than the file",
            1_u64 << 40
        )
    );
    assert_eq!(
        wrong("/accessors/0/sparse/count", json!(9)),
        "accessor 0 has 9 elements beyond its buffer view's end"
    );
}

#[test]
fn wrong_references_are_named() {
    let wrong = |path: &str, value: Value| {
        let (mut json, binary) = example();
        *json.pointer_mut(path).unwrap() = value;
        Asset::parse(&glb(&json, &binary)).unwrap_err().to_string()
    };
    assert_eq!(wrong("/nodes/0/mesh", json!(7)), "mesh 7 does not exist");
    assert_eq!(wrong("/nodes/0/skin", json!(7)), "skin 7 does not exist");
    assert_eq!(
        wrong("/nodes/1/children", json!([0, 0])),
        "node 0 has more than one parent"
    );
    assert_eq!(
        wrong("/nodes/1/children", json!([1])),
        "node 1 has more than one parent"
    );
    assert_eq!(
        wrong("/accessors/0/count", json!(4)),
        "accessor 0 has 4 elements beyond its buffer view's end"
    );
    assert_eq!(
        wrong("/accessors/0/count", json!(u64::MAX)),
        format!(
            "accessor 0 has {} elements beyond its buffer view's end",
            u64::MAX
        )
    );
    assert_eq!(
        wrong("/accessors/0/type", json!("VEC4")),
        "accessor 0 has the type `VEC4`, which does not fit its use"
    );
    assert_eq!(
        wrong("/accessors/2/count", json!(2)),
        "mesh 0: 2 values of TEXCOORD_0 for 3 vertices"
    );
    assert_eq!(
        wrong("/skins/0/joints", json!([])),
        "a vertex follows joint 0 of 0"
    );
    let (mut json, binary) = example();
    json["extensionsRequired"] = json!(["KHR_draco_mesh_compression"]);
    let error = Asset::parse(&glb(&json, &binary)).unwrap_err();
    assert_eq!(
        error,
        GltfError::Extension("KHR_draco_mesh_compression".into())
    );
}

#[test]
fn damaged_files_are_errors_or_drawn_but_never_more() {
    let (json, binary) = example();
    let whole = glb(&json, &binary);
    for end in 0..whole.len() {
        let _ = Asset::parse(&whole.slice(..end));
    }
    let mut random = 1u32;
    for _ in 0..20_000 {
        let mut bytes = whole.to_vec();
        for _ in 0..3 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = random as usize % bytes.len();
            bytes[at] ^= (random >> 24) as u8 | 1;
        }
        if let Ok(asset) = Asset::parse(&bytes.into()) {
            asset.poses_at_rest();
        }
    }
}
