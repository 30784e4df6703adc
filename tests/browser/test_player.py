"""The player: its bar, its keys, and where recordings come from."""

import random

import pytest
from peer import Peer, recorded
from player import (
    drop,
    state,
    wait_for_state,
    wait_until_ready,
    wait_until_still,
    with_recording,
)

PLAY = "[data-command=toggle]"


@pytest.fixture
def open_recording(open_viewer, our_client, recordings):
    """Opens our client on a recording, and waits until it is there."""

    def open_page(name, parameters=""):
        viewer = open_viewer(with_recording(our_client, recordings[name].url, parameters))
        wait_until_ready(viewer)
        return viewer

    return open_page


def seek(viewer, secs):
    """Jumps to a time from a program; returns the digest there."""
    return viewer.page.evaluate("t => { scenecast.seek(t); return __scenecast.digest(); }", secs)


@pytest.mark.parametrize("name", ["lively", "moving"])
def test_random_jumps_lead_where_playing_leads(open_recording, recordings, name):
    viewer = open_recording(name)
    duration = state(viewer)["duration"]
    chance = random.Random(3)
    times = [round(chance.uniform(0, duration), 4) for _ in range(500)] + [0.0, duration]
    digests = viewer.page.evaluate(
        "times => times.map((t) => { scenecast.seek(t); return __scenecast.digest(); })", times
    )
    assert digests == recordings[name].digests(times)
    assert len(set(digests)) > 30


def test_playing_leads_there_too_and_begins_again(open_recording, recordings):
    viewer = open_recording("lively")
    page = viewer.page
    page.evaluate("scenecast.setSpeed(8)")
    # Several times around.
    page.evaluate(
        """() => new Promise((resolve) => {
            let rounds = 0, last = scenecast.state.time;
            scenecast.on("time", ({ time }) => {
                rounds += time < last;
                last = time;
                if (rounds === 3) resolve();
            });
        })"""
    )
    for _ in range(5):
        digest, now = page.evaluate("[__scenecast.digest(), scenecast.state.time]")
        assert [digest] == recordings["lively"].digests([now])
        page.wait_for_timeout(60)


def test_stops_at_the_end_where_it_does_not_loop(open_recording, recordings):
    viewer = open_recording("lively", "&darkMode")
    viewer.page.click("[data-command=loop]")
    viewer.page.select_option("#player-speed", "8")
    assert viewer.page.get_attribute("[data-command=loop]", "aria-pressed") == "false"
    end = wait_until_still(viewer)
    assert end["time"] == end["duration"]
    assert [viewer.digest()] == recordings["lively"].digests([end["time"]])
    viewer.page.click(PLAY)
    assert wait_for_state(viewer, lambda now: now["playing"], "playing")["time"] < end["time"]


def test_the_bar_by_mouse(open_recording, recordings):
    viewer = open_recording("moving")
    page = viewer.page
    assert page.get_attribute(PLAY, "aria-label") == "Pause"
    page.click(PLAY)
    before = wait_until_still(viewer)["time"]
    assert page.get_attribute(PLAY, "aria-label") == "Play"
    page.click("[data-command=forward]")
    after = state(viewer)["time"]
    assert before < after <= before + 0.1 + 1e-9 and round(after * 10, 6) % 1 == 0
    page.click("[data-command=back]")
    assert state(viewer)["time"] == pytest.approx(after - 0.1)

    box = page.locator("#player-position").bounding_box()
    y = box["y"] + box["height"] / 2
    viewer.drag((box["x"] + 10, y), (box["x"] + box["width"] / 2, y))
    middle = state(viewer)
    assert middle["time"] == pytest.approx(middle["duration"] / 2, rel=0.02)
    assert [viewer.digest()] == recordings["moving"].digests([middle["time"]])

    page.fill("#player-time", "12.5")
    page.press("#player-time", "Enter")
    assert state(viewer)["time"] == 12.5
    assert page.get_attribute("#player-position", "aria-valuetext") == "12.5 of 20.0 seconds"


def test_the_bar_by_keyboard(open_recording):
    viewer = open_recording("moving")
    keyboard = viewer.page.keyboard
    time = lambda: state(viewer)["time"]
    keyboard.press("Space")
    wait_until_still(viewer)
    keyboard.press("End")
    assert time() == pytest.approx(20.0)
    keyboard.press("ArrowLeft")
    assert time() == pytest.approx(19.9)
    keyboard.press("Shift+ArrowLeft")
    assert time() == pytest.approx(18.9)
    keyboard.press("Home")
    keyboard.press("ArrowRight")
    assert time() == pytest.approx(0.1)
    camera = viewer.page.evaluate("scenecast.camera")

    # The slider moves by the same keys; what is typed is no command; a button has its own space.
    viewer.page.focus("#player-position")
    keyboard.press("ArrowRight")
    assert time() == pytest.approx(0.2)
    viewer.page.focus("#player-time")
    keyboard.press("Home")
    keyboard.press("Space")
    assert time() == pytest.approx(0.2) and not state(viewer)["playing"]
    viewer.page.focus("[data-command=forward]")
    keyboard.press("Space")
    assert time() == pytest.approx(0.3) and not state(viewer)["playing"]
    assert viewer.page.evaluate("scenecast.camera") == camera, "the arrows turned the camera"

    # Everything can be reached in order.
    reached = []
    viewer.page.evaluate("document.activeElement.blur()")
    for _ in range(12):
        keyboard.press("Tab")
        reached.append(
            viewer.page.evaluate(
                "document.activeElement.id || document.activeElement.dataset.command"
            )
        )
    assert {"back", "toggle", "forward", "player-position", "player-speed", "loop"} < set(reached)


@pytest.mark.parametrize("size", [(1200, 700), (360, 640)])
def test_the_bar_fits_its_page(open_recording, size):
    viewer = open_recording("moving")
    viewer.page.set_viewport_size({"width": size[0], "height": size[1]})
    bar = viewer.page.locator("#player").bounding_box()
    assert bar["x"] == 0 and bar["width"] == size[0] and bar["height"] < 90
    boxes = [part.bounding_box() for part in viewer.page.locator("#player > .timeline").all()]
    # A phone does without the length beside the time.
    boxes = [box for box in boxes if box]
    assert len(boxes) >= 7
    for box in boxes:
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert bar["y"] <= box["y"] and box["y"] + box["height"] <= size[1]
    view = viewer.page.locator("#view").bounding_box()
    assert view["height"] == pytest.approx(bar["y"]), "the bar covers the scene"


def test_a_scene_without_a_time_has_no_bar(open_recording):
    viewer = open_recording("still")
    assert not viewer.page.is_visible(PLAY)
    assert viewer.page.locator("#view").bounding_box()["height"] == 600
    viewer.wait_until_drawn()


def test_a_dropped_recording_plays_and_leads_back(open_viewer, our_client, recordings):
    peer = Peer(lambda connection: connection.send(recorded("frame_000")))
    try:
        viewer = open_viewer(f"{our_client}?websocket={peer.url}")
        # The image of the recorded title bar.
        viewer.expect_error("https://example.com/l.png")
        connected = "__scenecast.stats().connected && __scenecast.stats().nodes > 10"
        viewer.page.wait_for_function(connected)
        live = viewer.digest()
        for name in ("moving", "still"):
            drop(viewer.page, "run.viser", recordings[name].path.read_bytes())
            wait_for_state(viewer, lambda now: now["mode"] == "playback" and now["ready"], "on")
            assert not viewer.page.evaluate("__scenecast.stats().connected")
            digest = seek(viewer, 0.0)
            assert [digest] == recordings[name].digests([0.0])
            viewer.page.click("[data-command=close]")
            wait_for_state(viewer, lambda now: now["mode"] == "live" and not now["ready"], "live")
            viewer.page.wait_for_function(connected)
            viewer.page.wait_for_function(f"__scenecast.digest() === '{live}'")
    finally:
        peer.stop()


def test_a_picked_recording_plays(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    viewer.expect_error("WebSocket connection|scenecast.json|https://example.com/l.png")
    viewer.open(our_client)
    with viewer.page.expect_file_chooser() as chooser:
        viewer.page.click("[data-command=open]")
    chooser.value.set_files(recordings["moving"].path)
    assert wait_until_ready(viewer)["name"] == "moving.viser"


def damaged(content):
    """Files that are no recordings, by what is wrong with them."""
    flipped = bytearray(content)
    for at in range(40, len(flipped), 97):
        flipped[at] ^= 0x55
    return {
        "empty": b"",
        "short": content[:5],
        "cut off": content[: len(content) // 2],
        "bits flipped": bytes(flipped),
        "text": b"<!DOCTYPE html><title>404</title>",
        "bomb": (1 << 62).to_bytes(8, "little") + content[8:],
        "lies": (1 << 32).to_bytes(8, "little") + content[8:],
    }


@pytest.mark.parametrize("kind", damaged(b" " * 100))
def test_a_broken_file_is_said_once_and_hurts_nothing(open_recording, recordings, kind):
    viewer = open_recording("moving")
    digest = seek(viewer, 5.0)
    drop(viewer.page, "broken.viser", damaged(recordings["lively"].path.read_bytes())[kind])
    now = wait_for_state(viewer, lambda now: now["error"], "refused")
    assert "broken.viser" in now["error"] and now["loading"] is None
    assert viewer.page.inner_text("#file-notice span") == now["error"]
    assert viewer.digest() == digest and now["name"] == "moving.viser"
    viewer.page.click("#file-notice button")
    assert not viewer.page.is_visible("#file-notice")
    drop(viewer.page, "good.viser", recordings["lively"].path.read_bytes())
    wait_for_state(viewer, lambda now: now["name"] == "good.viser", "playing the next one")


def test_says_that_the_address_is_wrong(open_viewer, our_client):
    viewer = open_viewer("about:blank")
    viewer.expect_error("404")
    viewer.open(with_recording(our_client, f"{our_client}nowhere/scene.viser"))
    now = wait_for_state(viewer, lambda now: now["error"], "refused")
    assert "scene.viser" in now["error"] and "404" in now["error"]


def test_shows_how_much_has_come(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    content = recordings["moving"].path.read_bytes()
    viewer.page.add_init_script(
        """const original = window.fetch;
        window.fetch = async (address, ...rest) => {
            if (address !== "slow.viser") return original(address, ...rest);
            const bytes = Uint8Array.from(%r, (digit) => digit);
            const half = bytes.length >> 1;
            const body = new ReadableStream({ async start(stream) {
                stream.enqueue(bytes.slice(0, half));
                await new Promise((resolve) => (window.goOn = resolve));
                stream.enqueue(bytes.slice(half));
                stream.close();
            } });
            return new Response(body, { headers: { "Content-Length": bytes.length } });
        };"""
        % list(content)
    )
    viewer.open(with_recording(our_client, "slow.viser"))
    viewer.page.wait_for_function("scenecast.state.loading > 0")
    assert viewer.page.inner_text("#player-loading") == "slow.viser 25 %"
    assert viewer.page.get_attribute("#player-progress", "value").startswith("0.2")
    viewer.page.evaluate("goOn()")
    wait_until_ready(viewer)


def test_says_that_the_version_is_another(open_recording, recordings):
    viewer = open_recording("still")
    content = recordings["still"].path.read_bytes()
    # Python's own decoder and encoder, with one word changed.
    import zstandard

    inner = zstandard.ZstdDecompressor().decompress(
        content[8:], max_output_size=int.from_bytes(content[:8], "little")
    )
    assert inner.count(b"1.1.1") == 1
    other = content[:8] + zstandard.ZstdCompressor().compress(inner.replace(b"1.1.1", b"1.0.9"))
    drop(viewer.page, "old.viser", other)
    wait_for_state(viewer, lambda now: now["name"] == "old.viser", "playing")
    notice = viewer.page.inner_text("#file-notice span")
    assert "1.0.9" in notice and "1.1.1" in notice
