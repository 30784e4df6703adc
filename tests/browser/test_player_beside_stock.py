"""A recording of Python viser in our player and in viser's own, at the same times."""

import numpy as np
import ssim
from player import wait_until_ready, with_recording
from side_by_side import PICTURES

# Where viser's player shows the time, and takes another.
STOCK_TIME = "input.mantine-NumberInput-input"


def pixels_at_rest(viewer, size):
    """What the canvas shows when it has come to rest; its size is given."""
    last = None

    def rests(pixels):
        nonlocal last
        same = last is not None and np.array_equal(pixels, last)
        last = pixels
        return same

    width, height = size
    return viewer.wait_for(rests, "a picture at rest")[:height, :width]


def test_shows_what_the_stock_player_shows(open_viewer, our_client, stock_client, recordings):
    url = recordings["moving"].url
    stock = open_viewer(with_recording(stock_client, url))
    stock.page.wait_for_selector(STOCK_TIME)
    stock.page.keyboard.press("Space")
    stock.page.add_style_tag(content=".mantine-Notifications-root { display: none }")
    ours = open_viewer(with_recording(our_client, url))
    wait_until_ready(ours)
    ours.page.evaluate("scenecast.pause()")
    ours.page.add_style_tag(content="#status { display: none !important }")

    box = stock.page.locator("canvas").first.bounding_box()
    size = (round(box["width"]), round(box["height"]))
    bar = ours.page.locator("#player").bounding_box()["height"]
    ours.page.set_viewport_size({"width": size[0], "height": size[1] + round(bar)})
    # Only forwards: going back, viser's player leaves nodes as they were.
    for time in (6.0, 11.5, 17.0):
        stock.page.fill(STOCK_TIME, str(time))
        ours.page.evaluate("time => scenecast.seek(time)", time)
        of_stock = pixels_at_rest(stock, size)
        of_ours = pixels_at_rest(ours, size)
        ssim.save_sheet(PICTURES / f"player_{time}.png", of_ours, of_stock)
        likeness = ssim.compare(of_ours, of_stock)
        assert likeness.content_ssim >= 0.9, (time, likeness)
    for where, viewer in (("ours", ours), ("stock", stock)):
        viewer.page.screenshot(path=PICTURES / f"player_page_{where}.png")
