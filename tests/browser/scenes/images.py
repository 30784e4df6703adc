"""Images in the scene: PNG with alpha, JPEG, turned, scaled, one over another, seen from behind."""

import numpy as np


def gradient(height=48, width=64):
    """Colours `[height, width, 3]` u8: red to the right, green downwards, a blue checkerboard."""
    y, x = np.mgrid[0:height, 0:width]
    blue = (x // 8 + y // 8) % 2 * 200
    return np.stack([x * 255 // (width - 1), y * 255 // (height - 1), blue], -1).astype(np.uint8)


def disc(size=64):
    """A translucent disc `[size, size, 4]` u8 with a soft rim."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    alpha = np.clip((size / 2 - np.hypot(x, y)) * 16, 0, 180)
    rgb = np.broadcast_to(np.array([240, 90, 20]), (size, size, 3))
    return np.concatenate([rgb, alpha[..., None]], -1).astype(np.uint8)


def build(server):
    scene = server.scene
    upright = (0.7071068, -0.7071068, 0.0, 0.0)
    scene.add_image("/png", gradient(), 2.0, 1.5, format="png", wxyz=upright)
    scene.add_image("/jpeg", gradient(), 1.5, 1.0, format="jpeg", jpeg_quality=95, position=(1.8, 0, 0))
    scene.add_image("/disc", disc(), 1.0, 1.0, format="png", position=(0.4, -0.6, 0.2), wxyz=upright)
    scene.add_image(
        "/behind", gradient(), 1.0, 1.0, format="png", position=(-1.8, 0, 0.3), scale=(1.5, 0.7, 1.0)
    )
    # Large enough to be shrunk many times.
    large = np.kron(gradient(), np.ones((16, 16, 1), dtype=np.uint8))
    scene.add_image("/small", large, 0.4, 0.3, format="png", position=(0, 1.5, 0.8), wxyz=upright)
