"""What a program can send when nothing checks it: each node is broken in a way of its own, but for
a box and a row of frames among them."""

import contextlib
import io

import numpy as np
import trimesh
from PIL import Image
from viser import _messages as messages

NAN, INFINITY = float("nan"), float("inf")
TRIANGLE = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
FACE = np.array([[0, 1, 2]], np.uint32)
STILL = np.array([[1.0, 0.0, 0.0, 0.0]])
BONE = {"bone_wxyzs": STILL, "bone_positions": np.zeros((1, 3))}
FRAMES = 300


def build(server):
    scene = server.scene
    send = scene._websock_interface.queue_message

    @contextlib.contextmanager
    def tampered(**properties):
        """Changes properties on their way, after all checks."""

        def queue(message):
            for name, value in properties.items():
                if hasattr(message, "props"):
                    setattr(message.props, name, value)
            send(message)

        scene._websock_interface.queue_message = queue
        yield
        scene._websock_interface.queue_message = send

    box = scene.add_box("/good", (230, 60, 50), (1, 1, 1), cast_shadow=False)
    box.on_click(lambda _: None)
    for i in range(FRAMES):
        scene.add_frame(f"/row/{i}", axes_length=0.1, position=(0.01 * i - 1.5, 1.5, 0.0))

    meshes = {
        "nan": (TRIANGLE * NAN, FACE),
        "half": (np.concatenate([TRIANGLE, TRIANGLE + INFINITY]), np.array([[0, 1, 2], [3, 4, 5]])),
        "index": (TRIANGLE, np.array([[0, 1, 4_000_000_000]])),
        "empty": (TRIANGLE[:0], FACE[:0]),
        "no_vertices": (TRIANGLE[:0], FACE),
    }
    for name, (vertices, faces) in meshes.items():
        for kind, options in [("mesh", {}), ("wire", {"wireframe": True})]:
            scene.add_mesh_simple(f"/{kind}/{name}", vertices, faces.astype(np.uint32), **options)
        scene.add_batched_meshes_simple(
            f"/batch/{name}", vertices, faces.astype(np.uint32), STILL, np.zeros((1, 3))
        )
        scene.add_mesh_skinned(
            f"/skin/{name}", vertices, faces.astype(np.uint32), **BONE,
            skin_weights=np.ones((len(vertices), 1)),
        )
    with tampered(vertices=np.zeros(7, np.float32)):
        scene.add_mesh_simple("/shape/vertices", TRIANGLE, FACE)
    with tampered(faces=np.zeros((2, 3), np.float64)):
        scene.add_mesh_simple("/shape/faces", TRIANGLE, FACE)
    with tampered(vertices="no array"):
        scene.add_mesh_simple("/shape/text", TRIANGLE, FACE)
    with tampered(skin_indices=np.full((3, 4), 60_000, np.uint16)):
        scene.add_mesh_skinned(
            "/shape/bones", TRIANGLE, FACE, **BONE, skin_weights=np.ones((3, 1))
        )
    with tampered(batched_wxyzs=np.zeros((0, 4), np.float32)):
        scene.add_batched_meshes_simple("/shape/batch", TRIANGLE, FACE, STILL, np.zeros((1, 3)))
    with tampered(batched_positions=np.full((2, 3), NAN, np.float32)):
        scene.add_batched_axes("/shape/axes", STILL, np.zeros((1, 3)))

    points = np.zeros((5, 3), np.float32)
    with tampered(colors=np.zeros((3, 3), np.uint8)):
        scene.add_point_cloud("/points/colors", points, (0, 0, 0))
        scene.add_line_segments("/lines/colors", points.reshape(-1)[:12].reshape(2, 2, 3), (0, 0, 0))
    scene.add_point_cloud("/points/nan", points * NAN, (0, 0, 0))
    scene.add_point_cloud("/points/empty", points[:0], (0, 0, 0))
    scene.add_point_cloud("/points/size", points, (0, 0, 0), point_size=INFINITY)
    scene.add_line_segments("/lines/empty", np.zeros((0, 2, 3)), (0, 0, 0))
    scene.add_line_segments("/lines/nan", np.full((1, 2, 3), NAN), (0, 0, 0), thickness=1e30)
    scene.add_arrows("/lines/arrows", np.full((1, 2, 3), NAN), (0, 0, 0), shaft_radius=NAN)
    with tampered(segments=2_000_000_000):
        scene.add_spline_catmull_rom("/lines/spline", np.ones((4, 3)))
    with tampered(control_points=np.zeros((1, 3), np.float32)):
        scene.add_spline_cubic_bezier("/lines/bezier", np.ones((4, 3)), np.ones((6, 3)))

    for name, value in [("nan", NAN), ("infinite", INFINITY), ("huge", 1e38), ("zero", 0.0)]:
        scene.add_frame(f"/pose/{name}", position=(value, 0, 0))
        scene.add_frame(f"/pose/{name}/child")
        scene.add_box(f"/turn/{name}", wxyz=(value, value, 0, 0), position=(0, 0, 5))
        scene.add_box(f"/scale/{name}", position=(0, 0, 5), scale=(1.0, value, 1.0))
        scene.add_icosphere(f"/ball/{name}", radius=value, position=(0, 50, 5))
        scene.add_label(f"/label/{name}", "text " * 5, font_screen_scale=value, position=(0, 50, 5))
        scene.add_label(
            f"/tall/{name}", "text", font_size_mode="scene", font_scene_height=-value, position=(0, 50, 5)
        )
        scene.add_grid(f"/grid/{name}", width=value, cell_size=value, position=(0, 0, 50))
        if name != "huge":
            # Lines that reach so far cover everything.
            scene.add_camera_frustum(f"/frustum/{name}", fov=value, aspect=value, position=(0, 50, 5))
        scene.add_light_point(f"/light/{name}", intensity=0.0, distance=value, decay=value)
        scene.add_transform_controls(f"/gizmo/{name}", scale=value, position=(0, 0, 50))
    with tampered(subdivisions=4_000_000):
        scene.add_icosphere("/ball/fine", radius=0.1)
    with tampered(radial_segments=-3):
        scene.add_cylinder("/cylinder", 1.0, 1.0)
    scene.add_label("/label/long", "\u202e\0" + "x" * 100_000, position=(0, 50, 5))

    jpeg, png = (encoded(kind) for kind in ["jpeg", "png"])
    broken = {
        "cut": png[: len(png) // 2],
        "jpeg_cut": jpeg[:200],
        "none": b"",
        "nonsense": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "size": png[:16] + b"\0\0\0\0" + png[20:],
        "large": png[:16] + b"\x7f\xff\xff\xff\x7f\xff\xff\xff" + png[24:],
    }
    picture = np.zeros((8, 8, 3), np.uint8)
    for name, data in broken.items():
        with tampered(_data=data, _image_data=data):
            scene.add_image(f"/image/{name}", picture, 1, 1, position=(0, 50, 0))
            scene.add_camera_frustum(f"/photo/{name}", 1.0, 1.0, image=picture, position=(0, 50, 0))
    scene.add_image("/image/flat", picture, 0.0, NAN, position=(0, 50, 0))
    glb = trimesh.creation.box().export(file_type="glb")
    models = {
        "cut": glb[: len(glb) // 2],
        "none": b"",
        "json": glb[:20] + b"}" * 50 + glb[70:],
        "length": glb[:8] + b"\xff\xff\xff\xff" + glb[12:],
        "body": glb[:-40] + b"\xff" * 40,
    }
    for name, data in models.items():
        scene.add_glb(f"/glb/{name}", data)
        with tampered(glb_data=data):
            scene.add_batched_glb(f"/glbs/{name}", data, STILL, np.zeros((1, 3)))

    wxyz = (1.0, 0.0, 0.0, 0.0)
    send(messages.EnvironmentMapMessage(b"no picture", True, NAN, 1.0, (NAN,) * 4, INFINITY, wxyz))
    send(messages.EnvironmentMapMessage(jpeg[:200], True, 0.0, 1.0, wxyz, 1.0, wxyz))
    send(messages.FogMessage(NAN, NAN, (0, 0, 0), False))
    send(messages.BackgroundImageMessage("jpeg", None, png[:60]))
    send(messages.SetCameraPositionMessage((NAN, 0.0, 0.0)))
    send(messages.SetCameraLookAtMessage((INFINITY, 0.0, 0.0)))
    send(messages.SetCameraUpDirectionMessage((0.0, 0.0, 0.0)))
    send(messages.SetCameraFovMessage(NAN))
    send(messages.SetCameraNearMessage(-1.0))
    send(messages.SetCameraFarMessage(0.0))
    send(messages.SetPositionMessage("/nowhere", (0.0, 0.0, 0.0)))
    send(messages.SetBonePositionMessage("/skin/half", 99, (NAN, 0.0, 0.0)))
    send(messages.SceneNodeUpdateMessage("/good", {"color": "no colour", "nothing": 1}))
    send(messages.RemoveSceneNodeMessage("/nowhere/at/all"))
    scene.add_frame("/deep" + "/x" * 255)
    scene.add_frame("/row/last", axes_length=0.3, position=(1.6, 1.5, 0.0))


def encoded(kind):
    """A small picture in a file of that kind."""
    file = io.BytesIO()
    Image.fromarray(np.arange(64 * 64 * 3, dtype=np.uint8).reshape(64, 64, 3)).save(file, kind)
    return file.getvalue()
