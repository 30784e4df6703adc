"""Our client beside viser's own on the same real Python viser."""

import pytest
from side_by_side import compare_clients

# Both show the same picture; what is left is
# edges of another antialiasing.
SCENES = {
    "background": 0.95,
    "batches": 0.9,
    "clouds": 0.95,
    "frames": 0.95,
    "frustums": 0.9,
    "grids": 0.9,
    "images": 0.95,
    "labels": 0.95,
    "levels": 0.98,
    "lights": 0.95,
    "lines": 0.9,
    "meshes": 0.95,
    "models": 0.9,
    "morphs": 0.99,
    "primitives": 0.95,
    "shadows": 0.97,
    "skinned": 0.95,
    "still_life": 0.9,
}


@pytest.mark.parametrize("scene", SCENES)
def test_shows_the_same_picture(open_viewer, our_client, stock_client, viser_server, scene):
    server = viser_server(scene)
    likeness = compare_clients(open_viewer, our_client, stock_client, server, scene)
    assert likeness.content_ssim >= SCENES[scene], likeness
