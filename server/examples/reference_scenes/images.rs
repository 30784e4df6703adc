//! Images: in the scene, in camera frustums, behind everything.

use super::{
    Scene,
    shapes::{checkers, disc},
};
use scenecast::{
    Result, Server, Wxyz,
    scene::{
        Background, Box, CameraFrustum, FrustumVariant, Icosphere, Image, Picture, Place,
        ShowsPicture, ThicknessUnits,
    },
};
use std::f64::consts::{FRAC_PI_2, TAU};

pub(super) const SCENES: &[Scene] = &[
    ("images", images),
    ("image_shrunk", image_shrunk),
    ("frustums", frustums),
    ("frustums_filled", frustums_filled),
    ("frustums_many", frustums_many),
    ("background", background),
    ("background_depth", background_depth),
];

fn upright() -> Wxyz {
    Wxyz::from_axis_angle([1.0, 0.0, 0.0], -FRAC_PI_2)
}

fn images(server: &Server) -> Result<()> {
    let scene = server.scene();
    let png = Image::new(1.6, 1.2).with_image(checkers(64, 48)?.png())?;
    scene.add("/png", png.at([0.0, 0.6, 0.4]).turned(upright()))?;
    let jpeg = Image::new(1.2, 0.9).with_image(checkers(64, 48)?.jpeg(60))?;
    scene.add("/jpeg", jpeg.at([1.4, 0.0, 0.0]))?;
    let translucent = Image::new(0.9, 0.9).with_image(disc(64)?)?;
    scene.add("/disc", translucent.at([0.2, -0.6, 0.3]).turned(upright()))?;
    let scaled = Image::new(1.0, 1.0).scale([1.4, 0.6, 1.0]);
    let turned = Wxyz::from_axis_angle([0.0, 1.0, 0.0], 2.4);
    let scaled = scaled.with_image(checkers(32, 32)?.png())?;
    scene.add("/scaled", scaled.at([-1.3, -0.3, 0.0]).turned(turned))?;
    Ok(())
}

/// Many pixels of the image for one of the screen.
fn image_shrunk(server: &Server) -> Result<()> {
    let image = Image::new(1.5, 1.5).with_image(checkers(1024, 1024)?.jpeg(85))?;
    server.scene().add("/image", image.turned(upright()))?;
    Ok(())
}

fn frustums(server: &Server) -> Result<()> {
    let scene = server.scene();
    let plain = CameraFrustum::new(1.0, 1.5).scale(0.5);
    scene.add(
        "/plain",
        plain.clone().at([-1.2, 0.0, 0.0]).turned(upright()),
    )?;
    let thick = plain.clone().thickness(0.06).color([200, 40, 90]);
    scene.add("/thick", thick.turned(upright()))?;
    let screen = plain
        .clone()
        .thickness(3.0)
        .thickness_units(ThicknessUnits::Screen);
    scene.add("/screen", screen.at([1.2, 0.0, 0.0]).turned(upright()))?;
    let image = plain.clone().with_image(checkers(96, 64)?)?;
    scene.add("/image", image.at([0.6, 1.0, 0.4]).turned(upright()))?;
    let stretched = plain.scale([0.8, 0.4, 0.6]).aspect(1.0).fov(0.6);
    scene.add("/stretched", stretched.at([-0.8, -1.2, 0.0]))?;
    Ok(())
}

fn frustums_filled(server: &Server) -> Result<()> {
    let scene = server.scene();
    let filled = CameraFrustum::new(1.2, 1.0)
        .scale(0.6)
        .variant(FrustumVariant::Filled);
    let filled = filled.color([20, 120, 220]);
    scene.add(
        "/filled",
        filled.clone().at([-0.8, 0.0, 0.0]).turned(upright()),
    )?;
    let image = filled.with_image(checkers(64, 64)?.png())?;
    scene.add("/image", image.at([0.8, 0.0, 0.0]).turned(upright()))?;
    Ok(())
}

fn frustums_many(server: &Server) -> Result<()> {
    for index in 0..40_u8 {
        let angle = TAU * f64::from(index) / 20.0;
        let place = [
            1.5 * angle.cos(),
            1.5 * angle.sin(),
            0.03 * f64::from(index) - 0.6,
        ];
        let outwards = Wxyz::from_axis_angle([0.0, 0.0, 1.0], angle - FRAC_PI_2);
        let camera = CameraFrustum::new(0.8, 4.0 / 3.0).scale(0.12);
        let camera = camera.color([6 * index, 40, 200 - 4 * index]);
        let arm = format!("/arm_{index}");
        let arm_frame = scenecast::scene::Frame::default().show_axes(false);
        server
            .scene()
            .add(&arm, arm_frame.at(place).turned(outwards))?;
        server
            .scene()
            .add(&format!("{arm}/camera"), camera.turned(upright()))?;
    }
    Ok(())
}

fn background(server: &Server) -> Result<()> {
    server
        .scene()
        .set_background_image(checkers(160, 120)?.jpeg(90))?;
    server
        .scene()
        .add("/ball", Icosphere::new(0.7).color([255, 120, 0]))?;
    Ok(())
}

/// The left half is in front of the box, the right one behind it.
fn background_depth(server: &Server) -> Result<()> {
    let (width, height) = (80, 60);
    let depth: Vec<f32> = (0..height)
        .flat_map(|_| (0..width).map(|x| if x < width / 2 { 3.0 } else { 9.0 }))
        .collect();
    let picture: Picture = checkers(width, height)?.png();
    server
        .scene()
        .set_background_image(Background::from(picture).depth(width, height, &depth)?)?;
    server
        .scene()
        .add("/box", Box::new([1.6, 1.6, 0.8]).color([220, 120, 40]))?;
    Ok(())
}
