"""Kinds of nodes whose pictures come late, change by themselves, or cannot be shown."""

import re

import numpy as np
from side_by_side import with_server
from viewer import share_of


def stats(viewer):
    """What the page tells tests."""
    return viewer.page.evaluate("window.__scenecast.stats()")


def test_broken_nodes_are_named_and_the_others_shown(open_viewer, our_client, viser_server):
    viewer = open_viewer(with_server(our_client, viser_server("broken")))
    viewer.wait_for(lambda pixels: share_of(pixels, (230, 60, 50), 60) > 0.01, "the good box")
    viewer.page.wait_for_function("document.querySelectorAll('#trouble p').length >= 3")
    # Decoding takes a while, so that the page has said all when the last image has failed.
    warnings = []
    viewer.page.on("console", lambda message: warnings.append(message.text))
    viewer.page.reload()
    reasons = [
        "/glb: no GLB file",
        "/faces: mesh: face 0 uses vertex 9",
        "/empty: `faces` is empty",
        "/nan: 1 of 1 faces",
        "/image: .*decoded",
    ]
    for reason in reasons:
        viewer.wait_for(lambda _: any(re.search(reason, text) for text in warnings), reason)
    assert len(warnings) == len(set(warnings)), "each is said once"


def test_a_model_moves_by_itself(open_viewer, our_client, viser_server):
    viewer = open_viewer(with_server(our_client, viser_server("animated")))
    is_red = lambda pixels: (pixels[..., 0] > 150) & (pixels[..., 1] < 120)
    viewer.wait_for(lambda pixels: is_red(pixels).mean() > 0.01, "a triangle")
    frames = stats(viewer)["frames"]
    middles = [np.argwhere(is_red(viewer.pixels())).mean(axis=0) for _ in range(6)]
    assert np.ptp(middles, axis=0).max() > 10, middles
    assert stats(viewer)["frames"] > frames + 3
