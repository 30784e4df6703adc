//! glTF models: colours, textures, materials, hierarchies, motion; alone and many in a node.

use super::{
    Scene,
    shapes::{Surface, ball, checkers, scattered, surface, torus, turns},
};
use bytes::Bytes;
use scenecast::{
    Array, Result, Server, Wxyz,
    scene::{BatchedGlb, Glb, GlbMesh, Place},
};
use serde_json::{Value, json};

pub(super) const SCENES: &[Scene] = &[
    ("glb_vertex_colors", glb_vertex_colors),
    ("glb_texture", glb_texture),
    ("glb_materials", glb_materials),
    ("glb_blended", glb_blended),
    ("glb_hierarchy", glb_hierarchy),
    ("glb_animation", glb_animation),
    ("batched_glb", batched_glb),
];

fn rainbow() -> Result<Glb> {
    let Surface {
        vertices,
        faces,
        uvs,
    } = torus([32, 16], 0.5, 0.2);
    let color = |[u, v]: &[f32; 2]| {
        let share = |part: f32| (255.0 * part.clamp(0.0, 1.0)) as u8;
        [share(*u), share(1.0 - *v), share(1.0 - *u), 255]
    };
    let colors: Vec<[u8; 4]> = uvs.iter().map(color).collect();
    GlbMesh::new(vertices, faces).vertex_colors(colors).to_glb()
}

fn glb_vertex_colors(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/plain", rainbow()?.at([-0.8, 0.0, 0.0]))?;
    scene.add(
        "/scaled",
        rainbow()?.scale([0.8, 0.8, 1.6]).at([0.8, 0.0, 0.0]),
    )?;
    Ok(())
}

fn glb_texture(server: &Server) -> Result<()> {
    let scene = server.scene();
    let Surface {
        vertices,
        faces,
        uvs,
    } = ball(0.6);
    let globe = GlbMesh::new(vertices, faces).texture(uvs, checkers(256, 128)?.jpeg(90));
    scene.add("/globe", globe.to_glb()?.at([-0.8, 0.0, 0.0]))?;
    let Surface {
        vertices,
        faces,
        uvs,
    } = surface([8, 8], |u, v| [u - 0.5, v - 0.5, 0.2 * u * v]);
    // The texture repeats beyond its edges.
    let repeated: Vec<[f32; 2]> = uvs.iter().map(|uv| uv.map(|c| 2.5 * c)).collect();
    let sheet = GlbMesh::new(vertices, faces).texture(repeated, checkers(64, 64)?.png());
    scene.add(
        "/sheet",
        sheet
            .double_sided(true)
            .to_glb()?
            .scale(1.2)
            .at([0.8, 0.0, 0.0]),
    )?;
    Ok(())
}

/// A model of balls, one for each material, where `place` says.
fn balls(materials: &[Value], nodes: Value, animations: Value) -> Glb {
    let Surface {
        vertices, faces, ..
    } = ball(0.3);
    let mut binary: Vec<u8> = vertices
        .iter()
        .flatten()
        .flat_map(|c| c.to_le_bytes())
        .collect();
    let vertices_end = binary.len();
    binary.extend(faces.iter().flatten().flat_map(|i| i.to_le_bytes()));
    let faces_end = binary.len();
    // Times and translations of an animation that stays where it begins, so that pictures of any
    // moment are alike.
    let motion = [0.0, 1.0, 0.0, 0.0, 0.6, 0.0, 0.0, 0.6_f32];
    binary.extend(motion.iter().flat_map(|c| c.to_le_bytes()));
    let mesh = |material| {
        json!({"primitives": [{
            "attributes": {"POSITION": 0}, "indices": 1, "material": material,
        }]})
    };
    let roots: Vec<usize> = match nodes.as_array() {
        Some(all) => (0..all.len()).filter(|i| !is_child(all, *i)).collect(),
        None => Vec::new(),
    };
    let document = json!({
        "asset": {"version": "2.0"},
        "extensionsUsed": ["KHR_materials_unlit"],
        "scene": 0,
        "scenes": [{"nodes": roots}],
        "nodes": nodes,
        "meshes": (0..materials.len()).map(mesh).collect::<Vec<_>>(),
        "materials": materials,
        "animations": animations,
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": vertices.len(), "type": "VEC3",
             "min": [-0.3, -0.3, -0.3], "max": [0.3, 0.3, 0.3]},
            {"bufferView": 1, "componentType": 5125, "count": 3 * faces.len(), "type": "SCALAR"},
            {"bufferView": 2, "componentType": 5126, "count": 2, "type": "SCALAR",
             "min": [0.0], "max": [1.0]},
            {"bufferView": 2, "byteOffset": 8, "componentType": 5126, "count": 2, "type": "VEC3"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteLength": vertices_end},
            {"buffer": 0, "byteOffset": vertices_end, "byteLength": faces_end - vertices_end},
            {"buffer": 0, "byteOffset": faces_end, "byteLength": 32},
        ],
        "buffers": [{"byteLength": binary.len()}],
    });
    Glb::new(glb_file(&document, &binary))
}

fn is_child(nodes: &[Value], index: usize) -> bool {
    let children = nodes
        .iter()
        .filter_map(|node| node["children"].as_array())
        .flatten();
    children.into_iter().any(|child| *child == index)
}

/// A binary glTF file: a header, and two chunks of whole words.
fn glb_file(document: &Value, binary: &[u8]) -> Bytes {
    let mut text = document.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(4), b' ');
    let length = 12 + 8 + text.len() + 8 + binary.len();
    let mut file = Vec::with_capacity(length);
    let word = |value: usize| (value as u32).to_le_bytes();
    file.extend(b"glTF");
    for part in [word(2), word(length), word(text.len()), *b"JSON"] {
        file.extend(part);
    }
    file.extend(text);
    file.extend([word(binary.len()), *b"BIN\0"].concat());
    file.extend(binary);
    file.into()
}

fn material(color: [f32; 4], metallic: f32, roughness: f32) -> Value {
    json!({"pbrMetallicRoughness": {
        "baseColorFactor": color, "metallicFactor": metallic, "roughnessFactor": roughness,
    }})
}

/// One node for each mesh, in rows.
fn in_rows(count: usize, columns: usize) -> Value {
    let node = |i: usize| {
        let [x, y] = [i % columns, i / columns].map(|c| 0.75 * c as f32 - 0.9);
        json!({"mesh": i, "translation": [x, y, 0.0]})
    };
    (0..count).map(node).collect()
}

fn glb_materials(server: &Server) -> Result<()> {
    let mut materials = Vec::new();
    for metallic in [0.0, 0.5, 1.0] {
        for roughness in [1.0, 0.7, 0.4, 0.1] {
            materials.push(material([0.9, 0.5, 0.2, 1.0], metallic, roughness));
        }
    }
    let model = balls(&materials, in_rows(materials.len(), 4), json!([]));
    server.scene().add("/balls", model)?;
    Ok(())
}

fn glb_blended(server: &Server) -> Result<()> {
    let mut blended = material([0.2, 0.5, 0.9, 0.4], 0.0, 0.5);
    blended["alphaMode"] = "BLEND".into();
    let mut masked = material([0.2, 0.9, 0.5, 0.4], 0.0, 0.5);
    masked["alphaMode"] = "MASK".into();
    masked["alphaCutoff"] = json!(0.3);
    let mut glowing = material([0.0, 0.0, 0.0, 1.0], 0.0, 1.0);
    glowing["emissiveFactor"] = json!([0.9, 0.3, 0.1]);
    let mut unlit = material([0.9, 0.8, 0.2, 1.0], 0.0, 1.0);
    unlit["extensions"] = json!({"KHR_materials_unlit": {}});
    let solid = material([0.6, 0.6, 0.6, 1.0], 0.0, 1.0);
    let materials = [blended, masked, glowing, unlit, solid];
    let model = balls(&materials, in_rows(materials.len(), 3), json!([]));
    server.scene().add("/balls", model)?;
    Ok(())
}

/// A mobile: nodes in nodes with poses, matrices and scales.
fn mobile() -> Value {
    json!([
        {"mesh": 0, "children": [1, 2]},
        {"mesh": 1, "translation": [0.7, 0.0, -0.4], "rotation": [0.0, 0.38, 0.0, 0.92],
         "scale": [0.7, 0.7, 1.4], "children": [3]},
        {"mesh": 2, "matrix": [0.8, 0.0, 0.0, 0.0, 0.0, 0.4, 0.3, 0.0, 0.0, -0.3, 0.8, 0.0,
                               -0.7, 0.2, -0.3, 1.0]},
        {"mesh": 0, "translation": [0.5, 0.3, 0.3]},
    ])
}

fn three_materials() -> [Value; 3] {
    [
        material([0.9, 0.2, 0.2, 1.0], 0.0, 0.8),
        material([0.2, 0.8, 0.3, 1.0], 0.0, 0.8),
        material([0.2, 0.3, 0.9, 1.0], 0.0, 0.8),
    ]
}

fn glb_hierarchy(server: &Server) -> Result<()> {
    let model = balls(&three_materials(), mobile(), json!([]));
    let turned = Wxyz::from_axis_angle([0.0, 0.0, 1.0], -0.8);
    server
        .scene()
        .add("/mobile", model.scale(1.2).turned(turned))?;
    Ok(())
}

/// The first ball is lifted off where its node says.
fn glb_animation(server: &Server) -> Result<()> {
    let lifted = json!([{
        "samplers": [{"input": 2, "output": 3}],
        "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}],
    }]);
    let model = balls(&three_materials(), in_rows(3, 3), lifted);
    server.scene().add("/balls", model)?;
    Ok(())
}

fn batched_glb(server: &Server) -> Result<()> {
    let sizes: Vec<f32> = (0..40_u16).map(|i| 0.2 + 0.01 * f32::from(i)).collect();
    let data = rainbow()?.glb_data;
    let batch = BatchedGlb::new(data, turns(40, [0.3, 1.0, 0.5], 0.5), scattered(40, 1.1));
    let batch = batch.batched_scales(Array::from(sizes));
    server
        .scene()
        .add("/batch", batch.lod(scenecast::scene::Lod::Off))?;
    Ok(())
}
