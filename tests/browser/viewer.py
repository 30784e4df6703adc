"""A browser page that shows a scene."""

import io
import re
import time

import numpy as np
from PIL import Image

# A pixel counts as drawn when one of its channels differs this much from the background.
DRAWN_THRESHOLD = 12

# Whether our client leaves pixels out, as it does while slow pictures follow each other.
IS_COARSE = """() => {
    const view = window.__scenecast && document.getElementById("view");
    return Boolean(view) && view.width < view.clientWidth;
}"""

# Hides panels and notices, so that only the scene is compared. Visibility keeps the layout.
ONLY_CANVAS = "body *:not(canvas):not(:has(canvas)) { visibility: hidden !important; }"


class Viewer:
    """A page, what it shows, and the errors that it reported."""

    def __init__(self, page):
        self.page = page
        self._errors = []
        self._expected = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._errors.append(f"uncaught: {error}"))
        page.on("crash", lambda _: self._errors.append("the page crashed"))

    def _on_console(self, message):
        if message.type == "error":
            self._errors.append(f"{message.text} ({message.location.get('url')})")

    def open(self, url):
        """Loads a URL up to the page's `load` event."""
        self.page.goto(url, wait_until="load")

    def expect_error(self, pattern):
        """Announces errors that the test provokes."""
        self._expected.append(pattern)

    def unexpected_errors(self):
        """The errors so far that no pattern announced."""
        return [e for e in self._errors if not any(re.search(p, e) for p in self._expected)]

    def show_only_canvas(self):
        """Hides everything but the scene."""
        self.page.add_style_tag(content=ONLY_CANVAS)

    def pixels(self):
        """What the page shows, as `[height, width, 3]` u8."""
        picture = Image.open(io.BytesIO(self.page.screenshot(type="png")))
        return np.asarray(picture.convert("RGB"))

    def wait_for(self, condition, what, timeout_secs=30):
        """Waits until `condition(pixels)` holds; returns the pixels it held for."""
        deadline = time.monotonic() + timeout_secs
        while True:
            pixels = self.pixels()
            if condition(pixels):
                return pixels
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"after {timeout_secs} s the page does not show {what}; errors: {self._errors}"
                )
            self.page.wait_for_timeout(50)

    def wait_for_value(self, read, condition, what, timeout_secs=20):
        """Waits until `read(viewer)` is something that `condition` holds for; returns it."""
        deadline = time.monotonic() + timeout_secs
        while True:
            now = read(self)
            if now and condition(now):
                return now
            assert time.monotonic() < deadline, f"not {what}: {now}"
            self.page.wait_for_timeout(30)

    def wait_until_drawn(self, min_share=0.005, timeout_secs=30):
        """Waits until at least this share of the scene's pixels is drawn and the picture rests.

        Only the canvas counts, so panels are hidden from here on. Returns the pixels.
        """
        self.page.wait_for_selector("canvas", timeout=timeout_secs * 1000, state="attached")
        self.show_only_canvas()
        last = None

        def rests(pixels):
            nonlocal last
            same = last is not None and np.array_equal(pixels, last)
            last = pixels
            return same and drawn(pixels).mean() >= min_share and not self.page.evaluate(IS_COARSE)

        return self.wait_for(rests, "a scene at rest", timeout_secs)

    def digest(self):
        """The digest of our client's state."""
        return self.page.evaluate("() => __scenecast.digest()")

    def drag(self, start, end, button="left", steps=10):
        """Drags the mouse from one point to another, in pixels from the top left."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down(button=button)
        mouse.move(*end, steps=steps)
        mouse.up(button=button)

    def wheel(self, at, delta_y):
        """Turns the mouse wheel over a point."""
        self.page.mouse.move(*at)
        self.page.mouse.wheel(0, delta_y)


def drawn(pixels):
    """Which pixels differ from the background (the one at the middle of the left edge)."""
    background = pixels[pixels.shape[0] // 2, 2].astype(int)
    return np.abs(pixels.astype(int) - background).max(axis=-1) > DRAWN_THRESHOLD


def share_of(pixels, rgb, tolerance=40):
    """The share of pixels that are close to a colour."""
    near = np.abs(pixels.astype(int) - np.array(rgb)).max(axis=-1) <= tolerance
    return float(near.mean())
