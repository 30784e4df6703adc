"""Lines below clickable nodes, and the edges of frustums, are hit where viser's client hits them."""

import numpy as np
import pytest
from listener import listening
from telling import EYE, PAUSE_MS, assert_same, ignore, pixel, told

# From the middle of a node upwards, scene units: on the line, near its edge, beside it.
OFFSETS = [0.0, 0.08, 0.14]


@pytest.fixture
def lines():
    """A listener, and where its server has lines by name."""
    with listening() as listener:
        server = listener.server
        server.initial_camera.position = tuple(EYE)
        server.initial_camera.look_at = (0.0, 0.0, 0.0)
        yield listener, build(server.scene)


def build(scene):
    """Lines of each kind; their places by name."""
    places = {}

    def below(name, x, z):
        places[name] = (x, 0.0, z)
        scene.add_frame(f"/{name}", show_axes=False, position=places[name]).on_click(ignore)
        return f"/{name}/child"

    ends = np.array([[[-0.6, 0.0, 0.0], [0.6, 0.0, 0.0]]], dtype=np.float32)
    many = np.concatenate([ends, np.tile(ends - [0.0, 0.0, 9.0], (299, 1, 1))]).astype(np.float32)
    middle = np.array([[-0.6, 0.0, 0.0], [0.0, 0.0, 0.0], [0.6, 0.0, 0.0]])
    screen = {"thickness": 12.0, "thickness_units": "screen"}
    black = (0, 0, 0)
    scene.add_line_segments(below("scene", -4, 2), ends, black, thickness=0.2)
    scene.add_line_segments(below("scaled", -2, 2), ends / 2, black, thickness=0.2, scale=2.0)
    scene.add_line_segments(below("screen", 0, 2), ends, black, **screen)
    scene.add_line_segments(below("many", 2, 2), many, black, **screen)
    scene.add_spline_catmull_rom(below("spline", -4, 0), middle, thickness=0.2)
    scene.add_spline_cubic_bezier(below("bezier", -2, 0), middle[::2], middle[::2] / 3, **screen)
    scene.add_arrows(below("arrow", 0, 0), ends, black, shaft_radius=0.1)
    scene.add_label(below("label", 2, 0), "text", anchor="center-center")
    for name, x, options in [("wire", -2, {"thickness": 0.2}), ("thin", 1, screen)]:
        places[name] = (x, 0.0, -1.7)
        frustum = scene.add_camera_frustum(
            f"/{name}", fov=1.0, aspect=1.0, scale=0.6, position=places[name],
            wxyz=(0.7071, -0.7071, 0.0, 0.0), **options,
        )
        frustum.on_click(ignore)
        frustum.on_drag("left", modifier="shift")(ignore)
    return places


def test_lines_are_hit_where_the_stock_client_hits_them(open_viewer, our_client, stock_client, lines):
    listener, places = lines

    def click_all(page):
        page.wait_for_timeout(500)
        for x, y, z in places.values():
            for offset in OFFSETS:
                page.mouse.move(*pixel((x, y, z + offset)))
                page.wait_for_timeout(PAUSE_MS)
                page.mouse.down()
                page.mouse.up()
                page.wait_for_timeout(PAUSE_MS)
        # Where an edge was hit shows in what a drag of it says.
        start = pixel(places["wire"])
        page.mouse.move(*start)
        page.keyboard.down("Shift")
        page.mouse.down()
        page.mouse.move(start[0] + 30, start[1] - 20)
        page.wait_for_timeout(PAUSE_MS)
        page.mouse.up()
        page.keyboard.up("Shift")
        page.wait_for_timeout(PAUSE_MS)

    stock = told(open_viewer, stock_client, listener, click_all)
    ours = told(open_viewer, our_client, listener, click_all)
    assert_same(ours, stock)
    hits = [m["name"] for m in ours if "NodeClick" in m["type"]]
    assert set(hits) == {f"/{name}" for name in places if name != "label"}
    assert len(hits) < len(OFFSETS) * len(places) - len(OFFSETS), "some clicks go beside"
