//! Gaussian splats: merged and in order, also while the order is made elsewhere; their colours.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::rc::Rc;

use glam::{Mat4, Vec3};
use scenecast_client::render::splats::{Outcome, Run, Sorter, SplatSorter};
use scenecast_client::render::{Camera, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::scene::{GaussianSplats, Node};

use super::picture::Picture;
use crate::{camera, renderer};

/// 0.01 and 0 in half precision: the covariance of balls with a radius of 0.1.
const BALL: [u32; 3] = [0x211f, 0x211f << 16, 0x211f << 16];

/// Splats there in those colours, almost opaque.
fn balls(splats: impl IntoIterator<Item = ([f32; 3], [u8; 3])>) -> GaussianSplats {
    let packed = splats.into_iter().map(|([x, y, z], [r, g, b])| {
        let [x, y, z] = [x, y, z].map(f32::to_bits);
        let [c0, c1, c2] = BALL;
        let rgba = u32::from_le_bytes([r, g, b, 250]);
        [x, y, z, 0, c0, c1, c2, rgba]
    });
    GaussianSplats::default().buffer(packed.collect::<Vec<_>>())
}

/// A cube of splats in many colours.
fn cube(side: u32) -> GaussianSplats {
    let numbers = 0..side * side * side;
    balls(numbers.map(|i| {
        let at = [i % side, i / side % side, i / side / side];
        let color = at.map(|c| (c * 255 / side) as u8);
        (at.map(|c| 2.0 * c as f32 / side as f32 - 1.0), color)
    }))
}

fn drawn(
    gl: &Headless,
    renderer: &mut Renderer,
    camera: &Camera,
) -> Result<Picture, Box<dyn Error>> {
    Ok(Picture::draw(gl.context(), renderer, camera, [64, 64])?.0)
}

fn middle(picture: &Picture) -> [u8; 4] {
    picture.pixels[32 * 64 + 32]
}

/// At a distance of 4 from the origin.
fn from(direction: Vec3) -> Camera {
    Camera::look_at(direction.normalize() * 4.0, Vec3::ZERO, Vec3::Z, 0.9)
}

#[test]
fn the_nearest_splat_is_on_top_whichever_node_it_is_of() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let (red, green) = ([255, 0, 0], [0, 255, 0]);
    // Each node has a red and a green one; the poses of the nodes put them in turns.
    let pair: Node = balls([([0.0, 0.0, 0.0], red), ([1.0, 0.0, 0.0], green)]).into();
    renderer.insert(0, &pair).unwrap();
    renderer.insert(1, &pair).unwrap();
    renderer.set_world(1, Mat4::from_translation(Vec3::new(0.5, 0.0, 0.0)));
    let front = middle(&drawn(&gl, &mut renderer, &from(Vec3::X)).unwrap());
    let back = middle(&drawn(&gl, &mut renderer, &from(Vec3::NEG_X)).unwrap());
    assert!(front[1] > 220 && front[0] < 40, "{front:?}");
    assert!(back[0] > 220 && back[1] < 40, "{back:?}");
    // Turned around, its red one is in front.
    let turned = Mat4::from_rotation_z(std::f32::consts::PI);
    renderer.set_world(1, Mat4::from_translation(Vec3::new(1.5, 0.0, 0.0)) * turned);
    let front = middle(&drawn(&gl, &mut renderer, &from(Vec3::X)).unwrap());
    assert!(front[0] > 220, "{front:?}");
    renderer.set_visible(1, false);
    let front = middle(&drawn(&gl, &mut renderer, &from(Vec3::X)).unwrap());
    assert!(front[1] > 220, "{front:?}");
    renderer.remove(0);
    renderer.remove(1);
    assert_eq!(
        middle(&drawn(&gl, &mut renderer, &from(Vec3::X)).unwrap()),
        [0; 4]
    );
}

#[test]
fn changed_splats_look_like_fresh_ones() {
    let gl = Headless::new().unwrap();
    let small: Node = cube(4).into();
    // No two splats are at the same depth: those keep the order of their nodes' last changes.
    let apart = Mat4::from_translation(Vec3::new(0.013, 0.027, 1.003));
    let steps: [(Node, &str); 4] = [
        (cube(4).scale(0.5).into(), "scale"),
        (cube(9).into(), "buffer"),
        (
            balls((0..64).map(|i| ([i as f32 / 64.0; 3], [9, 200, 9]))).into(),
            "buffer",
        ),
        (
            cube(4).harmonics(vec![[0x3800; 14]; 64]).into(),
            "harmonics",
        ),
    ];
    for (after, changed) in &steps {
        let mut updated = renderer(&gl).unwrap();
        updated.insert(0, &small).unwrap();
        updated.insert(1, &small).unwrap();
        updated.set_world(1, apart);
        drawn(&gl, &mut updated, &camera()).unwrap();
        updated.update(0, after, &[changed]).unwrap();
        let mut fresh = renderer(&gl).unwrap();
        fresh.insert(0, after).unwrap();
        fresh.insert(1, &small).unwrap();
        fresh.set_world(1, apart);
        let updated = drawn(&gl, &mut updated, &camera()).unwrap();
        assert!(
            updated == drawn(&gl, &mut fresh, &camera()).unwrap(),
            "{changed}"
        );
    }
}

#[test]
fn odd_splats_are_left_out_and_harm_nobody() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let red = [255, 0, 0];
    let mut rows = balls([([0.0; 3], red), ([f32::NAN; 3], red)])
        .buffer
        .to_vec();
    let infinite = 0x7c00 | 0x7c00 << 16;
    rows.push([0, 0, 0, u32::MAX, infinite, infinite, infinite, u32::MAX]);
    rows.push([0, 0, 0, 7, 0, 0xbc00 << 16, 0xbc00, u32::MAX]);
    renderer
        .insert(0, &GaussianSplats::default().buffer(rows).into())
        .unwrap();
    let drawn = middle(&drawn(&gl, &mut renderer, &from(Vec3::X)).unwrap());
    assert!(drawn[0] > 220 && drawn[1] < 40, "{drawn:?}");
    let wrong = cube(2).harmonics(vec![[0; 14]; 3]).into();
    let said = renderer.insert(1, &wrong).unwrap_err().to_string();
    assert!(said.contains("`harmonics` has 3 rows"), "{said}");
    assert!(
        renderer
            .insert(2, &GaussianSplats::default().into())
            .is_err()
    );
}

/// Sorts when it is told to.
#[derive(Default)]
struct Desk {
    centers: Vec<[f32; 3]>,
    asked: Vec<Vec<Run>>,
    order: Vec<u32>,
    is_ready: bool,
    is_broken: bool,
}

struct Remote(Rc<RefCell<Desk>>);

impl SplatSorter for Remote {
    fn put(&mut self, first: u32, centers: &[[f32; 3]]) {
        let known = &mut self.0.borrow_mut().centers;
        let first = first as usize;
        known.resize(known.len().max(first + centers.len()), [0.0; 3]);
        known[first..first + centers.len()].copy_from_slice(centers);
    }

    fn sort(&mut self, runs: &[Run]) {
        self.0.borrow_mut().asked.push(runs.to_vec());
    }

    fn poll(&mut self) -> Outcome {
        let desk = &mut *self.0.borrow_mut();
        match (desk.is_broken, std::mem::take(&mut desk.is_ready)) {
            (true, _) => Outcome::Failed,
            (false, false) => Outcome::UnderWay,
            (false, true) => {
                let Some(runs) = desk.asked.last() else {
                    return Outcome::Failed;
                };
                let mut sorter = Sorter::default();
                let centers = |run: usize| &desk.centers[runs[run].first as usize..];
                sorter.sort(runs, |run| centers(run).iter().copied());
                desk.order = sorter.order().to_vec();
                Outcome::Sorted(desk.order.len())
            }
        }
    }

    fn read(&mut self, first: usize, part: &mut [u32]) {
        part.copy_from_slice(&self.0.borrow().order[first..first + part.len()]);
    }
}

#[test]
fn many_splats_are_drawn_with_the_last_order_until_the_next_is_there() {
    let gl = Headless::new().unwrap();
    let desk = Rc::new(RefCell::new(Desk::default()));
    let mut live = renderer(&gl).unwrap();
    live.sort_splats_with(Box::new(Remote(desk.clone())));
    let mut exact = renderer(&gl).unwrap();
    let (many, few): (Node, Node) = (cube(35).into(), cube(5).into());
    for renderer in [&mut live, &mut exact] {
        renderer.insert(0, &many).unwrap();
        renderer.insert(1, &few).unwrap();
        renderer.set_world(1, Mat4::from_translation(Vec3::X));
    }
    let asked = || desk.borrow().asked.len();
    let secs = Cell::new(0.0);
    let later = |live: &mut Renderer| {
        secs.set(secs.get() + 1.0);
        live.complete(secs.get());
    };
    let there = |live: &mut Renderer| {
        desk.borrow_mut().is_ready = true;
        later(live);
        assert!(live.needs_redraw(), "with its new order");
    };
    let (here, other) = (from(Vec3::new(1.0, 0.3, 0.2)), from(Vec3::NEG_X));

    // The first picture does not wait.
    let first = drawn(&gl, &mut live, &here).unwrap();
    assert!(middle(&first)[3] > 200, "{:?}", middle(&first));
    assert!(first != drawn(&gl, &mut exact, &here).unwrap());
    assert!(!live.needs_redraw(), "until there is an order");
    there(&mut live);
    assert!(drawn(&gl, &mut live, &here).unwrap() == drawn(&gl, &mut exact, &here).unwrap());

    // At rest nothing is asked for, nor where the camera only comes nearer.
    let before = asked();
    drawn(&gl, &mut live, &here).unwrap();
    assert_eq!(asked(), before);

    // While one is under way no other one is asked for; then the newest view counts.
    later(&mut live);
    drawn(&gl, &mut live, &other).unwrap();
    drawn(&gl, &mut live, &here).unwrap();
    assert_eq!(asked(), before + 1);
    there(&mut live);
    drawn(&gl, &mut live, &here).unwrap();
    there(&mut live);
    assert!(drawn(&gl, &mut live, &here).unwrap() == drawn(&gl, &mut exact, &here).unwrap());
    assert!(!live.is_unfinished());

    // The next one waits for a moment, without pictures meanwhile, and without being forgotten.
    let before = asked();
    drawn(&gl, &mut live, &other).unwrap();
    assert!(asked() == before + 1, "a second has passed");
    desk.borrow_mut().is_ready = true;
    live.complete(secs.get() + 0.01);
    drawn(&gl, &mut live, &here).unwrap();
    assert_eq!(asked(), before + 1);
    live.complete(secs.get() + 0.02);
    assert!(live.is_unfinished() && !live.needs_redraw());
    live.complete(secs.get() + 0.05);
    assert!(live.needs_redraw());
    drawn(&gl, &mut live, &here).unwrap();
    assert_eq!(asked(), before + 2);
    there(&mut live);
    drawn(&gl, &mut live, &here).unwrap();
    assert!(!live.is_unfinished());

    // What is gone is gone at once, and an order that still has it is not used.
    drawn(&gl, &mut live, &other).unwrap();
    let (rest, changed) = (cube(33).into(), ["buffer"]);
    for renderer in [&mut live, &mut exact] {
        renderer.remove(1);
        renderer.update(0, &rest, &changed).unwrap();
    }
    there(&mut live);
    drawn(&gl, &mut live, &other).unwrap();
    there(&mut live);
    assert!(drawn(&gl, &mut live, &other).unwrap() == drawn(&gl, &mut exact, &other).unwrap());

    // A picture to keep does not wait, and the next live one has its own order.
    let kept = live.snapshot(&here, 64, 64).unwrap();
    assert!(kept == exact.snapshot(&here, 64, 64).unwrap());
    assert!(drawn(&gl, &mut live, &other).unwrap() == drawn(&gl, &mut exact, &other).unwrap());

    // Where it fails, splats are sorted before each picture.
    drawn(&gl, &mut live, &here).unwrap();
    desk.borrow_mut().is_broken = true;
    later(&mut live);
    assert!(drawn(&gl, &mut live, &here).unwrap() == drawn(&gl, &mut exact, &here).unwrap());
}
