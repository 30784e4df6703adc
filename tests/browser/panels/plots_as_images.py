"""A plot that the program draws into an image."""

import numpy as np

WIDTH, HEIGHT = 320, 160


def plot(frequency):
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for x in range(WIDTH):
        middle = int(HEIGHT / 2 * (1 - 0.9 * np.sin(x / WIDTH * frequency * 2 * np.pi)))
        pixels[max(middle - 2, 0) : middle + 2, x] = (240, 120, 20)
    return pixels


def build(server):
    frequency = server.gui.add_slider("Waves", 1.0, 10.0, 0.1, 2.0)
    image = server.gui.add_image(plot(2.0), label="A wave", format="png")

    @frequency.on_update
    def _(_):
        image.image = plot(frequency.value)
        print("drawn true")
