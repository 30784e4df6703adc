"""A figure of Plotly's, which changes with a slider."""

import json

import numpy as np


class Figure:
    """What viser needs of a figure; Plotly itself is not there."""

    def __init__(self, turns):
        t = turns * np.arange(300) / 48
        data = [{"type": "scatter", "mode": "lines", "x": list(t * np.cos(t)), "y": list(t * np.sin(t))}]
        self._json = json.dumps({"data": data, "layout": {"title": {"text": "Spiral"}}})

    def to_json(self):
        return self._json


def build(server):
    # The page has Plotly, or has not: no script is sent.
    server.gui._setup_plotly_js = True
    turns = server.gui.add_slider("Turns", 0.5, 10.0, 0.1, 3.0)
    plot = server.gui.add_plotly(Figure(3.0), aspect=0.8)
    turns.on_update(lambda _: setattr(plot, "figure", Figure(turns.value)))
