"""Our server in both clients: the same scene as Python viser's, and what only a server can do."""

import re
import time

import numpy as np
import ssim
from side_by_side import PICTURES, with_server
from viewer import share_of

RED_BOX = (230, 60, 50)

# What each kind of node of the still life shows: a colour that nothing else has, and the least part
# of the page that it covers.
KINDS = {
    "box": ((206, 44, 36), 0.003),
    "icosphere": ((60, 130, 230), 0.003),
    "cylinder": ((80, 190, 105), 0.001),
    "mesh": ((235, 205, 100), 0.003),
    "point cloud": ((200, 40, 128), 0.0002),
    "line segments": ((20, 20, 20), 0.0003),
    "frame": ((0, 0, 200), 0.0003),
    "batched axes": ((204, 0, 0), 0.0003),
    "grid": ((200, 200, 200), 0.003),
}


def state(viewer, expression):
    """A field of what our client tells tests."""
    return viewer.page.evaluate(f"window.__scenecast?.stats().{expression}")


def wait_for_state(viewer, condition, timeout_secs=30):
    """Waits until an expression over our client's `stats` holds.

    Asked again and again from here: the page's policy lets nobody evaluate text inside it.
    """
    deadline = time.monotonic() + timeout_secs
    while not viewer.page.evaluate(f"(s => s && {condition})(window.__scenecast?.stats())"):
        assert time.monotonic() < deadline, f"{condition} does not come true"
        viewer.page.wait_for_timeout(50)


def test_the_stock_client_shows_what_python_s_server_shows(
    open_viewer, stock_client, viser_server, scenecast_server
):
    ours = scenecast_server("examples/still_life").url
    of_ours = open_viewer(with_server(stock_client, ours)).wait_until_drawn()
    of_viser = open_viewer(with_server(stock_client, viser_server("still_life"))).wait_until_drawn()
    ssim.save_sheet(PICTURES / "our_server_in_stock_client.png", of_ours, of_viser)
    assert ssim.compare(of_ours, of_viser).content_ssim > 0.98


def test_the_stock_client_shows_the_demo_without_an_error(
    open_viewer, stock_client, scenecast_server
):
    demo = scenecast_server("scenecast", "demo", "--port", "0", "--no-open", "--allow-origin", "*")
    viewer = open_viewer(with_server(stock_client, demo.url))
    viewer.page.wait_for_selector("canvas", state="attached")
    viewer.show_only_canvas()
    pixels = viewer.wait_for(lambda p: np.ptp(p, axis=(0, 1)).max() > 200, "the demo")
    ssim.save_sheet(PICTURES / "demo_in_stock_client.png", pixels, pixels)


def test_our_client_draws_each_kind_of_node(open_viewer, scenecast_server):
    pixels = open_viewer(scenecast_server("examples/still_life").url).wait_until_drawn()
    shares = {kind: share_of(pixels, color) for kind, (color, _) in KINDS.items()}
    assert not [kind for kind, (_, least) in KINDS.items() if shares[kind] < least], shares


def test_our_client_shows_what_stock_shows_of_viser(
    open_viewer, stock_client, viser_server, scenecast_server
):
    ours = open_viewer(scenecast_server("examples/still_life").url).wait_until_drawn()
    of_viser = open_viewer(with_server(stock_client, viser_server("still_life"))).wait_until_drawn()
    ssim.save_sheet(PICTURES / "all_ours.png", ours, of_viser)
    assert ssim.compare(ours, of_viser).content_ssim > 0.9


def test_our_client_loads_orbits_and_tells_the_server(open_viewer, scenecast_server):
    viewer = open_viewer(scenecast_server("examples/still_life").url)
    before = viewer.wait_until_drawn()
    assert state(viewer, "nodes") >= 9
    eye = state(viewer, "camera.position")
    viewer.drag((400, 300), (480, 320))
    after = viewer.wait_until_drawn()
    assert ssim.compare(before, after).content_ssim < 0.9, "dragging does not orbit"
    moved = np.array(state(viewer, "camera.position")) - eye
    assert np.linalg.norm(moved) > 0.5
    assert state(viewer, "lastError") == ""


def test_nothing_is_drawn_while_nothing_changes(open_viewer, scenecast_server):
    viewer = open_viewer(scenecast_server("examples/still_life").url)
    viewer.wait_until_drawn()
    frames = state(viewer, "frames")
    viewer.page.wait_for_timeout(1500)
    assert state(viewer, "frames") == frames


def test_a_thousand_updates_end_where_the_last_one_says(open_viewer, scenecast_server):
    server = scenecast_server("examples/still_life", "0", "updates")
    moved = open_viewer(server.url)
    still = open_viewer(scenecast_server("examples/still_life").url)
    start = still.wait_until_drawn()
    moved.wait_until_drawn()
    end = moved.wait_for(
        lambda pixels: ssim.compare(pixels, start).content_ssim < 0.97, "the box elsewhere"
    )
    assert share_of(end, RED_BOX, tolerance=70) > 0.002
    moved.wait_until_drawn()
    # Who joins afterwards has the same state as who saw every step.
    late = open_viewer(server.url)
    late.wait_until_drawn()
    assert late.digest() == moved.digest() != still.digest()


def test_comes_back_when_the_server_does(open_viewer, start_program, scenecast_server):
    server = scenecast_server("examples/still_life")
    port = re.search(r":(\d+)", server.url)[1]
    viewer = open_viewer(server.url)
    viewer.expect_error("ERR_CONNECTION_REFUSED|WebSocket connection")
    wait_for_state(viewer, "s.connected && s.nodes >= 9")
    viewer.show_only_canvas()
    before = viewer.wait_until_drawn()
    server.stop()
    wait_for_state(viewer, "!s.connected")
    assert state(viewer, "nodes") >= 9, "the picture goes when the server does"
    scenecast_server("examples/still_life", port)
    wait_for_state(viewer, "s.connected && s.nodes >= 9")
    # Not the same digest: another run of the server has other names for its GUI.
    viewer.wait_for(lambda pixels: np.array_equal(pixels, before), "the same picture as before")
