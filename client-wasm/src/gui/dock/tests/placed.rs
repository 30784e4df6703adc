//! What servers command.

use super::super::moves::{Piece, Target};
use super::*;

/// The control panel's window, and what else there is.
fn with_main(others: &[&[&str]]) -> Vec<Vec<String>> {
    let main = vec![vec![MAIN.to_owned()]];
    let others = others
        .iter()
        .map(|w| w.iter().map(|s| s.to_string()).collect());
    main.into_iter().chain(others).collect()
}

#[test]
fn a_panel_without_a_place_floats() {
    let mut page = Page::new();
    page.add("a", &["a0", "a1"]);
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a0+a1"]]));
    let frame = *arranged(&page.desk.layout).cell(page.cell("a0")).unwrap();
    assert_eq!(
        (frame.rect.x, frame.rect.y, frame.rect.width),
        (15.0, 15.0, 300.0)
    );
    let main = *arranged(&page.desk.layout).cell(page.cell(MAIN)).unwrap();
    assert_eq!(
        (main.rect.right(), main.rect.y, main.rect.width),
        (1385.0, 15.0, 320.0)
    );
}

#[test]
fn edges_and_splits_in_one_batch() {
    let mut page = Page::new();
    for name in ["a", "b", "c", "d"] {
        page.add(name, &[&format!("{name}0")]);
    }
    // Before its anchor, in a chain.
    page.split("b", "a", PanelSide::Below);
    page.split("d", "b", PanelSide::Above);
    page.dock("a", PanelEdge::Left);
    page.dock("c", PanelEdge::Left);
    page.sync();
    assert_eq!(
        page.region(Side::Left),
        [vec!["c0"], vec!["a0", "d0", "b0"]]
    );
    assert_eq!(page.windows(), with_main(&[]));
}

#[test]
fn a_split_beside_what_floats_is_docked_right() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add("b", &["b0"]);
    page.float("a", None, None);
    page.split("b", "a", PanelSide::Above);
    page.sync();
    assert_eq!(page.region(Side::Right), [vec!["b0"]]);
}

#[test]
fn a_split_waits_for_its_anchor_during_a_replay() {
    let mut page = Page::new();
    page.contents.is_complete = false;
    page.add("b", &["b0"]);
    page.split("b", "a", PanelSide::Above);
    page.fold("b", true);
    page.sync();
    assert!(page.desk.layout.cell_of(Name::new("b0")).is_none());
    page.add("a", &["a0"]);
    page.dock("a", PanelEdge::Left);
    page.contents.is_complete = true;
    page.sync();
    assert_eq!(page.region(Side::Left), [vec!["b0", "a0"]]);
    assert!(page.desk.layout.left[0].is_folded);
}

#[test]
fn two_splits_that_wait_for_each_other_are_placed() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add("b", &["b0"]);
    page.split("a", "b", PanelSide::Above);
    page.split("b", "a", PanelSide::Above);
    page.sync();
    assert_eq!(page.region(Side::Right), [vec!["b0", "a0"]]);
}

#[test]
fn sizes_follow_positions() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add("b", &["b0"]);
    page.set_width("a", Some(410.0));
    page.dock("a", PanelEdge::Right);
    page.set_width("b", Some(250.0));
    page.set_height("b", Some(333.0));
    page.float("b", Some(-20.0), Some(-30.0));
    page.sync();
    let arranged = arranged(&page.desk.layout);
    assert_eq!(arranged.right, 414.0);
    let b = arranged.cell(page.cell("b0")).unwrap().rect;
    // Beside the docked panel.
    assert_eq!((b.right(), b.bottom()), (1400.0 - 414.0 - 20.0, 770.0));
    assert_eq!((b.width, b.height), (250.0, 333.0));
}

#[test]
fn folding_is_in_the_order_of_the_commands_of_a_run() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add("b", &["b0"]);
    page.dock("a", PanelEdge::Left);
    page.split("b", "a", PanelSide::Below);
    page.fold("b", false);
    page.fold("a", true);
    page.sync();
    assert!(
        page.desk.layout.left[0].is_folded,
        "the last one was to fold"
    );
    page.fold("a", true);
    page.fold("b", false);
    page.sync();
    assert!(
        !page.desk.layout.left[0].is_folded,
        "the last one was to unfold"
    );
}

#[test]
fn what_is_said_again_undoes_nothing() {
    let mut page = Page::new();
    page.add("a", &["a0", "a1"]);
    page.dock("a", PanelEdge::Left);
    page.fold("a", true);
    page.sync();
    let cell = page.cell("a0");
    let spot = super::super::layout::Spot::requested(200.0, 200.0);
    page.desk
        .layout
        .move_to(Piece::Cell(cell), Target::Window(spot));
    page.desk.layout.show(Name::new("a0"));
    page.desk
        .layout
        .move_to(Piece::Tab(Name::new("a1")), Target::Tabs(cell, 0));
    let moved = page.desk.layout.clone();
    // A reconnection: nothing of it is new, also not the first part of the replay.
    let all = std::mem::take(&mut page.contents.panels);
    page.contents.is_complete = false;
    page.sync();
    page.contents.panels = all;
    page.contents.is_complete = true;
    page.sync();
    assert_eq!(page.desk.layout, moved);
    // A width says nothing of the position.
    page.set_width("a", Some(222.0));
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a1+a0"]]));
    assert_eq!(page.desk.layout.windows[1].stack.width, 222.0);
    // A new command applies.
    page.dock("a", PanelEdge::Right);
    page.sync();
    assert_eq!(page.region(Side::Right), [vec!["a0+a1"]]);
}

#[test]
fn another_run_is_news_and_the_old_one_is_not() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.dock("a", PanelEdge::Left);
    page.dock("a", PanelEdge::Left);
    page.sync();
    let first = page.placements.clone();
    page.restart("second");
    page.float("a", Some(50.0), None);
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a0"]]));
    page.placements = first;
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a0"]]));
}

#[test]
fn reset_puts_back_what_servers_want() {
    let mut page = Page::new();
    page.add("a", &["a0", "a1"]);
    page.add_area("g", MAIN, &["g0", "g1"]);
    page.dock("a", PanelEdge::Left);
    page.fold("a", true);
    page.sync();
    let before = page.desk.layout.clone();
    let area = page.cell("g0");
    page.desk
        .layout
        .move_to(Piece::Tab(Name::new("g1")), Target::Column(Side::Right, 0));
    page.desk
        .layout
        .move_to(Piece::Tab(Name::new("a1")), Target::Tabs(area, 1));
    page.sync();
    assert_eq!(
        page.joined(&page.desk.layout.cell(area).unwrap().tabs),
        "g0+a1"
    );
    page.desk.reset();
    let shape = |layout: &Layout| {
        let cells = layout
            .cells()
            .into_iter()
            .map(|cell| page.joined(&cell.tabs));
        (cells.collect::<Vec<_>>(), layout.left[0].is_folded)
    };
    assert_eq!(shape(&page.desk.layout), shape(&before));
}

#[test]
fn tabs_come_and_go_where_the_panel_is() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add("b", &["b0"]);
    page.sync();
    let home = page.cell("b0");
    page.desk
        .layout
        .move_to(Piece::Cell(page.cell("a0")), Target::Tabs(home, 1));
    page.contents.panels[0].tabs = page.names(&["a1", "a0"]);
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a1+a0+b0"]]));
    // All of its tabs are others now.
    page.contents.panels[0].tabs = page.names(&["a2"]);
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["a2+b0"]]));
    page.contents.panels[0].tabs.clear();
    page.sync();
    assert_eq!(page.windows(), with_main(&[&["b0"]]));
    page.contents.panels.clear();
    page.sync();
    assert_eq!(page.windows(), with_main(&[]));
}

#[test]
fn a_hidden_panel_comes_back_where_the_server_wants_it() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.dock("a", PanelEdge::Left);
    page.sync();
    let tabs = std::mem::take(&mut page.contents.panels[0].tabs);
    page.sync();
    assert_eq!(page.region(Side::Left), Vec::<Vec<String>>::new());
    page.contents.panels[0].tabs = tabs;
    page.sync();
    assert_eq!(page.region(Side::Left), [vec!["a0"]]);
}

#[test]
fn the_control_panel_has_the_width_of_the_theme_unless_told_otherwise() {
    let width = |page: &Page| page.desk.layout.windows[0].stack.width;
    let mut page = Page::new();
    page.contents.main_width = 384.0;
    page.sync();
    assert_eq!(width(&page), 384.0);
    page.set_width(MAIN, Some(200.0));
    page.sync();
    page.contents.main_width = 256.0;
    page.sync();
    assert_eq!(width(&page), 200.0);
    // As `gui.reset` does.
    page.set_width(MAIN, None);
    page.float(MAIN, None, None);
    page.sync();
    assert_eq!(width(&page), 256.0);
}

#[test]
fn a_panel_in_a_tab_group_stays_there_until_it_is_placed_anew() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.add_area("g", MAIN, &["g0"]);
    page.sync();
    let area = page.cell("g0");
    assert!(
        page.desk
            .layout
            .move_to(Piece::Cell(page.cell("a0")), Target::Tabs(area, 0))
    );
    page.sync();
    assert_eq!(
        page.joined(&page.desk.layout.cell(area).unwrap().tabs),
        "a0+g0"
    );
    page.dock("a", PanelEdge::Left);
    page.sync();
    assert_eq!(page.region(Side::Left), [vec!["a0"]]);
    // Where its tab group goes, a panel in it does not.
    assert!(
        page.desk
            .layout
            .move_to(Piece::Cell(page.cell("a0")), Target::Tabs(area, 0))
    );
    page.contents.areas.clear();
    page.sync();
    assert_eq!(page.region(Side::Left), [vec!["a0"]]);
}
