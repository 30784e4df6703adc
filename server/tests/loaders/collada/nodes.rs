use super::{SHOWN, SQUARE, TRIANGLE, Z_UP, close, file, named, placed};
use crate::{items, mesh, refused};
use scenecast::loaders::Format::Collada;

#[test]
fn transforms_apply_from_the_last_to_the_first() {
    let shape = "<instance_geometry url='#g'/>";
    let node = |inside: &str| placed(Z_UP, &format!("<node>{inside}</node>"));
    let (move_, turn, grow) = (
        "<translate>5 0 0</translate>",
        "<rotate>0 0 2 90</rotate>",
        "<scale>1 2 3</scale>",
    );
    let expected = [[5.0, 0.0, 0.0], [5.0, 1.0, 0.0], [3.0, 1.0, 0.0]];
    close(&node(&format!("{move_}{turn}{grow}{shape}")), expected);
    // The shape may come first, and nodes may be nested.
    close(&node(&format!("{shape}{move_}{turn}{grow}")), expected);
    close(
        &node(&format!(
            "{move_}<node>{turn}<node>{grow}{shape}</node></node>"
        )),
        expected,
    );
    close(
        &node(&format!(
            "<matrix>0 -2 0 5\n1 0 0 0 0 0 3 0 0 0 0 1</matrix>{shape}"
        )),
        expected,
    );
    close(
        &node(&format!("{grow}{turn}{move_}{shape}")),
        [[0.0, 10.0, 0.0], [0.0, 12.0, 0.0], [-1.0, 12.0, 0.0]],
    );
    // Something that looks from x = 9 at the origin has its x axis along y.
    close(
        &node(&format!("<lookat>9 0 0 0 0 0 0 0 1</lookat>{shape}")),
        [[9.0, 0.0, 0.0], [9.0, 1.0, 0.0], [9.0, 1.0, 1.0]],
    );
}

#[test]
fn mirrored_triangles_turn_around() {
    let nodes = "<node><scale>1 1 -1</scale><instance_geometry url='#g'/></node>";
    let file = file(Z_UP, &format!("{SQUARE}{TRIANGLE}"), nodes);
    assert_eq!(mesh(Collada, file.as_bytes()).faces, [[0, 2, 1]]);
}

#[test]
fn files_come_upright_and_in_metres() {
    let asset = |content: &str| placed(&format!("<asset>{content}</asset>"), SHOWN);
    let y_up = [[0.0; 3], [1.0, 0.0, 0.0], [1.0, 0.0, 1.0]];
    close(&placed("", SHOWN), y_up);
    close(&asset("<up_axis>Y_UP</up_axis>"), y_up);
    close(&asset("<unit/><up_axis> Y_UP\n</up_axis>"), y_up);
    close(
        &asset("<up_axis>Z_UP</up_axis>"),
        [[0.0; 3], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]],
    );
    close(
        &asset("<up_axis>X_UP</up_axis>"),
        [[0.0; 3], [0.0, 0.0, 1.0], [-1.0, 0.0, 1.0]],
    );
    let inches = asset("<unit name='inch' meter='0.0254'/><up_axis>Z_UP</up_axis>");
    close(
        &inches,
        [[0.0; 3], [0.0254, 0.0, 0.0], [0.0254, 0.0254, 0.0]],
    );
}

#[test]
fn nodes_stand_wherever_they_have_instances() {
    let library = format!(
        "{Z_UP}<library_nodes><node id='n' name='twin'><translate>1 0 0</translate>\
                   <instance_geometry url='#g'/></node></library_nodes>"
    );
    let nodes = "<node><instance_node url='#n'/></node>\
                 <node><translate>0 3 0</translate><instance_node url='#n'/></node>";
    let file = file(&library, &format!("{SQUARE}{TRIANGLE}"), nodes);
    let items = items(Collada, file.as_bytes());
    let first: Vec<_> = named(&items)
        .iter()
        .map(|(name, mesh)| (*name, mesh.vertices[0]))
        .collect();
    assert_eq!(
        first,
        [("twin", [1.0, 0.0, 0.0]), ("twin", [1.0, 3.0, 0.0])]
    );
}

#[test]
fn skins_are_shown_as_they_were_bound() {
    let library = format!(
        "{Z_UP}<controller id='c'><skin source='#g'><bind_shape_matrix>\
                   1 0 0 0 0 1 0 0 0 0 1 4 0 0 0 1</bind_shape_matrix></skin></controller>\
                   <controller id='m'><morph source='#g'/></controller>\
         <controller id='both'><skin source='#m'/></controller>\
                   <controller id='none'/>"
    );
    let node = |id: &str| {
        format!("<node><translate>1 0 0</translate><instance_controller url='#{id}'/></node>")
    };
    assert_eq!(placed(&library, &node("c"))[0], [1.0, 0.0, 4.0]);
    assert_eq!(placed(&library, &node("m"))[0], [1.0, 0.0, 0.0]);
    assert_eq!(placed(&library, &node("both"))[0], [1.0, 0.0, 0.0]);
    assert_eq!(
        placed(&library, &format!("{}{SHOWN}", node("none")))[0],
        [0.0; 3]
    );
}

#[test]
fn without_a_scene_everything_is_shown() {
    let whole = file(Z_UP, &format!("{SQUARE}{TRIANGLE}"), SHOWN);
    let scene = "<scene><instance_visual_scene url='#s'/></scene>";
    assert_eq!(
        mesh(Collada, whole.replace(scene, "").as_bytes())
            .faces
            .len(),
        1
    );
    let start = whole.find("<library_visual_scenes>").unwrap();
    let bare = format!("{}</COLLADA>", &whole[..start]);
    assert_eq!(mesh(Collada, bare.as_bytes()).faces, [[0, 1, 2]]);
    assert_eq!(items(Collada, bare.as_bytes())[0].name, "shape");
}

#[test]
fn nodes_inside_themselves_are_found() {
    let mesh = format!("{SQUARE}{TRIANGLE}");
    let cyclic = "<node id='a'><node id='b'><instance_node url='#a'/></node></node>";
    let error = "t, line 5: `node` has an instance of itself inside";
    refused(Collada, file("", &mesh, cyclic).as_bytes(), error);
    let chain: String = (0..300)
        .map(|i| {
            format!(
                "<node id='n{i}'><instance_node url='#n{}'/></node>\n",
                i + 1
            )
        })
        .collect();
    let chain = format!("<library_nodes>{chain}<node id='n300'/></library_nodes>");
    let start = "<node><instance_node url='#n0'/></node>";
    let error = "t, line 128: nodes are nested deeper than 128";
    refused(Collada, file(&chain, &mesh, start).as_bytes(), error);
}
