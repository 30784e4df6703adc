"""A server whose nodes are broken in every way: what is whole is shown, and goes on."""

import re

import pytest
from listener import listening
from scenes import hostile
from side_by_side import with_server
from viewer import share_of

# What the console says, once each, by the nodes that it is said of.
REASONS = {
    "MeshMessage": "expected an array",
    "CylinderMessage": "radial_segments",
    "/good": "color",
    "/(mesh|wire|batch|skin)/nan": "1 of 1 faces",
    "/(mesh|wire|batch|skin)/half": "1 of 2 faces",
    "/(mesh|wire|batch|skin)/index": "vertex 4000000000",
    "/(mesh|wire|batch|skin)/empty": "is empty",
    "/(mesh|wire|batch|skin)/no_vertices": "0 vertices",
    "/shape/bones": "skin_indices",
    "/shape/batch": "batched_wxyzs",
    "/(points|lines)/colors": "has 3 rows",
    "/(points|lines)/empty": "is empty",
    "/lines/spline": "segments",
    "/lines/bezier": "control_points",
    "/(scale|ball)/(nan|infinite)": "no finite number",
    "/(pose|turn)/(nan|infinite)": "no finite number",
    "/image/flat": "no finite number",
    "/ball/fine": "subdivisions",
    "/(glb|glbs)/(cut|none)": "no GLB file",
    "/(glb|glbs)/json": "JSON",
    "/(image|photo)/(cut|jpeg_cut|none|nonsense|size|large)": "the image",
}


def places(pattern):
    """How many nodes a pattern names."""
    groups = re.findall(r"\(([^)]*)\)", pattern)
    count = 1
    for group in groups:
        count *= len(group.split("|"))
    return count


@pytest.fixture
def listener():
    with listening() as listener:
        hostile.build(listener.server)
        yield listener


def test_what_is_broken_is_named_once_and_the_rest_goes_on(open_viewer, our_client, listener):
    viewer = open_viewer("about:blank")
    page, said = viewer.page, []
    page.on("console", lambda message: said.append(message.text))
    viewer.open(with_server(our_client, listener.url))
    listener.wait_for_viewer(page)
    viewer.wait_for(lambda pixels: share_of(pixels, (230, 60, 50), 60) > 0.001, "the good box")

    def missing(_=None):
        found = lambda node, why: sum(bool(re.search(f"{node}.*{why}", text)) for text in said)
        return {n: why for n, why in REASONS.items() if found(n, why) < places(n)}

    viewer.wait_for(lambda _: not missing(), f"a reason for each of {missing()}")
    assert len(said) == len(set(said)), "each is said once"
    assert page.locator("#trouble p").count() == 3

    # What is whole can be moved and clicked.
    frames = page.evaluate("__scenecast.stats().frames")
    listener.server.scene.get_handle_by_name("/good").position = (0.0, 0.0, -0.2)
    page.wait_for_function(f"__scenecast.stats().frames > {frames}")
    page.mouse.click(435, 320)
    page.wait_for_timeout(200)
    assert [m["name"] for m in listener.heard("NodeClick")] == ["/good"]
