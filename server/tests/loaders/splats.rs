use super::{
    only, refused,
    samples::{SPLATS, SPLATS_PLY},
};
use scenecast::loaders::{
    Format::{self, Ply, Splat},
    Geometry, Splats, load_bytes,
};
use serde::Deserialize;

fn splats(format: Format, bytes: &[u8]) -> Splats {
    match only(load_bytes(format, "t", bytes).unwrap().items).geometry {
        Geometry::Splats(splats) => splats,
        other => panic!("{other:?}"),
    }
}

/// What viser sends for the same files: `splats/record_with_viser.py`.
#[derive(Deserialize)]
struct Recorded {
    ply: Vec<[u32; 8]>,
    splat: Vec<[u32; 8]>,
    rest: Vec<Vec<f32>>,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("splats/viser.json")).unwrap()
}

/// Asserts that splats are packed to the same words, but for rounding of the last digit.
fn check(splats: &Splats, theirs: &[[u32; 8]]) {
    let ours = splats.to_node().unwrap().buffer;
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours[..4], theirs[..4]);
        for (ours, theirs) in ours[4..7].iter().zip(&theirs[4..7]) {
            for shift in [0, 16] {
                let half = |word: u32| (word >> shift & 0xffff) as i32;
                assert!(
                    (half(*ours) - half(*theirs)).abs() <= 1,
                    "{ours:x} {theirs:x}"
                );
            }
        }
        let bytes = ours[7]
            .to_le_bytes()
            .into_iter()
            .zip(theirs[7].to_le_bytes());
        for (ours, theirs) in bytes {
            assert!(ours.abs_diff(theirs) <= 1, "{ours} {theirs}");
        }
    }
}

#[test]
fn files_become_what_viser_makes_of_them() {
    let recorded = recorded();
    check(&splats(Ply, SPLATS_PLY), &recorded.ply);
    check(&splats(Splat, SPLATS), &recorded.splat);
}

#[test]
fn harmonics_are_kept_splat_by_splat() {
    let splats = splats(Ply, SPLATS_PLY);
    let harmonics = splats.harmonics.unwrap();
    assert_eq!((harmonics.degree, harmonics.per_splat()), (3, 15));
    let rows = harmonics.coefficients.chunks_exact(15).zip(recorded().rest);
    for (ours, theirs) in rows {
        for (coefficient, rgb) in ours.iter().enumerate() {
            let theirs = [0, 15, 30].map(|channel| theirs[channel + coefficient]);
            let near = rgb.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-5);
            assert!(near, "{rgb:?} {theirs:?}");
        }
    }
}

/// A file of text with the columns of splats and some more.
fn text(more: &str, rows: &[String]) -> Vec<u8> {
    let columns =
        "x y z scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3 f_dc_0 f_dc_1 f_dc_2 opacity";
    let columns = columns.split(' ').chain(more.split_whitespace());
    let properties: String = columns.map(|c| format!("property float {c}\n")).collect();
    let rows = (rows.len(), rows.join("\n"));
    format!(
        "ply\nformat ascii 1.0\nelement vertex {}\n{properties}end_header\n{}",
        rows.0, rows.1
    )
    .into()
}

#[test]
fn numbers_mean_what_they_say() {
    let row = "1 2 3 0 0.6931472 -0.6931472 0 0 0 2 0 1.7724539 -1.7724539 0".to_owned();
    let splats = splats(Ply, &text("", &[row]));
    assert_eq!(splats.centers, [[1.0, 2.0, 3.0]]);
    let near = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
    assert!(near(&splats.scales[0], &[1.0, 2.0, 0.5]));
    // Half a turn about z leaves the axes where they are.
    assert_eq!(splats.wxyzs, [[0.0, 0.0, 0.0, 1.0]]);
    let [x, y, z] = splats.covariances()[0];
    assert!(
        near(&x, &[1.0, 0.0, 0.0]) && near(&y, &[0.0, 4.0, 0.0]) && near(&z, &[0.0, 0.0, 0.25])
    );
    assert!(near(&splats.colors[0], &[0.5, 1.0, 0.0]));
    assert_eq!(splats.opacities, [0.5]);
    assert_eq!(splats.harmonics, None);
}

#[test]
fn what_is_not_finite_is_left_out_with_all_that_belongs_to_it() {
    let row = |x: &str, scale: &str, w: &str, rest: &str| {
        format!("{x} 0 0 {scale} 0 0 {w} 0 0 0 0 0 0 0 {rest}")
    };
    let names: Vec<String> = (0..9).map(|i| format!("f_rest_{i}")).collect();
    let rest = |first: &str| format!("{first} 1 2 3 4 5 6 7 8");
    let file = text(
        &names.join(" "),
        &[
            row("nan", "0", "1", &rest("9")),
            row("1", "9999", "1", &rest("9")),
            row("2", "0", "0", &rest("9")),
            row("3", "0", "1", &rest("nan")),
        ],
    );
    let splats = splats(Ply, &file);
    assert_eq!(splats.centers, [[3.0, 0.0, 0.0]]);
    let harmonics = splats.harmonics.unwrap();
    assert_eq!(harmonics.degree, 1);
    assert_eq!(
        harmonics.coefficients,
        [[0.0, 3.0, 6.0], [1.0, 4.0, 7.0], [2.0, 5.0, 8.0]]
    );
}

#[test]
fn damaged_files_are_refused() {
    refused(Splat, &SPLATS[..33], "byte 0: splats take 32 bytes each");
    refused(Splat, &[], "neither points nor triangles nor splats");
    refused(
        Ply,
        &SPLATS_PLY[..SPLATS_PLY.len() - 9],
        "the header promises 12 rows",
    );
}
