"""What our page makes of servers, browsers and users that are not as one would wish."""

import re
import time

import numpy as np
import pytest
from peer import Peer, recorded
from side_by_side import with_server


@pytest.fixture
def open_with_peer(open_viewer, our_client):
    """Opens our client on a peer that behaves as told: `open_with_peer(behave) -> Viewer, Peer`."""
    peers = []

    def open_page(behave, parameters="", **options):
        peers.append(Peer(behave, **options))
        viewer = open_viewer(f"{our_client}?websocket={peers[-1].url}{parameters}")
        # The recorded title bar has an image there.
        viewer.expect_error("https://example.com/l.png")
        return viewer, peers[-1]

    yield open_page
    for peer in peers:
        peer.stop()


def stats(viewer):
    """What the page tells tests; `None` before it has started."""
    return viewer.page.evaluate("window.__scenecast?.stats() ?? null")


def wait_until(viewer, condition, what, timeout_secs=20):
    """Waits until `condition(stats)` holds; returns those stats."""
    return viewer.wait_for_value(stats, condition, what, timeout_secs)


def has_status(pattern):
    """A condition: the notice matches."""
    return lambda now: re.search(pattern, now["status"])


def test_says_that_a_bug_has_ended_it(open_with_peer):
    viewer, _peer = open_with_peer(lambda connection: connection.send(recorded("frame_000")))
    wait_until(viewer, has_status("Connected"), "connected")
    notice = viewer.page.locator("#notice")
    tell = "error => dispatchEvent(new ErrorEvent('error', {error: eval(error)}))"
    viewer.page.evaluate(tell, "new TypeError('of another script')")
    assert not notice.is_visible()
    # What the browser makes of a module that has reached the end of its wits.
    trap = "new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([%s]))).exports.f()" % (
        "0,97,115,109,1,0,0,0, 1,4,1,96,0,0, 3,2,1,0, 7,5,1,1,102,0,0, 10,5,1,3,0,0,11"
    )
    viewer.page.evaluate(tell, f"(() => {{ try {{ {trap} }} catch (e) {{ return e }} }})()")
    assert "stopped because of a bug" in notice.inner_text()


def test_says_both_versions_where_they_do_not_match(open_with_peer):
    reason = "Version mismatch. Client: 1.1.1, Server: 2.0.0"
    viewer, peer = open_with_peer(lambda connection: connection.close(1002, reason))
    wait_until(viewer, has_status(r"Version mismatch.*2\.0\.0.*1\.1\.1"), "a mismatch")
    assert viewer.page.inner_text("#status b") == "Version mismatch"
    assert peer.offers == ["viser-v1.1.1"]


def test_offers_the_server_s_version_where_it_speaks_it(open_with_peer):
    def behave(connection):
        if connection.subprotocol != "viser-v1.1.8":
            connection.close(1002, "Version mismatch. Client: 1.1.1, Server: 1.1.8")
        else:
            connection.send(recorded("frame_000"))

    viewer, peer = open_with_peer(behave)
    wait_until(viewer, has_status(r"Connected.*1\.1\.8"), "connected")
    assert peer.offers == ["viser-v1.1.1", "viser-v1.1.8"]


def test_says_why_it_is_refused_and_passes_the_token_on(open_with_peer):
    viewer, peer = open_with_peer(
        lambda connection: connection.close(1008, "this token is old"), "&token=a%2Fb"
    )
    wait_until(viewer, has_status("refused this token is old"), "refused")
    assert peer.paths[0] == "/?token=a%2Fb"


def test_a_handshake_may_take_longer_than_a_second(open_with_peer):
    viewer, peer = open_with_peer(
        lambda connection: connection.send(recorded("frame_000")),
        before_handshake=lambda: time.sleep(2.5),
    )
    wait_until(viewer, lambda now: now["messages"] > 0, "connected")
    assert len(peer.paths) == 1, "an attempt that was about to succeed was given up"


@pytest.mark.parametrize(
    "frame",
    [b"", b"\1\2\3", b"\xff" * 200, recorded("frame_000")[:-9], "text"],
    ids=["empty", "short", "nonsense", "cut off", "text"],
)
def test_a_broken_frame_ends_the_connection_but_not_the_page(open_with_peer, frame):
    is_broken = [True]

    def behave(connection):
        connection.send(recorded("frame_000"))
        if is_broken.pop() if is_broken else False:
            connection.send(frame)

    viewer, peer = open_with_peer(behave)
    wait_until(viewer, has_status("Connection closed.*cannot read"), "closed")
    now = wait_until(viewer, has_status("Connected"), "connected again")
    assert len(peer.offers) == 2 and now["nodes"] > 10
    assert "unreadable" in now["lastError"] or "not drawn" in now["lastError"]


def test_a_hidden_page_takes_messages_in_and_draws_nothing(open_with_peer):
    connections = []
    viewer, _ = open_with_peer(connections.append)
    wait_until(viewer, lambda now: now["connected"] and connections, "connected")
    viewer.page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.away})")
    viewer.page.evaluate("window.away = true; document.dispatchEvent(new Event('visibilitychange'))")
    viewer.page.wait_for_timeout(200)
    frames = stats(viewer)["frames"]
    connections[0].send(recorded("frame_000"))
    wait_until(viewer, lambda now: now["nodes"] > 10, "up to date")
    viewer.page.wait_for_timeout(300)
    assert stats(viewer)["frames"] == frames


def test_a_lost_graphics_context_comes_back(open_viewer, our_client, viser_server):
    viewer = open_viewer(with_server(our_client, viser_server("primitives")))
    before = viewer.wait_until_drawn()
    viewer.page.evaluate(
        """() => {
            const gl = document.getElementById("view").getContext("webgl2");
            window.extension = gl.getExtension("WEBGL_lose_context");
            window.extension.loseContext();
        }"""
    )
    viewer.wait_for(lambda pixels: not np.array_equal(pixels, before), "a lost picture")
    viewer.page.evaluate("window.extension.restoreContext()")
    viewer.wait_for(lambda pixels: np.array_equal(pixels, before), "the same picture again")


@pytest.mark.parametrize("answer", ["return null", "throw new Error('blocked')"])
def test_says_that_there_is_no_webgl(chromium, our_client, answer):
    page = chromium.new_page()
    page.add_init_script(
        """const original = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            if (kind === "webgl2") { %s; }
            return original.call(this, kind, ...rest);
        };"""
        % answer
    )
    page.goto(our_client)
    notice = page.locator("#notice")
    notice.wait_for()
    assert "WebGL 2" in notice.inner_text()
    size = page.viewport_size
    assert notice.bounding_box() == {"x": 0, "y": 0, **size}, "nothing else is to be seen"
    page.close()


def test_keys_move_the_camera_unless_they_are_typed(open_with_peer):
    viewer, _ = open_with_peer(lambda connection: connection.send(recorded("frame_000")))
    wait_until(viewer, lambda now: now["frames"] > 0, "drawn")
    viewer.page.evaluate(
        "document.body.append(Object.assign(document.createElement('input'), {id: 'typed'}))"
    )
    start = stats(viewer)["camera"]
    viewer.page.focus("#typed")
    viewer.page.keyboard.down("w")
    viewer.page.wait_for_timeout(300)
    viewer.page.keyboard.up("w")
    assert stats(viewer)["camera"] == start
    viewer.page.mouse.click(400, 300)
    viewer.page.keyboard.down("w")
    wait_until(viewer, lambda now: now["camera"]["lookAt"] != start["lookAt"], "moving")
    viewer.page.keyboard.up("w")


def test_two_fingers_pinch(open_viewer, our_client, viser_server):
    # A scene that software draws quickly: every step waits for a picture.
    viewer = open_viewer(with_server(our_client, viser_server("frames")))
    wait_until(viewer, lambda now: now["frames"] > 0, "drawn")
    touch = viewer.page.context.new_cdp_session(viewer.page)

    def send(kind, spread):
        points = [{"x": 400 - spread, "y": 300, "id": 0}, {"x": 400 + spread, "y": 300, "id": 1}]
        points = [] if kind == "touchEnd" else points
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def distance(now):
        return np.linalg.norm(np.subtract(now["camera"]["position"], now["camera"]["lookAt"]))

    before = distance(stats(viewer))
    send("touchStart", 50)
    for spread in range(51, 101):
        send("touchMove", spread)
    send("touchEnd", 0)
    # 50 px further from their middle: 0.95 to the power of 50 · 3/80.
    expected = before * 0.95**1.875
    wait_until(viewer, lambda now: abs(distance(now) / expected - 1) < 1e-6, "closer")
