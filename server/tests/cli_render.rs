//! Pictures on the command line: of recordings and 3D files, without a browser or a screen.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/program.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod program;
#[path = "loaders/samples.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod samples;

use program::file;
use scenecast::{
    Server,
    image::{self, GenericImageView, Rgba},
    scene::{Box, Place},
};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const ANIMATED: &[u8] = include_bytes!("../../shared/tests/fixtures/viser-1.1.1/animated.viser");
const WHITE: Rgba<u8> = Rgba([255; 4]);

/// The program where there is no screen.
fn render(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scenecast"));
    command.arg("render").args(args);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

fn finished(mut command: Command) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command.output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// Draws a picture that nothing is wrong with.
fn picture(args: &[&str], name: &str) -> image::DynamicImage {
    let out = out(name);
    let mut command = render(args);
    command.args(["-o", &out]);
    assert_eq!(finished(command), (Some(0), String::new()), "{args:?}");
    image::open(out).unwrap()
}

fn out(name: &str) -> String {
    let path = file(name, b"");
    fs::remove_file(&path).unwrap();
    path
}

/// A triangle that moves along x by 4 in 2 seconds, as GLB.
fn moving_triangle() -> String {
    let floats: [f32; 17] = [
        -0.4, 0.0, 0.0, 0.4, 0.0, 0.0, 0.0, 0.4, 0.0, // positions
        0.0, 2.0, // times
        0.0, 0.0, 0.0, 4.0, 0.0, 0.0, // translations
    ];
    let binary: Vec<u8> = floats.iter().flat_map(|f| f.to_le_bytes()).collect();
    let mut json = br#"{"asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}], "scene": 0,
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}],
        "materials": [{"doubleSided": true, "pbrMetallicRoughness": {"baseColorFactor": [0.8, 0, 0, 1]}}],
        "animations": [{"samplers": [{"input": 1, "output": 2}],
            "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5126, "count": 2, "type": "SCALAR"},
            {"bufferView": 2, "componentType": 5126, "count": 2, "type": "VEC3"}],
        "bufferViews": [{"buffer": 0, "byteLength": 36},
            {"buffer": 0, "byteOffset": 36, "byteLength": 8},
            {"buffer": 0, "byteOffset": 44, "byteLength": 24}],
        "buffers": [{"byteLength": 68}]}"#
        .to_vec();
    json.resize(json.len().next_multiple_of(4), b' ');
    let word = |number: usize| (number as u32).to_le_bytes();
    let length = 28 + json.len() + binary.len();
    let parts = [
        &b"glTF"[..],
        &word(2),
        &word(length),
        &word(json.len()),
        b"JSON",
        &json,
        &word(binary.len()),
        b"BIN\0",
        &binary,
    ];
    file("moving.glb", &parts.concat())
}

/// The middle of the pixels that are not white, and how many there are.
fn drawn(picture: &image::DynamicImage) -> ([f64; 2], usize) {
    let pixels = picture.pixels().filter(|(_, _, color)| *color != WHITE);
    let pixels: Vec<[f64; 2]> = pixels.map(|(x, y, _)| [x.into(), y.into()]).collect();
    let sum = |axis: usize| pixels.iter().map(|p| p[axis]).sum::<f64>();
    let count = pixels.len() as f64;
    ([sum(0) / count, sum(1) / count], pixels.len())
}

/// A red box that comes at half a second and, at two seconds, moves to the right of the camera.
fn moving_box() -> String {
    let server = Server::builder().port(0).start().unwrap();
    let recording = server.get_scene_serializer();
    recording.insert_sleep(0.5).unwrap();
    let cube = Box::new([0.5; 3]).color([230, 60, 50]);
    let cube = server.scene().add("/cube", cube.at([0.0; 3])).unwrap();
    recording.insert_sleep(1.5).unwrap();
    cube.set_position([0.0, -1.0, 0.0]).unwrap();
    file("moving.viser", &recording.serialize().unwrap())
}

const FRONT: &str = "position=-3,0,0 look_at=0,0,0 fov=60deg";

#[test]
fn a_recording_is_drawn_at_a_time() {
    let recording = moving_box();
    let at = |time: &str| {
        let args = [
            &recording, "--camera", FRONT, "--size", "80x60", "--at", time,
        ];
        picture(&args, &format!("at-{time}.png"))
    };
    assert_eq!(drawn(&at("0")).1, 0);
    for time in ["0.5", "1.99"] {
        let ([x, y], count) = drawn(&at(time));
        assert!(
            (x - 39.5).abs() < 1.0 && (y - 29.5).abs() < 1.0 && count > 60,
            "{x} {y}"
        );
    }
    for time in ["2", "99"] {
        let ([x, y], _) = drawn(&at(time));
        assert!(x > 50.0 && (y - 29.5).abs() < 1.0, "{x} {y}");
    }
    let start = picture(
        &[&recording, "--camera", FRONT, "--size", "80x60"],
        "start.png",
    );
    assert!(start == at("0"), "the scene's own start");
}

#[test]
fn a_recording_of_viser_is_drawn_as_a_film() {
    let recording = file("film.viser", ANIMATED);
    let pattern = out("film-%03d.jpg");
    let mut command = render(&[&recording, "-o", &pattern, "--size", "64x48", "--fps", "2"]);
    command.args(["--from", "0", "--to", "1"]);
    assert_eq!(finished(command), (Some(0), String::new()));
    for number in 0..3 {
        let frame = image::open(pattern.replace("%03d", &format!("00{number}"))).unwrap();
        assert_eq!(frame.dimensions(), (64, 48));
    }
    assert!(!Path::new(&pattern.replace("%03d", "003")).exists());
}

#[test]
fn models_are_drawn_so_that_all_of_them_is_seen() {
    let cloud = file("dots.ply", b"ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n3 4 0\n");
    let glb = file("square.glb", &samples::glb());
    let obj = file("corner.obj", b"v 0 0 0\nv 9000 0 0\nv 0 9000 0\nf 1 2 3\n");
    let stl = file("corner.stl", b"solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n");
    for files in [&[cloud.as_str(), &glb][..], &[&glb], &[&obj], &[&stl]] {
        let args = [files, &["--size", "96x64"]].concat();
        let picture = picture(&args, "model.png");
        let center = picture.view(24, 16, 48, 32).to_image();
        let dark = center
            .pixels()
            .filter(|p| p.0[..3].iter().any(|c| *c < 215));
        assert!(dark.count() > 8, "{files:?}");
    }
}

#[test]
fn models_move_with_the_time() {
    let model = moving_triangle();
    let camera = "position=2,0.2,6 look_at=2,0.2,0 fov=60deg";
    let red_at = |time: &str| {
        let args = [&model, "--camera", camera, "--size", "120x80", "--at", time];
        let picture = picture(&args, "moving.png").to_rgb8();
        let is_red = |p: &image::Rgb<u8>| p.0[0] > 60 && p.0[1] < p.0[0] / 2;
        let red = picture.enumerate_pixels().filter(|(.., p)| is_red(p));
        let columns: Vec<f64> = red.map(|(x, ..)| x.into()).collect();
        columns.iter().sum::<f64>() / columns.len() as f64
    };
    let [start, middle] = ["0", "1"].map(red_at);
    assert!(
        start < 40.0 && (middle - 59.5).abs() < 2.0,
        "{start} {middle}"
    );
}

#[test]
fn backgrounds_are_white_or_as_said() {
    let recording = moving_box();
    let with = |args: &[&str], name: &str| {
        let scene = [
            &recording, "--camera", FRONT, "--size", "80x60", "--at", "1",
        ];
        picture(&[&scene[..], args].concat(), name)
    };
    let white = with(&[], "white.png");
    assert_eq!(white.get_pixel(0, 0), WHITE);
    assert!(white.get_pixel(40, 30).0[0] > 100);
    let blue = with(&["--background", "#0a141e"], "blue.png");
    assert_eq!(blue.get_pixel(0, 0), Rgba([10, 20, 30, 255]));
    assert_eq!(blue.get_pixel(40, 30), white.get_pixel(40, 30));
    for args in [&["--transparent"][..], &["--background", "transparent"]] {
        let clear = with(args, "clear.png");
        assert_eq!(clear.get_pixel(0, 0), Rgba([0; 4]));
        assert_eq!(clear.get_pixel(40, 30), white.get_pixel(40, 30));
    }
    let photo = with(&[], "white.jpg");
    assert_eq!(photo.dimensions(), (80, 60));
}

#[test]
fn what_cannot_be_drawn_is_one_line_and_code_2() {
    let recording = file("good.viser", ANIMATED);
    let broken = file("bad.viser", &ANIMATED[..600]);
    let text = file("bad.ply", b"ply\n");
    let unwritten = out("unwritten.png");
    let good = [recording.as_str(), "-o", &unwritten];
    let with = |args: &'static [&'static str]| [&good[..], args].concat();
    for (args, part) in [
        (vec![&*broken, "-o", &unwritten], "bad.viser, byte 600"),
        (vec![&*text, "-o", &unwritten], "bad.ply"),
        (vec!["absent.viser", "-o", &unwritten], "absent.viser"),
        (vec![&*recording, &*text, "-o", &unwritten], "alone"),
        (vec![&*recording, "-o", "picture.gif"], ".png or .jpg"),
        (
            vec![&*recording, "-o", "no/such/folder/a.png"],
            "no/such/folder",
        ),
        (vec![&*recording, "-o", "a.jpg", "--transparent"], "JPEG"),
        (with(&["--fps", "5"]), "%04d"),
        (with(&["--size", "0x10"]), "1 to 16384"),
        (with(&["--size", "99999x10"]), "1 to 16384"),
        (with(&["--size", "16384x16384"]), "33177600 in all"),
        (with(&["--size", "big"]), "1280x720"),
        (with(&["--camera", "position=NaN,0,0"]), "finite"),
        (with(&["--camera", "fov=0"]), "more than 0"),
        (with(&["--camera", "here"]), "name=value"),
        (with(&["--at", "-1"]), "not negative"),
        (with(&["--at", "NaN"]), "not negative"),
        (with(&["--background", "red"]), "#rrggbb"),
    ] {
        let (code, err) = finished(render(&args));
        assert_eq!(code, Some(2), "{args:?}: {err}");
        assert!(err.contains(part), "{args:?}: {err}");
    }
    assert!(!Path::new(&unwritten).exists());
}

#[test]
fn without_egl_or_a_driver_the_program_says_what_to_install() {
    let recording = file("nothing.viser", ANIMATED);
    let unwritten = out("nothing.png");
    // Libraries that are none, found before the system's.
    let not_a_library = [b'x'; 4096];
    file("libEGL.so", &not_a_library);
    let library = file("libEGL.so.1", &not_a_library);
    let folder = Path::new(&library).parent().unwrap();
    let mut no_library = render(&[&recording, "-o", &unwritten]);
    no_library.env("LD_LIBRARY_PATH", folder);
    let mut no_driver = render(&[&recording, "-o", &unwritten]);
    no_driver.env("__EGL_VENDOR_LIBRARY_FILENAMES", "/dev/null");
    for (command, part) in [(no_library, "libEGL.so.1"), (no_driver, "libgl1-mesa-dri")] {
        let (code, err) = finished(command);
        assert_eq!((code, err.lines().count()), (Some(1), 1), "{err}");
        assert!(
            err.starts_with("scenecast: cannot draw: ") && err.contains(part),
            "{err}"
        );
    }
}
