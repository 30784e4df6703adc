"""How alike two pictures of a scene are, measured where there is something to see.

A scene often covers a small part of the page, and the mean over the page is then close to one even
for an empty picture. So structural similarity (Wang et al., 2004) is averaged over the windows that
hold content of either picture.
"""

import dataclasses

import numpy as np
from PIL import Image

from viewer import DRAWN_THRESHOLD, drawn

WINDOW = 8
LUMA_WEIGHTS = np.array([0.299, 0.587, 0.114])
C1 = (0.01 * 255) ** 2
C2 = (0.03 * 255) ** 2


@dataclasses.dataclass(frozen=True)
class Likeness:
    """The result of a comparison."""

    content_ssim: float
    """Mean over the windows with content; 1 for pictures without any."""
    ssim: float
    """Mean over all windows."""
    mean_difference: float
    """Mean absolute difference of the channels, of 255."""


def window_sums(values):
    """Sums over every full window: `[H, W]` to `[H - WINDOW + 1, W - WINDOW + 1]`."""
    summed = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    summed[1:, 1:] = values.cumsum(axis=0).cumsum(axis=1)
    rows = summed[WINDOW:] - summed[:-WINDOW]
    return rows[:, WINDOW:] - rows[:, :-WINDOW]


def ssim_map(a, b):
    """The similarity of two luma pictures in every window."""
    count = WINDOW * WINDOW
    mean_a, mean_b = window_sums(a) / count, window_sums(b) / count
    variance_a = window_sums(a * a) / count - mean_a**2
    variance_b = window_sums(b * b) / count - mean_b**2
    covariance = window_sums(a * b) / count - mean_a * mean_b
    luminance = (2 * mean_a * mean_b + C1) / (mean_a**2 + mean_b**2 + C1)
    structure = (2 * covariance + C2) / (variance_a + variance_b + C2)
    return luminance * structure


def compare(a, b):
    """Compares two pictures `[H, W, 3]` u8 of one size."""
    if a.shape != b.shape:
        raise ValueError(f"pictures of different size: {a.shape} and {b.shape}")
    difference = np.abs(a.astype(int) - b.astype(int))
    content = drawn(a) | drawn(b) | (difference.max(axis=-1) > DRAWN_THRESHOLD)
    similarity = ssim_map(a @ LUMA_WEIGHTS, b @ LUMA_WEIGHTS)
    windows = window_sums(content) > 0.5
    return Likeness(
        content_ssim=float(similarity[windows].mean()) if windows.any() else 1.0,
        ssim=float(similarity.mean()),
        mean_difference=float(difference.mean()),
    )


def save_sheet(path, a, b):
    """Writes both pictures and four times their difference, side by side, for people to look at."""
    difference = np.clip(4 * np.abs(a.astype(int) - b.astype(int)), 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate([a, b, difference], axis=1)).save(path)
