"""Sequences of a hub in our page: played from memory, together with others or alone."""

import pytest
from player import state, wait_for_state
from sequence_hub import WITHOUT_FRAMES, SequenceHub

PLAY = "[data-command=toggle]"
DETACH = "[data-command=detach]"


@pytest.fixture
def start_hub():
    """Starts a hub, and stops it with the test."""
    hubs = []

    def start(**options):
        hubs.append(SequenceHub(**options))
        return hubs[-1]

    yield start
    for hub in hubs:
        hub.stop()
    assert [error for hub in hubs for error in hub.errors] == []


@pytest.fixture
def open_on(open_viewer, our_client):
    """Opens our page on a hub, and waits until it knows the timeline."""

    def open_page(hub, parameters="", path=""):
        viewer = open_viewer(f"{our_client}?websocket={hub.url}{path}{parameters}")
        wait_for_state(viewer, lambda now: now.get("frames"), "a timeline")
        return viewer

    return open_page


def asked_frames(hub):
    """How many frames the hub was asked for."""
    return sum(count for _, _, count in hub.requests)


def frame_bytes(viewer):
    """What frames take in the page's memory."""
    return viewer.page.evaluate("__scenecast.stats().frameBytes")


def wait_for_all(viewer, hub):
    """Waits until the page has every frame."""
    everything = sum(hub.lengths) * hub.rest.nbytes
    viewer.wait_for_value(frame_bytes, lambda bytes: bytes >= everything, "all frames")


def expected_digest(hub, frame, open_on):
    """The digest of a viewer that joins at a frame, and is not sent any other."""
    hub.timeline(frame=frame, is_playing=False)
    viewer = open_on(hub, path=WITHOUT_FRAMES)
    digest = viewer.digest()
    viewer.page.close()
    return digest


def go_to(viewer, frame):
    """Jumps to a frame; returns the digest of what is shown in the next picture."""
    return viewer.page.evaluate(
        "(frame) => { scenecast.setFrame(frame); return __scenecast.digest(); }", frame
    )


def test_every_frame_is_sent_once_and_shown(start_hub, open_on):
    hub = start_hub(bodies=3, frames=120)
    expected = {frame: expected_digest(hub, frame, open_on) for frame in (0, 97)}
    viewer = open_on(hub)
    wait_for_all(viewer, hub)
    assert asked_frames(hub) == 120 + 60 + 120
    for frame, digest in expected.items():
        assert go_to(viewer, frame) == digest, frame
    # Around twice, by the clock.
    viewer.page.evaluate("scenecast.setFps(120); scenecast.play()")
    viewer.page.evaluate(
        """() => new Promise((resolve) => {
            let rounds = 0, last = scenecast.state.frame;
            scenecast.on("time", ({ frame }) => {
                rounds += frame < last;
                last = frame;
                if (rounds === 2) resolve();
            });
        })"""
    )
    viewer.page.evaluate("scenecast.pause()")
    at = state(viewer)["frame"]
    digest = viewer.digest()
    assert asked_frames(hub) == 120 + 60 + 120, "asked for again"
    assert digest == expected_digest(hub, at, open_on)
    assert hub.greetings >= 1


def test_more_than_fits_is_fetched_on_the_way(start_hub, open_on):
    hub = start_hub(bodies=3, frames=120)
    everything = sum(hub.lengths) * hub.rest.nbytes
    viewer = open_on(hub, f"&sequenceMemory={everything / 3 / 2**20}")
    viewer.page.wait_for_timeout(500)
    first = asked_frames(hub)
    assert first < 130
    viewer.page.click(PLAY)
    while asked_frames(hub) < first + 300:
        assert frame_bytes(viewer) <= everything / 3
        viewer.page.wait_for_timeout(100)
    viewer.page.click(PLAY)
    at = wait_for_state(viewer, lambda now: not now["playing"], "still")["frame"]
    # A slow machine may still wait for either frame.
    expected = expected_digest(hub, at, open_on)
    viewer.wait_for_value(lambda v: v.digest(), lambda now: now == expected, "where it stopped")
    expected = expected_digest(hub, 5, open_on)
    go_to(viewer, 5)
    viewer.wait_for_value(lambda v: v.digest(), lambda now: now == expected, "there")


def test_viewers_follow_each_other_and_one_may_leave(start_hub, open_on):
    hub = start_hub(bodies=1, frames=600)
    one, other = open_on(hub), open_on(hub)
    one.page.click(PLAY)
    wait_for_state(other, lambda now: now["playing"] and now["frame"] > 20, "playing too")
    a, b = state(one)["frame"], state(other)["frame"]
    assert abs(a - b) < 30 and abs(b - hub.now()) < 30
    one.page.keyboard.press("Space")
    frame = state(one)["frame"]
    wait_for_state(other, lambda now: not now["playing"] and now["frame"] == frame, "there too")
    assert hub.now() == frame
    one.wait_for_value(lambda v: v.digest(), lambda digest: digest == other.digest(), "equal")

    one.page.click(DETACH)
    assert one.page.get_attribute(DETACH, "aria-pressed") == "true"
    said = len(hub.commands)
    go_to(one, 500)
    other.page.evaluate("scenecast.setFrame(100)")
    wait_for_state(other, lambda now: now["frame"] == 100, "at 100")
    one.wait_for_value(lambda _: hub.now(), lambda frame: frame == 100, "told")
    assert len(hub.commands) == said + 1, "who is detached tells the hub nothing"
    now = state(one)
    assert now["frame"] == 500 and now["detached"]
    one.page.click(DETACH)
    wait_for_state(one, lambda now: now["frame"] == 100 and not now["detached"], "back")
    one.wait_for_value(lambda v: v.digest(), lambda digest: digest == other.digest(), "equal")


def test_a_hub_that_dies_is_played_on_and_comes_back(start_hub, open_on):
    hub = start_hub(bodies=2, frames=200)
    viewer = open_on(hub)
    wait_for_all(viewer, hub)
    viewer.expect_error("WebSocket connection|scenecast.json")
    viewer.page.click(PLAY)
    wait_for_state(viewer, lambda now: now["playing"] and now["frame"] > 5, "playing")
    hub.stop()
    viewer.page.wait_for_function("!__scenecast.stats().connected")
    before = state(viewer)["frame"]
    wait_for_state(viewer, lambda now: now["frame"] != before, "playing on")
    hub.timeline(frame=77, is_playing=False)
    hub.twist = [1.0, 2.0]
    hub.requests.clear()
    hub.start()
    wait_for_state(viewer, lambda now: not now["playing"] and now["frame"] == 77, "back")
    expected = expected_digest(hub, 77, open_on)
    viewer.wait_for_value(lambda v: v.digest(), lambda digest: digest == expected, "up to date")
    viewer.wait_for_value(lambda _: asked_frames(hub), lambda n: n >= 300, "asked for")


def test_frames_that_change_are_fetched_again(start_hub, open_on):
    hub = start_hub(bodies=2, frames=50)
    hub.timeline(frame=10)
    viewer = open_on(hub)
    wait_for_all(viewer, hub)
    before = viewer.digest()
    hub.change(0, twist=0.5)
    expected = expected_digest(hub, 10, open_on)
    assert expected != before
    viewer.wait_for_value(lambda v: v.digest(), lambda digest: digest == expected, "changed")


def test_the_bar_by_keyboard(start_hub, open_on):
    hub = start_hub(bodies=1, frames=100)
    viewer = open_on(hub)
    keyboard = viewer.page.keyboard
    frame = lambda: state(viewer)["frame"]
    for key, expected in [
        (".", 1),
        ("ArrowRight", 2),
        (",", 1),
        ("Home", 0),
        ("ArrowLeft", 99),
        ("Shift+ArrowLeft", 39),
        ("End", 99),
        (".", 0),
    ]:
        keyboard.press(key)
        assert frame() == expected, key
    keyboard.press("g")
    assert viewer.page.evaluate("document.activeElement.id") == "player-time"
    keyboard.type("42")
    keyboard.press("Enter")
    assert frame() == 42 and viewer.page.input_value("#player-time") == "42"
    keyboard.press("Space")
    assert state(viewer)["playing"]
    keyboard.press("Space")
    at = state(viewer)
    assert not at["playing"]
    viewer.wait_for_value(lambda _: hub.now(), lambda now: now == at["frame"], "told")
    viewer.page.fill("#player-fps", "25")
    keyboard.press("Enter")
    assert state(viewer)["fps"] == 25
    viewer.wait_for_value(lambda _: hub.fps, lambda fps: fps == 25, "told")
    viewer.page.click("[data-command=loop]")
    viewer.wait_for_value(lambda _: not hub.loops, bool, "told")
    viewer.page.locator("#player-position").fill("63")
    assert frame() == 63
    text = viewer.page.get_attribute("#player-position", "aria-valuetext")
    assert text == "frame 63 of 99"


@pytest.mark.parametrize("size", [(1200, 700), (320, 500)])
def test_the_bar_fits_its_page(start_hub, open_on, size):
    viewer = open_on(start_hub(bodies=1, frames=10_000, rings=3, sectors=4))
    viewer.page.set_viewport_size({"width": size[0], "height": size[1]})
    bar = viewer.page.locator("#player").bounding_box()
    assert bar["x"] == 0 and bar["width"] == size[0] and bar["height"] < 90
    boxes = [part.bounding_box() for part in viewer.page.locator("#player > *").all()]
    boxes = [box for box in boxes if box]
    assert len(boxes) >= 9
    for box in boxes:
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert bar["y"] <= box["y"] and box["y"] + box["height"] <= size[1]


def test_programs_command_the_timeline(start_hub, open_on):
    hub = start_hub(bodies=1, frames=61)
    viewer = open_on(hub)
    evaluate = viewer.page.evaluate
    evaluate("window.heard = []; void scenecast.on('state', (state) => heard.push(state))")
    evaluate("scenecast.seek(0.5)")
    now = state(viewer)
    assert now["mode"] == "live" and now["ready"] and not now["playing"]
    assert (now["frame"], now["frames"], now["fps"]) == (30, 61, 60)
    assert (now["time"], now["duration"]) == (0.5, 1.0)
    evaluate("scenecast.stepBack(), scenecast.detach(true), scenecast.stepForward()")
    viewer.page.wait_for_function("heard.some((state) => state.detached && state.frame === 30)")
    viewer.wait_for_value(lambda _: hub.now(), lambda frame: frame == 29, "told")
    for call in ("setSpeed(2)", "setFrame('x')"):
        error = evaluate(f"() => {{ try {{ scenecast.{call}; }} catch (e) {{ return e.message; }} }}")
        assert error, call


def test_a_single_frame_has_no_bar(start_hub, open_viewer, our_client):
    hub = start_hub(bodies=1, frames=1)
    viewer = open_viewer(f"{our_client}?websocket={hub.url}")
    viewer.page.wait_for_function("window.__scenecast?.stats().nodes > 2")
    viewer.page.wait_for_timeout(200)
    assert not viewer.page.is_visible(PLAY)
    with pytest.raises(Exception, match="there is no timeline"):
        viewer.page.evaluate("scenecast.setFrame(0)")
