"""A server of `scenecast::infra` that says viser's messages, with viser's own programs as clients."""

import re
import subprocess
import sys

from conftest import HERE
from side_by_side import PICTURES, with_server
from viewer import share_of


def test_the_stock_client_shows_what_it_says(open_viewer, stock_client, scenecast_server):
    server = scenecast_server("examples/typescript_client", str(HERE), "0", "windows")
    viewer = open_viewer(with_server(stock_client, server.url))
    viewer.page.wait_for_selector("canvas", state="attached")
    viewer.show_only_canvas()
    red = (200, 40, 40)
    viewer.wait_for(lambda pixels: share_of(pixels, red, 60) > 0.001, "the ring")
    # The page has told where its camera is, and the server has answered all with a label.
    late = open_viewer(with_server(stock_client, server.url))
    late.page.wait_for_selector("canvas", state="attached")
    late.wait_for(lambda pixels: share_of(pixels, red, 60) > 0.001, "the ring")
    late.page.screenshot(path=PICTURES / "infra_in_stock_client.png")


def test_python_reads_its_windows_and_is_understood(scenecast_server):
    server = scenecast_server("examples/typescript_client", str(HERE), "0", "windows")
    url = re.sub("^http", "ws", server.url)
    script = HERE / "read_windows_with_python.py"
    done = subprocess.run([sys.executable, script, url], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "PointCloudMessage /ring 200 points",
        "ReplayDoneMessage",
        "SetPositionMessage (1, 2, 0)",
        "LabelMessage client 0 looks at 1.0, 2.0",
    ]
