//! The same program as `tests/twins/twin.py`, which is for Python viser: what both say must be the
//! same. `cargo run --example twin`
//!
//! A node of each kind, then one step of calls whenever the viewer's camera is at x = 1, 2, 3, …

#[path = "steps/steps.rs"]
mod steps;

use scenecast::{
    Array, Client, Download, NotificationHandle, Render, Server,
    events::{Modifier, PointerButton},
    gui::Notification,
    scene::{
        AmbientLight, Arrow, Background, BatchedAxes, BatchedGlb, BatchedMeshes, Box,
        CameraFrustum, CatmullRomSpline, CubicBezierSpline, Cylinder, DirectionalLight, Encoding,
        Environment, Fog, Frame, FrustumVariant, GaussianSplats, Gaussians, Glb, Grid, Handle,
        Hdri, HemisphereLight, Icosphere, Image, Label, LabelAnchor, LineSegments, Lod, Material,
        Mesh, Picture, Place, PointCloud, PointLight, PointShape, Precision, RectAreaLight,
        ShowsPicture, Side, SkinnedMesh, SpotLight, ThicknessUnits, TransformControls, Up,
    },
};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

type Failure = std::boxed::Box<dyn std::error::Error>;

const TETRAHEDRON: [[f32; 3]; 4] = [
    [0.0, 0.0, 0.0],
    [1.0, 0.0, 0.0],
    [0.0, 1.0, 0.0],
    [0.0, 0.0, 1.0],
];
const FACES: [[u32; 3]; 4] = [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]];
const UPRIGHT: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
const TURNED: [f32; 4] = [0.8, 0.0, 0.0, 0.6];
const TURNED_BY: [f64; 4] = [0.8, 0.0, 0.0, 0.6];

/// The header alone: nobody draws it here.
const GLB: &[u8] = b"glTF\x02\0\0\0\x0c\0\0\0";

/// Points on a line, exact in half precision.
fn points(count: u8) -> Vec<[f32; 3]> {
    let numbers = (0..count).map(f32::from);
    numbers.map(|i| [i / 8.0, i / 4.0, i / 2.0]).collect()
}

/// The same points in pairs.
fn pairs(count: u8) -> Vec<[[f32; 3]; 2]> {
    points(2 * count).as_chunks().0.to_vec()
}

fn colors(count: u8) -> Vec<[u8; 3]> {
    (0..count).map(|i| [i, 2 * i, 255 - i]).collect()
}

fn image(width: u8, height: u8) -> scenecast::Result<Picture> {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| [20 * x, 20 * y, 128]));
    let pixels: Vec<u8> = rows.flatten().collect();
    Picture::rgb(width.into(), height.into(), pixels)
}

fn splats(count: u8) -> scenecast::Result<GaussianSplats> {
    let covariance = [[0.25, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 0.125]];
    let opacities: Vec<f32> = (0..count).map(|i| f32::from(i + 1) / 4.0).collect();
    let gaussians = Gaussians {
        centers: &points(count),
        covariances: &vec![covariance; count.into()],
        rgbs: &colors(count),
        opacities: &opacities,
    };
    gaussians.pack()
}

struct Twin {
    server: Server,
    cube: Mutex<Handle<Box>>,
    cloud: Handle<PointCloud>,
    skinned: Handle<SkinnedMesh>,
    splats: Handle<GaussianSplats>,
    frustum: Handle<CameraFrustum>,
    image: Handle<Image>,
    note: Mutex<Option<NotificationHandle>>,
}

impl Twin {
    fn build(server: &Server) -> Result<Twin, Failure> {
        let s = server.scene();
        s.set_up_direction(Up::Z);
        if let Some(axes) = s.world_axes() {
            axes.set_visible(true)?;
        }
        let camera = server.initial_camera();
        camera.set_position([4.0, -4.0, 3.0])?;
        camera.set_look_at([0.0, 0.0, 0.5])?;
        camera.set_up_direction([0.0, 0.0, 1.0])?;
        camera.set_fov(1.1)?;
        camera.set_near(0.02)?;
        camera.set_far(500.0)?;
        s.configure_default_lights(true, false);
        s.configure_fog(Fog::new(10.0, 40.0).color([230, 235, 240]))?;
        s.configure_environment_map(
            Environment::preset(Hdri::Apartment).environment_intensity(0.5),
        )?;
        let depth: Vec<f32> = (0..12_u8)
            .map(|i| 1.0 + 4.0 * f32::from(i) / 11.0)
            .collect();
        let background = Background::from(image(4, 3)?.png());
        s.set_background_image(background.depth(4, 3, &depth)?)?;

        let frame = Frame::new(0.4, 0.02).turned(TURNED_BY);
        s.add("/frame", frame.at([0.5, 1.0, 0.0]))?;
        s.add("/tree/a/b/leaf", Frame::default().show_axes(false))?;
        let axes = BatchedAxes::new([UPRIGHT, TURNED], points(2));
        s.add("/axes", axes.batched_scales(Array::from([1.0_f32, 0.5])))?;
        s.add("/grid", Grid::default().plane_opacity(0.5))?;
        let label = Label::new("hello").anchor(LabelAnchor::BottomCenter);
        s.add("/label", label.at([0.0, 0.0, 1.0]))?;
        let cube = Box::new([0.5, 0.6, 0.7]).color([200, 40, 40]);
        let cube = s.add("/box", cube)?;
        let ball = Icosphere::new(0.3).color([0, 128, 255]).opacity(0.5);
        s.add("/ball", ball)?;
        let column = Cylinder::new(0.2, 0.8).color([0, 200, 0]);
        s.add("/column", column.material(Material::Toon3))?;
        let mesh = Mesh::new(TETRAHEDRON, FACES).side(Side::Double);
        s.add("/mesh", mesh.scale([1.0, 2.0, 3.0]))?;
        let weights = [1.0, 0.0, 0.75, 0.25, 0.5, 0.5, 0.0, 1.0];
        let bones = [[0.0_f32, 0.0, 0.0], [0.0, 0.0, 0.5]];
        let skinned = SkinnedMesh::new(TETRAHEDRON, FACES, [UPRIGHT; 2], bones, &weights);
        let skinned = s.add("/skinned", skinned)?;
        s.add("/glb", Glb::new(GLB).receive_shadow(0.5))?;
        let three = [UPRIGHT, UPRIGHT, TURNED];
        let meshes = BatchedMeshes::new(TETRAHEDRON, FACES, three, points(3))
            .batched_scales(Array::from([0.5_f32, 0.6, 0.7]))
            .batched_colors(colors(3))
            .batched_opacities(Array::from([1.0_f32, 0.5, 0.25]));
        s.add("/meshes", meshes.lod(Lod::Off))?;
        s.add("/glbs", BatchedGlb::new(GLB, three, points(3)))?;
        let cloud = PointCloud::new(points(16)).colors(colors(16));
        let cloud = cloud.point_size(0.05).point_shape(PointShape::Circle);
        let cloud = s.add("/cloud", cloud)?;
        let single = PointCloud::new(points(4)).colors([[255, 128, 0]]);
        s.add("/single", single.precision(Precision::Float32))?;
        let lines = LineSegments::new(pairs(2)).colors(colors(4));
        let lines = lines.thickness(3.0);
        s.add("/lines", lines.thickness_units(ThicknessUnits::Screen))?;
        s.add("/arrows", Arrow::new(pairs(3)).colors([[255, 0, 255]]))?;
        let curve = CatmullRomSpline::new(points(4)).closed(true);
        s.add("/curve", curve.color([255, 0, 0]))?;
        let bezier = CubicBezierSpline::new(points(3), points(4));
        s.add("/bezier", bezier.color([0, 0, 255]).segments(8))?;
        let splats = s.add("/splats", splats(3)?)?;
        let frustum = CameraFrustum::new(1.0, 1.5).variant(FrustumVariant::Filled);
        let frustum = s.add("/camera", frustum)?;
        let picture = Image::new(1.2, 0.8).with_image(image(6, 4)?.png())?;
        let picture = s.add("/image", picture)?;
        let light = DirectionalLight::default().cast_shadow(true);
        s.add("/directional", light.at([1.0; 3]))?;
        s.add("/ambient", AmbientLight::default().intensity(0.3))?;
        let light = HemisphereLight::default().sky_color([200, 220, 255]);
        s.add("/hemisphere", light.ground_color([60, 40, 20]))?;
        let light = PointLight::default().distance(5.0);
        s.add("/point", light.at([0.0, 0.0, 2.0]))?;
        s.add("/area", RectAreaLight::default().width(2.0).height(3.0))?;
        let light = SpotLight::default().angle(0.5).penumbra(0.25);
        s.add("/spot", light.direction([0.0, 1.0, 0.0]))?;
        let gizmo = TransformControls::default().scale(0.5);
        s.add("/gizmo", gizmo.active_axes([true, false, true]).hidden())?;
        Ok(Twin {
            server: server.clone(),
            cube: Mutex::new(cube),
            cloud,
            skinned,
            splats,
            frustum,
            image: picture,
            note: Mutex::default(),
        })
    }

    fn step(&self, number: usize, client: &Client) -> Result<(), Failure> {
        let scene = self.server.scene();
        let own = client.scene();
        let mut cube = self.cube.lock().unwrap_or_else(PoisonError::into_inner);
        let mut note = self.note.lock().unwrap_or_else(PoisonError::into_inner);
        match number {
            1 => {
                cube.set_position([2.0, 0.0, 0.5])?;
                cube.set_wxyz([0.0, 1.0, 0.0, 0.0])?;
                cube.set_visible(false)?;
                cube.set_position([2.0, 0.0, 0.5])?;
            }
            2 => {
                cube.update(|p| p.color = [1, 2, 3].into())?;
                cube.update(|p| p.wireframe = true)?;
                self.cloud.update(|p| p.point_size = 0.2)?;
                // Viewers get properties by themselves, in the order of their declaration.
                self.cloud.update(|p| {
                    p.points = points(8).into();
                    p.colors = colors(8).into();
                })?;
            }
            3 => self.cloud.update(|p| p.precision = Precision::Float32)?,
            4 => {
                self.skinned.bone(1)?.set_wxyz(TURNED_BY)?;
                self.skinned.bone(1)?.set_position([0.1, 0.0, 0.5])?;
                self.skinned.bone(0)?.set_position([0.0, 0.0, 0.0])?;
            }
            5 => {
                let _ = cube.on_click(|_| {})?;
                let _ = cube.on_click_with(Modifier::Shift, |_| {})?;
                let _ = cube.on_drag(PointerButton::Right, Modifier::CmdCtrl, |_| {})?;
            }
            6 => *cube = scene.add("/box", Box::new([1.0; 3]))?,
            7 => drop(scene.remove_by_name("/tree/")),
            8 => drop(scene.add("/tree", Icosphere::new(2.0))?),
            9 => {
                let _ = scene.on_click(|_| {});
                let _ = scene.on_rect_select_with(Modifier::Shift, |_| {});
            }
            10 => {
                scene.remove_click_callbacks();
                scene.remove_click_callbacks();
            }
            11 => {
                let mine = Box::new([1.0; 3]).color([0, 255, 0]);
                own.add("/mine/box", mine.at([1.0, 2.0, 3.0]))?;
                own.add("/box", Frame::new(0.5, 0.1))?;
                let mut clear = Fog::new(1.0, 2.0);
                clear.enabled = false;
                own.configure_fog(clear)?;
            }
            12 => drop(own.remove_by_name("/mine")),
            13 => client.atomic(|| {
                let camera = client.camera();
                camera.set_position([1.0, 2.0, 3.0])?;
                camera.set_look_at([0.0, 0.0, 1.0])?;
                camera.set_up_direction([0.0, 1.0, 0.0])?;
                camera.set_fov(1.0)?;
                camera.set_near(0.1)?;
                camera.set_far(100.0)?;
                camera.set_min_orbit_distance(0.5)?;
                camera.set_max_orbit_distance(50.0)
            })?,
            14 => client.camera().set_wxyz(TURNED_BY)?,
            15 => {
                let render = Render::new(6, 4).png().wxyz(TURNED_BY);
                let render = render.position([1.0, 2.0, 3.0]).fov(1.5);
                // Nobody draws it here.
                let _ = client.get_render(render.timeout(Duration::from_millis(100)));
            }
            16 => {
                let hello = Download::new("hello.txt", vec![b'x'; 2500]);
                client.send_file_download(hello.chunk_size(1024))?;
                let table = Download::new("table.csv", "");
                client.send_file_download(table.save_immediately(true))?;
            }
            17 => {
                client.local_storage().set_item("k", "v");
                client.local_storage().remove_item("l");
                client.local_storage().clear();
            }
            18 => {
                let text = Notification::default().title("Title").body("Body");
                let text = text.loading(true).auto_close_seconds(3.0);
                *note = Some(client.add_notification(text));
            }
            19 => {
                if let Some(note) = &*note {
                    note.update(|p| p.title = "Other".to_owned())?;
                }
            }
            20 => {
                if let Some(note) = note.take() {
                    note.remove()?;
                }
            }
            21 => {
                self.image.set_image(image(5, 5)?)?;
                self.frustum.set_image(image(3, 2)?)?;
            }
            22 => {
                self.frustum.set_encoding(Encoding::Png)?;
                let fewer = splats(2)?;
                self.splats.update(|p| p.buffer = fewer.buffer)?;
            }
            23 => {
                scene.set_up_direction([0.0, 1.0, 0.0]);
                scene.set_global_visibility(false);
                scene.clear_background_image();
                scene.configure_environment_map(Environment::none())?;
            }
            24 => self.server.atomic(|| {
                scene.add("/late/label", Label::new("late"))?;
                self.cloud.set_position([1.0, 0.0, 0.0])
            })?,
            25 => scene.reset(),
            _ => {}
        }
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    steps::serve(Twin::build, Twin::step)
}
