//! Labels: anchors, sizes, depth, many.

use super::{Scene, shapes::scattered};
use scenecast::{
    Result, Server,
    scene::{Box, FontSizeMode, Frame, Label, LabelAnchor, Place},
};

pub(super) const SCENES: &[Scene] = &[
    ("label_anchors", label_anchors),
    ("label_sizes", label_sizes),
    ("label_depth", label_depth),
    ("labels_many", labels_many),
];

fn label_anchors(server: &Server) -> Result<()> {
    let anchors = [
        LabelAnchor::TopLeft,
        LabelAnchor::TopCenter,
        LabelAnchor::TopRight,
        LabelAnchor::CenterLeft,
        LabelAnchor::CenterCenter,
        LabelAnchor::CenterRight,
        LabelAnchor::BottomLeft,
        LabelAnchor::BottomCenter,
        LabelAnchor::BottomRight,
    ];
    for (index, anchor) in anchors.into_iter().enumerate() {
        let [x, y] = [index % 3, index / 3].map(|i| 1.3 * i as f64 - 1.3);
        let place = format!("/{index}");
        server
            .scene()
            .add(&place, Frame::new(0.2, 0.01).at([x, y, 0.0]))?;
        let label = Label::new(format!("{anchor:?}\nsecond line")).anchor(anchor);
        server.scene().add(&format!("{place}/label"), label)?;
    }
    Ok(())
}

fn label_sizes(server: &Server) -> Result<()> {
    for (index, size) in [0.7, 1.0, 1.5, 3.0].into_iter().enumerate() {
        let z = 0.4 * index as f64 - 0.8;
        let screen = Label::new(format!("{size} of the usual")).font_screen_scale(size);
        server
            .scene()
            .add(&format!("/screen_{index}"), screen.at([1.4, -1.0, z]))?;
        let height = 0.1 * size;
        let scene = Label::new(format!("{height:.2} high")).font_scene_height(height);
        let scene = scene.font_size_mode(FontSizeMode::Scene);
        server
            .scene()
            .add(&format!("/scene_{index}"), scene.at([-0.6, 1.4, z]))?;
    }
    Ok(())
}

fn label_depth(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/box", Box::new([0.8; 3]).color([120, 180, 240]))?;
    let label = Label::new("behind a box, or in front of it").font_screen_scale(1.4);
    scene.add(
        "/tested",
        label.clone().depth_test(true).at([-0.6, -0.6, 0.3]),
    )?;
    scene.add("/on_top", label.at([-0.6, -0.6, -0.3]))?;
    Ok(())
}

fn labels_many(server: &Server) -> Result<()> {
    for (index, place) in scattered(120, 1.4).into_iter().enumerate() {
        server.scene().add(
            &format!("/{index}"),
            Label::new(format!("n{index}")).at(place),
        )?;
    }
    Ok(())
}
