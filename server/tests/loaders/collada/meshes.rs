use super::{SHOWN, SQUARE, TRIANGLE, Z_UP, file, named, primitive};
use crate::{items, mesh, refused};
use scenecast::loaders::Format::Collada;

#[test]
fn every_kind_of_primitive_is_read() {
    let vertex = "<input semantic='VERTEX' source='#v'/>";
    let square = vec![[0, 1, 2], [0, 2, 3]];
    for (content, faces) in [
        ("triangles>V<p>0 1 2 0 2 3</p></triangles", square.clone()),
        (
            "triangles>V<p>0 1 2</p><p>0 2 3</p></triangles",
            square.clone(),
        ),
        (
            "polylist>V<vcount>3 3</vcount><p>0 1 2 0 2 3</p></polylist",
            square.clone(),
        ),
        (
            "polylist>V<vcount>4</vcount><p>0 1 2 3</p></polylist",
            square.clone(),
        ),
        (
            "polylist>V<vcount>2 4 1</vcount><p>0 1 0 1 2 3 0</p></polylist",
            square.clone(),
        ),
        ("polygons>V<p>0 1 2 3</p></polygons", square.clone()),
        (
            "polygons>V<ph><p>0 1 2 3</p><h>2 1 0</h></ph></polygons",
            square.clone(),
        ),
        (
            "polygons>V<p>0 1 2</p><ph><p>0 2 3</p></ph></polygons",
            square.clone(),
        ),
        ("trifans>V<p>0 1 2 3</p></trifans", square),
        (
            "tristrips>V<p>0 1 2 3</p><p>3 2 1</p></tristrips",
            vec![[0, 1, 2], [1, 3, 2], [3, 2, 1]],
        ),
    ] {
        let content = format!("<{}>", content.replace('V', vertex));
        let mesh = primitive(&content);
        assert_eq!(mesh.faces, faces, "{content}");
        assert!(mesh.flat && mesh.vertex_colors.is_none());
    }
    let lines = "<lines><input semantic='VERTEX' source='#v'/><p>0 1</p></lines>";
    let lines = file(Z_UP, &format!("{SQUARE}{lines}"), SHOWN);
    refused(
        Collada,
        lines.as_bytes(),
        "t: has neither points nor triangles nor splats",
    );
}

#[test]
fn rows_are_found_by_stride_offset_and_params() {
    let named = "<param name='X'/><param name='Y'/><param/><param name='Z'/>";
    for (numbers, accessor, first) in [
        ("1 2 3 4 5 6 7 8 9", "stride='3'>", [1.0, 2.0, 3.0]),
        (
            "0 1 2 3 4 5 6 7 8 9",
            "stride='3' offset='1' count='9999999999'>",
            [1.0, 2.0, 3.0],
        ),
        (
            "1 2 3 4 5 6 7 8 9",
            "stride='3'><param/><param/><param/>",
            [1.0, 2.0, 3.0],
        ),
        (
            "1 2 0 3 4 5 0 6 7 8 0 9",
            &format!("stride='4'>{named}"),
            [1.0, 2.0, 3.0],
        ),
        (
            "1 2 0 3 4 0 4 5 0 6 7 0 7 8 0 9",
            &format!("stride='6'>{named}"),
            [1.0, 2.0, 3.0],
        ),
    ] {
        let content = format!(
            "<source id='at'><float_array id='a'>{numbers}</float_array><technique_common>\
             <accessor source='#a' {accessor}</accessor></technique_common></source>\
             <vertices id='v'><input semantic='POSITION' source='#at'/></vertices>\
             <triangles><input semantic='VERTEX' source='#v'/><p>0 1 2</p></triangles>"
        );
        let vertices = mesh(Collada, file(Z_UP, &content, SHOWN).as_bytes()).vertices;
        assert_eq!(vertices[0], first, "{accessor}");
        assert_eq!(vertices[2], [7.0, 8.0, 9.0], "{accessor}");
    }
}

#[test]
fn corners_that_look_alike_share_a_vertex() {
    let normals = "<input semantic='VERTEX' source='#v' offset='1'/>\
                   <input semantic='NORMAL' source='#up' offset='0'/>\
                   <input semantic='TEXCOORD' source='#lost' offset='2'/>";
    let with = |p: &str| primitive(&format!("<triangles>{normals}<p>{p}</p></triangles>"));
    let sharp = with("0 0 0 0 1 0 0 2 0 1 0 0 1 2 0 1 3 0");
    assert_eq!((sharp.vertices.len(), sharp.flat), (6, false));
    // The third normal is the first once more.
    let smooth = with("0 0 7 0 1 8 0 2 9 2 0 0 2 2 0 2 3 0");
    assert_eq!(smooth.vertices.len(), 4);
    assert_eq!(smooth.faces, [[0, 1, 2], [0, 2, 3]]);
    // Normals of vertices come with their positions.
    let vertices = "<vertices id='w'><input semantic='POSITION' source='#at'/>\
                    <input semantic='NORMAL' source='#up'/></vertices>";
    let content = format!(
        "{}{}",
        SQUARE.replace("'v'", "'x'").replace("vertices", "extra"),
        vertices
    );
    let content = format!(
        "{content}<triangles><input semantic='VERTEX' source='#w'/><p>0 1 2</p></triangles>"
    );
    assert!(!mesh(Collada, file(Z_UP, &content, SHOWN).as_bytes()).flat);
}

#[test]
fn vertices_have_their_colours_times_that_of_their_material() {
    let colors = "<source id='hue'><float_array id='h'>1 0.5 0 1 9 -1 0 0</float_array>\
                  <technique_common><accessor source='#h' stride='4'/></technique_common></source>";
    let colored = format!(
        "{SQUARE}{colors}<triangles material='m'><input semantic='VERTEX' source='#v' offset='0'/>\
         <input semantic='COLOR' source='#hue' offset='1'/><p>0 0 1 1 2 0</p></triangles>"
    );
    let plain = mesh(Collada, file(Z_UP, &colored, SHOWN).as_bytes());
    assert_eq!(
        plain.vertex_colors.unwrap(),
        [[255, 128, 0], [255, 0, 0], [255, 128, 0]]
    );
    let library = effect(
        "a",
        "<phong><diffuse><color>0.2 0.5 1 1</color></diffuse></phong>",
    );
    let tinted = mesh(Collada, file(&library, &colored, &bound("a")).as_bytes());
    assert_eq!(tinted.color, None);
    assert_eq!(
        tinted.vertex_colors.unwrap(),
        [[51, 64, 0], [51, 0, 0], [51, 64, 0]]
    );
}

/// A material with an effect.
fn effect(id: &str, surface: &str) -> String {
    format!(
        "<effect id='e{id}'><profile_COMMON><technique>{surface}</technique></profile_COMMON>\
         </effect><material id='{id}'><instance_effect url='#e{id}'/></material>"
    )
}

/// A node where the mesh has this material.
fn bound(material: &str) -> String {
    format!(
        "<node name='{material}'><instance_geometry url='#g'><bind_material><technique_common>\
         <instance_material symbol='n' target='#lost'/>\
         <instance_material symbol='m' target='#{material}'/></technique_common>\
         </bind_material></instance_geometry></node>"
    )
}

#[test]
fn materials_are_bound_where_the_mesh_stands() {
    let color = |color: &str| format!("<color>{color}</color>");
    let library = [
        effect(
            "a",
            &format!("<phong><diffuse>{}</diffuse></phong>", color("1 0 0.5 1")),
        ),
        effect(
            "b",
            &format!(
                "<lambert><emission/><diffuse>{}</diffuse></lambert>",
                color("0 1 0 0")
            ),
        ),
        effect(
            "c",
            "<blinn><diffuse><texture texture='t' texcoord='u'/></diffuse></blinn>",
        ),
        effect(
            "d",
            &format!(
                "<constant><emission>{}</emission></constant>",
                color("0 0 1 1")
            ),
        ),
        effect("e", "<phong/>"),
        "<material id='f'><instance_effect url='#lost'/></material>".to_owned(),
    ];
    let nodes: String = ["a", "b", "c", "d", "e", "f", "g"].map(bound).concat();
    let file = file(
        &library.concat(),
        &format!("{SQUARE}{TRIANGLE}"),
        &format!("{nodes}{SHOWN}"),
    );
    let items = items(Collada, file.as_bytes());
    let got: Vec<_> = named(&items)
        .iter()
        .map(|(name, mesh)| (*name, mesh.color))
        .collect();
    let expected = [
        ("a", Some([255, 0, 128])),
        ("b", Some([0, 255, 0])),
        ("c", Some([255; 3])),
        ("d", Some([0, 0, 255])),
        ("e", None),
        ("f", None),
        ("g", None),
        ("shape", None),
    ];
    assert_eq!(got, expected);
}
