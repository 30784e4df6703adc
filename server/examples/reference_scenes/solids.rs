//! Boxes, balls and cylinders, with each option of theirs; and how nodes stand in one another.

use super::Scene;
use scenecast::{
    Result, Server, Wxyz,
    scene::{Box, Cylinder, Frame, Icosphere, Material, Place, Side},
};

pub(super) const SCENES: &[Scene] = &[
    ("box_looks", box_looks),
    ("icosphere_subdivisions", icosphere_subdivisions),
    ("icosphere_looks", icosphere_looks),
    ("cylinder_segments", cylinder_segments),
    ("cylinder_looks", cylinder_looks),
    ("opacity", opacity),
    ("scale", scale),
    ("poses_in_poses", poses_in_poses),
    ("visibility", visibility),
];

fn box_looks(server: &Server) -> Result<()> {
    let plain = Box::new([0.6, 0.5, 0.7]).color([230, 120, 40]);
    let looks = [
        plain.clone(),
        plain.clone().flat_shading(false),
        plain.clone().wireframe(true),
        plain.clone().opacity(Some(0.4)),
        plain.clone().material(Material::Toon3),
        plain.clone().material(Material::Toon5),
        plain.clone().side(Side::Back),
        plain.side(Side::Double).opacity(Some(0.6)),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let [x, y] = [index % 4, index / 4].map(|i| i as f64);
        server
            .scene()
            .add(&format!("/{index}"), look.at([x - 1.5, 1.2 * y - 0.6, 0.0]))?;
    }
    Ok(())
}

fn icosphere_subdivisions(server: &Server) -> Result<()> {
    for count in 0..6_u32 {
        let ball = Icosphere::new(0.45)
            .subdivisions(count)
            .color([40, 120, 230]);
        let [x, y] = [count % 3, count / 3].map(f64::from);
        server.scene().add(
            &format!("/{count}"),
            ball.at([1.1 * x - 1.1, 1.1 * y - 0.5, 0.0]),
        )?;
    }
    Ok(())
}

fn icosphere_looks(server: &Server) -> Result<()> {
    let plain = Icosphere::new(0.5).color([60, 190, 90]);
    let looks = [
        plain.clone().flat_shading(true),
        plain.clone().wireframe(true),
        plain.clone().opacity(Some(0.5)),
        plain.clone().material(Material::Toon3),
        plain.clone().material(Material::Toon5),
        plain.side(Side::Back),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let [x, y] = [index % 3, index / 3].map(|i| i as f64);
        server.scene().add(
            &format!("/{index}"),
            look.at([1.1 * x - 1.1, 1.1 * y - 0.5, 0.0]),
        )?;
    }
    Ok(())
}

fn cylinder_segments(server: &Server) -> Result<()> {
    for (index, segments) in [3_u32, 4, 6, 12, 64].into_iter().enumerate() {
        let can = Cylinder::new(0.35, 0.9)
            .color([200, 60, 160])
            .radial_segments(segments);
        let x = index as f64 - 2.0;
        let scene = server.scene();
        scene.add(
            &format!("/smooth_{segments}"),
            can.clone().at([0.9 * x, -0.5, 0.0]),
        )?;
        scene.add(
            &format!("/flat_{segments}"),
            can.flat_shading(true).at([0.9 * x, 0.5, 0.0]),
        )?;
    }
    Ok(())
}

fn cylinder_looks(server: &Server) -> Result<()> {
    let plain = Cylinder::new(0.4, 0.8).color([240, 180, 40]);
    let looks = [
        plain.clone().wireframe(true),
        plain.clone().opacity(Some(0.5)),
        plain.clone().material(Material::Toon3),
        plain.clone().material(Material::Toon5),
        plain.side(Side::Back),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let tilted = Wxyz::from_axis_angle([1.0, 0.0, 0.0], 0.4 * index as f64);
        let place = [index as f64 - 2.0, 0.0, 0.0];
        server
            .scene()
            .add(&format!("/{index}"), look.at(place).turned(tilted))?;
    }
    Ok(())
}

fn opacity(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/solid", Icosphere::new(0.4).color([60, 60, 60]))?;
    for (index, opacity) in [0.2, 0.4, 0.6, 0.8, 1.0].into_iter().enumerate() {
        let color = [250 - 40 * index as u8, 60, 50 * index as u8];
        let pane = Box::new([0.05, 1.6, 1.2])
            .color(color)
            .opacity(Some(opacity));
        scene.add(
            &format!("/pane_{index}"),
            pane.at([0.5 * index as f64 - 1.0, 0.0, 0.0]),
        )?;
    }
    Ok(())
}

fn scale(server: &Server) -> Result<()> {
    let scene = server.scene();
    let ball = Icosphere::new(0.4).color([90, 200, 255]);
    scene.add("/half", ball.clone().scale(0.5).at([-1.2, 0.0, 0.0]))?;
    scene.add("/stretched", ball.clone().scale([0.5, 0.8, 1.8]))?;
    scene.add(
        "/mirrored",
        ball.scale([1.0, -0.6, 1.0]).at([1.2, 0.0, 0.0]),
    )?;
    // A scale is the node's own: what is below does not grow.
    scene.add("/stretched/child", Box::new([0.4; 3]).at([0.0, 0.9, 0.0]))?;
    let can = Cylinder::new(0.3, 0.6)
        .scale([1.0, 2.0, 1.5])
        .color([60, 190, 90]);
    scene.add("/oval", can.at([0.0, -1.2, 0.0]))?;
    Ok(())
}

fn poses_in_poses(server: &Server) -> Result<()> {
    let turned = Wxyz::from_axis_angle([0.3, 0.2, 1.0], 0.6);
    let mut name = String::new();
    for index in 0..6_u8 {
        name += "/link";
        let link = Box::new([0.5, 0.15, 0.15]).color([220, 40 * index, 60]);
        server
            .scene()
            .add(&name, link.at([0.45, 0.1, 0.1]).turned(turned))?;
        let joint = Icosphere::new(0.12).color([60, 60, 70]);
        server
            .scene()
            .add(&format!("{name}/joint"), joint.at([0.25, 0.0, 0.0]))?;
    }
    Ok(())
}

fn visibility(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/shown", Icosphere::new(0.5).color([60, 190, 90]))?;
    scene.add("/hidden", Frame::default().at([1.2, 0.0, 0.0]).hidden())?;
    scene.add("/hidden/child", Box::new([0.5; 3]))?;
    scene.add(
        "/shown/hidden",
        Box::new([0.5; 3]).at([0.0, 1.2, 0.0]).hidden(),
    )?;
    scene.add("/shown/seen", Box::new([0.5; 3]).at([0.0, -1.2, 0.0]))?;
    Ok(())
}
