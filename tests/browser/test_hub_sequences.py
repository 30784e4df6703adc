"""The hub itself, fed by aitviewer's own client: our page plays, viser's is shown frame by frame."""

import os
import re
import signal
import subprocess
import sys

import numpy as np
import pytest
from conftest import CHROMIUM_FLAGS, HERE
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
    ours.expect_error("WebSocket connection|scenecast.json")
    ours.wait_for_value(sent_bytes, lambda bytes: bytes > 30 * 192 * 12, "all frames")
    ours.page.click(PLAY)
    wait_for_state(ours, lambda now: now["playing"], "playing")
    hub.kill()
    ours.page.wait_for_function("!__scenecast.stats().connected")
    before = state(ours)["frame"]
    wait_for_state(ours, lambda now: now["frame"] != before, "playing on")
    port = re.search(r":(\d+)", hub.url)[1]
    start_hub(bodies=2, frames=45, port=port)
    wait_for_state(ours, lambda now: now.get("frames") == 45 and not now["playing"], "the new one")


# Publishes a ball, then sends half a message, whose frame says that it has 1 MiB.
HALF_A_MESSAGE = """
import asyncio, sys, time
import numpy as np
from aitviewer.remote.renderables.spheres import RemoteSpheres
from aitviewer.remote.viewer import RemoteViewer

viewer = RemoteViewer("127.0.0.1", int(sys.argv[1]), timeout=10, verbose=False)
RemoteSpheres(viewer, np.zeros((1, 3)))
half = b"\\x82\\xff" + (1 << 20).to_bytes(8, "big") + bytes(4) + bytes(1 << 19)

async def send():
    viewer.websocket.transport.write(half)

asyncio.run_coroutine_threadsafe(send(), viewer.loop).result()
time.sleep(0.2)
print("half of it", flush=True)
time.sleep(600)
"""


def test_a_publisher_killed_within_a_message_harms_nobody(start_hub, open_ours, start_program):
    hub, publisher = start_hub(bodies=1, frames=30)
    ours = open_ours(hub, 30)
    ours.wait_for_value(sent_bytes, lambda bytes: bytes > 30 * 192 * 6, "all frames")
    nodes = node_count(ours)
    port = hub.wait_for(r"^127\.0\.0\.1:(\d+)$")
    other = start_program([sys.executable, "-c", HALF_A_MESSAGE, port])
    other.wait_for("(half of it)")
    # Below a group for its program.
    there = ours.wait_for_value(node_count, lambda count: count > nodes, "a ball")
    other.kill()
    before = ours.digest()
    publisher.does("twist 0")
    ours.wait_for_value(lambda v: v.digest(), lambda digest: digest != before, "another frame")
    # What was there before the half message stays, and newcomers are heard.
    assert node_count(ours) == there
    newcomer = Publisher(port, 1, 40)
    wait_for_state(ours, lambda now: now["frames"] == 40, "the newcomer's frames")
    newcomer.stop()


def test_a_browser_killed_while_it_scrubs_is_missed_by_nobody(
    start_hub, open_ours, chromium, our_client
):
    hub, publisher = start_hub(bodies=2, frames=60)
    ours = open_ours(hub, 60)
    path = os.environ.get("SCENECAST_CHROMIUM")
    doomed = chromium.browser_type.launch(executable_path=path, args=CHROMIUM_FLAGS)
    page = doomed.new_page()
    page.goto(with_server(our_client, hub.url))
    page.wait_for_function("window.scenecast?.state?.frames === 60")
    processes = doomed.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    page.evaluate("setInterval(() => scenecast.setFrame((scenecast.state.frame + 7) % 60), 5)")
    # All share the timeline.
    frame = state(ours)["frame"]
    wait_for_state(ours, lambda now: now["frame"] != frame, "scrubbed by the other")
    for process in processes:
        if process["type"] == "browser":
            os.kill(process["id"], signal.SIGKILL)

    ours.wait_for_value(frame_at_rest, lambda rests: rests, "at rest")
    ours.page.evaluate("scenecast.setFrame(41)")
    wait_for_state(ours, lambda now: now["frame"] == 41, "there")
    before = ours.digest()
    publisher.does("twist 0")
    ours.wait_for_value(lambda v: v.digest(), lambda digest: digest != before, "another frame")
    newcomer = open_ours(hub, 60)
    wait_for_state(newcomer, lambda now: now["frame"] == 41, "where all are")


def node_count(viewer):
    """How many nodes the page's scene has."""
    return viewer.page.evaluate("__scenecast.stats().nodes")


def frame_at_rest(viewer):
    """Whether the timeline stays where it is for a while."""
    frame = state(viewer)["frame"]
    viewer.page.wait_for_timeout(300)
    return state(viewer)["frame"] == frame


def sent_bytes(viewer):
    """What frames take in the page's memory."""
    return viewer.page.evaluate("__scenecast.stats().frameBytes")


def wait_until_there(viewer, is_there, what):
    """Waits until the red body's place is one that `is_there` holds for."""
    # viser's client draws a few pictures a minute where the processor draws them.
    condition = lambda now: now[0] is not None and is_there(*now)
    viewer.wait_for_value(lambda v: (red_middle(v),), condition, f"at {what}", timeout_secs=60)
