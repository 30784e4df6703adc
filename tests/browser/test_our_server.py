"""Our server in both clients: the same scene as Python viser's, and what only a server can do."""

import re
import time

import numpy as np
import ssim
from side_by_side import PICTURES, with_server
from viewer import share_of

RED_BOX = (230, 60, 50)


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


def test_our_client_loads_orbits_and_tells_the_server(open_viewer, scenecast_server):
    viewer = open_viewer(scenecast_server("examples/still_life").url)
    before = viewer.wait_until_drawn()
    shares = {
        "box": share_of(before, RED_BOX, tolerance=70),
        "ball": share_of(before, (40, 120, 230), tolerance=70),
        "column": share_of(before, (60, 190, 90), tolerance=70),
    }
    assert min(shares.values()) > 0.002, shares
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
    moved = open_viewer(scenecast_server("examples/still_life", "0", "updates").url)
    still = open_viewer(scenecast_server("examples/still_life").url)
    start = still.wait_until_drawn()
    moved.wait_until_drawn()
    end = moved.wait_for(
        lambda pixels: ssim.compare(pixels, start).content_ssim < 0.97, "the box elsewhere"
    )
    assert share_of(end, RED_BOX, tolerance=70) > 0.002
    assert moved.page.evaluate("window.__scenecast.digest()") != still.page.evaluate(
        "window.__scenecast.digest()"
    )


def test_comes_back_when_the_server_does(open_viewer, start_program, scenecast_server):
    server = scenecast_server("examples/still_life")
    port = re.search(r":(\d+)", server.url)[1]
    viewer = open_viewer(server.url)
    viewer.expect_error("ERR_CONNECTION_REFUSED|WebSocket connection")
    wait_for_state(viewer, "s.connected && s.nodes >= 9")
    digest = viewer.page.evaluate("window.__scenecast.digest()")
    server.stop()
    wait_for_state(viewer, "!s.connected")
    assert state(viewer, "nodes") >= 9, "the picture goes when the server does"
    scenecast_server("examples/still_life", port)
    wait_for_state(viewer, "s.connected && s.nodes >= 9")
    assert viewer.page.evaluate("window.__scenecast.digest()") == digest
