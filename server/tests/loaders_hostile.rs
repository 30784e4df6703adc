//! Damaged files: an error or something loaded, never a panic and never much memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "loaders/samples.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod samples;

use peak_alloc::PeakAlloc;
use proptest::prelude::*;
use scenecast::loaders::{Format, MAX_EXPANSION, load_bytes};
use std::sync::{Mutex, MutexGuard, PoisonError};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Held while memory is measured: it is counted for the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The buffers that every load has, and what the other tests make while they wait.
const BASE_BYTES: usize = 32 * 1024 * 1024;

/// Loads a file and asserts the bound on memory.
fn load_within_bounds(format: Format, bytes: &[u8]) {
    let _guard = alone();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let outcome = load_bytes(format, "t", bytes);
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let allowed = BASE_BYTES + bytes.len() * MAX_EXPANSION as usize;
    assert!(
        taken <= allowed,
        "{taken} bytes for {} of {format:?}",
        bytes.len()
    );
    drop(outcome);
}

fn damaged() -> impl Strategy<Value = (Format, Vec<u8>)> {
    let samples = samples::all();
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    let pick = (
        0..samples.len(),
        edits,
        any::<prop::sample::Index>(),
        any::<bool>(),
    );
    pick.prop_map(move |(sample, edits, end, cut)| {
        let (format, mut bytes) = samples[sample].clone();
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        (format, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damaged_files_are_survived((format, bytes) in damaged()) {
        load_within_bounds(format, &bytes);
    }

    #[test]
    fn a_file_of_another_kind_is_survived(
        (_, bytes) in damaged(),
        format in prop::sample::select(vec![Format::Ply, Format::Obj, Format::Stl, Format::Gltf, Format::Splat, Format::Collada]),
    ) {
        load_within_bounds(format, &bytes);
    }

    #[test]
    fn damaged_elements_are_survived(text in damaged_collada()) {
        load_within_bounds(Format::Collada, text.as_bytes());
    }
}

/// The COLLADA sample with some lines, which are whole elements, lost, doubled, exchanged or with a
/// word changed: XML more often than bytes that change at random.
fn damaged_collada() -> impl Strategy<Value = String> {
    let lines: Vec<String> = samples::COLLADA.lines().map(str::to_owned).collect();
    let index = any::<prop::sample::Index>;
    let words = [
        "0",
        "-1",
        "4",
        "4294967295",
        "1e400",
        "nan",
        "#v",
        "#pair",
        "#bent",
        "node",
        "",
    ];
    let edits = prop::collection::vec(
        (0..4, index(), index(), prop::sample::select(words.to_vec())),
        1..5,
    );
    edits.prop_map(move |edits| {
        let mut lines = lines.clone();
        for (edit, at, to, word) in edits {
            let (at, other) = (at.index(lines.len()), to.index(lines.len()));
            match edit {
                0 => drop(lines.remove(at)),
                1 => lines.insert(other, lines[at].clone()),
                2 => lines.swap(at, other),
                _ => {
                    let separators = [' ', '"', '>', '<'];
                    let mut old: Vec<&str> = lines[at].split_inclusive(separators).collect();
                    let index = to.index(old.len());
                    let end = old[index].chars().last().filter(|c| separators.contains(c));
                    let new = format!("{word}{}", end.map(String::from).unwrap_or_default());
                    old[index] = &new;
                    lines[at] = old.concat();
                }
            }
        }
        lines.join("\n")
    })
}

#[test]
fn every_length_of_every_sample_is_survived() {
    for (format, bytes) in samples::all() {
        for end in 0..bytes.len() {
            load_within_bounds(format, &bytes[..end]);
        }
        assert!(load_bytes(format, "t", &bytes).is_ok(), "{format:?}");
    }
}

/// The contents that grow most when loaded, a few megabytes of each.
#[test]
fn the_worst_files_stay_within_bounds() {
    const SIZE: usize = 4 << 20;
    // What is made here should not count as what another test loads.
    let guard = alone();
    let polygons = {
        let rows = SIZE / 256;
        let mut file = format!(
            "ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty char x\n\
             property char y\nproperty char z\nelement face {rows}\n\
             property list uchar uchar vertex_index\nend_header\n\0\0\0"
        )
        .into_bytes();
        let mut row = [0; 256];
        row[0] = 255;
        file.extend(row.iter().cycle().take(rows * 256));
        file
    };
    let nodes = format!(
        r#"{{"asset":{{"version":"2.0"}},"nodes":[{}{{}}]}}"#,
        "{},".repeat(SIZE / 3)
    );
    let materials = format!(
        r#"{{"asset":{{"version":"2.0"}},"materials":[{}{{}}]}}"#,
        "{},".repeat(SIZE / 3)
    );
    let splats = {
        let names =
            ["x y z opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3 f_dc_0 f_dc_1 f_dc_2"];
        let columns = names[0].split(' ').map(str::to_owned);
        let columns = columns.chain((0..45).map(|i| format!("f_rest_{i}")));
        let properties: String = columns.map(|c| format!("property char {c}\n")).collect();
        let rows = SIZE / 59;
        let header = format!(
            "ply\nformat binary_little_endian 1.0\nelement vertex {rows}\n{properties}end_header\n"
        );
        let mut file = header.into_bytes();
        file.resize(file.len() + rows * 59, 1);
        file
    };
    let names: String = (0..SIZE / 9).map(|i| format!("usemtl {i}\n")).collect();
    let files = [
        (Format::Ply, polygons),
        (Format::Ply, splats),
        (Format::Splat, vec![1; SIZE]),
        (Format::Obj, "v 0 0 0\n".repeat(SIZE / 8).into()),
        (
            Format::Obj,
            format!("v 0 0 0\nf{}", " 1".repeat(SIZE / 2)).into(),
        ),
        (Format::Obj, names.into()),
        (Format::Gltf, nodes.into()),
        (Format::Gltf, materials.into()),
        (Format::Gltf, "[".repeat(SIZE).into()),
    ];
    drop(guard);
    for (format, bytes) in files {
        load_within_bounds(format, &bytes);
    }
}

#[test]
fn copies_of_one_mesh_are_bounded() {
    let vertices = 40_000;
    let node = r#"{"mesh":0},"#.repeat(5_000);
    let roots: String = (1..5_000).map(|i| format!(",{i}")).collect();
    let zeros = "A".repeat(vertices * 16);
    let file = format!(
        r#"{{"asset":{{"version":"2.0"}},"scenes":[{{"nodes":[0{roots}]}}],"nodes":[{node}{{}}],
"meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}}}}]}}],
"accessors":[{{"bufferView":0,"componentType":5126,"count":{vertices},"type":"VEC3"}}],
"bufferViews":[{{"buffer":0,"byteLength":{length}}}],
"buffers":[{{"uri":"data:;base64,{zeros}","byteLength":{length}}}]}}"#,
        length = vertices * 12
    );
    let error = load_bytes(Format::Gltf, "t", file.as_bytes()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("copies of meshes need too much memory"),
        "{error}"
    );
}

#[test]
fn the_worst_collada_stays_within_bounds() {
    const SIZE: usize = 2 << 20;
    let file = |positions: &str, content: &str| {
        format!(
            "<COLLADA><geometry id='g'><mesh><source id='p'><float_array id='a'>{positions}\
             </float_array><technique_common><accessor source='#a' stride='3'/></technique_common>\
             </source><vertices id='v'><input semantic='POSITION' source='#p'/></vertices>\
             {content}</mesh></geometry></COLLADA>"
        )
    };
    let input = "<input semantic='VERTEX' source='#v'/>";
    for (content, piece) in [
        ("PIECES", "<a/>"),
        ("PIECES", "<node/>"),
        ("PIECES", "<node id='a'/>"),
        ("<node>PIECES</node>", "<instance_geometry url='#g'/>"),
        ("PIECES", "<vertices/>"),
        ("PIECES", "<triangles>INPUT<p>0 0 0</p></triangles>"),
        (
            "<polylist>INPUT<vcount>999999</vcount><p>PIECES</p></polylist>",
            "0 ",
        ),
        ("<tristrips>INPUT<p>PIECES</p></tristrips>", "0 "),
        ("<tristrips>INPUT<p>NUMBERS</p></tristrips>", ""),
        ("<node><matrix>PIECES</matrix></node>", "0 "),
    ] {
        let text = {
            let _guard = alone();
            let pieces = piece.repeat(SIZE / piece.len().max(1));
            let numbers: Vec<String> = (0..SIZE / 32).map(|i| i.to_string()).collect();
            let content = content.replace("INPUT", input);
            match content.contains("NUMBERS") {
                // Each corner has a position of its own.
                true => file(
                    &(numbers.join(" 0 0 ") + " 0 0"),
                    &content.replace("NUMBERS", &numbers.join(" ")),
                ),
                false => file("0 0 0", &content.replace("PIECES", &pieces)),
            }
        };
        load_within_bounds(Format::Collada, text.as_bytes());
    }
    load_within_bounds(Format::Collada, "<a>".repeat(SIZE / 3).as_bytes());
}

/// Few bytes of COLLADA that stand for much: refused, or read in a time that follows from the
/// file's length.
#[test]
fn instances_of_instances_are_bounded() {
    let source = "<source id='p'><float_array id='a'>0 0 0</float_array><technique_common>\
                  <accessor source='#a' stride='3'/></technique_common></source>";
    let primitive = "<triangles><input semantic='VERTEX' source='#v'/><p>0 0 0</p></triangles>";
    let file = |mesh: &str, library: &str, node: &str| {
        format!(
            "<COLLADA><geometry id='g'><mesh>{source}<vertices id='v'>\
             <input semantic='POSITION' source='#p'/></vertices>{mesh}</mesh></geometry>{library}\
             <visual_scene id='s'>{node}</visual_scene></COLLADA>"
        )
    };
    // Each node is two of the next.
    let chain = |last: &str| -> String {
        let link = |i| {
            let next = format!("<instance_node url='#n{}'/>", i + 1);
            format!("<node id='n{i}'>{next}{next}</node>")
        };
        (0..60).map(link).collect::<String>() + &format!("<node id='n60'>{last}</node>")
    };
    let start = "<node><instance_node url='#n0'/></node>";
    let text = file(primitive, &chain("<instance_geometry url='#g'/>"), start);
    let error = {
        // Copies until then take more than other tests allow theirs.
        let _guard = alone();
        load_bytes(Format::Collada, "t", text.as_bytes()).unwrap_err()
    };
    let error = error.to_string();
    assert!(
        error.contains("copies of meshes need too much memory"),
        "{error}"
    );
    // Each primitive would look through all that the vertices have, each node through its skin.
    let many = 20_000;
    let vertices = "<a/>".repeat(many);
    let text = file(
        &primitive.repeat(many),
        "",
        "<node><instance_geometry url='#g'/></node>",
    );
    let text = text.replacen("</vertices>", &format!("{vertices}</vertices>"), 1);
    let skin = format!("<controller id='c'>{vertices}<skin source='#g'/></controller>");
    let nodes = "<node><instance_controller url='#c'/></node>".repeat(many);
    load_within_bounds(Format::Collada, text.as_bytes());
    load_within_bounds(Format::Collada, file(primitive, &skin, &nodes).as_bytes());
}

/// Asserts that `load` takes no more than this many bytes at once.
fn within(bytes: usize, load: impl FnOnce()) {
    let _guard = alone();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    load();
    let taken = MEMORY.peak_usage().saturating_sub(before);
    assert!(taken <= bytes, "{taken} bytes, {bytes} are allowed");
}

#[test]
fn the_worst_reconstructions_stay_within_bounds() {
    use scenecast::loaders::colmap;
    const SIZE: usize = 2 << 20;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("worst_colmap");
    let lines = |line: &dyn Fn(usize) -> String| {
        let mut text = String::new();
        for number in 0.. {
            text += &line(number);
            if text.len() > SIZE {
                return text;
            }
        }
        text
    };
    let cameras = lines(&|i| format!("{i} SIMPLE_PINHOLE 1 1 1 1 1\n"));
    let images = lines(&|i| format!("{i} 1 0 0 0 0 0 0 1 a\n\n"));
    let keypoints = format!("1 1 0 0 0 0 0 0 1 a\n{}", "1 1 1 ".repeat(SIZE / 6));
    let points = lines(&|i| format!("{i} 0 0 0 0 0 0 0\n"));
    let track = format!("1 0 0 0 0 0 0 0 {}", "1 1 ".repeat(SIZE / 4));
    let read = |text: &str, read: &dyn Fn()| {
        std::fs::write(&path, text).unwrap();
        within(BASE_BYTES + text.len() * MAX_EXPANSION as usize, read);
    };
    read(&cameras, &|| {
        drop(colmap::read_cameras_text(&path).unwrap())
    });
    read(&images, &|| drop(colmap::read_images_text(&path).unwrap()));
    read(&keypoints, &|| {
        drop(colmap::read_images_text(&path).unwrap())
    });
    read(&points, &|| {
        drop(colmap::read_points3d_text(&path).unwrap())
    });
    read(&track, &|| drop(colmap::read_points3d_text(&path).unwrap()));
}

#[cfg(feature = "urdf")]
#[test]
fn the_worst_robots_stay_within_bounds() {
    use scenecast::urdf::{MAX_FILE_BYTES, MAX_READING_BYTES, Urdf};
    let server = scenecast::Server::builder().port(0).start().unwrap();
    let many = "<joint/>".repeat(30_000);
    let name = "a".repeat(MAX_FILE_BYTES as usize - 100);
    for content in [many, format!("<link name='{name}'/>")] {
        let text = format!("<robot name='r'>{content}</robot>");
        within(MAX_READING_BYTES as usize, || {
            drop(Urdf::builder_from_text(text).add_to(&server.scene()));
        });
    }
}

/// Files that lie below images, damaged, with what they name beside them.
#[test]
fn damaged_files_below_images_are_loaded_or_refused() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("below_images");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a b.png"), samples::png()).unwrap();
    let file = "<init_from>a%20b.png</init_from>";
    let files = [
        ("a.obj", samples::TEXTURED_OBJ.to_owned()),
        (
            "m.mtl",
            "newmtl painted\nKd 1 1 0\nmap_Kd -s 1 a b.png\n".to_owned(),
        ),
        ("a.dae", samples::textured_dae(file, samples::IN_1_4)),
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    let loaded = std::cell::Cell::new(0);
    proptest!(ProptestConfig::with_cases(300), |(which in 0..files.len(), edits in edits)| {
        for (index, (name, text)) in files.iter().enumerate() {
            let mut bytes = text.clone().into_bytes();
            for (at, value) in edits.iter().filter(|_| index == which) {
                let at = at.index(bytes.len());
                bytes[at] = *value;
            }
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        let _guard = alone();
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        for name in ["a.obj", "a.dae"] {
            if let Ok(file) = scenecast::loaders::load(folder.join(name), |_| {}) {
                for item in file.items {
                    if let scenecast::loaders::Geometry::Mesh(mesh) = item.geometry {
                        let is_shown = mesh.texture.is_some() && mesh.to_glb().is_ok();
                        loaded.set(loaded.get() + usize::from(is_shown));
                    }
                }
            }
        }
        assert!(MEMORY.peak_usage().saturating_sub(before) < BASE_BYTES);
    });
    assert!(loaded.get() > 100, "{} below an image", loaded.get());
}
