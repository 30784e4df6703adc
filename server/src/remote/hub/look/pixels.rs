//! Clouds of points, and pictures.

use super::{
    Prop, Suffix,
    pose::{self, Linear},
    tint,
};
use crate::scene::{Image, Node, Picture, PointCloud, PointShading, PointShape, Points, Precision};
use scenecast_protocol::{Array, Wire, Wxyz};
use scenecast_remote::{
    Renderable,
    renderable::{Images, PointClouds},
};

pub(super) const IMAGE: Suffix = "/image";

/// A viewer's images have their top at negative y, and are seen from negative z.
pub(super) const UPRIGHT: Wxyz = Wxyz([0.0, 1.0, 0.0, 0.0]);

pub(super) fn cloud(clouds: &PointClouds) -> Node {
    PointCloud::default()
        .point_size(f64::from(clouds.point_size))
        .point_shape(PointShape::Circle)
        .point_shading(PointShading::Flat)
        .precision(Precision::Float32)
        .into()
}

pub(super) fn cloud_props(
    node: &Renderable,
    clouds: &PointClouds,
    frame: usize,
    linear: Option<Linear>,
    whole: bool,
) -> Vec<Prop> {
    let points = pose::points(clouds.positions.at(frame), linear);
    let mut props = vec![("points", Points::F32(points).to_value())];
    let colors: Option<Vec<[u8; 3]>> = match &clouds.colors {
        None => whole.then(|| vec![tint::rgb(node.color).0]),
        Some(colors) if whole || colors.len() > 1 => {
            let channels = colors.shape().last().copied().unwrap_or(3).max(3);
            let row = |row: &[f32]| tint::rgb([row[0], row[1], row[2], 1.0]).0;
            let frame = colors.at(frame);
            frame.map(|frame| frame.chunks_exact(channels).map(row).collect())
        }
        Some(_) => None,
    };
    props.extend(colors.map(|colors| ("colors", Array::from(colors).to_value())));
    props
}

pub(super) fn image(images: &Images) -> Node {
    Image::new(f64::from(images.width), f64::from(images.height)).into()
}

pub(super) fn image_props(images: &Images, frame: usize) -> Vec<Prop> {
    let picture = images.rgba(frame).and_then(|(columns, rows, pixels)| {
        let picture = Picture::rgba(columns, rows, pixels).ok()?;
        picture.encode().ok()
    });
    // A picture of these sides can be compressed; if not, the last one stays.
    picture.map_or_else(Vec::new, |(format, data)| {
        vec![("_format", format.to_value()), ("_data", data.to_value())]
    })
}
