"""When our client draws, and how many pixels: nothing at rest, one picture for one change, fewer
pixels while slow pictures follow each other."""

import numpy as np
import pytest
from scenes.splats import blob
from side_by_side import with_server

import viser

# So many that they are sorted in a worker.
SPLATS = 40_000

# Lets pictures come this late, milliseconds.
SLOWLY = """(() => {
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => setTimeout(() => request(callback), 60);
})()"""


@pytest.fixture
def server():
    """A viser server of this test's own."""
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    yield server
    server.stop()


def address(our_client, server):
    return with_server(our_client, f"http://127.0.0.1:{server.get_port()}")


def open_small(open_viewer, url, script=""):
    """Opens a page of few pixels, since software draws them, after a script has run in it."""
    viewer = open_viewer("about:blank")
    viewer.page.set_viewport_size({"width": 320, "height": 240})
    viewer.page.add_init_script(script)
    viewer.open(url)
    return viewer


def frames(viewer):
    return viewer.page.evaluate("window.__scenecast.stats()")["frames"]


def width(viewer):
    return viewer.page.evaluate("document.getElementById('view').width")


def frames_at_rest(viewer):
    """How many pictures were drawn, once there was none for a while."""
    last = -1
    while last != (last := frames(viewer)):
        viewer.page.wait_for_timeout(600)
    return last


def test_shadows_surroundings_and_splats_at_rest_cost_nothing(open_viewer, our_client, server):
    scene = server.scene
    scene.configure_environment_map("warehouse", background=True, background_blurriness=0.3)
    scene.add_box("/floor", dimensions=(6.0, 6.0, 0.1), position=(0.0, 0.0, -1.0))
    box = scene.add_box("/box", color=(220, 60, 50), position=(0.0, -1.0, 0.2))
    scene.add_light_point("/point", intensity=20.0, position=(1.0, 2.0, 2.0), cast_shadow=True)
    spot = scene.add_light_spot("/spot", intensity=20.0, position=(0.0, 0.0, 3.0), cast_shadow=True)
    scene.add_grid("/grid", shadow_opacity=0.5, position=(0.0, 0.0, -0.9))
    splats = scene.add_gaussian_splats("/splats", **blob(0, SPLATS), position=(1.0, 1.0, 0.0))
    viewer = open_small(open_viewer, address(our_client, server))
    before = viewer.wait_until_drawn()
    drawn = frames_at_rest(viewer)

    def move_box():
        box.position = (0.5, -1.0, 0.4)

    def move_light():
        spot.position = (0.5, 0.5, 3.0)

    def turn_surroundings():
        scene.configure_environment_map("warehouse", background=True, environment_intensity=2.0)

    for change in [move_box, move_light, turn_surroundings]:
        change()
        viewer.page.wait_for_function(f"window.__scenecast.stats().frames > {drawn}")
        assert frames_at_rest(viewer) == drawn + 1, change.__name__
        drawn += 1
        after = viewer.pixels()
        assert not np.array_equal(before, after), change.__name__
        before = after

    # These are drawn where they are now, and once more in their new order.
    splats.wxyz = (0.0, 0.0, 0.0, 1.0)
    viewer.page.wait_for_function(f"window.__scenecast.stats().frames > {drawn}")
    assert frames_at_rest(viewer) <= drawn + 3


def test_slow_pictures_have_fewer_pixels_until_they_rest(open_viewer, our_client, server):
    server.scene.add_box("/box", color=(220, 60, 50), cast_shadow=False)

    def opened(parameters):
        viewer = open_small(open_viewer, address(our_client, server) + parameters, SLOWLY)
        viewer.wait_until_drawn()
        return viewer

    viewer, fixed = opened(""), opened("&fixedDpr=1.5")
    assert (width(viewer), width(fixed)) == (320, 480)
    for page in (fixed.page, viewer.page):
        page.keyboard.down("ArrowLeft")
    viewer.page.wait_for_function("document.getElementById('view').width == 280")
    assert width(fixed) == 480
    for page in (fixed.page, viewer.page):
        page.keyboard.up("ArrowLeft")
    viewer.page.wait_for_function("document.getElementById('view').width == 320")
    drawn = frames_at_rest(viewer)
    server.scene.add_box("/box", color=(60, 220, 50), cast_shadow=False)
    viewer.page.wait_for_function(f"window.__scenecast.stats().frames > {drawn}")
    assert width(viewer) == 320, "what comes after a rest has all pixels"
