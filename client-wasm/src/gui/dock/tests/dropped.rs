//! What letting go does.

use super::super::aim::{Aim, Aiming, Mark, Shown};
use super::super::frames::Rect;
use super::super::moves::{Piece, Target};
use super::*;

/// Strips of two tabs of 40 pixels below a grip of 13.
fn shown(layout: &Layout, arrangement: &Arrangement) -> Vec<Shown> {
    let cells = arrangement.cells.iter();
    let stacked = cells.map(|frame| {
        let Rect { x, y, width, .. } = frame.rect;
        let (strip, tabs) = match frame.form {
            Form::Open if layout.cell(frame.id).unwrap().is_main() => {
                (Rect::new(x, y, width, 40.0), vec![])
            }
            Form::Open => (
                Rect::new(x, y + 13.0, width, 30.0),
                vec![
                    Rect::new(x, y + 13.0, 40.0, 30.0),
                    Rect::new(x + 40.0, y + 13.0, 40.0, 30.0),
                ],
            ),
            Form::Bar => (frame.rect, vec![Rect::new(x, y, 40.0, 26.0)]),
            Form::Rail => (frame.rect, vec![Rect::new(x, y + 20.0, 36.0, 60.0)]),
        };
        Shown {
            cell: Some(frame.id),
            rect: frame.rect,
            strip,
            tabs,
        }
    });
    let areas = layout.areas.iter().map(|area| {
        let host = arrangement
            .cell(layout.cell_of(area.host).unwrap().id)
            .unwrap()
            .rect;
        let rect = Rect::new(host.x, host.y + 60.0, host.width, 80.0);
        let strip = Rect::new(rect.x, rect.y, rect.width, 30.0);
        let tabs = vec![Rect::new(rect.x, rect.y, 40.0, 30.0)];
        Shown {
            cell: Some(area.cell.id),
            rect,
            strip,
            tabs,
        }
    });
    stacked.chain(areas).collect()
}

fn aim(page: &Page, dragged: &str, x: f64, y: f64) -> Option<Aim> {
    let layout = &page.desk.layout;
    let arrangement = arranged(layout);
    let dragged = layout.stack_of(page.cell(dragged)).unwrap().id;
    let shown = shown(layout, &arrangement);
    let aiming = Aiming {
        layout,
        arrangement: &arrangement,
        bounds: &BOUNDS,
        shown: &shown,
        dragged,
    };
    aiming.at(x, y)
}

/// A left column of `a` above `b`, a folded right column `c`, and windows: main, `d`, `e`.
fn page() -> Page {
    let mut page = Page::new();
    for name in ["a", "b", "c", "d", "e"] {
        page.add(name, &[&format!("{name}0"), &format!("{name}1")]);
    }
    page.add_area("g", MAIN, &["g0"]);
    page.dock("a", PanelEdge::Left);
    page.split("b", "a", PanelSide::Below);
    page.dock("c", PanelEdge::Right);
    page.fold("c", true);
    page.float("d", Some(100.0), Some(300.0));
    page.float("e", Some(500.0), Some(600.0));
    page.sync();
    page
}

#[test]
fn zones_of_docked_panels() {
    let page = page();
    let target = |x, y| aim(&page, "e0", x, y).map(|aim| aim.target);
    let (a, b) = (page.cell("a0"), page.cell("b0"));
    assert_eq!(target(150.0, 20.0), Some(Target::Above(a)), "the grip");
    assert_eq!(
        target(150.0, 5.0),
        Some(Target::Above(a)),
        "the handle over it"
    );
    assert_eq!(
        target(10.0, 40.0),
        Some(Target::Tabs(a, 0)),
        "before the first tab"
    );
    assert_eq!(target(45.0, 40.0), Some(Target::Tabs(a, 1)));
    assert_eq!(target(200.0, 40.0), Some(Target::Tabs(a, 2)));
    assert_eq!(target(150.0, 200.0), Some(Target::Tabs(a, 2)), "the middle");
    assert_eq!(target(150.0, 380.0), Some(Target::Below(a)));
    assert_eq!(target(150.0, 407.0), Some(Target::Below(a)), "the gap");
    assert_eq!(target(150.0, 790.0), Some(Target::Below(b)));
    assert_eq!(target(20.0, 200.0), Some(Target::Column(Side::Left, 0)));
    assert_eq!(target(290.0, 200.0), Some(Target::Column(Side::Left, 1)));
    assert_eq!(
        target(70.0, 600.0),
        Some(Target::Column(Side::Left, 0)),
        "beside the cell"
    );
    assert_eq!(target(330.0, 780.0), None, "the scene");
}

#[test]
fn zones_of_rails() {
    let page = page();
    let target = |x, y| aim(&page, "e0", x, y).map(|aim| aim.target);
    let c = page.cell("c0");
    assert_eq!(target(1364.0, 400.0), Some(Target::Column(Side::Right, 0)));
    assert_eq!(target(1396.0, 400.0), Some(Target::Column(Side::Right, 1)));
    assert_eq!(target(1380.0, 18.0), Some(Target::Above(c)));
    assert_eq!(target(1380.0, 797.0), Some(Target::Below(c)));
    assert_eq!(target(1380.0, 40.0), Some(Target::Tabs(c, 0)));
    assert_eq!(target(1380.0, 90.0), Some(Target::Tabs(c, 1)));
    assert_eq!(target(1380.0, 300.0), Some(Target::Tabs(c, 2)));
}

#[test]
fn windows_cover_what_is_behind_them() {
    let mut page = page();
    let target = |page: &Page, x, y| aim(page, "e0", x, y).map(|aim| aim.target);
    let d = page.cell("d0");
    assert_eq!(target(&page, 500.0, 380.0), Some(Target::Tabs(d, 2)));
    assert_eq!(target(&page, 500.0, 445.0), Some(Target::Below(d)));
    assert_eq!(target(&page, 500.0, 305.0), Some(Target::Above(d)));
    page.float("d", Some(-1300.0), Some(300.0));
    page.sync();
    let window = page
        .desk
        .layout
        .windows
        .iter_mut()
        .find(|w| w.stack.cells[0].id == d);
    window.unwrap().spot.is_inside = false;
    assert_eq!(
        target(&page, 30.0, 380.0),
        Some(Target::Tabs(d, 2)),
        "not the column behind it"
    );
    page.fold("d", true);
    page.sync();
    let window = page
        .desk
        .layout
        .windows
        .iter_mut()
        .find(|w| w.stack.cells[0].id == d);
    window.unwrap().spot.is_inside = false;
    assert_eq!(target(&page, 100.0, 304.0), Some(Target::Above(d)));
    assert_eq!(target(&page, 100.0, 322.0), Some(Target::Below(d)));
    assert_eq!(target(&page, 200.0, 313.0), Some(Target::Tabs(d, 2)));
}

#[test]
fn the_control_panel_shares_its_tabs_with_nobody() {
    let page = page();
    let main = arranged(&page.desk.layout)
        .cell(page.cell(MAIN))
        .unwrap()
        .rect;
    let (x, area) = (main.x + 150.0, page.cell("g0"));
    let target = |x, y| aim(&page, "e0", x, y).map(|aim| aim.target);
    assert_eq!(
        target(x, main.y + 10.0),
        Some(Target::Above(page.cell(MAIN)))
    );
    assert_eq!(
        target(x, main.y + 50.0),
        Some(Target::Tabs(area, 1)),
        "its tab group has it"
    );
    assert_eq!(
        target(main.x + 5.0, main.y + 70.0),
        Some(Target::Tabs(area, 0)),
        "a tab of it"
    );
    assert_eq!(
        target(x, main.bottom() - 5.0),
        Some(Target::Below(page.cell(MAIN)))
    );
    // And it is no tab itself.
    let target = |x, y| aim(&page, MAIN, x, y).map(|aim| aim.target);
    assert_eq!(target(150.0, 40.0), Some(Target::Above(page.cell("a0"))));
    assert_eq!(target(150.0, 200.0), None);
    assert_eq!(target(20.0, 200.0), Some(Target::Column(Side::Left, 0)));
}

#[test]
fn empty_edges_take_what_is_close() {
    let mut page = Page::new();
    page.add("a", &["a0"]);
    page.sync();
    let hit = aim(&page, "a0", 47.0, 700.0).unwrap();
    assert_eq!(hit.target, Target::Column(Side::Left, 0));
    assert_eq!(
        (hit.rect, hit.mark),
        (Rect::new(0.0, 0.0, 300.0, 800.0), Mark::Fill)
    );
    assert_eq!(aim(&page, "a0", 49.0, 700.0), None);
    let hit = aim(&page, "a0", 1353.0, 700.0).unwrap();
    assert_eq!(hit.target, Target::Column(Side::Right, 0));
    // Beyond the page.
    assert!(aim(&page, "a0", -30.0, 700.0).is_some());
}

#[test]
fn folding_moves_with_what_is_moved() {
    let mut page = page();
    let c = page.cell("c0");
    let layout = &mut page.desk.layout;
    let spot = super::super::layout::Spot::requested(300.0, 300.0);
    assert!(layout.move_to(Piece::Tab(Name::new("c1")), Target::Window(spot)));
    let torn = layout.cell_of(Name::new("c1")).unwrap().id;
    assert!(layout.stack_of(torn).unwrap().is_folded);
    assert!(layout.move_to(Piece::Cell(torn), Target::Column(Side::Left, 0)));
    assert!(layout.left[0].is_folded);
    // Among others it is as they are.
    let a = page.cell("a0");
    let layout = &mut page.desk.layout;
    assert!(layout.move_to(Piece::Cell(c), Target::Below(a)));
    assert!(!layout.stack_of(c).unwrap().is_folded);
    assert!(layout.right.is_empty());
}
