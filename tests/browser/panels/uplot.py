"""A chart whose data change ten times a second."""

import threading
import time

import numpy as np
from viser import uplot


def waves(seconds, frequency):
    x = seconds + np.arange(500) / 100
    return x, np.sin(frequency * x), np.cos(frequency * x)


def build(server):
    frequency = server.gui.add_slider("Frequency", 0.5, 10.0, 0.1, 2.0)
    chart = server.gui.add_uplot(
        waves(0.0, 2.0),
        (
            uplot.Series(label="time"),
            uplot.Series(label="sine", stroke="tomato", width=2),
            uplot.Series(label="cosine", stroke="steelblue", width=1),
        ),
        title="Waves",
        scales={"x": uplot.Scale(time=False)},
        axes=(uplot.Axis(label="seconds"), uplot.Axis()),
        aspect=1.5,
    )
    start = time.monotonic()

    def run():
        while True:
            time.sleep(0.1)
            chart.data = waves(time.monotonic() - start, frequency.value)

    threading.Thread(target=run, daemon=True).start()
