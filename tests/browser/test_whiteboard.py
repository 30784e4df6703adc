"""The whiteboard: messages and a page of its own on our transport, in several browsers at once."""

import pathlib
import re
import subprocess
import sys

import numpy as np
from conftest import HERE
from side_by_side import PICTURES

STROKES = "JSON.stringify([...board.strokes].sort().map(([id, s]) => [id, s.color, ...s.points]))"


def strokes(viewer):
    return viewer.page.evaluate(STROKES)


def wait_for_strokes(viewer, count, points=0):
    """Waits for this many strokes with this many points each."""
    viewer.page.wait_for_function(
        f"board.strokes.size === {count}"
        f" && [...board.strokes.values()].every(s => s.points.length >= {2 * points})"
    )


def wait_for_the_same(viewers):
    viewers[0].page.wait_for_timeout(100)
    for _ in range(100):
        boards = {strokes(viewer) for viewer in viewers}
        if len(boards) == 1:
            return boards.pop()
        viewers[0].page.wait_for_timeout(50)
    raise AssertionError(f"the boards differ: {boards}")


def color_of(viewer, color):
    viewer.page.locator("input").fill(color)


def test_two_browsers_draw_at_once_and_see_the_same(open_viewer, scenecast_server):
    server = scenecast_server("examples/whiteboard")
    left, right = viewers = [open_viewer(server.url) for _ in range(2)]
    color_of(left, "#ff0000")
    color_of(right, "#0000ff")
    for viewer in viewers:
        viewer.page.wait_for_function("document.querySelector('span').innerText === '2 here'")
    # Both pens are down at the same time and move in turn, over the same places.
    for viewer, x in [(left, 100), (right, 600)]:
        viewer.page.mouse.move(x, 200)
        viewer.page.mouse.down()
    for step in range(1, 40):
        left.page.mouse.move(100 + 12 * step, 200 + 5 * step)
        right.page.mouse.move(600 - 12 * step, 200 + 5 * step)
    for viewer in viewers:
        viewer.page.mouse.up()
        wait_for_strokes(viewer, 2, 40)
    board = wait_for_the_same(viewers)
    assert '"#ff0000"' in board and '"#0000ff"' in board

    # Who comes late, or comes back, gets everything.
    late = open_viewer(server.url)
    wait_for_strokes(late, 2, 40)
    assert strokes(late) == board
    right.page.reload()
    wait_for_strokes(right, 2, 40)
    assert wait_for_the_same([left, right, late]) == board
    for viewer in [left, right, late]:
        viewer.page.locator("header").evaluate("element => element.remove()")
    left.wait_for(lambda pixels: np.ptp(pixels, axis=(0, 1)).max() > 200, "strokes")
    left.page.screenshot(path=pathlib.Path(PICTURES) / "whiteboard.png")
    # A board that is up to date may not have been drawn yet; and whether a canvas is drawn by the
    # GPU or not, which pages decide each for itself, shows in the last bit of smoothed edges.
    picture = left.pixels().astype(int)
    for viewer in [right, late]:
        viewer.wait_for(lambda pixels: np.abs(pixels - picture).max() <= 1, "the same picture")


def test_wiping_the_board_wipes_it_for_those_to_come(open_viewer, scenecast_server):
    server = scenecast_server("examples/whiteboard")
    viewers = [open_viewer(server.url) for _ in range(2)]
    viewers[0].drag((100, 100), (300, 200))
    wait_for_strokes(viewers[1], 1, 5)
    viewers[1].page.get_by_text("clear").click()
    for viewer in viewers:
        wait_for_strokes(viewer, 0)
    viewers[1].drag((100, 300), (300, 200))
    late = open_viewer(server.url)
    wait_for_strokes(late, 1, 5)
    assert wait_for_the_same([late, *viewers])


def test_python_s_infra_is_a_client_too(open_viewer, scenecast_server):
    server = scenecast_server("examples/whiteboard")
    viewer = open_viewer(server.url)
    viewer.drag((100, 100), (300, 200))
    wait_for_strokes(viewer, 1, 5)
    url = re.sub("^http", "ws", server.url)
    script = HERE / "draw_with_python.py"
    done = subprocess.run([sys.executable, script, url], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    # It has read the stroke that was there, …
    assert done.stdout.split() == [viewer.page.evaluate("[...board.strokes.keys()][0]")]
    # … and drawn its own.
    wait_for_strokes(viewer, 2, 2)
    assert '"python","#00aa00",10,20,30,40.5' in strokes(viewer)
