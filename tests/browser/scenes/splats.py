"""Gaussian splats of several nodes that lie among each other, turned, scaled and hidden."""

import numpy as np


def blob(seed, count=3000, spread=0.5):
    """Splats of all shapes around the origin, as `add_gaussian_splats` takes them."""
    rng = np.random.default_rng(seed)
    centers = rng.normal(0.0, spread, (count, 3)).astype(np.float32)
    axes, _ = np.linalg.qr(rng.normal(size=(count, 3, 3)))
    deviations = 0.03 * np.exp(rng.normal(0.0, 0.7, (count, 3)))
    return {
        "centers": centers,
        "covariances": np.einsum("nij,nj,nkj->nik", axes, deviations**2, axes),
        "rgbs": np.clip(0.5 + 0.5 * centers, 0.0, 1.0),
        "opacities": rng.uniform(0.1, 1.0, (count, 1)),
    }


def build(server):
    scene = server.scene
    scene.configure_default_lights(True, cast_shadow=False)
    scene.add_gaussian_splats("/a", **blob(0))
    turned = (0.8, 0.0, 0.6, 0.0)
    scene.add_gaussian_splats("/b", **blob(1), position=(0.5, 0.0, 0.2), wxyz=turned)
    scene.add_gaussian_splats("/c", **blob(2), position=(0.0, 0.8, 0.0), scale=(0.5, 1.0, 0.7))
    scene.add_gaussian_splats("/hidden", **blob(3), visible=False)
    scene.add_box("/box", dimensions=(0.7, 0.7, 0.7), color=(200, 60, 60))
    scene.add_label("/label", "over splats")
