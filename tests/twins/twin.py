"""The same program as `server/examples/twin.rs`, for Python viser: what both say must be the same.

A node of each kind, then one step of calls whenever the viewer's camera is at x = 1, 2, 3, …
"""

import socket
import struct
import time

import numpy as np
import viser

TETRAHEDRON = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
FACES = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.uint32)
TURNED = (0.8, 0.0, 0.0, 0.6)


def free_port():
    """A port that nobody listens on: viser has no way to let the system choose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start():
    """A viser server for this machine."""
    return viser.ViserServer(host="127.0.0.1", port=free_port(), verbose=False)


def go_on(server):
    """Says where it is, until somebody ends it."""
    print(f"serving http://127.0.0.1:{server.get_port()}", flush=True)
    while True:
        time.sleep(3600)


def points(count):
    """Points on a line, exact in half precision."""
    return np.array([[i / 8, i / 4, i / 2] for i in range(count)], np.float32)


def colors(count):
    return np.array([[i, 2 * i, 255 - i] for i in range(count)], np.uint8)


def image(width, height):
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 20, y * 20, np.full_like(x, 128)], -1).astype(np.uint8)


def glb():
    """The header alone: nobody draws it here."""
    return struct.pack("<4sII", b"glTF", 2, 12)


class Twin:
    def __init__(self, server):
        self.server = server
        s = server.scene
        s.set_up_direction("+z")
        s.world_axes.visible = True
        camera = server.initial_camera
        camera.position = (4.0, -4.0, 3.0)
        camera.look_at = (0.0, 0.0, 0.5)
        camera.up = (0.0, 0.0, 1.0)
        camera.fov = 1.1
        camera.near = 0.02
        camera.far = 500.0
        s.configure_default_lights(True, cast_shadow=False)
        s.configure_fog(near=10.0, far=40.0, color=(230, 235, 240))
        s.configure_environment_map("apartment", environment_intensity=0.5)
        depth = np.linspace(1.0, 5.0, 12, dtype=np.float32).reshape(3, 4)
        s.set_background_image(image(4, 3), format="png", depth=depth)

        s.add_frame("/frame", axes_length=0.4, axes_radius=0.02, wxyz=TURNED, position=(0.5, 1, 0))
        s.add_frame("/tree/a/b/leaf", show_axes=False)
        wxyzs = np.array([[1, 0, 0, 0], TURNED], np.float32)
        s.add_batched_axes("/axes", wxyzs, points(2), np.array([1.0, 0.5], np.float32))
        s.add_grid("/grid", plane_opacity=0.5)
        s.add_label("/label", "hello", position=(0, 0, 1.0), anchor="bottom-center")
        self.box = s.add_box("/box", color=(200, 40, 40), dimensions=(0.5, 0.6, 0.7))
        s.add_icosphere("/ball", radius=0.3, color=(0, 128, 255), opacity=0.5)
        s.add_cylinder("/column", radius=0.2, height=0.8, color=(0, 200, 0), material="toon3")
        s.add_mesh_simple("/mesh", TETRAHEDRON, FACES, side="double", scale=(1.0, 2.0, 3.0))
        self.skinned = s.add_mesh_skinned(
            "/skinned",
            TETRAHEDRON,
            FACES,
            bone_wxyzs=np.tile([1.0, 0, 0, 0], (2, 1)).astype(np.float32),
            bone_positions=np.array([[0, 0, 0], [0, 0, 0.5]], np.float32),
            skin_weights=np.array([[1, 0], [0.75, 0.25], [0.5, 0.5], [0, 1]], np.float32),
        )
        s.add_glb("/glb", glb(), receive_shadow=0.5)
        three = np.array([[1, 0, 0, 0], [1, 0, 0, 0], TURNED], np.float32)
        s.add_batched_meshes_simple(
            "/meshes",
            TETRAHEDRON,
            FACES,
            three,
            points(3),
            batched_scales=np.array([0.5, 0.6, 0.7], np.float32),
            batched_colors=colors(3),
            batched_opacities=np.array([1, 0.5, 0.25], np.float32),
            lod="off",
        )
        s.add_batched_glb("/glbs", glb(), three, points(3))
        self.cloud = s.add_point_cloud(
            "/cloud", points(16), colors(16), point_size=0.05, point_shape="circle"
        )
        s.add_point_cloud("/single", points(4), (255, 128, 0), precision="float32")
        s.add_line_segments(
            "/lines",
            points(4).reshape(2, 2, 3),
            colors(4).reshape(2, 2, 3),
            thickness=3.0,
            thickness_units="screen",
        )
        s.add_arrows("/arrows", points(6).reshape(3, 2, 3), (255, 0, 255))
        s.add_spline_catmull_rom("/curve", points(4), closed=True, color=(255, 0, 0))
        s.add_spline_cubic_bezier("/bezier", points(3), points(4), color=(0, 0, 255), segments=8)
        self.splats = s.add_gaussian_splats("/splats", *self.gaussians(3))
        self.frustum = s.add_camera_frustum("/camera", fov=1.0, aspect=1.5, variant="filled")
        self.image = s.add_image("/image", image(6, 4), 1.2, 0.8, format="png")
        s.add_light_directional("/directional", position=(1, 1, 1), cast_shadow=True)
        s.add_light_ambient("/ambient", intensity=0.3)
        s.add_light_hemisphere("/hemisphere", sky_color=(200, 220, 255), ground_color=(60, 40, 20))
        s.add_light_point("/point", distance=5.0, position=(0, 0, 2))
        s.add_light_rectarea("/area", width=2.0, height=3.0)
        s.add_light_spot("/spot", angle=0.5, penumbra=0.25, direction=(0.0, 1.0, 0.0))
        self.gizmo = s.add_transform_controls(
            "/gizmo", scale=0.5, active_axes=(True, False, True), visible=False
        )

    @staticmethod
    def gaussians(count):
        covariances = np.tile(np.diag([0.25, 0.5, 0.125]), (count, 1, 1)).astype(np.float32)
        opacities = np.array([[(i + 1) / 4] for i in range(count)], np.float32)
        return points(count), covariances, colors(count), opacities

    def step(self, number, client):
        getattr(self, f"step_{number}", lambda _: None)(client)

    def step_1(self, _):
        self.box.position = (2.0, 0.0, 0.5)
        self.box.wxyz = (0.0, 1.0, 0.0, 0.0)
        self.box.visible = False
        self.box.position = (2.0, 0.0, 0.5)

    def step_2(self, _):
        self.box.color = (1, 2, 3)
        self.box.wireframe = True
        self.cloud.point_size = 0.2
        self.cloud.points = points(8)
        self.cloud.colors = colors(8)

    def step_3(self, _):
        self.cloud.precision = "float32"

    def step_4(self, _):
        self.skinned.bones[1].wxyz = TURNED
        self.skinned.bones[1].position = (0.1, 0.0, 0.5)
        self.skinned.bones[0].position = (0.0, 0.0, 0.0)

    def step_5(self, _):
        self.box.on_click(ignore)
        self.box.on_click(modifier="shift")(ignore)
        self.box.on_drag("right", modifier="cmd/ctrl")(ignore)

    def step_6(self, _):
        self.box = self.server.scene.add_box("/box", (255, 0, 0), (1.0, 1.0, 1.0))

    def step_7(self, _):
        self.server.scene.remove_by_name("/tree/")

    def step_8(self, _):
        self.server.scene.add_icosphere("/tree", radius=2.0)

    def step_9(self, _):
        scene = self.server.scene
        scene.on_click()(ignore)
        scene.on_rect_select(modifier="shift")(ignore)

    def step_10(self, _):
        self.server.scene.remove_click_callback()
        self.server.scene.remove_click_callback()

    def step_11(self, client):
        client.scene.add_box("/mine/box", (0, 255, 0), (1.0, 1.0, 1.0), position=(1, 2, 3))
        client.scene.add_frame("/box", axes_radius=0.1)
        client.scene.configure_fog(1.0, 2.0, enabled=False)

    def step_12(self, client):
        client.scene.remove_by_name("/mine")

    def step_13(self, client):
        with client.atomic():
            client.camera.position = (1.0, 2.0, 3.0)
            client.camera.look_at = (0.0, 0.0, 1.0)
            client.camera.up_direction = (0.0, 1.0, 0.0)
            client.camera.fov = 1.0
            client.camera.near = 0.1
            client.camera.far = 100.0
            client.camera.min_orbit_distance = 0.5
            client.camera.max_orbit_distance = 50.0

    def step_14(self, client):
        client.camera.wxyz = TURNED

    def step_15(self, client):
        try:
            client.get_render(
                4, 6, wxyz=TURNED, position=(1, 2, 3), fov=1.5, transport_format="png", timeout=0.1
            )
        except TimeoutError:
            pass

    def step_16(self, client):
        client.send_file_download("hello.txt", b"x" * 2500, chunk_size=1024)
        client.send_file_download("table.csv", b"", save_immediately=True)

    def step_17(self, client):
        client.local_storage.set_item("k", "v")
        client.local_storage.remove_item("l")
        client.local_storage.clear()

    def step_18(self, client):
        self.note = client.add_notification("Title", "Body", loading=True, auto_close_seconds=3.0)

    def step_19(self, _):
        self.note.title = "Other"

    def step_20(self, _):
        self.note.remove()

    def step_21(self, _):
        self.image.image = image(5, 5)
        self.frustum.image = image(3, 2)

    def step_22(self, _):
        self.frustum.format = "png"
        self.splats.set_gaussians(*self.gaussians(2))

    def step_23(self, _):
        self.server.scene.set_up_direction((0.0, 1.0, 0.0))
        self.server.scene.set_global_visibility(False)
        self.server.scene.set_background_image(None)
        self.server.scene.configure_environment_map(None)

    def step_24(self, _):
        with self.server.atomic():
            self.server.scene.add_label("/late/label", "late")
            self.cloud.position = (1.0, 0.0, 0.0)

    def step_25(self, _):
        self.server.scene.reset()


def ignore(_):
    """What scripts do with an event is of no interest here."""


def main():
    server = start()
    twin = Twin(server)

    @server.on_client_connect
    def _(client):
        client.camera.on_update(lambda camera: twin.step(round(camera.position[0]), client))

    go_on(server)


if __name__ == "__main__":
    main()
