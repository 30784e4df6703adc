"""Clicks, drags and rectangles: what our client tells a real Python viser is what viser's own
client tells it for the same movements of the mouse."""

import numpy as np
import pytest
import ssim
import trimesh
from listener import listening
from side_by_side import PICTURES, compare_clients, with_server
from telling import EYE, PAUSE_MS, assert_same, ignore, pixel, told

@pytest.fixture
def listener():
    """A server with things to click and drag, which keeps what it hears."""
    with listening() as listener:
        build(listener.server)
        yield listener


def build(server):
    """Nodes that react to the mouse, in front of a camera that does not move by itself."""
    server.initial_camera.position = (0.0, -6.0, 2.0)
    server.initial_camera.look_at = (0.0, 0.0, 0.0)
    scene = server.scene
    box = scene.add_box("/box", color=(230, 60, 50), dimensions=(1.0, 1.0, 1.0), position=(-2, 0, 0))
    box.on_click(ignore)
    box.on_drag("left", modifier="shift")(ignore)
    parent = scene.add_frame("/parent", show_axes=False, position=(2.0, 0.0, 0.0))
    parent.on_click(ignore)
    scene.add_icosphere("/parent/ball", radius=0.5, wxyz=(0.9, 0.1, 0.3, 0.3))
    axes = scene.add_batched_axes(
        "/axes",
        batched_wxyzs=np.tile([1.0, 0.0, 0.0, 0.0], (3, 1)),
        batched_positions=np.array([[-1.0, 0, 0.5], [0, 0, 0.5], [1.0, 0, 0.5]]),
        axes_length=0.6,
        axes_radius=0.06,
        position=(0.0, 0.0, -2.0),
    )
    axes.on_drag("left")(ignore)
    axes.on_click(ignore)
    scene.add_box("/glass", dimensions=(8.0, 0.01, 8.0), position=(0, -1.5, 0), opacity=0.1)
    scene.on_click()(ignore)
    scene.on_rect_select(modifier="cmd/ctrl")(ignore)


def act(page):
    """The same movements for both clients."""
    mouse, keyboard = page.mouse, page.keyboard

    def click(x, y):
        mouse.move(x, y)
        page.wait_for_timeout(PAUSE_MS)
        mouse.down()
        mouse.up()
        page.wait_for_timeout(PAUSE_MS)

    def drag(points, modifier=None):
        mouse.move(*points[0])
        if modifier:
            keyboard.down(modifier)
        mouse.down()
        for point in points[1:]:
            page.wait_for_timeout(PAUSE_MS)
            mouse.move(*point)
        page.wait_for_timeout(PAUSE_MS)
        mouse.up()
        if modifier:
            keyboard.up(modifier)
        page.wait_for_timeout(PAUSE_MS)

    click(268, 290)  # the box
    click(531, 300)  # a ball whose parent is to be clicked
    click(60, 560)  # nothing
    drag([(268, 290), (280, 296), (300, 330), (330, 340)], "Shift")  # the box
    drag([(100, 120), (200, 180), (320, 330)], "Control")  # a rectangle
    drag([(417, 382), (430, 370), (460, 365)])  # one of three coordinate frames
    click(458, 366)  # another one of them
    # The modifier goes before the button: one segment, and no second one.
    mouse.move(268, 290)
    keyboard.down("Shift")
    mouse.down()
    mouse.move(290, 290)
    page.wait_for_timeout(PAUSE_MS)
    keyboard.up("Shift")
    mouse.up()
    page.wait_for_timeout(3 * PAUSE_MS)


def under_way(viewer):
    """What a client shows amid a drag of a node, of the camera, and of a rectangle."""
    page, mouse, keyboard = viewer.page, viewer.page.mouse, viewer.page.keyboard
    pictures = []
    for start, end, modifier in [
        ((268, 290), (400, 200), "Shift"),
        ((60, 500), (64, 500), None),
        ((100, 100), (300, 250), "Control"),
    ]:
        mouse.move(*start)
        if modifier:
            keyboard.down(modifier)
        mouse.down()
        mouse.move(*end, steps=2)
        page.wait_for_timeout(300)
        pictures.append(viewer.pixels())
        mouse.up()
        if modifier:
            keyboard.up(modifier)
    return pictures


def test_shows_what_is_under_way(open_viewer, our_client, stock_client, listener):
    shown = {}
    for who, client in [("stock", stock_client), ("ours", our_client)]:
        viewer = open_viewer(with_server(client, listener.url) + "&fixedDpr=1")
        viewer.expect_error("Unable to preventDefault inside passive event listener")
        listener.wait_for_viewer(viewer.page)
        viewer.wait_until_drawn()
        # The rectangle is no canvas of ours.
        viewer.page.add_style_tag(content="#rectangle { visibility: visible !important; }")
        shown[who] = [viewer.pixels(), *under_way(viewer)]
        viewer.page.goto("about:blank")
        listener.wait_until_alone(viewer.page)
    names = ["rest", "arrow", "crosshair", "rectangle"]
    for name, ours, stock in zip(names, shown["ours"], shown["stock"]):
        ssim.save_sheet(PICTURES / f"under_way_{name}.png", ours, stock)

    def differing(a, b):
        return int((np.abs(a.astype(int) - b.astype(int)).max(axis=-1) > 40).sum())

    rest, arrow, _, rectangle = shown["ours"]
    assert differing(arrow, rest) > 100 and differing(rectangle, rest) > 10_000
    # Edges are smoothed in other ways; nothing else may differ.
    apart = [differing(a, b) for a, b in zip(shown["ours"], shown["stock"])]
    assert max(apart) < apart[0] + 80, apart


@pytest.fixture
def gizmo_listener():
    """A server with a row of gizmos, which keeps what it hears."""
    with listening() as listener:
        server = listener.server
        server.initial_camera.position = tuple(EYE)
        server.initial_camera.look_at = (0.0, 0.0, 0.0)
        scene = server.scene
        scene.add_frame("/turned", show_axes=False, wxyz=(0.9659, 0.0, 0.0, 0.2588), position=(0, 1, 0))
        options = {
            "/arrow": {"position": (-4.0, 0.0, 0.0)},
            "/square": {"position": (-2.0, 0.0, 0.0), "opacity": 0.5},
            "/arc": {"position": (0.0, 0.0, 0.0), "depth_test": False},
            "/steps": {"position": (2.0, 0.0, 0.0), "disable_sliders": True},
            "/limited": {"position": (4.0, 0.0, 0.0), "translation_limits": ((-0.2, 0.3),) * 3},
            "/turned/fixed": {"position": (0.5, 1.0, 2.0), "fixed": True, "scale": 80.0},
        }
        for name, values in options.items():
            gizmo = scene.add_transform_controls(name, **{"scale": 1.2, **values})
            gizmo.on_update(ignore)
        yield listener


def act_on_gizmos(page):
    """The same drags of handles for both clients."""
    mouse, keyboard = page.mouse, page.keyboard

    def drag(*points, modifier=None):
        mouse.move(*pixel(points[0]))
        page.wait_for_timeout(PAUSE_MS)
        if modifier:
            keyboard.down(modifier)
        mouse.down()
        for point in points[1:]:
            page.wait_for_timeout(PAUSE_MS)
            mouse.move(*pixel(point))
        page.wait_for_timeout(PAUSE_MS)
        mouse.up()
        if modifier:
            keyboard.up(modifier)
        page.wait_for_timeout(PAUSE_MS)

    arc = 0.65 * 1.2 * np.sqrt(0.5)
    middle = 1.2 * 1.7 / 7.0
    drag((-3.3, 0, 0), (-3.0, 0, 0.2), (-2.9, 0, -0.2))
    drag((-2.0, middle, middle), (-2.0, middle + 0.3, middle), (-2.0, middle, middle + 0.4))
    drag((arc, 0, arc), (arc + 0.1, 0, arc - 0.3), (arc - 0.4, 0, arc + 0.2))
    drag((2 + arc, arc, 0), (2 + arc, arc + 0.2, 0), (2 + arc - 0.5, arc + 0.2, 0), modifier="Shift")
    drag((4.0, 0, 0.7), (4.0, 0, 1.5), (4.0, 0, -1.5))


def test_tells_what_the_stock_client_tells(open_viewer, our_client, stock_client, listener):
    stock = told(open_viewer, stock_client, listener, act)
    ours = told(open_viewer, our_client, listener, act)
    assert_same(ours, stock)
    kinds = {m["type"] for m in ours}
    assert kinds == {"SceneNodeClickMessage", "SceneNodeDragMessage", "ScenePointerMessage"}
    clicked = [(m["name"], m["instance_index"]) for m in ours if "NodeClick" in m["type"]]
    assert clicked[:2] == [("/box", None), ("/parent", None)] and clicked[-1][0] == "/axes"


def test_gizmos_tell_what_the_stock_client_s_tell(
    open_viewer, our_client, stock_client, gizmo_listener
):
    handles = gizmo_listener.server.scene
    stock = told(open_viewer, stock_client, gizmo_listener, act_on_gizmos)
    for name in ["/arrow", "/square", "/arc", "/steps", "/limited"]:
        handle = handles.get_handle_by_name(name)
        x = {"/arrow": -4.0, "/square": -2.0, "/arc": 0.0, "/steps": 2.0, "/limited": 4.0}[name]
        handle.position, handle.wxyz = (x, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)
    ours = told(open_viewer, our_client, gizmo_listener, act_on_gizmos)
    assert_same(ours, stock)
    moved = {m["name"] for m in ours if m["type"] == "TransformControlsUpdateMessage"}
    assert moved == {"/arrow", "/square", "/arc", "/steps", "/limited"}


def test_gizmos_look_like_the_stock_client_s(
    open_viewer, our_client, stock_client, gizmo_listener
):
    url = gizmo_listener.url
    likeness = compare_clients(open_viewer, our_client, stock_client, url, "gizmos")
    assert likeness.content_ssim > 0.8, likeness


def test_cameras_tell_what_the_stock_client_s_tell(
    open_viewer, our_client, stock_client, gizmo_listener
):
    told = {}
    for who, client in [("stock", stock_client), ("ours", our_client)]:
        # The stock client draws fewer pixels where that takes long.
        viewer = open_viewer(with_server(client, gizmo_listener.url) + "&fixedDpr=1")
        gizmo_listener.wait_for_viewer(viewer.page)
        viewer.wait_until_drawn()
        page = viewer.page

        def last_camera():
            page.wait_for_timeout(600)
            return gizmo_listener.heard("ViewerCamera")[-1]

        told[who] = []
        for button, end in [("left", (130, 520)), ("right", (60, 430)), ("middle", (90, 540))]:
            viewer.drag((90, 500), end, button=button, steps=5)
            told[who].append(last_camera())
        for delta_y in [200, -300]:
            viewer.wheel((90, 500), delta_y)
            told[who].append(last_camera())
        page.goto("about:blank")
        gizmo_listener.wait_until_alone(page)
    assert_same(told["ours"], told["stock"])
    positions = [m["position"] for m in told["ours"]]
    assert all(np.linalg.norm(np.subtract(a, b)) > 0.1 for a, b in zip(positions, positions[1:]))


def test_the_orbit_origin_can_be_moved(open_viewer, our_client, gizmo_listener):
    url = with_server(our_client, gizmo_listener.url) + "&forceOrbitOriginTool=1"
    viewer = open_viewer(url)
    client = gizmo_listener.wait_for_viewer(viewer.page)
    viewer.wait_until_drawn()
    eye = np.array(client.camera.position)
    # The arrow along the renderer's x, which is the scene's -y... wherever it is seen.
    viewer.page.screenshot(path=PICTURES / "orbit_tool.png")
    origin = np.array(pixel((0.0, 0.0, 0.0)))
    tip = np.array(pixel((0.0, 0.0, 0.3)))
    up = (tip - origin) / np.linalg.norm(tip - origin)
    viewer.drag(origin + 150 * up, origin + 210 * up)
    viewer.page.wait_for_timeout(900)
    assert client.camera.look_at[2] > 0.3, client.camera.look_at
    assert np.allclose(client.camera.look_at[:2], 0.0, atol=1e-3)
    assert np.allclose(client.camera.position, eye, atol=1e-3)


@pytest.fixture
def hover_listener():
    """A server with one node of each kind that stands out under the mouse."""
    with listening() as listener:
        server = listener.server
        server.initial_camera.position = tuple(EYE)
        server.initial_camera.look_at = (0.0, 0.0, 0.0)
        server.scene.configure_default_lights(cast_shadow=False)
        scene = server.scene
        tetrahedron = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1.0]])
        faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]])
        fine = trimesh.creation.icosphere(subdivisions=4, radius=0.6)
        axes = {
            "batched_wxyzs": np.tile([1.0, 0.0, 0.0, 0.0], (2, 1)),
            "batched_positions": np.array([[0, 0, 0.0], [0, 0, -1.0]]),
        }
        nodes = [
            scene.add_box("/box", color=(230, 60, 50), position=(-4, 0, 0)),
            scene.add_icosphere("/ball", radius=0.6, color=(60, 130, 230), position=(-2, 0, 0)),
            scene.add_cylinder("/cylinder", radius=0.4, color=(80, 190, 105), position=(0, 0, 0)),
            scene.add_mesh_simple("/mesh", tetrahedron, faces, position=(1.5, 0, 0)),
            scene.add_mesh_simple("/fine", fine.vertices, fine.faces, position=(0, 0, 2.2)),
            scene.add_frame("/frame", axes_length=0.8, axes_radius=0.06, position=(3.5, 0, 0)),
            scene.add_batched_axes("/axes", **axes, axes_radius=0.06, position=(-2, 0, 2.2)),
            scene.add_camera_frustum(
                "/frustum", fov=1.0, aspect=1.3, variant="filled", scale=0.7, position=(2, 0, 2.2)
            ),
            scene.add_batched_meshes_simple(
                "/batch", tetrahedron, faces, axes["batched_wxyzs"], axes["batched_positions"],
                position=(-4, 0, 2.2),
            ),
        ]
        for node in nodes:
            node.on_click(ignore)
        yield listener


# Where the mouse is over what `hover_listener` shows.
HOVERS = {
    "box": (-4.0, -0.5, 0.0),
    "ball": (-2.0, -0.4, 0.0),
    "cylinder": (0.0, -0.4, 0.0),
    "mesh": (1.7, 0.0, 0.2),
    "fine": (0.0, -0.4, 2.2),
    "frame": (3.8, 0.0, 0.0),
    "axes": (-2.0, 0.0, 1.5),
    "frustum": (2.0, 0.0, 2.6),
    "batch": (-3.8, 0.0, 1.4),
}


def test_every_kind_of_node_is_hit_where_the_stock_client_hits_it(
    open_viewer, our_client, stock_client, hover_listener
):
    scene = hover_listener.server.scene
    texture = np.full((40, 60, 3), 120, dtype=np.uint8)
    ball = trimesh.creation.icosphere(subdivisions=2, radius=0.5)
    bones = {"bone_wxyzs": np.array([[1.0, 0, 0, 0]]), "bone_positions": np.zeros((1, 3))}
    skin = np.ones((len(ball.vertices), 1))
    row = np.array([[0, 0, 0.0], [0, 0, -1.2]])
    upright = (0.7071, 0.7071, 0.0, 0.0)
    more = {
        "image": scene.add_image("/image", texture, 1.2, 0.8, wxyz=upright, position=(-3, 0, -1.8)),
        "photo": scene.add_camera_frustum(
            "/photo", fov=1.0, aspect=1.5, image=texture, scale=0.6, wxyz=upright, position=(0, 2, -2.2)
        ),
        "glb": scene.add_mesh_trimesh("/glb", ball, position=(1.5, 0, -1.8)),
        "glbs": scene.add_batched_meshes_trimesh(
            "/glbs", ball, np.tile([1.0, 0, 0, 0], (2, 1)), row, position=(3.2, 0, -1.6)
        ),
        "skinned": scene.add_mesh_skinned(
            "/skinned", ball.vertices, ball.faces, skin_weights=skin, **bones, position=(-4.6, 0, -2)
        ),
        "arrows": scene.add_arrows(
            "/arrows", np.array([[[-1.5, 0, -1.8], [-1.0, 0, -1.8]]], dtype=np.float32), (0, 0, 0)
        ),
    }
    for name, node in more.items():
        if name != "arrows":
            node.on_click(ignore)
    scene.on_click()(ignore)
    places = {
        **HOVERS,
        "image": (-3.1, 0.0, -1.7),
        "photo": (0.0, 1.4, -2.2),
        "glb": (1.5, -0.4, -1.8),
        "glbs": (3.2, -0.4, -2.8),
        "skinned": (-4.6, -0.4, -2.0),
        "arrows": (-1.2, 0.0, -1.8),
    }

    def click_all(page):
        # Pictures and models take a while to be there.
        page.wait_for_timeout(1500)
        for point in places.values():
            page.mouse.move(*pixel(point))
            page.wait_for_timeout(PAUSE_MS)
            page.mouse.down()
            page.mouse.up()
            page.wait_for_timeout(PAUSE_MS)

    stock = told(open_viewer, stock_client, hover_listener, click_all)
    ours = told(open_viewer, our_client, hover_listener, click_all)
    assert_same(ours, stock)
    clicked = {m["name"]: m["instance_index"] for m in ours if "NodeClick" in m["type"]}
    assert clicked["/axes"] == 1 and clicked["/batch"] == 1 and clicked["/glbs"] == 1, clicked
    assert set(clicked) == {f"/{name}" for name in places if name != "arrows"}, clicked


def test_what_the_mouse_is_over_stands_out(
    open_viewer, our_client, stock_client, hover_listener
):
    pictures = {}
    for who, client in [("stock", stock_client), ("ours", our_client)]:
        viewer = open_viewer(with_server(client, hover_listener.url))
        viewer.wait_until_drawn()
        page = viewer.page
        for name, point in HOVERS.items():
            page.mouse.move(*pixel(point))
            page.wait_for_timeout(300)
            viewer.wait_until_drawn()
            pictures[who, name] = viewer.pixels()
        page.mouse.move(5, 5)
        page.wait_for_timeout(300)
        pictures[who, "nothing"] = viewer.wait_until_drawn()
    for name in [*HOVERS, "nothing"]:
        ours, stock = pictures["ours", name], pictures["stock", name]
        ssim.save_sheet(PICTURES / f"hover_{name}.png", ours, stock)
    likeness = {n: ssim.compare(pictures["ours", n], pictures["stock", n]).content_ssim for n in HOVERS}
    assert min(likeness.values()) > 0.9, likeness
    unlike = {n: ssim.compare(pictures["ours", n], pictures["ours", "nothing"]).content_ssim for n in HOVERS}
    assert max(unlike.values()) < 0.995, unlike
