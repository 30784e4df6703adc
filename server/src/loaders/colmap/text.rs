//! The files of text: a row in each line, lines with `#` in front are comments.

use super::{Camera, CameraModel, Image, Keypoint, Point3D, binary::known};
use crate::loaders::{LoadError, input::Input};
use std::{collections::BTreeMap, str::FromStr};

pub(super) fn cameras(input: &mut Input) -> Result<BTreeMap<u32, Camera>, LoadError> {
    let mut cameras = BTreeMap::new();
    while let Some(line) = row(input)? {
        let read = || {
            let mut words = Words::of(&line);
            let id = words.number("the camera's id")?;
            let name = words.word("the camera's model")?;
            let model = CameraModel::from_name(name)
                .ok_or_else(|| format!("`{}` is no camera model", shown(name)))?;
            let (width, height) = (words.number("the width")?, words.number("the height")?);
            let params = (0..model.num_params()).map(|_| words.finite("a parameter"));
            let camera = Camera {
                model,
                width,
                height,
                params: params.collect::<Result<_, _>>()?,
            };
            Ok((id, camera))
        };
        let (id, camera) = read().map_err(|problem: String| input.bad_line(problem))?;
        cameras.insert(id, camera);
    }
    Ok(cameras)
}

/// Each image has two lines: the second holds its keypoints and may be empty.
pub(super) fn images(input: &mut Input) -> Result<BTreeMap<u32, Image>, LoadError> {
    let mut images = BTreeMap::new();
    while let Some(line) = row(input)? {
        let (id, mut image) = image(&line).map_err(|problem| input.bad_line(problem))?;
        if let Some(line) = input.line()? {
            let line = String::from_utf8_lossy(line).into_owned();
            image.keypoints = keypoints(&line).map_err(|problem| input.bad_line(problem))?;
        }
        images.insert(id, image);
    }
    Ok(images)
}

fn image(line: &str) -> Result<(u32, Image), String> {
    let mut words = Words::of(line);
    let id = words.number("the image's id")?;
    let mut pose = || words.finite("the image's pose");
    let qvec = [pose()?, pose()?, pose()?, pose()?];
    let tvec = [pose()?, pose()?, pose()?];
    let image = Image {
        qvec,
        tvec,
        camera_id: words.number("the camera's id")?,
        // Names may have spaces in them.
        name: words.rest().to_owned(),
        keypoints: Vec::new(),
    };
    if image.name.is_empty() {
        return Err("the line ends before the image's name".to_owned());
    }
    Ok((id, image))
}

fn keypoints(line: &str) -> Result<Vec<Keypoint>, String> {
    let mut words = Words::of(line);
    let mut keypoints = Vec::new();
    while !words.rest().is_empty() {
        let xy = [words.number("x")?, words.number("y")?];
        let id: i64 = words.number("the id of a point")?;
        keypoints.push(Keypoint {
            xy,
            point3d_id: known(id as u64),
        });
    }
    Ok(keypoints)
}

pub(super) fn points(input: &mut Input) -> Result<BTreeMap<u64, Point3D>, LoadError> {
    let mut points = BTreeMap::new();
    while let Some(line) = row(input)? {
        let (id, point) = point(&line).map_err(|problem| input.bad_line(problem))?;
        points.insert(id, point);
    }
    Ok(points)
}

fn point(line: &str) -> Result<(u64, Point3D), String> {
    let mut words = Words::of(line);
    let id = words.number("the point's id")?;
    let mut position = || words.number("the position");
    let xyz = [position()?, position()?, position()?];
    let mut channel = || words.number("the colour");
    let mut point = Point3D {
        xyz,
        rgb: [channel()?, channel()?, channel()?],
        error: words.number("the error")?,
        track: Vec::new(),
    };
    while !words.rest().is_empty() {
        let (image, keypoint) = (words.number("an image's id")?, words.number("a keypoint")?);
        point.track.push((image, keypoint));
    }
    Ok((id, point))
}

/// The next line that is neither empty nor a comment.
fn row(input: &mut Input) -> Result<Option<String>, LoadError> {
    while let Some(line) = input.line()? {
        let line = line.trim_ascii();
        if !line.is_empty() && !line.starts_with(b"#") {
            return Ok(Some(String::from_utf8_lossy(line).into_owned()));
        }
    }
    Ok(None)
}

/// The words of a line.
struct Words<'a>(&'a str);

impl<'a> Words<'a> {
    fn of(line: &'a str) -> Self {
        Self(line.trim())
    }

    /// What has not been taken, without spaces around it.
    fn rest(&self) -> &'a str {
        self.0
    }

    fn word(&mut self, what: &str) -> Result<&'a str, String> {
        let (word, rest) = self
            .0
            .split_once(|c: char| c.is_ascii_whitespace())
            .unwrap_or((self.0, ""));
        if word.is_empty() {
            return Err(format!("the line ends before {what}"));
        }
        self.0 = rest.trim_start();
        Ok(word)
    }

    fn number<T: FromStr>(&mut self, what: &str) -> Result<T, String> {
        let word = self.word(what)?;
        let bad = |_| format!("`{}` cannot be {what}", shown(word));
        word.parse().map_err(bad)
    }

    fn finite(&mut self, what: &str) -> Result<f64, String> {
        let number: f64 = self.number(what)?;
        if number.is_finite() {
            Ok(number)
        } else {
            Err(format!("{number} cannot be {what}"))
        }
    }
}

fn shown(word: &str) -> String {
    word.chars().take(40).collect()
}
