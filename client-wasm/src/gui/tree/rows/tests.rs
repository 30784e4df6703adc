use std::collections::BTreeSet;

use proptest::prelude::*;
use scenecast_protocol::scene::{AddNode, Frame, RemoveSceneNode};
use scenecast_protocol::state::{Changes, ViewerState};

use super::*;

/// A scene and its table.
#[derive(Default)]
struct Table {
    state: ViewerState,
    rows: Rows,
}

impl Table {
    fn with(names: &[&str]) -> Self {
        let mut table = Self::default();
        names.iter().for_each(|name| table.add(name));
        table.settle();
        table
    }

    fn add(&mut self, name: &str) {
        let add = AddNode {
            name: name.into(),
            owner: String::new(),
            is_virtual: false,
            node: Frame::default().into(),
        };
        self.state.apply(&add.into()).unwrap();
    }

    fn remove(&mut self, name: &str) {
        let remove = RemoveSceneNode {
            name: name.into(),
            owner: String::new(),
        };
        self.state.apply(&remove.into()).unwrap();
    }

    fn settle(&mut self) {
        let mut changes = Changes::default();
        self.state.scene.settle(&mut changes);
        self.rows.note(&changes);
        self.rows.refresh(&self.state.scene);
    }

    fn toggle(&mut self, name: &str) {
        self.rows.toggle(&name.into());
        self.rows.refresh(&self.state.scene);
    }

    fn search(&mut self, text: &str) {
        self.rows.set_search(text);
        self.rows.refresh(&self.state.scene);
    }

    /// Walks and says where that led to.
    fn step(&mut self, step: Step) -> &str {
        self.rows.step(step, &self.state.scene);
        self.rows.refresh(&self.state.scene);
        self.rows.active().unwrap()
    }

    /// The lines as an outline: `+` is open, `-` closed.
    fn outline(&self) -> Vec<String> {
        let line = |row: &Row| {
            let mark = match row.is_open {
                Some(true) => "+",
                Some(false) => "-",
                None => " ",
            };
            let name = self.state.scene.name(row.id);
            format!("{}{mark}{name}", " ".repeat(row.depth as usize))
        };
        self.rows.rows().iter().map(line).collect()
    }
}

#[test]
fn nodes_are_listed_in_the_order_in_which_they_came_and_folded_at_first() {
    let mut table = Table::with(&["/b", "/a", "/b/y", "/b/x", "/b/y/deep"]);
    assert_eq!(table.outline(), [" /WorldAxes", "-/b", " /a"]);
    table.toggle("/b");
    let open = [" /WorldAxes", "+/b", " -/b/y", "  /b/x", " /a"];
    assert_eq!(table.outline(), open);
    table.remove("/b");
    table.settle();
    assert_eq!(table.outline(), [" /WorldAxes", " /a"]);
    for name in ["/b", "/b/y", "/b/y/deep", "/b/x"] {
        table.add(name);
    }
    table.settle();
    let open = [" /WorldAxes", " /a", "+/b", " -/b/y", "  /b/x"];
    assert_eq!(table.outline(), open, "what was open is open again");
}

#[test]
fn the_table_is_made_anew_only_when_nodes_come_or_go() {
    let mut table = Table::with(&["/a"]);
    table.rows.note(&Changes {
        moved: vec![NodeId::ROOT],
        visibility: vec![NodeId::ROOT],
        ..Changes::default()
    });
    assert!(!table.rows.refresh(&table.state.scene));
    table.add("/b");
    table.settle();
    assert_eq!(table.outline(), [" /WorldAxes", " /a", " /b"]);
}

#[test]
fn what_is_found_is_shown_with_all_that_it_is_in() {
    let mut table = Table::with(&["/car", "/car/wheel", "/car/wheel/rim", "/car/door", "/tree"]);
    table.search("wheel");
    assert_eq!(table.outline(), ["+/car", " -/car/wheel"]);
    table.toggle("/car/wheel");
    let all = ["+/car", " +/car/wheel", "   /car/wheel/rim"];
    assert_eq!(table.outline(), all, "all that is in what was found");
    table.toggle("/car");
    assert_eq!(table.outline(), ["-/car"]);
    table.search("wheel ");
    assert_eq!(table.outline(), ["-/car"], "the same search");
    table.search("r");
    assert_eq!(
        table.outline()[..3],
        [
            "+/WorldAxes".replace('+', " "),
            "+/car".into(),
            " +/car/wheel".into()
        ]
    );
    table.search("nothing");
    assert!(table.outline().is_empty());
    assert_eq!(table.rows.active_line(&table.state.scene), 0);
    table.rows.step(Step::By(1), &table.state.scene);
    table.search("");
    assert_eq!(table.outline(), [" /WorldAxes", "-/car", " /tree"]);
    table.search("car");
    table.add("/other/car");
    table.settle();
    assert_eq!(table.outline(), ["-/car", "+/other", "  /other/car"]);
}

#[test]
fn keys_walk_through_the_table() {
    let mut table = Table::with(&["/a", "/a/b", "/a/b/c", "/d"]);
    assert_eq!(table.step(Step::By(1)), "/a");
    assert_eq!(table.step(Step::In), "/a");
    assert_eq!(table.step(Step::In), "/a/b");
    assert_eq!(table.step(Step::In), "/a/b");
    assert_eq!(table.step(Step::In), "/a/b/c");
    assert_eq!(table.step(Step::In), "/a/b/c", "there is nothing below it");
    assert_eq!(table.step(Step::By(9)), "/d");
    assert_eq!(table.step(Step::Out), "/d", "there is nothing above it");
    assert_eq!(table.step(Step::By(-1)), "/a/b/c");
    assert_eq!(table.step(Step::Out), "/a/b");
    assert_eq!(table.step(Step::Out), "/a/b");
    assert_eq!(table.outline()[2], " -/a/b");
    assert_eq!(table.step(Step::Out), "/a");
    assert_eq!(table.step(Step::Last), "/d");
    assert_eq!(table.step(Step::By(-100)), "/WorldAxes");
    assert_eq!(table.step(Step::First), "/WorldAxes");
    table.rows.set_active(Some("/d".into()));
    table.remove("/d");
    table.settle();
    assert_eq!(table.step(Step::By(1)), "/a", "from the first line on");
}

#[test]
fn lines_say_what_is_shown_and_by_whose_choice() {
    let mut table = Table::default();
    for (name, owner, is_virtual) in [("/a", "", true), ("/a/b", "7", false)] {
        let add = AddNode {
            name: name.into(),
            owner: owner.to_owned(),
            is_virtual,
            node: Frame::default().into(),
        };
        table.state.apply(&add.into()).unwrap();
    }
    table.settle();
    table.toggle("/a");
    let [a, b] = ["/a", "/a/b"].map(|name| table.state.scene.find(name).unwrap());
    table.state.scene.set_visible_override(a, Some(false));
    table.settle();
    let look = |table: &Table, line| table.rows.look(line, &table.state.scene).unwrap().1;
    let parent = Look {
        row: Row {
            id: a,
            depth: 0,
            is_open: Some(true),
        },
        line: 1,
        kind: "FrameMessage",
        is_shown: false,
        is_visible: false,
        is_overridden: true,
        is_local: false,
        is_virtual: true,
    };
    assert_eq!(look(&table, 1), parent);
    let child = Look {
        row: Row {
            id: b,
            depth: 1,
            is_open: None,
        },
        line: 2,
        is_shown: true,
        is_overridden: false,
        is_local: true,
        is_virtual: false,
        ..parent
    };
    assert_eq!(look(&table, 2), child, "hidden with its parent");
    assert_eq!(table.rows.look(3, &table.state.scene), None);
}

#[test]
fn only_lines_in_sight_are_in_the_page() {
    let names: Vec<String> = (0..10_000).map(|i| format!("/n{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let table = Table::with(&names);
    assert_eq!(table.rows.rows().len(), 10_001);
    assert_eq!(table.rows.in_page(0.0, 300.0, 25.0), 0..21);
    assert_eq!(table.rows.in_page(2500.0, 300.0, 25.0), 92..121);
    assert_eq!(table.rows.in_page(250_000.0, 300.0, 25.0), 9992..10_001);
    assert_eq!(table.rows.in_page(1e12, 300.0, 25.0), 10_001..10_001);
    for odd in [f64::NAN, -5.0, 0.0] {
        let range = table.rows.in_page(odd, odd, odd);
        assert!(range.start <= range.end && range.end < 100);
    }
}

proptest! {
    /// Whatever happened before, the table is what a new one would be.
    #[test]
    fn the_table_follows_the_scene(
        steps in prop::collection::vec((0u8..4, "(/[ab]){1,3}"), 1..60),
        text in "[ab]?",
    ) {
        let mut table = Table::default();
        let mut open = BTreeSet::new();
        for (step, name) in steps {
            match step {
                0 | 1 => table.add(&name),
                2 => table.remove(&name),
                _ => {
                    table.toggle(&name);
                    if !open.remove(&name) {
                        open.insert(name);
                    }
                }
            }
            table.settle();
        }
        table.search(&text);
        let mut fresh = Rows::default();
        open.iter().for_each(|name| fresh.toggle(&name.as_str().into()));
        fresh.set_search(&text);
        fresh.refresh(&table.state.scene);
        prop_assert_eq!(table.rows.rows(), fresh.rows());
        let scene = &table.state.scene;
        for (above, below) in fresh.rows().iter().zip(fresh.rows().iter().skip(1)) {
            prop_assert!(below.depth <= above.depth + u32::from(above.is_open == Some(true)));
        }
        let found = scene.ids().skip(1).filter(|id| fresh.search().finds(scene.name(*id)));
        if !text.is_empty() {
            for id in found {
                prop_assert!(fresh.rows().iter().any(|row| row.id == id));
            }
        }
    }
}
