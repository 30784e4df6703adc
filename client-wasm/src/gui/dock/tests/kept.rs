//! Whatever is done: no panel is lost or doubled, and sizes stay within their limits.

use proptest::prelude::*;

use super::super::arrange::{MIN_CANVAS, MIN_VISIBLE};
use super::super::frames::{Rect, Splitter};
use super::super::layout::{Place, Spot};
use super::super::moves::{Piece, Target};
use super::super::resize::{Edges, Room};
use super::*;

const TABS: [&str; 8] = [MAIN, "a0", "a1", "b0", "b1", "c0", "g0", "h0"];

#[derive(Clone, Debug)]
enum Step {
    Move(usize, u8, usize, u8),
    Fold(usize, bool),
    Raise(usize),
    Split(usize, f64),
    Resize(usize, u8, f64, f64),
    Put(usize, f64, f64),
    Command(usize, u8, usize),
    Hide(usize),
    Resync,
    Reset,
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0..8usize;
    let d = -900.0..900.0f64;
    prop_oneof![
        8 => (n.clone(), 0..3u8, n.clone(), 0..6u8).prop_map(|(a, b, c, e)| Step::Move(a, b, c, e)),
        2 => (n.clone(), any::<bool>()).prop_map(|(a, b)| Step::Fold(a, b)),
        1 => n.clone().prop_map(Step::Raise),
        2 => (0..9usize, d.clone()).prop_map(|(a, b)| Step::Split(a, b)),
        2 => (n.clone(), 0..16u8, d.clone(), d.clone()).prop_map(|(a, b, c, e)| Step::Resize(a, b, c, e)),
        1 => (n.clone(), d.clone(), d).prop_map(|(a, b, c)| Step::Put(a, b, c)),
        4 => (0..4usize, 0..9u8, 0..4usize).prop_map(|(a, b, c)| Step::Command(a, b, c)),
        1 => (0..3usize).prop_map(Step::Hide),
        1 => Just(Step::Resync),
        1 => Just(Step::Reset),
    ]
}

fn full_page() -> Page {
    let mut page = Page::new();
    page.add("a", &["a0", "a1"]);
    page.add("b", &["b0", "b1"]);
    page.add("c", &["c0"]);
    page.add_area("g", MAIN, &["g0"]);
    page.add_area("h", "g0", &["h0"]);
    page.sync();
    page
}

fn run(page: &mut Page, step: &Step) {
    let before = arranged(&page.desk.layout);
    let room = Room {
        bounds: &BOUNDS,
        arrangement: &before,
        natural: &natural,
    };
    let panels = [MAIN, "a", "b", "c"];
    let cell_of = |page: &Page, n: usize| {
        page.desk
            .layout
            .cell_of(Name::new(TABS[n]))
            .map(|cell| cell.id)
    };
    let stack_of = |page: &Page, n: usize| {
        let cell = cell_of(page, n)?;
        page.desk.layout.stack_of(cell).map(|stack| stack.id)
    };
    match *step {
        Step::Move(what, scope, to, how) => {
            let (Some(cell), Some(other)) = (cell_of(page, what), cell_of(page, to)) else {
                return;
            };
            let piece = match (scope, stack_of(page, what)) {
                (0, _) => Piece::Tab(Name::new(TABS[what])),
                (1, Some(stack)) => Piece::Stack(stack),
                _ => Piece::Cell(cell),
            };
            let target = match how {
                0 => Target::Column(Side::Left, to),
                1 => Target::Column(Side::Right, to),
                2 => Target::Above(other),
                3 => Target::Below(other),
                4 => Target::Tabs(other, to),
                _ => Target::Window(Spot::requested(to as f64 * 30.0 - 90.0, 50.0)),
            };
            page.desk.layout.move_to(piece, target);
        }
        Step::Fold(what, is_folded) => {
            if let Some(stack) = stack_of(page, what) {
                page.desk.layout.fold(stack, is_folded);
            }
        }
        Step::Raise(what) => {
            if let Some(stack) = stack_of(page, what) {
                page.desk.layout.raise(stack);
            }
        }
        Step::Split(index, delta) => {
            let live: Vec<_> = before.splitters.iter().filter(|s| s.is_live).collect();
            if let Some(frame) = live.get(index % live.len().max(1)) {
                page.desk.layout.move_splitter(frame.splitter, delta, room);
                if let Splitter::Region(_) = frame.splitter {
                    let after = arranged(&page.desk.layout);
                    assert!(after.left + after.right <= BOUNDS.width - MIN_CANVAS + 1e-6);
                }
            }
        }
        Step::Resize(what, edges, dx, dy) => {
            if let Some(frame) = stack_of(page, what).and_then(|id| before.stack(id)) {
                let edges = Edges {
                    left: edges & 1 > 0,
                    right: edges & 2 > 0,
                    top: edges & 4 > 0,
                    bottom: edges & 8 > 0,
                };
                page.desk
                    .layout
                    .resize_window(frame.id, edges, frame.rect, (dx, dy), room);
            }
        }
        Step::Put(what, x, y) => {
            if let Some(stack) = stack_of(page, what) {
                page.desk
                    .layout
                    .put_window(stack, Rect::new(x, y, 300.0, 150.0), room);
            }
        }
        Step::Command(panel, command, anchor) => {
            let (panel, value) = (panels[panel], anchor as f64 * 90.0);
            match command {
                0 => page.dock(panel, PanelEdge::Left),
                1 => page.dock(panel, PanelEdge::Right),
                2 => page.split(panel, panels[anchor], PanelSide::Above),
                3 => page.split(panel, panels[anchor], PanelSide::Below),
                4 => page.float(panel, (anchor > 0).then_some(-value), Some(value)),
                5 => page.set_width(panel, (anchor > 0).then_some(value)),
                6 => page.set_height(panel, (anchor > 0).then_some(value)),
                7 => page.fold(panel, true),
                _ => page.fold(panel, false),
            }
            page.sync();
        }
        Step::Hide(panel) => {
            let tabs = std::mem::take(&mut page.contents.panels[panel].tabs);
            page.sync();
            assert!(
                tabs.iter()
                    .all(|tab| page.desk.layout.cell_of(*tab).is_none())
            );
            page.contents.panels[panel].tabs = tabs;
            page.sync();
        }
        Step::Resync => {
            let layout = page.desk.layout.clone();
            page.sync();
            assert_eq!(page.desk.layout, layout, "nothing is new");
        }
        Step::Reset => page.desk.reset(),
    }
}

fn check(page: &Page) {
    let layout = &page.desk.layout;
    let mut tabs: Vec<Name> = layout
        .cells()
        .into_iter()
        .flat_map(|c| &c.tabs)
        .copied()
        .collect();
    tabs.sort_unstable();
    let mut all = TABS.map(Name::new);
    all.sort_unstable();
    assert_eq!(tabs, all, "each tab is in one place");
    assert_eq!(layout.cell_of(Name::new(MAIN)).unwrap().tabs.len(), 1);
    for (_, stack) in layout.stacks() {
        assert!(!stack.cells.is_empty() && stack.cells.iter().all(|c| !c.tabs.is_empty()));
        assert!(stack.width >= 96.0 && stack.height.is_none_or(|height| height >= 50.0));
        assert!(
            stack
                .cells
                .iter()
                .all(|c| c.weight > 0.0 && c.weight.is_finite()),
            "{stack:?}"
        );
    }
    for area in &layout.areas {
        let cell = &area.cell;
        assert!(!cell.tabs.contains(&area.host), "an area is not in itself");
    }
    let arranged = arranged(layout);
    assert!(arranged.left + arranged.right <= BOUNDS.width - MIN_CANVAS + 1e-6);
    let cells = layout
        .cells()
        .into_iter()
        .filter(|cell| !layout.is_area(cell.id));
    for cell in cells {
        let rect = arranged.cell(cell.id).expect("each cell is somewhere").rect;
        assert!(rect.width > 0.0 && rect.height > 0.0, "{rect:?}");
    }
    for frame in &arranged.stacks {
        let Rect { x, y, .. } = frame.rect;
        assert!(x >= -1e-6 && y >= -1e-6);
        if matches!(frame.place, Place::Floating(_)) {
            assert!(x <= BOUNDS.width - MIN_VISIBLE && y <= BOUNDS.height - MIN_VISIBLE);
            assert!(frame.rect.height <= BOUNDS.height);
        } else {
            assert!(frame.rect.right() <= BOUNDS.width + 1e-6);
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(steps in prop::collection::vec(step(), 1..40)) {
        let mut page = full_page();
        for step in &steps {
            run(&mut page, step);
            check(&page);
        }
    }
}
