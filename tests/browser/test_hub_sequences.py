"""The hub itself, fed by aitviewer's own client: our page plays, viser's is shown frame by frame."""

import re
import subprocess
import sys

import numpy as np
import pytest
from conftest import HERE
from player import state, wait_for_state
from side_by_side import with_server

PLAY = "[data-command=toggle]"


class Publisher:
    """A program of `publish_sequences.py`."""

    def __init__(self, port, bodies, frames):
        command = [sys.executable, str(HERE / "publish_sequences.py"), port, bodies, frames]
        self._process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._wait_for("published")

    def _wait_for(self, said):
        while said not in (line := self._process.stdout.readline()):
            assert line, "the publisher has ended"

    def does(self, command):
        """Lets it do something, and waits until it has sent that."""
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        self._wait_for(f"done {command}")

    def stop(self):
        """Ends it at once, wherever it is."""
        self._process.kill()
        self._process.wait()


@pytest.fixture
def start_hub(scenecast_server):
    """Starts a hub with a publisher: `start_hub(bodies, frames) -> Program, Publisher`."""
    publishers = []

    def start(bodies, frames, port="0"):
        command = ["hub", "--port", port, "--remote-port", "0", "--no-open"]
        command += ["--allow-origin", "*"]
        program = scenecast_server("scenecast", *command)
        remote = program.wait_for(r"^127\.0\.0\.1:(\d+)$")
        publishers.append(Publisher(remote, bodies, frames))
        return program, publishers[-1]

    yield start
    for publisher in publishers:
        publisher.stop()


@pytest.fixture
def open_ours(open_viewer, our_client):
    """Opens our page at a hub with a timeline of so many frames, its canvas as large as that of a
    page without a bar: `open_ours(hub, frames) -> Viewer`."""

    def open_page(hub, frames):
        viewer = open_viewer(with_server(our_client, hub.url))
        wait_for_state(viewer, lambda now: now.get("frames") == frames, "the timeline")
        bar = viewer.page.locator("#player").bounding_box()["height"]
        viewer.page.set_viewport_size({"width": 800, "height": 600 + int(bar)})
        return viewer

    return open_page


def red_middle(viewer):
    """Where the red body is in the scene's picture, `[x, y]`; `None` where it is not."""
    height = int(viewer.page.locator("canvas").first.bounding_box()["height"])
    pixels = viewer.pixels()[:height].astype(int)
    is_red = (pixels[..., 0] > 130) & (pixels[..., 1:].max(axis=-1) < 0.75 * pixels[..., 0])
    rows, columns = np.nonzero(is_red)
    return np.array([columns.mean(), rows.mean()]) if len(rows) > 200 else None


def test_all_viewers_show_the_same_frames(start_hub, open_ours, open_viewer, stock_client):
    hub, publisher = start_hub(bodies=3, frames=60)
    stock = open_viewer(with_server(stock_client, hub.url))
    stock.wait_until_drawn()
    ours = open_ours(hub, 60)
    seen = []
    for frame in (0, 30):
        ours.page.evaluate("(frame) => scenecast.setFrame(frame)", frame)
        seen.append(red_middle(ours))
        assert seen[-1] is not None
        is_there = lambda at: np.abs(at - seen[-1]).max() < 4
        wait_until_there(stock, is_there, frame)
    assert np.ptp(seen, axis=0).max() > 60, "nothing moves"

    # All of it is in memory: the hub is not needed for going back.
    ours.wait_for_value(sent_bytes, lambda bytes: bytes > 3 * 60 * 192 * 12, "all frames")
    publisher.stop()
    before = red_middle(stock)
    ours.page.click(PLAY)
    wait_for_state(ours, lambda now: now["playing"], "playing")
    wait_until_there(stock, lambda at: np.abs(at - before).max() > 20, "on")
    other = open_ours(hub, 60)
    wait_for_state(other, lambda now: now["playing"], "playing too")
    ours.page.keyboard.press("Space")
    frame = state(ours)["frame"]
    wait_for_state(other, lambda now: not now["playing"] and now["frame"] == frame, "there too")
    other.wait_for_value(lambda v: v.digest(), lambda digest: digest == ours.digest(), "equal")


def test_frames_change_and_grow(start_hub, open_ours):
    hub, publisher = start_hub(bodies=1, frames=30)
    ours = open_ours(hub, 30)
    ours.page.evaluate("scenecast.setFrame(10)")
    ours.wait_for_value(sent_bytes, lambda bytes: bytes > 30 * 192 * 12, "all frames")
    before, place = ours.digest(), red_middle(ours)
    publisher.does("twist 0")
    ours.wait_for_value(lambda v: v.digest(), lambda digest: digest != before, "another")
    wait_until_there(ours, lambda at: np.abs(at - place).max() > 10, "elsewhere")
    publisher.does("append 0")
    wait_for_state(ours, lambda now: now["frames"] == 31, "longer")
    for viewer in (ours, open_ours(hub, 31)):
        viewer.page.evaluate("scenecast.detach(true), scenecast.setFrame(30)")
    last = ours.wait_for_value(lambda v: v.digest(), lambda digest: digest != before, "at the end")
    viewer.wait_for_value(lambda v: v.digest(), lambda digest: digest == last, "equal")


def test_a_hub_that_comes_back_is_another(start_hub, open_ours):
    hub, publisher = start_hub(bodies=1, frames=30)
    ours = open_ours(hub, 30)
    ours.expect_error("WebSocket connection")
    ours.wait_for_value(sent_bytes, lambda bytes: bytes > 30 * 192 * 12, "all frames")
    ours.page.click(PLAY)
    wait_for_state(ours, lambda now: now["playing"], "playing")
    hub.stop()
    ours.page.wait_for_function("!__scenecast.stats().connected")
    before = state(ours)["frame"]
    wait_for_state(ours, lambda now: now["frame"] != before, "playing on")
    port = re.search(r":(\d+)", hub.url)[1]
    start_hub(bodies=2, frames=45, port=port)
    wait_for_state(ours, lambda now: now.get("frames") == 45 and not now["playing"], "the new one")


def sent_bytes(viewer):
    """What frames take in the page's memory."""
    return viewer.page.evaluate("__scenecast.stats().frameBytes")


def wait_until_there(viewer, is_there, what):
    """Waits until the red body's place is one that `is_there` holds for."""
    # viser's client draws a few pictures a minute where the processor draws them.
    condition = lambda now: now[0] is not None and is_there(*now)
    viewer.wait_for_value(lambda v: (red_middle(v),), condition, f"at {what}", timeout_secs=60)
