"""Pictures that are drawn without a browser, beside those of the browser.

Both draw with the same renderer; the difference is whose OpenGL and whose font rasteriser it is.
"""

import os
import pathlib
import subprocess

import numpy as np
import ssim
from PIL import Image
from player import wait_until_ready, with_recording
from side_by_side import PICTURES
from static_site import StaticSite

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "client-wasm/tests/golden/fixtures"
PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))

CAMERA = (
    "initialCameraPosition=2.2,-2.6,1.7&initialCameraLookAt=0,0,0.2"
    "&initialCameraUp=0,0,1&initialCameraFov=0.9"
)

SIZE = (400, 300)

# The tolerance. The difference is the mean over all channels, of 255.
MIN_CONTENT_SSIM = 0.98
MAX_MEAN_DIFFERENCE = 0.5

# One of each kind.
SCENES = (
    "arrows",
    "background_depth",
    "batched_axes",
    "batched_meshes",
    "bezier",
    "box_opacity_wireframe",
    "fog",
    "frustum_filled_image",
    "glb",
    "grid_infinite",
    "labels",
    "light_point_spot_only",
    "lines_screen_vertexcolor",
    "mesh_smooth_flat",
    "points_rounded",
    "skinned",
    "world_axes",
)


def draw(recording, out, size, *options):
    """Draws a recording without a browser and without a screen; returns `[H, W, 3]` u8."""
    command = [str(PROGRAMS / "scenecast"), "render", str(recording), "-o", str(out)]
    command += ["--size", "{}x{}".format(*size), "--camera", CAMERA, *options]
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done
    return np.asarray(Image.open(out).convert("RGB"))


def assert_alike(drawn, in_browser, name):
    """What differs are edges, smoothed by another OpenGL, and glyphs of another rasteriser."""
    ssim.save_sheet(PICTURES / f"headless_{name}.png", drawn, in_browser)
    likeness = ssim.compare(drawn, in_browser)
    assert likeness.content_ssim >= MIN_CONTENT_SSIM, (name, likeness)
    assert likeness.mean_difference <= MAX_MEAN_DIFFERENCE, (name, likeness)


def test_pictures_of_all_kinds_of_nodes_agree(open_viewer, our_client, tmp_path):
    with StaticSite(FIXTURES, has_page=False) as site:
        first = with_recording(our_client, f"{site.url}{SCENES[0]}.viser", f"&{CAMERA}")
        viewer = open_viewer(first)
        viewer.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        wait_until_ready(viewer)
        for scene in SCENES:
            viewer.page.evaluate("url => scenecast.load(url)", f"{site.url}{scene}.viser")
            in_browser = viewer.wait_until_drawn(min_share=0.0005)
            path = tmp_path / f"{scene}.png"
            assert_alike(draw(FIXTURES / f"{scene}.viser", path, SIZE), in_browser, scene)


def test_recordings_agree_at_any_time(open_viewer, our_client, recordings, tmp_path):
    recording = recordings["moving"]
    viewer = open_viewer(with_recording(our_client, recording.url, f"&{CAMERA}"))
    wait_until_ready(viewer)
    box = viewer.page.locator("#view").bounding_box()
    width, height = round(box["width"]), round(box["height"])
    for time in (6.3, 0.0):
        viewer.page.evaluate("time => scenecast.seek(time)", time)
        in_browser = viewer.wait_until_drawn()[:height, :width]
        path = tmp_path / f"{time}.png"
        drawn = draw(recording.path, path, (width, height), "--at", str(time))
        assert_alike(drawn, in_browser, f"moving_{time}")
