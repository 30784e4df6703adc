//! What holds in every group, for any of its elements.

use super::{Group, near, same};
use proptest::{prelude::*, test_runner::TestCaseResult};
use scenecast::transforms::{SE2, SE3, SO2, SO3};

/// Elements that any other is as likely as, from numbers that the test runner chooses.
fn element<G: Group>() -> impl Strategy<Value = G> {
    prop::collection::vec(0.0..1.0, 6).prop_map(|numbers| {
        let mut numbers = numbers.into_iter();
        G::sample_uniform(&mut || numbers.next().unwrap_or(0.5))
    })
}

fn numbers(count: usize, range: f64) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-range..range, count)
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    let row = |row: &Vec<f64>| row.iter().zip(vector).map(|(a, b)| a * b).sum();
    matrix.iter().map(row).collect()
}

fn are_a_group<G: Group>(a: G, b: G, c: G) -> TestCaseResult {
    let one = G::identity();
    prop_assert!(same(a.multiply(b).multiply(c), a.multiply(b.multiply(c))));
    prop_assert!(same(a.multiply(one), a));
    prop_assert!(same(one.multiply(a), a));
    prop_assert!(same(a.multiply(a.inverse()), one));
    prop_assert!(same(a.inverse().multiply(a), one));
    Ok(())
}

fn act_on_points<G: Group>(a: G, b: G, point: &[f64]) -> TestCaseResult {
    prop_assert!(near(&a.multiply(b).apply(point), &a.apply(&b.apply(point))));
    let matrix = a.matrix();
    let mut homogeneous = point.to_vec();
    homogeneous.resize(matrix.len(), 1.0);
    let by_matrix = times(&matrix, &homogeneous);
    prop_assert!(near(&a.apply(point), &by_matrix[..G::SPACE]));
    Ok(())
}

fn come_back<G: Group>(a: G, tangent: &[f64]) -> TestCaseResult {
    prop_assert!(same(a.through_matrix(), a));
    prop_assert!(same(G::exp(&a.log()), a));
    prop_assert!(near(&G::exp(tangent).log(), tangent));
    Ok(())
}

fn times_add_up<G: Group>(tangent: &[f64], share: f64) -> TestCaseResult {
    let part = |share: f64| {
        let scaled: Vec<f64> = tangent.iter().map(|v| v * share).collect();
        G::exp(&scaled)
    };
    prop_assert!(same(part(share).multiply(part(1.0 - share)), part(1.0)));
    Ok(())
}

fn adjoints_carry_tangents<G: Group>(a: G, tangent: &[f64]) -> TestCaseResult {
    let carried = times(&a.adjoint(), tangent);
    prop_assert!(same(
        a.multiply(G::exp(tangent)),
        G::exp(&carried).multiply(a)
    ));
    Ok(())
}

fn interpolation_leads_across<G: Group>(a: G, b: G, share: f64) -> TestCaseResult {
    prop_assert!(same(a.interpolate(b, 0.0), a));
    prop_assert!(same(a.interpolate(b, 1.0), b));
    // Half a turn may be turned either way.
    let way = a.inverse().multiply(b).log();
    let turn = &way[way.len() - G::TURN..];
    prop_assume!(turn.iter().map(|v| v * v).sum::<f64>().sqrt() < 3.1);
    prop_assert!(same(a.interpolate(b, share), b.interpolate(a, 1.0 - share)));
    Ok(())
}

macro_rules! laws {
    ($module:ident, $Group:ident) => {
        mod $module {
            use super::*;

            proptest! {
                #[test]
                fn are_a_group(a in element(), b in element(), c in element()) {
                    super::are_a_group::<$Group>(a, b, c)?;
                }

                #[test]
                fn act_on_points(a in element(), b in element(), p in numbers($Group::SPACE, 3.0)) {
                    super::act_on_points::<$Group>(a, b, &p)?;
                }

                #[test]
                fn come_back(a in element(), tangent in numbers($Group::TANGENT, 1.7)) {
                    super::come_back::<$Group>(a, &tangent)?;
                }

                #[test]
                fn times_add_up(tangent in numbers($Group::TANGENT, 1.0), share in 0.0..1.0) {
                    super::times_add_up::<$Group>(&tangent, share)?;
                }

                #[test]
                fn adjoints_carry_tangents(
                    a in element(),
                    tangent in numbers($Group::TANGENT, 1.0),
                ) {
                    super::adjoints_carry_tangents::<$Group>(a, &tangent)?;
                }

                #[test]
                fn interpolation_leads_across(a in element(), b in element(), share in 0.0..1.0) {
                    super::interpolation_leads_across::<$Group>(a, b, share)?;
                }
            }
        }
    };
}

laws!(so2, SO2);
laws!(se2, SE2);
laws!(so3, SO3);
laws!(se3, SE3);

proptest! {
    #[test]
    fn angles_of_rotations_come_back(
        roll in -3.1..3.1,
        pitch in -1.5..1.5,
        yaw in -3.1..3.1,
    ) {
        let angles = SO3::from_rpy_radians(roll, pitch, yaw).as_rpy_radians();
        prop_assert!(near(&[angles.roll, angles.pitch, angles.yaw], &[roll, pitch, yaw]));
    }

    #[test]
    fn any_quaternion_can_be_normalized(wxyz in prop::array::uniform4(any::<f64>())) {
        let normalized = SO3::from_quaternion_wxyz(wxyz).normalize().parameters();
        let length: f64 = normalized.iter().map(|part| part * part).sum();
        prop_assert!((length - 1.0).abs() < 1e-9, "{length}");
    }
}

#[test]
fn half_turns_have_logarithms() {
    for axis in [[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.6, 0.8]] {
        let [x, y, z] = axis;
        let turn = SO3::from_quaternion_wxyz([0.0, x, y, z]);
        let angle = turn.log().length();
        assert!((angle - std::f64::consts::PI).abs() < 1e-12, "{angle}");
        let pose = SE3::new(turn, [1.0, 2.0, 3.0]);
        assert!(same(<SE3 as Group>::exp(&SE3::log(pose)), pose));
    }
    let pose = SE2::from_xy_theta(1.0, 2.0, std::f64::consts::PI);
    assert!(same(SE2::exp(pose.log()), pose));
}

#[test]
fn samples_are_spread_evenly() {
    let mut state = 1_u64;
    let mut random = || {
        // An LCG (Knuth) is random enough to see a wrong distribution.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let count = 4000;
    let mut mean = [0.0; 3];
    for _ in 0..count {
        let turned = SO3::sample_uniform(&mut random) * glam::DVec3::X;
        for (sum, part) in mean.iter_mut().zip(turned.to_array()) {
            *sum += part / f64::from(count);
        }
    }
    assert!(mean.iter().all(|part| part.abs() < 0.05), "{mean:?}");
}
