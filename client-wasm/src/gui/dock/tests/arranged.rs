//! Where things are in pixels: figures of viser's client for the same program.

use super::super::frames::{Rect, Splitter};
use super::super::resize::{Edges, Room};
use super::*;

fn near(rect: Rect, other: [f64; 4]) {
    let rect = [rect.x, rect.y, rect.width, rect.height];
    let is_near = rect.iter().zip(other).all(|(a, b)| (a - b).abs() < 1.0);
    assert!(is_near, "{rect:?} is not {other:?}");
}

fn docked_page() -> Page {
    let mut page = Page::new();
    for name in ["a", "b", "c", "d", "e"] {
        page.add(name, &[&format!("{name}0")]);
    }
    page.dock("a", PanelEdge::Left);
    page.split("b", "a", PanelSide::Below);
    page.dock("c", PanelEdge::Right);
    page.dock("d", PanelEdge::Right);
    page.float("e", Some(40.0), Some(-30.0));
    page.set_width("e", Some(250.0));
    page.sync();
    page
}

#[test]
fn edges_are_where_they_are_in_the_stock_client() {
    let page = docked_page();
    let arranged = arranged(&page.desk.layout);
    assert_eq!((arranged.left, arranged.right), (304.0, 609.0));
    let cell = |tab: &str| arranged.cell(page.cell(tab)).unwrap().rect;
    near(cell("a0"), [2.0, 14.8, 300.0, 390.1]);
    near(cell("b0"), [2.0, 409.9, 300.0, 390.1]);
    near(cell("c0"), [793.0, 14.8, 300.0, 785.2]);
    near(cell("d0"), [1098.0, 14.8, 300.0, 785.2]);
    near(cell("e0"), [344.0, 620.0, 250.0, 150.0]);
    near(cell(MAIN), [456.0, 15.0, 320.0, 150.0]);
}

#[test]
fn folded_columns_are_rails_and_folded_windows_bars() {
    let mut page = docked_page();
    page.fold("a", true);
    page.fold("e", true);
    page.fold(MAIN, true);
    page.sync();
    let arranged = arranged(&page.desk.layout);
    assert_eq!(arranged.left, 40.0);
    let cell = |tab: &str| arranged.cell(page.cell(tab)).unwrap();
    assert_eq!(cell("a0").form, Form::Rail);
    assert_eq!(cell("a0").rect.width, 36.0);
    assert_eq!((cell("e0").form, cell("e0").rect.height), (Form::Bar, 26.0));
    near(cell(MAIN).rect, [456.0, 15.0, 320.0, 40.7]);
    page.fold("a", false);
    page.sync();
    assert_eq!(super::arranged(&page.desk.layout).left, 304.0);
}

#[test]
fn the_scene_keeps_its_least_width() {
    let mut page = docked_page();
    page.set_width("a", Some(900.0));
    page.sync();
    let arranged = arranged(&page.desk.layout);
    assert!((arranged.left + arranged.right - 1280.0).abs() < 1e-9);
    let narrow = Bounds {
        width: 100.0,
        ..BOUNDS
    };
    let arranged = arrange(&page.desk.layout, &narrow, &natural);
    assert_eq!((arranged.left, arranged.right), (0.0, 0.0));
}

#[test]
fn windows_are_no_larger_than_the_page() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.set_width("a", Some(5000.0));
    page.sync();
    let tall = |_: CellId, _: Form| 5000.0;
    let arranged = arrange(&page.desk.layout, &BOUNDS, &tall);
    let rect = arranged.cell(page.cell("a0")).unwrap().rect;
    near(rect, [15.0, 15.0, 1370.0, 755.8]);
    page.set_height("a", Some(5000.0));
    page.sync();
    let arranged = arrange(&page.desk.layout, &BOUNDS, &tall);
    let rect = arranged.cell(page.cell("a0")).unwrap().rect;
    near(rect, [15.0, 8.0, 1370.0, 792.0]);
}

fn room<'a>(arrangement: &'a Arrangement) -> Room<'a> {
    Room {
        bounds: &BOUNDS,
        arrangement,
        natural: &natural,
    }
}

#[test]
fn splitters_trade() {
    let mut page = docked_page();
    let before = arranged(&page.desk.layout);
    let layout = &mut page.desk.layout;
    layout.move_splitter(Splitter::Region(Side::Left), 50.0, room(&before));
    layout.move_splitter(Splitter::Columns(Side::Right, 0), -500.0, room(&before));
    let stack = layout.left[0].id;
    layout.move_splitter(Splitter::Cells(stack, 0), 60.0, room(&before));
    let after = arranged(&page.desk.layout);
    assert_eq!((after.left, after.right), (354.0, 609.0));
    near(
        after.cell(page.cell("a0")).unwrap().rect,
        [2.0, 14.8, 350.0, 450.1],
    );
    near(
        after.cell(page.cell("b0")).unwrap().rect,
        [2.0, 469.9, 350.0, 330.1],
    );
    assert_eq!(after.cell(page.cell("c0")).unwrap().rect.width, 96.0);
    assert_eq!(after.cell(page.cell("d0")).unwrap().rect.width, 504.0);
    // No wider than the scene allows.
    let layout = &mut page.desk.layout;
    layout.move_splitter(Splitter::Region(Side::Left), 5000.0, room(&after));
    let widest = arranged(&page.desk.layout);
    assert_eq!(widest.left, 1400.0 - 609.0 - 120.0);
    // Close to the height of the content, a cell has it.
    let layout = &mut page.desk.layout;
    layout.move_splitter(Splitter::Cells(stack, 0), 169.0, room(&after));
    near(
        arranged(&page.desk.layout)
            .cell(page.cell("b0"))
            .unwrap()
            .rect,
        [2.0, 650.0, 667.0, 150.0],
    );
}

#[test]
fn windows_are_resized_at_all_edges() {
    let mut page = docked_page();
    let before = arranged(&page.desk.layout);
    let window = page.desk.layout.windows[1].stack.id;
    let start = before.stack(window).unwrap().rect;
    let edges = Edges {
        left: true,
        bottom: true,
        ..Edges::default()
    };
    let layout = &mut page.desk.layout;
    layout.resize_window(window, edges, start, (-50.0, -20.0), room(&before));
    let rect = arranged(&page.desk.layout).stack(window).unwrap().rect;
    near(rect, [294.0, 620.0, 300.0, 130.0]);
    let layout = &mut page.desk.layout;
    layout.resize_window(window, edges, start, (900.0, 11.0), room(&before));
    let rect = arranged(&page.desk.layout).stack(window).unwrap().rect;
    near(rect, [594.0 - 96.0, 620.0, 96.0, 150.0]);
    assert_eq!(
        page.desk.layout.windows[1].stack.height, None,
        "as high as its content"
    );
    let edges = Edges {
        top: true,
        ..Edges::default()
    };
    let layout = &mut page.desk.layout;
    layout.resize_window(window, edges, start, (0.0, 700.0), room(&before));
    near(
        arranged(&page.desk.layout).stack(window).unwrap().rect,
        [344.0, 720.0, 250.0, 50.0],
    );
}

#[test]
fn a_moved_window_keeps_its_distance_to_the_nearer_side() {
    let mut page = docked_page();
    let before = arranged(&page.desk.layout);
    let window = page.desk.layout.windows[1].stack.id;
    let put = Rect::new(500.0, 100.0, 250.0, 150.0);
    page.desk.layout.put_window(window, put, room(&before));
    assert_eq!(arranged(&page.desk.layout).stack(window).unwrap().rect, put);
    page.fold("c", true);
    page.sync();
    let moved = arranged(&page.desk.layout).stack(window).unwrap().rect;
    assert_eq!(moved.x, 500.0 + 264.0, "the scene's right edge moved");
    page.desk.layout.put_window(
        window,
        Rect::new(3000.0, -90.0, 250.0, 150.0),
        room(&before),
    );
    let rect = arranged(&page.desk.layout).stack(window).unwrap().rect;
    assert_eq!((rect.x, rect.y), (1360.0, 0.0), "some of it stays visible");
}
