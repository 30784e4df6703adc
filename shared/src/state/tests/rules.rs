//! Who is shown, where, and when: one rule at a time.

use glam::DVec3;

use super::mirror::Mirror;
use super::*;
use crate::scene::{Glb, Mesh, SetBonePosition, SetOrientation, SkinnedMesh};
use crate::sequence::BoxedPoints;
use crate::state::{ApplyError, Changes, NodeId, ViewerState};
use crate::types::Wxyz;

/// A state after these messages, checked against a renderer that follows them.
fn after(messages: &[Message]) -> ViewerState {
    let mut state = ViewerState::new();
    let mut mirror = Mirror::default();
    mirror.follow(&mut state.scene);
    for message in messages {
        state.apply(message).unwrap();
    }
    mirror.follow(&mut state.scene);
    state
}

fn shown_owner<'a>(state: &'a ViewerState, name: &str) -> Option<&'a str> {
    let id = state.scene.find(name)?;
    state.scene.node(id).map(|_| state.scene.owner(id))
}

fn x_of(state: &ViewerState, name: &str) -> f64 {
    state.scene.pose(state.scene.find(name).unwrap()).position[0]
}

#[test]
fn starts_with_the_root_and_the_axes() {
    let state = after(&[]);
    assert_eq!(names(&state), ["".into(), Arc::from("/WorldAxes")]);
    let up = state
        .scene
        .world_from_node(NodeId::ROOT)
        .transform_vector3(DVec3::Z);
    assert!(up.abs_diff_eq(DVec3::Y, 1e-12), "z is up: {up}");
    assert!(state.scene.is_visible(NodeId::ROOT));
}

#[test]
fn parents_pose_their_children() {
    let quarter = Wxyz::from_axis_angle([0.0, 0.0, 1.0], std::f64::consts::FRAC_PI_2);
    let turn = |name: &str| SetOrientation {
        name: name.into(),
        wxyz: quarter,
        owner: String::new(),
    };
    let state = after(&[
        SetOrientation {
            name: "".into(),
            wxyz: Wxyz::IDENTITY,
            owner: "7".to_owned(),
        }
        .into(),
        add("/a", ""),
        add("/a/b", ""),
        position("/a", "", 1.0),
        turn("/a").into(),
        position("/a/b", "", 2.0),
    ]);
    let b = state.scene.find("/a/b").unwrap();
    let at = state.scene.world_from_node(b).transform_point3(DVec3::ZERO);
    assert!(at.abs_diff_eq(DVec3::new(1.0, 2.0, 0.0), 1e-12), "{at}");
}

#[test]
fn labels_face_the_camera() {
    let quarter = Wxyz::from_axis_angle([0.0, 0.0, 1.0], 1.0);
    let turn = SetOrientation {
        name: "/l".into(),
        wxyz: quarter,
        owner: String::new(),
    };
    let state = after(&[add_as("/l", "", false, label("x")), turn.into()]);
    let id = state.scene.find("/l").unwrap();
    let parent = state.scene.world_from_node(NodeId::ROOT);
    assert_eq!(state.scene.world_from_node(id).matrix3, parent.matrix3);
    assert_eq!(state.scene.pose(id).wxyz, quarter);
}

#[test]
fn the_viewers_own_goes_before_everybodys_and_the_real_before_the_virtual() {
    let frame = Frame::default;
    for (first, second, shown) in [
        (("", false), ("1", false), "1"),
        (("1", false), ("", false), "1"),
        (("", true), ("1", false), "1"),
        (("1", true), ("", false), ""),
        (("", true), ("1", true), "1"),
        (("1", true), ("", true), "1"),
        (("1", false), ("2", false), "2"),
    ] {
        let state = after(&[
            add_as("/a", first.0, first.1, frame()),
            add_as("/a", second.0, second.1, frame()),
        ]);
        assert_eq!(
            shown_owner(&state, "/a"),
            Some(shown),
            "{first:?} {second:?}"
        );
    }
}

#[test]
fn taking_over_starts_afresh_and_stepping_back_restores() {
    let mut messages = vec![
        add("/a", ""),
        position("/a", "", 1.0),
        visibility("/a", "", false),
        add("/a", "1"),
    ];
    let state = after(&messages);
    let id = state.scene.find("/a").unwrap();
    assert_eq!(
        (x_of(&state, "/a"), state.scene.is_visible(id)),
        (0.0, true)
    );

    messages.extend([
        position("/a", "1", 5.0),
        position("/a", "", 2.0),
        update("/a", "", "axes_length", 9.0),
        remove("/a", "1"),
    ]);
    let state = after(&messages);
    assert_eq!(
        (x_of(&state, "/a"), state.scene.is_visible(id)),
        (2.0, false)
    );
    assert_eq!(
        state.scene.node(id),
        Some(&Frame::default().axes_length(9.0).into())
    );
}

#[test]
fn a_stand_in_keeps_the_pose_of_what_it_replaces() {
    let state = after(&[
        add_as("/a", "1", true, Frame::default().show_axes(false)),
        add("/a/b", "1"),
        add("/a", ""),
        position("/a", "", 3.0),
        visibility("/a", "", false),
        remove("/a", ""),
    ]);
    assert_eq!(shown_owner(&state, "/a"), Some("1"));
    assert_eq!(x_of(&state, "/a"), 3.0);
    assert!(state.scene.is_visible(state.scene.find("/a/b").unwrap()));
}

#[test]
fn adding_again_keeps_pose_visibility_and_children() {
    let state = after(&[
        add("/a", ""),
        add("/a/b", ""),
        position("/a", "", 4.0),
        visibility("/a", "", false),
        add_as("/a", "", false, label("new")),
    ]);
    let id = state.scene.find("/a").unwrap();
    assert_eq!(state.scene.node(id), Some(&label("new")));
    assert_eq!(
        (x_of(&state, "/a"), state.scene.is_visible(id)),
        (4.0, false)
    );
    assert!(state.scene.find("/a/b").is_some());
}

#[test]
fn removal_takes_the_owners_nodes_below_and_no_others() {
    let state = after(&[
        add("/a", ""),
        add("/a/b", ""),
        add("/a/b/c", ""),
        add("/a/own", "1"),
        add("/ab", ""),
        remove("/a", ""),
        remove("/a/b", ""),
    ]);
    let expected: Vec<Arc<str>> = ["", "/WorldAxes", "/a", "/a/own", "/ab"]
        .map(Arc::from)
        .into();
    assert_eq!(names(&state), expected);
    let a = state.scene.find("/a").unwrap();
    assert!(
        state.scene.node(a).is_none(),
        "only a place for what is below it"
    );
    assert_eq!(state.scene.len(), 4);

    let state = after(&[
        add("/a", ""),
        add("/a/own", "1"),
        remove("/a", ""),
        remove("/a/own", "1"),
    ]);
    assert_eq!(names(&state).len(), 2, "places go with what they were for");
}

#[test]
fn missing_parents_come_and_go_with_their_children() {
    let orphan = add("/x/y/z", "");
    let state = after(std::slice::from_ref(&orphan));
    assert_eq!(names(&state).len(), 5);
    let state = after(&[orphan.clone(), remove("/x/y/z", "")]);
    assert_eq!(names(&state).len(), 2);
    let late = after(&[orphan.clone(), add("/x", "1")]);
    let early = after(&[add("/x", "1"), orphan]);
    assert_eq!(late.digest(), early.digest());
    assert_eq!(shown_owner(&late, "/x"), Some("1"));
}

#[test]
fn hidden_parents_hide_their_children() {
    let mut messages = vec![add("/a", ""), add("/a/b", ""), visibility("/a", "", false)];
    let state = after(&messages);
    let b = state.scene.find("/a/b").unwrap();
    assert!(!state.scene.is_visible(b));
    messages.extend([visibility("/a", "", true), visibility("", "", false)]);
    assert!(
        !after(&messages).scene.is_visible(b),
        "the root hides everything"
    );
    messages.push(add("/a", "1"));
    assert!(!after(&messages).scene.is_visible(b));
}

#[test]
fn the_users_wish_outweighs_the_server() {
    let mut state = after(&[add("/a", ""), add("/a/b", "")]);
    let mut mirror = Mirror::default();
    state.scene.mark_all();
    mirror.follow(&mut state.scene);
    let [a, b] = ["/a", "/a/b"].map(|name| state.scene.find(name).unwrap());
    let digest = state.digest();
    state.scene.set_visible_override(a, Some(false));
    mirror.follow(&mut state.scene);
    assert!(!state.scene.is_visible(b));
    state.apply(&visibility("/a", "", true)).unwrap();
    mirror.follow(&mut state.scene);
    assert!(!state.scene.is_visible(a));
    assert_eq!(state.digest(), digest, "it is not the server's");
    state.scene.set_visible_override(a, None);
    mirror.follow(&mut state.scene);
    assert!(state.scene.is_visible(b));
}

#[test]
fn the_users_wish_outlives_a_connection() {
    let mut state = after(&[add("/a", ""), add("/b", ""), add("/c", "")]);
    for (name, wish) in [("/a", false), ("/c", false), ("/WorldAxes", true)] {
        let id = state.scene.find(name).unwrap();
        state.scene.set_visible_override(id, Some(wish));
    }
    let wish_of = |state: &ViewerState, name: &str| {
        let id = state.scene.find(name).unwrap();
        state.scene.visible_override(id)
    };
    let mut next = state.reconnected();
    assert_eq!(next.digest(), ViewerState::new().digest());
    assert_eq!(wish_of(&next, "/WorldAxes"), Some(true));
    for message in [add("/b", ""), add("/a", ""), add("/a/d", "")] {
        next.apply(&message).unwrap();
    }
    next.scene.settle(&mut Changes::default());
    assert_eq!(wish_of(&next, "/a"), Some(false));
    assert_eq!(wish_of(&next, "/b"), None);
    assert!(!next.scene.is_visible(next.scene.find("/a/d").unwrap()));

    // A connection that was too short for all nodes to come changes nothing.
    let mut third = next.reconnected();
    third.apply(&add("/c", "")).unwrap();
    assert_eq!(wish_of(&third, "/c"), Some(false));
    third.apply(&remove("/c", "")).unwrap();
    third.apply(&add("/c", "")).unwrap();
    assert_eq!(wish_of(&third, "/c"), None, "a wish goes with its node");
}

#[test]
fn wishes_for_nodes_that_are_gone_are_bounded() {
    let mut state = ViewerState::new();
    for round in 0..3 {
        let names: Vec<String> = (0..3000).map(|i| format!("/{round}_{i}")).collect();
        for name in &names {
            state.apply(&add(name, "")).unwrap();
            let id = state.scene.find(name).unwrap();
            state.scene.set_visible_override(id, Some(false));
        }
        state = state.reconnected();
    }
    state.apply(&add("/2_0", "")).unwrap();
    state.apply(&add("/1_0", "")).unwrap();
    let wish = |name: &str| {
        state
            .scene
            .visible_override(state.scene.find(name).unwrap())
    };
    assert_eq!((wish("/2_0"), wish("/1_0")), (Some(false), None));
}

#[test]
fn what_is_not_there_is_ignored() {
    let before = after(&[add("/a", "")]).digest();
    let state = after(&[
        add("/a", ""),
        position("/b", "", 1.0),
        position("/a", "1", 1.0),
        visibility("/b", "", false),
        update("/b", "", "axes_length", 1.0),
        update("/a", "", "of_a_later_version", 1.0),
        remove("/b", ""),
        remove("/a", "1"),
    ]);
    assert_eq!(state.digest(), before);
    assert!(
        names(&after(&[remove("", "")])).len() == 1,
        "the root stays"
    );
}

#[test]
fn bad_values_are_reported_and_the_others_apply() {
    let mut state = after(&[add("/a", "")]);
    let updates = Updates(vec![
        ("axes_length".into(), "long".to_owned().to_value()),
        ("axes_radius".into(), 0.5.to_value()),
    ]);
    let message = SceneNodeUpdate {
        name: "/a".into(),
        updates,
        owner: String::new(),
    }
    .into();
    let error = state.apply(&message).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("node /a, property `axes_length`"),
        "{error}"
    );
    let id = state.scene.find("/a").unwrap();
    assert_eq!(
        state.scene.node(id),
        Some(&Frame::default().axes_radius(0.5).into())
    );
}

#[test]
fn names_are_limited() {
    let mut state = ViewerState::new();
    let digest = state.digest();
    for name in ["/".repeat(300), format!("/{}", "x".repeat(5000))] {
        let error = state.apply(&add(&name, "")).unwrap_err();
        assert!(matches!(error, ApplyError::Name { .. }));
    }
    assert_eq!(state.apply(&add("", "")), Err(ApplyError::Root));
    assert_eq!(state.digest(), digest);
    state.apply(&add(&"/a".repeat(256), "")).unwrap();
    state.apply(&add("no slash", "")).unwrap();
    assert_eq!(
        state.scene.parent(state.scene.find("no slash").unwrap()),
        Some(NodeId::ROOT)
    );
}

#[test]
fn vertices_of_a_file_move_until_there_is_another_file() {
    let points = |property: &str, x: f32| -> Message {
        let points = [[x, 0.0, 0.0], [x, 1.0, 2.0]].into();
        let points = BoxedPoints::new(&"/a".into(), property, &points);
        points.unwrap().into()
    };
    let mut state = after(&[add_as("/a", "", false, Glb::new(b"file".as_slice()))]);
    let id = state.scene.find("/a").unwrap();
    let before = state.digest();
    for message in [
        points("vertices", 7.0),
        points("normals", 1.0),
        points("odd", 1.0),
    ] {
        state.apply(&message).unwrap();
    }
    let mut changes = Changes::default();
    state.scene.settle(&mut changes);
    assert_eq!(changes.bones, [id]);
    let moved = state.scene.moved_vertices(id).unwrap();
    assert_eq!(moved.vertices.to_vec(), [[7.0, 0.0, 0.0], [7.0, 1.0, 2.0]]);
    assert_eq!(moved.normals.to_vec()[0], [1.0, 0.0, 0.0]);
    assert_ne!(state.digest(), before);
    let file = bytes::Bytes::from_static(b"file").to_value();
    let same = SceneNodeUpdate {
        name: "/a".into(),
        updates: Updates(vec![("glb_data".into(), file)]),
        owner: String::new(),
    };
    state.apply(&same.into()).unwrap();
    assert!(state.scene.moved_vertices(id).is_none());
    assert_eq!(state.digest(), before);
    // Other nodes have them as a property.
    let mesh = add_as("/a", "", false, Mesh::default());
    for message in [mesh, points("vertices", 3.0)] {
        state.apply(&message).unwrap();
    }
    match state.scene.node(id) {
        Some(Node::Mesh(mesh)) => assert_eq!(mesh.vertices.to_vec()[0], [3.0, 0.0, 0.0]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn bones_are_each_versions_own() {
    let mesh = SkinnedMesh::default().bone_positions([[1.0f32, 0.0, 0.0], [2.0, 0.0, 0.0]]);
    let bone = |index, owner: &str| -> Message {
        let (name, owner) = ("/m".into(), owner.to_owned());
        SetBonePosition {
            name,
            bone_index: index,
            position: [0.0, 9.0, 0.0],
            owner,
        }
        .into()
    };
    let mut state = after(&[add_as("/m", "", false, mesh)]);
    let mut changes = Changes::default();
    for message in [bone(1, ""), bone(2, ""), bone(-1, ""), bone(0, "1")] {
        state.apply(&message).unwrap();
    }
    state.scene.settle(&mut changes);
    let id = state.scene.find("/m").unwrap();
    assert_eq!(changes.bones, [id]);
    let positions: Vec<_> = state
        .scene
        .bones(id)
        .iter()
        .map(|bone| bone.position)
        .collect();
    assert_eq!(positions, [[1.0, 0.0, 0.0], [0.0, 9.0, 0.0]]);
}

#[test]
fn settling_costs_what_changed() {
    let mut state = ViewerState::new();
    let mut mirror = Mirror::default();
    for name in ["/a", "/a/b", "/a/b/c", "/d"] {
        state.apply(&add(name, "")).unwrap();
    }
    assert_eq!(
        mirror.follow(&mut state.scene),
        3 * 6,
        "each node is added, placed and shown"
    );
    assert_eq!(mirror.follow(&mut state.scene), 0);
    state.apply(&position("/a/b", "", 1.0)).unwrap();
    state.apply(&position("/a/b/c", "", 1.0)).unwrap();
    state.apply(&position("/a/b", "", 2.0)).unwrap();
    assert_eq!(mirror.follow(&mut state.scene), 2, "b and c move, once");
    state.apply(&update("/d", "", "axes_length", 2.0)).unwrap();
    state.apply(&update("/d", "", "axes_length", 3.0)).unwrap();
    assert_eq!(mirror.follow(&mut state.scene), 1);
    state.apply(&remove("/d", "")).unwrap();
    state.apply(&add("/e", "")).unwrap();
    assert_eq!(mirror.follow(&mut state.scene), 4, "one goes, one comes");
    state.apply(&add("/f", "")).unwrap();
    state.apply(&remove("/f", "")).unwrap();
    assert_eq!(mirror.follow(&mut state.scene), 0, "nobody saw it");
}
