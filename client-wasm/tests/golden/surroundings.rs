//! Photographs of surroundings: their light, and they themselves behind the scene.

use std::error::Error;
use std::path::Path;

use bytes::Bytes;
use glam::{Quat, Vec3};
use scenecast_client::render::{Camera, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::Wxyz;
use scenecast_protocol::scene::{EnvironmentMap, Icosphere, Material};

use super::picture::Picture;
use super::similarity::compare;
use crate::renderer;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn photograph(name: &str) -> Outcome<EnvironmentMap> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/assets/hdri");
    Ok(map(std::fs::read(folder.join(name))?))
}

fn map(file: Vec<u8>) -> EnvironmentMap {
    EnvironmentMap {
        hdri_data: Some(Bytes::from(file)),
        background: false,
        background_blurriness: 0.0,
        background_intensity: 1.0,
        background_wxyz: Wxyz::IDENTITY,
        environment_intensity: 1.0,
        environment_wxyz: Wxyz::IDENTITY,
    }
}

fn show(renderer: &mut Renderer, map: Option<&EnvironmentMap>) -> Outcome {
    renderer.set_environment(map, Quat::IDENTITY)?;
    renderer.receive_images();
    Ok(())
}

fn draw(gl: &Headless, renderer: &mut Renderer) -> Outcome<Picture> {
    let camera = Camera::look_at(Vec3::new(1.0, 1.0, 2.5), Vec3::ZERO, Vec3::Y, 0.9);
    Ok(Picture::draw(gl.context(), renderer, &camera, [128, 96])?.0)
}

fn ball(renderer: &mut Renderer) -> Outcome {
    renderer.set_default_lights(false, false);
    let ball = Icosphere::default()
        .subdivisions(12u32)
        .color([255, 255, 255]);
    renderer.insert(0, &ball.into())?;
    Ok(())
}

/// Mean of a channel over what is drawn.
fn mean(picture: &Picture) -> f64 {
    let drawn = picture.pixels.iter().filter(|pixel| pixel[3] > 0);
    let values: Vec<f64> = drawn.map(|pixel| f64::from(pixel[0])).collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn a_photograph_lights_as_what_is_known_of_it_beforehand() -> Outcome {
    let gl = Headless::new()?;
    let mut renderer = renderer(&gl)?;
    ball(&mut renderer)?;
    // Of the default surroundings some numbers are known without a photograph.
    let known = draw(&gl, &mut renderer)?;
    show(&mut renderer, Some(&photograph("city.jpg")?))?;
    let measured = draw(&gl, &mut renderer)?;
    let similarity = compare(&measured, &known);
    assert!(similarity.content_ssim > 0.995, "{similarity:?}");
    assert!(similarity.content_difference < 2.0, "{similarity:?}");

    show(&mut renderer, Some(&photograph("night.jpg")?))?;
    let night = draw(&gl, &mut renderer)?;
    assert!(mean(&night) < mean(&known) - 30.0);
    assert!(!renderer.needs_redraw(), "nothing is left to do");

    // The way back.
    show(&mut renderer, None)?;
    assert_eq!(draw(&gl, &mut renderer)?, known);
    let nothing = EnvironmentMap {
        hdri_data: None,
        ..map(Vec::new())
    };
    show(&mut renderer, Some(&nothing))?;
    assert_eq!(mean(&draw(&gl, &mut renderer)?), 0.0);
    Ok(())
}

#[test]
fn light_from_around_turns_and_dims() -> Outcome {
    let gl = Headless::new()?;
    let mut renderer = renderer(&gl)?;
    ball(&mut renderer)?;
    let sunset = photograph("sunset.jpg")?;
    show(&mut renderer, Some(&sunset))?;
    let before = draw(&gl, &mut renderer)?;
    let turned = EnvironmentMap {
        environment_wxyz: Wxyz([0.0, 0.0, 1.0, 0.0]),
        ..sunset.clone()
    };
    show(&mut renderer, Some(&turned))?;
    let after = draw(&gl, &mut renderer)?;
    assert!(compare(&before, &after).content_difference > 4.0);
    let dim = EnvironmentMap {
        environment_intensity: 0.2,
        ..sunset
    };
    show(&mut renderer, Some(&dim))?;
    assert!(mean(&draw(&gl, &mut renderer)?) < mean(&before) / 1.5);
    // Steps of shade know no surroundings.
    let toon = Icosphere::default().material(Material::Toon3);
    renderer.insert(0, &toon.into())?;
    assert_eq!(mean(&draw(&gl, &mut renderer)?), 0.0);
    Ok(())
}

#[test]
fn a_photograph_is_seen_behind_the_scene() -> Outcome {
    let gl = Headless::new()?;
    let mut renderer = renderer(&gl)?;
    let sharp = EnvironmentMap {
        background: true,
        ..photograph("warehouse.jpg")?
    };
    let mut with = |map: EnvironmentMap| {
        show(&mut renderer, Some(&map))?;
        draw(&gl, &mut renderer)
    };
    let picture = with(sharp.clone())?;
    assert!(picture.pixels.iter().all(|pixel| pixel[3] == 255));
    // How much neighbours differ.
    let roughness = |picture: &Picture| -> f64 {
        let pairs = picture.pixels.windows(2);
        pairs.map(|p| f64::from(p[0][1].abs_diff(p[1][1]))).sum()
    };
    let blurred = with(EnvironmentMap {
        background_blurriness: 0.5,
        ..sharp.clone()
    })?;
    assert!(roughness(&blurred) < roughness(&picture) / 3.0);
    let dim = with(EnvironmentMap {
        background_intensity: 0.2,
        ..sharp.clone()
    })?;
    assert!(mean(&dim) < mean(&picture) / 1.5);
    let turned = with(EnvironmentMap {
        background_wxyz: Wxyz([0.0, 0.0, 1.0, 0.0]),
        ..sharp.clone()
    })?;
    assert!(compare(&turned, &picture).mean_difference > 10.0);
    let hidden = with(EnvironmentMap {
        background: false,
        ..sharp
    })?;
    assert!(hidden.pixels.iter().all(|pixel| pixel[3] == 0));
    Ok(())
}

#[test]
fn other_files_leave_the_surroundings_as_they_were() -> Outcome {
    let gl = Headless::new()?;
    let mut renderer = renderer(&gl)?;
    ball(&mut renderer)?;
    let before = draw(&gl, &mut renderer)?;
    let city = photograph("city.jpg")?.hdri_data.unwrap_or_default();
    for file in [b"no JPEG".to_vec(), city[..9000].to_vec(), Vec::new()] {
        let error = renderer.set_environment(Some(&map(file)), Quat::IDENTITY);
        assert!(error.is_err());
    }
    // It is named only once it is decoded.
    let cut = map(city[..city.len() - 4000].to_vec());
    renderer.set_environment(Some(&cut), Quat::IDENTITY)?;
    let failures = renderer.receive_images();
    assert!(failures.iter().all(|(owner, _)| owner.is_none()));
    let picture = draw(&gl, &mut renderer)?;
    assert!(failures.is_empty() || picture == before);
    Ok(())
}
