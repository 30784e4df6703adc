//! Values that viser.transforms gave: `record_with_viser.py`.

use super::{Group, near, near_rows};
use scenecast::transforms::{SE2, SE3, SO2, SO3};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    tangent: Vec<f64>,
    parameters: Vec<f64>,
    log: Vec<f64>,
    matrix: Vec<Vec<f64>>,
    adjoint: Vec<Vec<f64>>,
    inverse: Vec<f64>,
    other: Vec<f64>,
    product: Vec<f64>,
    point: Vec<f64>,
    applied: Vec<f64>,
    rpy: Option<[f64; 3]>,
}

fn check<G: Group>(name: &str, from_parameters: impl Fn(&[f64]) -> G) {
    let recorded: BTreeMap<String, Vec<Case>> =
        serde_json::from_str(include_str!("viser.json")).unwrap();
    let cases = &recorded[name];
    assert_eq!(cases.len(), 8);
    for case in cases {
        let ours = G::exp(&case.tangent);
        let shown = format!("{name}, exp({:?})", case.tangent);
        assert!(near(&ours.parameters(), &case.parameters), "{shown}");
        assert!(near(&ours.log(), &case.log), "{shown}: {:?}", ours.log());
        assert!(near_rows(&ours.matrix(), &case.matrix), "{shown}");
        assert!(near_rows(&ours.adjoint(), &case.adjoint), "{shown}");
        assert!(near(&ours.inverse().parameters(), &case.inverse), "{shown}");
        let product = ours.multiply(from_parameters(&case.other));
        assert!(near(&product.parameters(), &case.product), "{shown}");
        assert!(near(&ours.apply(&case.point), &case.applied), "{shown}");
        if let (Some(theirs), &[w, x, y, z]) = (case.rpy, case.parameters.as_slice()) {
            let angles = SO3::from_quaternion_wxyz([w, x, y, z]).as_rpy_radians();
            let angles = [angles.roll, angles.pitch, angles.yaw];
            assert!(near(&angles, &theirs), "{shown}: {angles:?}");
        }
    }
}

#[test]
fn so2_computes_as_viser_does() {
    check("SO2", |p| SO2::from_unit_complex([p[0], p[1]]));
}

#[test]
fn se2_computes_as_viser_does() {
    check("SE2", |p| {
        SE2::new(SO2::from_unit_complex([p[0], p[1]]), [p[2], p[3]])
    });
}

#[test]
fn so3_computes_as_viser_does() {
    check("SO3", |p| {
        SO3::from_quaternion_wxyz([p[0], p[1], p[2], p[3]])
    });
}

#[test]
fn se3_computes_as_viser_does() {
    check("SE3", |p| {
        let rotation = SO3::from_quaternion_wxyz([p[0], p[1], p[2], p[3]]);
        SE3::new(rotation, [p[4], p[5], p[6]])
    });
}
