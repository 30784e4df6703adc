"""Recordings of both servers, played by viser's own client: `scenecast record` sees what viewers see."""

import os
import pathlib
import subprocess

import pytest
import ssim
from conftest import ROOT
from side_by_side import PICTURES, with_server

FILE_URL = "recording.viser"

# The height of the stock player's bar.
BAR_PIXELS = 40


def scenecast(*arguments):
    """Runs the command to its end."""
    programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))
    subprocess.run([str(programs / "scenecast"), *arguments], check=True, timeout=60)


def play(open_viewer, client_url, recording):
    """Opens a client that plays a recording, over and over."""
    viewer = open_viewer("about:blank")
    # The scene is as large as elsewhere, since the player's bar is below it.
    viewer.page.set_viewport_size({"width": 800, "height": 600 + BAR_PIXELS})
    viewer.page.route(f"**/{FILE_URL}", lambda route: route.fulfill(body=recording.read_bytes()))
    viewer.open(f"{client_url}?playbackPath={FILE_URL}")
    viewer.page.wait_for_selector("canvas", state="attached")
    viewer.show_only_canvas()
    return viewer


@pytest.mark.parametrize("server", ["viser", "scenecast"])
def test_the_stock_client_plays_what_record_saw(
    open_viewer, stock_client, viser_server, scenecast_server, tmp_path, server
):
    if server == "viser":
        url = viser_server("still_life")
    else:
        url = scenecast_server("examples/still_life").url
    recording = tmp_path / FILE_URL
    scenecast("record", url.replace("http://", "ws://"), "-o", str(recording), "--seconds", "1.5")
    live = open_viewer(with_server(stock_client, url)).wait_until_drawn()
    player = play(open_viewer, stock_client, recording)
    played = player.wait_for(
        lambda pixels: ssim.compare(pixels[:600], live).content_ssim > 0.98,
        "what the server shows",
    )
    ssim.save_sheet(PICTURES / f"recording_of_{server}.png", played[:600], live)
