"""The page's interface for programs: in the page, from a page around it, and in one file."""

import base64
import json
import re

import pytest
from player import state, wait_for_state, wait_until_ready, with_recording

# A page with ours in a frame, and all that it hears from there.
HOST = """<!DOCTYPE html><title>host</title><link rel="icon" href="data:,"><style>body { margin: 0 } iframe { border: 0 }</style>
<iframe id="frame" width="800" height="500"></iframe>
<script>
const frame = document.getElementById("frame");
const heard = [];
let calls = 0;
addEventListener("message", (event) => {
  if (event.source === frame.contentWindow && event.data.scenecast) heard.push(event.data);
});
const call = (method, ...args) => {
  const id = ++calls;
  frame.contentWindow.postMessage({ scenecast: "call", method, args, id }, "*");
  return new Promise((resolve, reject) => {
    addEventListener("message", function hear({ data }) {
      if (data.scenecast !== "reply" || data.id !== id) return;
      removeEventListener("message", hear);
      "error" in data ? reject(new Error(data.error)) : resolve(data.result);
    });
  });
};
</script>"""


def embedded_script(content, dark=False):
    """What an exported file says before anything else runs."""
    digits = base64.b64encode(content).decode()
    config = json.dumps({"darkMode": dark})
    return f'window.__VISER_EMBED_DATA__="{digits}";window.__VISER_EMBED_CONFIG__={config};'


@pytest.fixture
def open_host(open_viewer, recordings):
    """Opens a page of another origin with ours in a frame."""

    # On a real server: what a test makes up counts as another network than this machine.
    recordings["still"].path.with_name("host.html").write_text(HOST)

    def open_page(frame_url):
        viewer = open_viewer("about:blank")
        viewer.open(recordings["still"].url.replace("still.viser", "host.html"))
        viewer.page.evaluate("(url) => { frame.src = url; }", frame_url)
        viewer.page.wait_for_function("heard.some((data) => data.scenecast === 'ready')")
        return viewer

    return open_page


def test_programs_in_the_page(open_viewer, our_client, recordings):
    viewer = open_viewer(with_recording(our_client, recordings["moving"].url))
    wait_until_ready(viewer)
    evaluate = viewer.page.evaluate
    # Not as the value of the text: what is evaluated to a function is called.
    evaluate("window.heard = []; void scenecast.on('state', (state) => heard.push(state))")
    evaluate("scenecast.addEventListener('state', (event) => (window.last = event.detail))")
    evaluate("scenecast.pause()")
    evaluate("scenecast.seek(12.5)")
    assert state(viewer) | {"name": ""} == {
        "mode": "playback",
        "ready": True,
        "loading": None,
        "error": "",
        "name": "",
        "playing": False,
        "time": 12.5,
        "duration": pytest.approx(20.0),
        "speed": 1,
        "loop": True,
    }
    evaluate("scenecast.setSpeed(4), scenecast.setLoop(false), scenecast.play()")
    viewer.page.wait_for_function("heard.length >= 3 && last.playing")
    assert evaluate("heard.map(({ playing, time }) => [playing, time])")[:2] == [
        [False, pytest.approx(evaluate("heard[0].time"))],
        [False, 12.5],
    ]
    evaluate("scenecast.stepForward(), scenecast.stepBack()")
    assert not state(viewer)["playing"]

    # What ends listening, ends it.
    assert evaluate(
        """async () => {
            let count = 0;
            const end = scenecast.on("state", () => count++);
            scenecast.seek(1);
            await new Promise((resolve) => setTimeout(resolve));
            end();
            scenecast.seek(2);
            await new Promise((resolve) => setTimeout(resolve));
            return count;
        }"""
    ) == 1


def test_programs_that_ask_for_nonsense_are_told(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    viewer.expect_error("WebSocket connection|scenecast.json")
    viewer.open(our_client)
    viewer.page.wait_for_function("window.scenecast")
    for code, error in {
        "scenecast.play()": "no recording",
        "scenecast.seek('x')": "expected a number",
        "scenecast.seek(NaN)": "expected a number",
        "scenecast.load(5)": "ArrayBuffer",
        "scenecast.setCamera(3)": "expected an object",
        "scenecast.setCamera({ position: [1, 2] })": "position is no list of three",
        "scenecast.setCamera({ fov: -1 })": "fov is no positive number",
        "scenecast.setCamera({ zoom: 2 })": "there is no .zoom",
    }.items():
        said = viewer.page.evaluate(
            f"(() => {{ try {{ {code}; return ''; }} catch (error) {{ return error.message; }} }})()"
        )
        assert re.search(error, said), (code, said)
    refused = "scenecast.load(new ArrayBuffer(9)).then(() => '', (error) => error.message)"
    assert "not a recording" in viewer.page.evaluate(refused)


def test_programs_load_and_move_the_camera(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    viewer.expect_error("WebSocket connection|scenecast.json")
    viewer.open(our_client)
    viewer.page.wait_for_function("window.scenecast")
    camera = {"position": [0, -4, 1], "lookAt": [0, 0, 1], "up": [0, 0, 1], "fov": 0.8}
    for source in (
        "url",
        "fetch(url).then((response) => response.arrayBuffer())",
        "fetch(url).then((response) => response.blob())",
        "fetch(url).then(async (r) => new File([await r.blob()], 'of mine.viser'))",
        "fetch(url).then(async (r) => new Uint8Array(await r.arrayBuffer()))",
    ):
        viewer.page.evaluate(
            f"async (url) => {{ await scenecast.load(await {source}); scenecast.pause(); }}",
            recordings["moving"].url,
        )
        assert state(viewer)["ready"], source
        viewer.page.evaluate("(camera) => scenecast.setCamera(camera)", camera)
        now = viewer.page.evaluate("scenecast.camera")
        for name, value in camera.items():
            assert now[name] == pytest.approx(value, abs=1e-9), (source, name)
        viewer.page.evaluate("scenecast.setCamera({ fov: 1.2, near: 0.1, far: 50 })")
        now = viewer.page.evaluate("scenecast.camera")
        assert [now["fov"], now["near"], now["far"]] == pytest.approx([1.2, 0.1, 50])
        assert now["position"] == pytest.approx(camera["position"], abs=1e-9)


def test_a_page_around_commands_by_messages(open_host, our_client, recordings):
    viewer = open_host(with_recording(our_client, recordings["moving"].url))
    evaluate = viewer.page.evaluate
    evaluate("call('on', 'state')")
    frame = viewer.page.frames[1]
    frame.wait_for_function("window.scenecast?.state.ready")
    evaluate("call('seek', 7.5)")
    now = evaluate("call('state')")
    assert (now["time"], now["playing"]) == (7.5, False)
    viewer.page.wait_for_function(
        "heard.some((d) => d.scenecast === 'event' && d.event === 'state' && d.detail.time === 7.5)"
    )
    digest = frame.evaluate("__scenecast.digest()")
    assert [digest] == recordings["moving"].digests([7.5])
    evaluate("call('setCamera', { position: [5, 0, 0], lookAt: [0, 0, 0] })")
    assert evaluate("call('camera')")["position"] == pytest.approx([5, 0, 0])
    evaluate("call('off', 'state')")
    count = evaluate("heard.filter((d) => d.scenecast === 'event').length")
    evaluate(
        "(url) => fetch(url).then((r) => r.arrayBuffer()).then((b) => call('load', b))",
        recordings["still"].url,
    )
    assert evaluate("call('state')")["duration"] == 0
    assert evaluate("heard.filter((d) => d.scenecast === 'event').length") == count
    for wrong, error in [("fly", "no method"), ("seek", "expected a number"), ("on", "no event")]:
        said = evaluate(f"call('{wrong}').then(() => '', (error) => error.message)")
        assert error in said, (wrong, said)


def test_other_frames_are_not_obeyed(open_host, our_client, recordings):
    viewer = open_host(with_recording(our_client, recordings["moving"].url))
    frame = viewer.page.frames[1]
    frame.wait_for_function("window.scenecast?.state.ready")
    frame.evaluate("scenecast.seek(3)")
    viewer.page.evaluate(
        """() => new Promise((resolve) => {
            const other = document.createElement("iframe");
            other.srcdoc = `<script>parent.frames[0].postMessage(
                { scenecast: "call", method: "seek", args: [9] }, "*")<\\/script>`;
            other.onload = () => setTimeout(resolve, 200);
            document.body.append(other);
        })"""
    )
    # Nor what does not speak to us.
    viewer.page.evaluate("frame.contentWindow.postMessage({ method: 'seek', args: [9] }, '*')")
    viewer.page.evaluate("frame.contentWindow.postMessage('seek', '*')")
    viewer.page.wait_for_timeout(100)
    assert frame.evaluate("scenecast.state.time") == 3


def test_a_recording_in_the_page_goes_before_all_others(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    viewer.page.add_init_script(embedded_script(recordings["moving"].path.read_bytes(), dark=True))
    viewer.open(with_recording(our_client, recordings["still"].url, "&websocket=ws://nowhere"))
    assert wait_until_ready(viewer)["duration"] == pytest.approx(20.0)
    page = viewer.page
    assert page.get_attribute(":root", "data-theme") == "dark"
    assert page.is_visible("[data-command=toggle]")
    assert not page.is_visible("[data-command=open]"), "an exported file is what it is"
    digest = page.evaluate("scenecast.seek(4.2), __scenecast.digest()")
    assert [digest] == recordings["moving"].digests([4.2])


def test_an_embedded_scene_without_a_time_is_only_a_scene(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    viewer.page.add_init_script(embedded_script(recordings["still"].path.read_bytes()))
    query = "?initialCameraPosition=0,-3,0.5&initialCameraLookAt=0,0,0.5&initialCameraFov=0.5"
    viewer.open(our_client + query)
    wait_until_ready(viewer)
    assert not viewer.page.locator("#player").locator("visible=true").count()
    camera = viewer.page.evaluate("scenecast.camera")
    assert camera["position"] == pytest.approx([0, -3, 0.5])
    assert camera["fov"] == 0.5
    viewer.wait_until_drawn()


def test_embedded_nonsense_is_said(open_viewer, our_client):
    viewer = open_viewer("about:blank")
    viewer.expect_error("ERR_INVALID_URL")
    viewer.page.add_init_script("window.__VISER_EMBED_DATA__ = '***'")
    viewer.open(our_client)
    now = wait_for_state(viewer, lambda now: now["error"], "refused")
    assert "base64" in now["error"]
    assert viewer.page.is_visible("#file-notice")


def test_logs_the_camera_of_a_recording_too(open_viewer, our_client, recordings):
    viewer = open_viewer("about:blank")
    said = []
    viewer.page.on("console", lambda message: said.append(message.text))
    viewer.open(with_recording(our_client, recordings["still"].url, "&logCamera"))
    wait_until_ready(viewer)
    viewer.drag((400, 300), (460, 300))
    viewer.page.wait_for_timeout(200)
    assert any(re.search("initialCameraPosition=.*initialCameraFov", text) for text in said)
