"""`scenecast hub` in Chromium: published by aitviewer's client, seen in viser's page and in ours."""

import numpy as np
import pytest
import ssim
from aitviewer.remote.renderables.meshes import RemoteMeshes
from aitviewer.remote.renderables.spheres import RemoteSpheres
from aitviewer.remote.viewer import RemoteViewer
from side_by_side import PICTURES, with_server

SQUARE = np.array([[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0]])
FACES = np.array([[0, 1, 2], [0, 2, 3]])
FRAMES = 20


@pytest.fixture
def hub(scenecast_server):
    """A hub, with the address for publishers as its `remote`."""
    options = ["--port", "0", "--remote-port", "0", "--no-open", "--allow-origin", "*"]
    hub = scenecast_server("scenecast", "hub", *options)
    hub.remote = hub.wait_for(r"^(127\.0\.0\.1:\d+)$")
    return hub


def publish(hub):
    """A red square that goes from left to right, above blue spheres."""
    host, port = hub.remote.split(":")
    publisher = RemoteViewer(host, int(port), verbose=False)
    steps = np.linspace(-0.9, 0.4, FRAMES)
    RemoteMeshes(publisher, np.stack([SQUARE + [x, 0, 0] for x in steps]), FACES, color=(1, 0, 0, 1))
    RemoteSpheres(publisher, np.array([[x, -0.5, 0] for x in (-0.6, 0, 0.6)]), radius=0.15)
    return publisher


def middle(pixels, channel):
    """Where in the picture, from left to right, a channel prevails; None if it does nowhere."""
    others = np.delete(pixels, channel, axis=2).max(axis=2).astype(int)
    columns = np.nonzero(pixels[:, :, channel] > others + 60)[1]
    return columns.mean() / pixels.shape[1] if len(columns) > 200 else None


@pytest.mark.parametrize("client", ["ours", "stock"])
def test_a_page_shows_the_frame_that_the_script_sets(open_viewer, stock_client, hub, client):
    publisher = publish(hub)
    publisher.set_frame(FRAMES - 1)
    viewer = open_viewer(hub.url if client == "ours" else with_server(stock_client, hub.url))
    viewer.page.wait_for_selector("canvas", state="attached")
    viewer.show_only_canvas()

    def red_is(condition):
        return lambda pixels: (x := middle(pixels, 0)) is not None and condition(x)

    last = viewer.wait_for(red_is(lambda x: x > 0.6), "the last frame")
    # The spheres stand around the middle.
    assert abs(middle(last, 2) - 0.5) < 0.1
    ssim.save_sheet(PICTURES / f"hub_{client}.png", last, last)
    publisher.set_frame(0)
    viewer.wait_for(red_is(lambda x: x < 0.4), "the first frame")
