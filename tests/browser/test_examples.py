"""Each example starts, and shows in our client what it is about."""

import sys

import numpy as np
import pytest
import ssim
from conftest import PROGRAMS
from side_by_side import PICTURES
from test_our_server import state, wait_for_state
from viewer import drawn, share_of

# A lit ball of (40, 120, 230).
BLUE = (100, 165, 235)

# What each example must show: how many nodes there are at least, and a colour that covers at least
# this part of the page.
EXAMPLES = {
    "coordinate_frames": (4, (204, 0, 0), 0.0005),
    "point_clouds": (7, (220, 30, 120), 0.001),
    "meshes": (5, (215, 60, 50), 0.003),
    "meshes_batched": (3, None, 0.01),
    "lines": (5, (200, 60, 160), 0.0005),
    "images": (4, (220, 40, 40), 0.001),
    "lighting": (9, None, 0.05),
    "background_composite": (2, (230, 230, 160), 0.05),
    "set_up_direction": (3, (0, 0, 200), 0.0005),
    "gaussian_splats": (2, None, 0.02),
    "click_meshes": (17, BLUE, 0.005),
    "drag_nodes": (3, (235, 165, 40), 0.003),
    "scene_pointer": (2, (210, 210, 210), 0.05),
    "transform_controls": (4, (40, 160, 90), 0.001),
    "camera_commands": (10, (204, 0, 0), 0.0003),
    "core_concepts": (3, (120, 235, 120), 0.001),
    "urdf_visualizer": (20, (225, 130, 60), 0.003),
    "colmap_visualizer": (26, None, 0.02),
    "record3d_visualizer": (50, (250, 130, 40), 0.002),
    "games": (51, (70, 100, 190), 0.01),
    "body_mesh": (3, (120, 190, 220), 0.005),
    "skinned_body": (14, (120, 190, 220), 0.005),
    "remote_renderables": (8, (204, 77, 51), 0.002),
}


def picture_of(viewer, name):
    """What the page shows now, kept for those who want to look at it."""
    pixels = viewer.pixels()
    ssim.save_sheet(PICTURES / f"example_{name}.png", pixels, pixels)
    return pixels


@pytest.mark.parametrize("name", EXAMPLES)
def test_shows_what_it_is_about(open_viewer, scenecast_server, name):
    nodes, color, least = EXAMPLES[name]
    viewer = open_viewer(scenecast_server(f"examples/{name}", "0").url)
    wait_for_state(viewer, f"s.connected && s.nodes >= {nodes}")
    viewer.show_only_canvas()

    def shows(pixels):
        share = drawn(pixels).mean() if color is None else share_of(pixels, color, tolerance=60)
        return share >= least

    viewer.wait_for(shows, f"what {name} is about")
    viewer.page.wait_for_timeout(200)
    picture_of(viewer, name)
    assert state(viewer, "lastError") == ""


def test_a_click_turns_a_ball_into_a_box(open_viewer, start_program, scenecast_server):
    server = scenecast_server("examples/click_meshes", "0")
    viewer = open_viewer(server.url)
    pixels = viewer.wait_until_drawn()
    y, x = nearest_patch(share_mask(pixels, BLUE, 60), 300, 400)
    viewer.page.mouse.click(x, y)
    assert server.wait_for(r"clicked (/things/\d_\d)")
    viewer.wait_for(lambda p: share_of(p, (230, 60, 50), tolerance=60) > 0.0005, "a red box")


def test_a_dragged_box_moves(open_viewer, scenecast_server):
    viewer = open_viewer(scenecast_server("examples/drag_nodes", "0").url)
    before = viewer.wait_until_drawn()
    box = np.argwhere(share_mask(before, (235, 165, 40), 50)).mean(axis=0)
    viewer.drag((box[1], box[0]), (box[1] + 120, box[0] + 10), steps=20)

    def has_moved(pixels):
        now = np.argwhere(share_mask(pixels, (235, 165, 40), 50)).mean(axis=0)
        return now[1] - box[1] > 60

    viewer.wait_for(has_moved, "the box further to the right")


def test_clicks_put_balls_onto_the_floor(open_viewer, scenecast_server):
    viewer = open_viewer(scenecast_server("examples/scene_pointer", "0").url)
    viewer.wait_until_drawn()
    viewer.page.mouse.click(400, 320)
    viewer.wait_for(lambda p: share_of(p, BLUE, tolerance=60) > 0.0005, "a ball")


def test_viewers_see_each_other(open_viewer, scenecast_server):
    server = scenecast_server("examples/camera_poses", "0")
    first = open_viewer(server.url)
    # Root, axes, grid, and its own frustum and label below one parent.
    wait_for_state(first, "s.connected && s.nodes === 6")
    second = open_viewer(server.url)
    wait_for_state(first, "s.nodes === 8")
    second.page.close()
    wait_for_state(first, "s.nodes === 6")


def test_a_viewer_draws_pictures_for_the_program(open_viewer, scenecast_server):
    server = scenecast_server("examples/get_renders", "0")
    viewer = open_viewer(server.url)
    assert server.wait_for(r"(has drawn 6 pictures)")
    viewer.page.wait_for_selector("text=turn.png")


def test_a_button_makes_programs_publish(open_viewer, scenecast_server, start_program):
    viewer_program = scenecast_server("examples/remote_two_way", "0")
    port = viewer_program.wait_for(r"publishers: 127\.0\.0\.1:(\d+)$")
    publisher = start_program([sys.executable, "-c", ANSWERS, port])
    publisher.wait_for("(listening)")
    viewer_program.wait_for("(publishing to)")
    viewer = open_viewer(viewer_program.url)
    viewer.page.get_by_role("button", name="More spheres").click()
    # The example's own publisher, and one in Python.
    assert viewer_program.wait_for(r"(round 0 is there)")
    assert viewer_program.wait_for(r"(green ones too)")
    viewer.show_only_canvas()

    def is_green(pixels):
        red, green, blue = np.moveaxis(pixels.astype(int), -1, 0)
        return green > np.maximum(red, blue) + 50

    viewer.wait_for(lambda pixels: is_green(pixels).mean() > 0.0005, "green spheres")
    picture_of(viewer, "remote_two_way")


def test_a_program_publishes_to_a_hub(open_viewer, scenecast_server, start_program):
    hub = scenecast_server("scenecast", "hub", "--port", "0", "--remote-port", "0", "--no-open")
    address = hub.wait_for(r"^(127\.0\.0\.1:\d+)$")
    start_program([str(PROGRAMS / "examples/publish"), address])
    viewer = open_viewer(hub.url)
    wait_for_state(viewer, "s.connected && s.nodes >= 7")
    viewer.show_only_canvas()
    viewer.wait_for(lambda p: share_of(p, (204, 51, 51), tolerance=60) > 0.002, "a tetrahedron")
    picture_of(viewer, "publish")
    assert state(viewer, "lastError") == ""


# Answers what the viewer of `remote_two_way` asks for, with aitviewer's own client.
ANSWERS = """
import sys
import numpy as np
from aitviewer.remote.message import Message
from aitviewer.remote.renderables.spheres import RemoteSpheres
from aitviewer.remote.viewer import RemoteViewer

viewer = RemoteViewer("127.0.0.1", int(sys.argv[1]), timeout=10, verbose=False)
print("listening", flush=True)
wanted = viewer.get_message()
places = np.array([[-0.3 * i, 0.3, 0.0] for i in range(5)])
RemoteSpheres(viewer, places, radius=2 * wanted["radius"], color=(0.1, 0.8, 0.1, 1.0))
viewer.send_message(Message.USER_MESSAGE, None, "green ones too")
import time; time.sleep(600)
"""


def share_mask(pixels, rgb, tolerance=40):
    """Which pixels are close to a colour."""
    return np.abs(pixels.astype(int) - np.array(rgb)).max(axis=-1) <= tolerance


def nearest_patch(mask, y, x):
    """The set pixel next to a place that lies well inside its patch."""
    inside = mask.copy()
    for axis in (0, 1):
        for shift in (-4, 4):
            inside &= np.roll(mask, shift, axis)
    places = np.argwhere(inside)
    nearest = places[np.abs(places - np.array([y, x])).sum(axis=1).argmin()]
    return tuple(int(coordinate) for coordinate in nearest)
