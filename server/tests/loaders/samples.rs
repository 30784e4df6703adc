//! One valid file of each kind, made in code.

use scenecast::loaders::Format;

/// Every sample with its format.
pub(crate) fn all() -> Vec<(Format, Vec<u8>)> {
    vec![
        (Format::Ply, ply("ascii")),
        (Format::Ply, ply("binary_little_endian")),
        (Format::Ply, ply("binary_big_endian")),
        (Format::Obj, OBJ.into()),
        (Format::Stl, stl_text().into_bytes()),
        (Format::Stl, stl_binary(&CORNERS)),
        (Format::Gltf, gltf_json().into_bytes()),
        (Format::Gltf, glb()),
        (Format::Ply, SPLATS_PLY.into()),
        (Format::Splat, SPLATS.into()),
        (Format::Collada, COLLADA.into()),
    ]
}

/// A square's corners with their colours.
pub(crate) const CORNERS: [[f32; 3]; 4] = [
    [0.0, 0.0, 0.0],
    [1.0, 0.0, 0.0],
    [1.0, 1.0, 0.0],
    [0.0, 1.0, 0.5],
];
pub(crate) const COLORS: [[u8; 3]; 4] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 8, 7]];

/// The square as one face of four corners, with a table and columns that no reader knows.
pub(crate) fn ply(encoding: &str) -> Vec<u8> {
    let mut file = format!(
        "ply\nformat {encoding} 1.0\ncomment made in code\nelement vertex 4\n\
         property float x\nproperty double y\nproperty float z\nproperty short spare\n\
         property uchar red\nproperty uchar green\nproperty uchar blue\n\
         element strange 2\nproperty list ushort float things\nproperty int last\n\
         element face 1\nproperty uchar flags\nproperty list uchar int vertex_indices\nend_header\n"
    )
    .into_bytes();
    let mut put = |text: String, little: Vec<u8>| match encoding {
        "ascii" => file.extend(format!("{text} ").bytes()),
        "binary_little_endian" => file.extend(little),
        _ => file.extend(little.iter().rev()),
    };
    for ([x, y, z], color) in CORNERS.iter().zip(COLORS) {
        put(x.to_string(), x.to_le_bytes().into());
        put(y.to_string(), f64::from(*y).to_le_bytes().into());
        put(z.to_string(), z.to_le_bytes().into());
        put("-7".into(), (-7_i16).to_le_bytes().into());
        for channel in color {
            put(channel.to_string(), vec![channel]);
        }
        put("\n".into(), vec![]);
    }
    for things in [vec![], vec![1.5_f32, 2.5]] {
        put(
            things.len().to_string(),
            (things.len() as u16).to_le_bytes().into(),
        );
        for thing in things {
            put(thing.to_string(), thing.to_le_bytes().into());
        }
        put("3".into(), 3_i32.to_le_bytes().into());
        put("\n".into(), vec![]);
    }
    put("1".into(), vec![1]);
    put("4".into(), vec![4]);
    for index in 0..4_i32 {
        put(index.to_string(), index.to_le_bytes().into());
    }
    file
}

/// Splats, as `splats/record_with_viser.py` makes them.
pub(crate) const SPLATS_PLY: &[u8] = include_bytes!("splats/splats.ply");
pub(crate) const SPLATS: &[u8] = include_bytes!("splats/splats.splat");

pub(crate) const OBJ: &str = "# made in code
mtllib lost.mtl
o square
v 0 0 0 1 0 0
v 1 0 0
v 1 1 0 1 1 1
v 0 1 0.5
vt 0 0
vn 0 0 1
usemtl a
f 1/1/1 2/1/1 3//1 4
usemtl b
f -4 -3 \\
  -2
";

pub(crate) fn stl_text() -> String {
    let [a, b, c, _] = CORNERS.map(|[x, y, z]| format!("vertex {x} {y} {z}"));
    format!(
        "solid made in code\n facet normal 0 0 1\n  outer loop\n{a}\n{b}\n{c}\nendloop\nendfacet\nendsolid\n"
    )
}

/// A binary file with one triangle for each three corners.
pub(crate) fn stl_binary(corners: &[[f32; 3]]) -> Vec<u8> {
    let mut file = b"solid in name only".to_vec();
    file.resize(80, b' ');
    file.extend((corners.len() as u32 / 3).to_le_bytes());
    for triangle in corners.chunks_exact(3) {
        file.extend([0; 12]);
        file.extend(triangle.iter().flatten().flat_map(|n| n.to_le_bytes()));
        file.extend([0; 2]);
    }
    file
}

/// The buffer of the glTF samples: 48 bytes of positions, 16 of colours, 6 of indices.
pub(crate) fn gltf_buffer() -> Vec<u8> {
    let mut buffer: Vec<u8> = CORNERS
        .iter()
        .flatten()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    for [r, g, b] in COLORS {
        buffer.extend([r, g, b, 255]);
    }
    buffer.extend([0_u16, 1, 2].iter().flat_map(|i| i.to_le_bytes()));
    buffer
}

/// Two nodes, one below the other, that share a mesh; `buffer` describes where its bytes are.
pub(crate) fn gltf_document(buffer: &str) -> String {
    format!(
        r#"{{"asset":{{"version":"2.0"}},"scene":0,"scenes":[{{"nodes":[0]}}],
"nodes":[{{"name":"outer","mesh":0,"translation":[10,0,0],"children":[1]}},
{{"mesh":0,"scale":[2,2,2],"rotation":[0,0,0.70710678,0.70710678]}}],
"meshes":[{{"name":"square","primitives":[{{"attributes":{{"POSITION":0,"COLOR_0":1}},"indices":2,"material":0}},
{{"attributes":{{"POSITION":0}},"mode":0}},{{"attributes":{{"POSITION":0}},"mode":1}}]}}],
"materials":[{{"pbrMetallicRoughness":{{"baseColorFactor":[1,1,0,1]}}}}],
"accessors":[{{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3"}},
{{"bufferView":1,"componentType":5121,"normalized":true,"count":4,"type":"VEC4"}},
{{"bufferView":2,"componentType":5123,"count":3,"type":"SCALAR"}}],
"bufferViews":[{{"buffer":0,"byteLength":48}},{{"buffer":0,"byteOffset":48,"byteLength":16}},
{{"buffer":0,"byteOffset":64,"byteLength":6}}],
"buffers":[{{{buffer}"byteLength":70}}]}}"#
    )
}

pub(crate) fn gltf_json() -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let data = STANDARD.encode(gltf_buffer());
    gltf_document(&format!(
        r#""uri":"data:application/octet-stream;base64,{data}","#
    ))
}

pub(crate) fn glb() -> Vec<u8> {
    let mut json = gltf_document("").into_bytes();
    json.resize(json.len().next_multiple_of(4), b' ');
    let mut binary = gltf_buffer();
    binary.resize(binary.len().next_multiple_of(4), 0);
    let mut file = b"glTF".to_vec();
    let length = 12 + 8 + json.len() + 8 + binary.len();
    file.extend([2, length as u32].iter().flat_map(|w| w.to_le_bytes()));
    for (kind, chunk) in [(b"JSON", json), (b"BIN\0", binary)] {
        file.extend((chunk.len() as u32).to_le_bytes());
        file.extend(kind);
        file.extend(chunk);
    }
    file
}

/// A part of everything that is read; each line is whole elements, or a start or an end of one.
pub(crate) const COLLADA: &str = include_str!("collada/sample.dae");

/// A square of four colours, as a PNG file.
pub(crate) fn png() -> Vec<u8> {
    let pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
    let image = image::RgbImage::from_raw(2, 2, pixels.to_vec()).unwrap();
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Two triangles of a square, whose image is cut along their common edge.
pub(crate) const TEXTURED_OBJ: &str = "mtllib m.mtl
v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0
vt 0 0\nvt 1 0\nvt 1 1\nvt 0 0.25
usemtl painted
f 1/1 2/2 3/3
f 1/4 3/3 4/-4
";

/// How an effect of COLLADA 1.4 names the image `i`.
pub(crate) const IN_1_4: &str =
    "<newparam sid='surface'><surface type='2D'><init_from>i</init_from></surface>
</newparam><newparam sid='sampler'><sampler2D><source>surface</source></sampler2D></newparam>";

/// A mirrored triangle below the image that an effect names.
pub(crate) fn textured_dae(image: &str, effect: &str) -> String {
    format!(
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
    )
}
