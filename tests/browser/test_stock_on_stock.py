"""viser's client on viser's server: shows that what the other tests compare with is drawn here."""

import ssim
from side_by_side import PICTURES, with_server
from viewer import share_of


def test_still_life_is_drawn(open_viewer, stock_client, viser_server):
    viewer = open_viewer(with_server(stock_client, viser_server("still_life")))
    before = viewer.wait_until_drawn()
    assert share_of(before, (230, 60, 50), tolerance=60) > 0.001, "no red box"

    viewer.drag((400, 300), (480, 320))
    after = viewer.wait_until_drawn()
    ssim.save_sheet(PICTURES / "stock_on_stock.png", before, after)
    assert ssim.compare(before, before).content_ssim > 0.999
    assert ssim.compare(before, after).content_ssim < 0.9, "dragging does not orbit"
