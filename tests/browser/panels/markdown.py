"""Formatted text with an image, and HTML."""

import pathlib

PICTURES = pathlib.Path(__file__).resolve().parents[3] / "docs/pictures"

TEXT = """
# Scenecast

Text in **Markdown**, with `code`, [links](https://viser.studio), and

- lists
- of things

| table | of  |
|-------|-----|
| two   | rows|

![The demo](demo.png)
"""


def build(server):
    text = server.gui.add_markdown(TEXT, image_root=PICTURES)
    server.gui.add_html("<em>This</em> is HTML.")
    shorten = server.gui.add_button("Shorten")
    shorten.on_click(lambda _: setattr(text, "content", "Much *shorter*."))
