use super::{node, server};
use scenecast::{
    Scale,
    scene::{Glb, Mesh},
    urdf::Urdf,
};
use std::{fs, path::PathBuf};

const TRIANGLE: &str = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";
const COLORED: &str = "v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nf 1 2 3\n";

/// A red triangle and one that is not painted.
const COLLADA: &str = "<COLLADA><asset><unit meter='0.01'/><up_axis>Y_UP</up_axis></asset>
<effect id='e'><profile_COMMON><technique><phong><diffuse><color>1 0 0 1</color></diffuse></phong>
</technique></profile_COMMON></effect>
<material id='red'><instance_effect url='#e'/></material>
<geometry id='g'><mesh>
<source id='p'><float_array id='a'>0 0 0 1 0 0 0 1 0</float_array>
<technique_common><accessor source='#a' stride='3'/></technique_common></source>
<vertices id='v'><input semantic='POSITION' source='#p'/></vertices>
<triangles material='m'><input semantic='VERTEX' source='#v'/><p>0 1 2</p></triangles>
<triangles><input semantic='VERTEX' source='#v'/><p>0 1 2</p></triangles>
</mesh></geometry>
<visual_scene id='s'><node><translate>0 0 7</translate><instance_geometry url='#g'>
<bind_material><technique_common><instance_material symbol='m' target='#red'/></technique_common>
</bind_material></instance_geometry></node></visual_scene>
</COLLADA>";

/// A package `robot` with meshes, and beside it files that are none of its business.
fn package(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("urdf")
        .join(name);
    for part in ["robot/urdf", "robot/meshes", "elsewhere"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    fs::write(folder.join("robot/package.xml"), "<package/>").unwrap();
    fs::write(folder.join("robot/meshes/a.obj"), TRIANGLE).unwrap();
    fs::write(folder.join("robot/meshes/b.obj"), COLORED).unwrap();
    fs::write(folder.join("robot/meshes/broken.stl"), "solid\nvertex 1").unwrap();
    fs::write(folder.join("elsewhere/a.obj"), TRIANGLE).unwrap();
    folder
}

fn robot(meshes: &[&str]) -> String {
    let visual = |name: &&str| format!("<visual><geometry><mesh {name}/></geometry></visual>");
    let visuals: String = meshes.iter().map(visual).collect();
    format!("<robot name='r'><link name='base'>{visuals}</link></robot>")
}

#[test]
fn meshes_are_found_in_their_package_only() {
    let folder = package("found");
    let path = folder.join("robot/urdf/r.urdf");
    let text = robot(&[
        "filename='../meshes/a.obj' scale='1 -2 3'",
        "filename='package://robot/meshes/a.obj'",
        "filename='package://robot/meshes/b.obj'",
        "filename='../meshes/broken.stl'",
        "filename='../../elsewhere/a.obj'",
        "filename='../meshes/none.obj'",
    ]);
    fs::write(&path, text).unwrap();
    let server = server();
    let robot = Urdf::builder(&path)
        .scale(2.0)
        .add_to(&server.scene())
        .unwrap();
    let mesh = node::<Mesh>(&server, "/visual/a.obj").props().unwrap();
    assert_eq!(
        (mesh.faces.len(), mesh.scale),
        (1, Scale::PerAxis([2.0, -4.0, 6.0]))
    );
    node::<Mesh>(&server, "/visual/a.obj 2");
    node::<Glb>(&server, "/visual/b.obj");
    let missing: Vec<String> = robot
        .missing_meshes()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(missing.len(), 3, "{missing:?}");
    assert!(missing[0].contains("broken.stl"), "{missing:?}");
    assert!(
        missing[1].contains("not below") && missing[1].contains("mesh_folder"),
        "{missing:?}"
    );
    assert!(missing[2].contains("none.obj"), "{missing:?}");

    let wider = Urdf::builder(&path)
        .mesh_folder(&folder)
        .add_to(&server.scene())
        .unwrap();
    assert_eq!(wider.missing_meshes().len(), 2);
}

#[test]
fn a_colour_for_all_replaces_those_of_meshes() {
    let folder = package("painted");
    let server = server();
    let text = robot(&["filename='meshes/b.obj'"]);
    let add = |builder: scenecast::urdf::UrdfBuilder| builder.add_to(&server.scene()).unwrap();
    let none = add(Urdf::builder_from_text(&text));
    assert!(none.missing_meshes()[0].to_string().contains("mesh_folder"));
    add(Urdf::builder_from_text(&text)
        .mesh_folder(folder.join("robot"))
        .mesh_color_override([1, 2, 3], None));
    let mesh = node::<Mesh>(&server, "/visual/b.obj").props().unwrap();
    assert_eq!((mesh.color.0, mesh.opacity), ([1, 2, 3], None));
}

/// Without its unit and its axis up, as viser shows it: in a robot all is metres with z up.
#[test]
fn collada_is_taken_by_its_numbers() {
    let folder = package("collada");
    fs::write(folder.join("robot/meshes/arm.dae"), COLLADA).unwrap();
    let path = folder.join("robot/urdf/r.urdf");
    fs::write(
        &path,
        robot(&["filename='../meshes/arm.dae' scale='2 2 2'"]),
    )
    .unwrap();
    let server = server();
    let robot = Urdf::builder(&path).add_to(&server.scene()).unwrap();
    assert!(robot.missing_meshes().is_empty());
    let red = node::<Mesh>(&server, "/visual/arm.dae").props().unwrap();
    assert_eq!(
        red.vertices.to_vec(),
        [[0.0, 0.0, 7.0], [1.0, 0.0, 7.0], [0.0, 1.0, 7.0]]
    );
    assert_eq!(
        (red.color.0, red.scale),
        ([255, 0, 0], Scale::PerAxis([2.0; 3]))
    );
    let grey = node::<Mesh>(&server, "/visual/arm.dae 2").props().unwrap();
    assert_eq!((grey.color.0, grey.faces.len()), ([178, 186, 196], 1));
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_else() {
    let folder = package("links");
    let link = folder.join("robot/meshes/link.obj");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(folder.join("elsewhere/a.obj"), &link).unwrap();
    let path = folder.join("robot/urdf/r.urdf");
    fs::write(&path, robot(&["filename='../meshes/link.obj'"])).unwrap();
    let robot = Urdf::builder(&path).add_to(&server().scene()).unwrap();
    assert!(robot.missing_meshes()[0].to_string().contains("not below"));
}

#[cfg(unix)]
#[test]
fn images_are_found_in_their_package_only() {
    let folder = package("painted_by_images");
    let mut png = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_raw(1, 1, vec![255, 0, 0]).unwrap();
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    fs::create_dir_all(folder.join("robot/textures")).unwrap();
    fs::write(folder.join("robot/textures/a.png"), &png).unwrap();
    fs::write(folder.join("elsewhere/b.png"), &png).unwrap();
    let link = folder.join("robot/textures/link.png");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(folder.join("elsewhere/b.png"), &link).unwrap();
    let path = folder.join("robot/urdf/r.urdf");
    for (image, is_found) in [
        ("../textures/a.png", true),
        ("../textures/link.png", false),
        ("../../elsewhere/b.png", false),
    ] {
        let materials = format!("newmtl m\nmap_Kd {image}\n");
        fs::write(folder.join("robot/meshes/m.mtl"), materials).unwrap();
        let obj = "mtllib m.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nusemtl m\nf 1/1 2/1 3/1\n";
        fs::write(folder.join("robot/meshes/m.obj"), obj).unwrap();
        fs::write(&path, robot(&["filename='../meshes/m.obj'"])).unwrap();
        let server = server();
        let robot = Urdf::builder(&path).add_to(&server.scene()).unwrap();
        assert!(robot.missing_meshes().is_empty());
        if is_found {
            let glb = node::<Glb>(&server, "/visual/m.obj").props().unwrap();
            assert!(glb.glb_data.windows(png.len()).any(|part| part == png));
        } else {
            node::<Mesh>(&server, "/visual/m.obj").props().unwrap();
        }
    }
}
