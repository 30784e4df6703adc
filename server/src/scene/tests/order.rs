//! Calls on several threads, and in atomic blocks.

use super::*;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Barrier,
    thread,
};

fn x_of(viewer: &Viewer, name: &str) -> f64 {
    let node = viewer.state.scene.find(name).unwrap();
    viewer.state.scene.pose(node).position[0]
}

/// Applies everything to a viewer that saw it as it happened and to one that comes later; both
/// must see the node where its handle says.
fn assert_agree(scene: &Scene, early: &mut Viewer, handle: &Handle<Frame>) {
    let outbox = &scene.inner.scope.outbox;
    outbox.release();
    early.take_all();
    let mut late = Viewer::join(outbox, 99);
    late.take_all();
    let expected = handle.position().unwrap()[0];
    assert_eq!(x_of(early, handle.name()), expected);
    assert_eq!(x_of(&late, handle.name()), expected);
}

#[test]
fn a_block_is_said_at_its_end_and_nothing_else_waits_for_it() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let [a, b] = ["/a", "/b"].map(|name| scene.add(name, Frame::default()).unwrap());
    let mut viewer = Viewer::join(outbox, 0);
    outbox.release();
    viewer.take_all();
    outbox.atomic(|| {
        a.set_position([1.0; 3]).unwrap();
        thread::scope(|s| {
            s.spawn(|| b.set_position([1.0; 3]).unwrap())
                .join()
                .unwrap()
        });
        outbox.release();
        assert_eq!(viewer.take_all().len(), 1);
        assert_eq!((x_of(&viewer, "/a"), x_of(&viewer, "/b")), (0.0, 1.0));
        outbox.atomic(|| a.set_position([2.0; 3]).unwrap());
        outbox.release();
        assert!(viewer.take_all().is_empty());
        // The own thread sees what it said.
        assert_eq!(a.position().unwrap(), [2.0; 3]);
    });
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn a_block_that_panics_says_what_it_said_before() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let a = scene.add("/a", Frame::default()).unwrap();
    let mut viewer = Viewer::join(outbox, 0);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        outbox.atomic(|| {
            a.set_position([1.0; 3]).unwrap();
            panic!("on purpose");
        })
    }));
    assert!(panicked.is_err());
    assert_agree(&scene, &mut viewer, &a);
    // And the thread is in no block any more.
    a.set_position([2.0; 3]).unwrap();
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn the_later_call_wins_though_its_message_comes_first() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let a = scene.add("/a", Frame::default()).unwrap();
    let mut viewer = Viewer::join(outbox, 0);
    outbox.atomic(|| {
        a.set_position([1.0; 3]).unwrap();
        thread::scope(|s| {
            s.spawn(|| a.set_position([2.0; 3]).unwrap())
                .join()
                .unwrap()
        });
    });
    assert_eq!(a.position().unwrap(), [2.0; 3]);
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn a_node_that_is_replaced_while_a_block_is_open_keeps_its_new_pose() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let old = scene.add("/a", Frame::default()).unwrap();
    let mut viewer = Viewer::join(outbox, 0);
    let replace = || scene.add("/a", Frame::default().at([5.0; 3])).unwrap();
    let new = outbox.atomic(|| {
        old.set_position([1.0; 3]).unwrap();
        thread::scope(|s| s.spawn(replace).join().unwrap())
    });
    assert_agree(&scene, &mut viewer, &new);
}

#[test]
fn a_node_added_in_a_block_may_be_moved_by_others_before_its_end() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let mut viewer = Viewer::join(outbox, 0);
    let a = outbox.atomic(|| {
        let a = scene.add("/a", Frame::default().at([1.0; 3])).unwrap();
        thread::scope(|s| {
            s.spawn(|| a.set_position([2.0; 3]).unwrap())
                .join()
                .unwrap()
        });
        a
    });
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn removed_and_added_again_in_a_block() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let a = scene.add("/a", Frame::default().at([1.0; 3])).unwrap();
    let mut viewer = Viewer::join(outbox, 0);
    outbox.release();
    viewer.take_all();
    let a = outbox.atomic(|| {
        a.remove().unwrap();
        scene.add("/a", Frame::default()).unwrap()
    });
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn racing_threads_leave_viewers_with_what_the_handles_say() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let a = scene.add("/a", Frame::default()).unwrap();
    let mut viewer = Viewer::join(outbox, 0);
    let start = Barrier::new(4);
    thread::scope(|s| {
        for thread in 0..4 {
            let (a, start) = (&a, &start);
            s.spawn(move || {
                start.wait();
                for round in 1..500 {
                    let position = [f64::from(thread * 1000 + round); 3];
                    match thread {
                        0 | 1 => a.set_position(position).unwrap(),
                        _ => outbox.atomic(|| a.set_position(position).unwrap()),
                    }
                }
            });
        }
    });
    assert_agree(&scene, &mut viewer, &a);
}

#[test]
fn the_pose_of_a_removed_node_does_not_come_back_with_a_window_that_was_kept() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    scene
        .add("/e", Frame::default().at([1.0, 0.0, 0.0]))
        .unwrap();
    for name in ["/a", "/b", "/c"] {
        scene.add(name, Frame::default()).unwrap();
    }
    let mut early = Viewer::join(outbox, 0);
    early.take_all();
    scene.remove_by_name("/e");
    outbox.release();
    // Everybody who is here knows that the node is gone, so that the next one says no pose.
    early.take_all();
    scene.add("/e/f", Frame::default()).unwrap();
    outbox.release();
    let mut late = Viewer::join(outbox, 1);
    for viewer in [&mut early, &mut late] {
        let messages = viewer.take_all();
        let says_pose = |message: &Message| matches!(message, Message::SetPosition(_));
        assert!(!messages.iter().any(says_pose));
        assert_eq!(x_of(viewer, "/e"), 0.0);
    }
}
