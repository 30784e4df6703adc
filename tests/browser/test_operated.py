"""Both clients operate a program of ours alike: clicks, drags, gizmos, renders, files, storage."""

import pytest
from side_by_side import with_server

# Longer than any of the intervals at which viewers tell of moves.
PAUSE_MS = 70


@pytest.fixture(params=["ours", "stock"])
def operated(request, open_viewer, stock_client, scenecast_server):
    """The program, and a page of one of the clients that shows it."""
    server = scenecast_server("examples/operated")
    url = server.url if request.param == "ours" else with_server(stock_client, server.url)
    viewer = open_viewer(url)
    # Said by the stock client, when it drags.
    viewer.expect_error("Unable to preventDefault inside passive event listener")
    viewer.wait_until_drawn()
    return server, viewer


def drag(viewer, points):
    """Drags slowly enough that each point is told."""
    mouse = viewer.page.mouse
    mouse.move(*points[0])
    mouse.down()
    for point in points[1:]:
        viewer.page.wait_for_timeout(PAUSE_MS)
        mouse.move(*point)
    viewer.page.wait_for_timeout(PAUSE_MS)
    mouse.up()


def test_clicks_and_drags_arrive(operated):
    server, viewer = operated
    mouse, keyboard = viewer.page.mouse, viewer.page.keyboard
    # The camera is six units in front of the box, and sees 1.53 units for each of its own.
    mouse.click(270, 300)
    x, y = server.wait_for(r"click /cube (\S+ \S+)").split()
    assert (float(x), float(y)) == pytest.approx((270 / 800, 0.5), abs=0.002)

    drag(viewer, [(270, 300), (290, 300), (320, 270)])
    server.wait_for(r"(drag start)")
    x, z = server.wait_for(r"drag end (\S+ \S+)").split()
    assert -2.0 < float(x) < -1.0 and 0.1 < float(z) < 1.0
    assert server.wait_for(r"(drag update)")

    keyboard.down("Shift")
    mouse.click(400, 500)
    keyboard.up("Shift")
    x, y, z = (float(c) for c in server.wait_for(r"scene (\S+ \S+ \S+)").split())
    assert abs(x) < 0.01 and y > 0.8 and z < -0.3


def test_a_gizmo_moves_by_its_arrow(operated):
    server, viewer = operated
    # The gizmo is two units to the right, its arrow along x points further there.
    drag(viewer, [(600, 300), (620, 300), (660, 300)])
    assert server.wait_for(r"gizmo (start) ")
    x, y, z = (float(c) for c in server.wait_for(r"gizmo end (\S+ \S+ \S+)").split())
    assert x > 2.2 and abs(y) < 0.01 and abs(z) < 0.01


def test_a_viewer_draws_keeps_saves_and_is_moved(operated):
    server, viewer = operated
    saved = {}

    def save(download):
        saved[download.suggested_filename] = download.path().read_bytes()

    viewer.page.on("download", save)
    viewer.page.mouse.click(400, 221)
    width, height, red = (int(n) for n in server.wait_for(r"render (\d+ \d+ \d+)").split())
    assert (width, height) == (120, 80) and red > 50
    assert server.wait_for(r'storage Some\("(\w+)"\)') == "hello"
    assert server.wait_for(r"storage (None)")
    assert server.wait_for(r"(done|failed.*)") == "done"
    for _ in range(200):
        if len(saved) == 2:
            break
        viewer.page.wait_for_timeout(50)
    assert saved["small.txt"] == b"a cube and a ball"
    assert saved["large.bin"] == bytes([7]) * (6 << 20)
    # The camera is eight units away and one to the right: the box is three units to its left.
    viewer.show_only_canvas()
    viewer.page.mouse.click(253, 300)
    assert server.wait_for(r"click /cube (0\.31)")
