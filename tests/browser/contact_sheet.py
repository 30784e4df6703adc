"""Recordings as three renderers show them, side by side: contact_sheet.py FOLDER [NAME…]

Each `.viser` file of the folder, or those whose names contain one of the given words, is drawn
without a browser, by our client and by viser's in one Chromium, with the camera that the recording
asks for. Beside the files come the pictures, `sheet.png` with all of them, and `index.html`.
"""

import dataclasses
import html
import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

import ssim
import viser
from conftest import CHROMIUM_FLAGS, ROOT
from player import with_recording
from static_site import StaticSite
from viewer import Viewer

SIZE = (800, 600)
# Of a picture on the sheet, and of the line below it.
CELL = (400, 300)
CAPTION = 20
SCENES_PER_ROW = 2
# Machines that do other things as well take long to draw in software.
PATIENCE_SECS = 120
COLUMNS = ("native", "ours", "stock")
STOCK = pathlib.Path(viser.__file__).parent / "client/build"


@dataclasses.dataclass
class Row:
    """A scene, its pictures by column, and how alike two of them are."""

    name: str
    pictures: dict
    likeness: dict

    def caption(self, column):
        """What stands below a picture."""
        if column == "stock":
            return self.name
        if column not in self.pictures:
            return "native: not drawn"
        other = "ours" if column == "native" else "stock"
        return f"{column} ~ {other}: {self.likeness[column]:.4f}"


def drawn_natively(recording, picture):
    """What `scenecast render` draws, over white; `None`, and the reason said, if it cannot."""
    programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))
    size = f"{SIZE[0]}x{SIZE[1]}"
    command = [programs / "scenecast", "render", recording, "--size", size, "-o", picture]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"{recording.stem}: {done.stderr.strip()}", file=sys.stderr)
        return None
    with Image.open(picture) as image:
        over_white = Image.new("RGBA", image.size, "white")
        over_white.alpha_composite(image.convert("RGBA"))
    return np.asarray(over_white.convert("RGB"))


def drawn_in_pages(browser, clients, url):
    """What clients show of a recording once they rest, by name."""
    width, height = SIZE
    pages = {}
    for name, client in clients.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(1000 * PATIENCE_SECS)
        pages[name] = Viewer(page)
        pages[name].open(with_recording(client, url))
    pictures = {name: viewer.wait_until_drawn(timeout_secs=PATIENCE_SECS) for name, viewer in pages.items()}
    for viewer in pages.values():
        viewer.page.close()
    return pictures


def compared(name, pictures):
    """The row of a scene."""
    pairs = {"native": "ours", "ours": "stock"}
    likeness = {
        column: ssim.compare(pictures[column], pictures[other]).content_ssim
        for column, other in pairs.items()
        if column in pictures
    }
    return Row(name, pictures, likeness)


def means(rows):
    """One line for each pair of columns."""
    for column, other in (("native", "ours"), ("ours", "stock")):
        values = {row.name: row.likeness[column] for row in rows if column in row.likeness}
        if values:
            worst = min(values, key=values.get)
            yield (
                f"{column} ~ {other}: content SSIM {np.mean(list(values.values())):.4f} on average"
                f" of {len(values)} scenes, at least {values[worst]:.4f} ({worst})"
            )


def save_sheet(path, rows):
    """One picture with everything."""
    width = SCENES_PER_ROW * len(COLUMNS) * CELL[0]
    height = -(-len(rows) // SCENES_PER_ROW) * (CELL[1] + CAPTION)
    sheet = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(sheet)
    for index, row in enumerate(rows):
        left = index % SCENES_PER_ROW * len(COLUMNS) * CELL[0]
        top = index // SCENES_PER_ROW * (CELL[1] + CAPTION)
        for column, name in enumerate(COLUMNS):
            corner = (left + column * CELL[0], top)
            if name in row.pictures:
                picture = Image.fromarray(row.pictures[name])
                sheet.paste(picture.resize(CELL, Image.Resampling.BOX), corner)
            draw.text((corner[0] + 6, top + CELL[1] + 4), row.caption(name), fill="black")
    sheet.save(path)


def save_page(path, rows):
    """A page with everything, at full size when a picture is clicked."""
    lines = ["<!doctype html><meta charset='utf-8'><title>Reference scenes</title><table>"]
    for row in rows:
        cells = []
        for column in COLUMNS:
            file = f"{row.name}.{column}.png"
            shown = f"<a href='{file}'><img src='{file}' width='{CELL[0]}'></a>"
            picture = shown if column in row.pictures else ""
            cells.append(f"<td>{picture}<br>{html.escape(row.caption(column))}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</table>" + "".join(f"<p>{html.escape(line)}</p>" for line in means(rows)))
    path.write_text("\n".join(lines))


def main(folder, words):
    """Draws everything; returns the rows."""
    names = sorted(path.stem for path in folder.glob("*.viser"))
    rows = []
    chromium = os.environ.get("SCENECAST_CHROMIUM") or shutil.which("chromium")
    with (
        sync_playwright() as playwright,
        StaticSite(ROOT / "dist") as ours,
        StaticSite(STOCK) as stock,
        StaticSite(folder, has_page=False) as recordings,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        clients = {"ours": ours.url, "stock": stock.url}
        for name in names:
            if words and not any(word in name for word in words):
                continue
            recording = folder / f"{name}.viser"
            pictures = drawn_in_pages(browser, clients, recordings.url + recording.name)
            for client, pixels in pictures.items():
                Image.fromarray(pixels).save(folder / f"{name}.{client}.png")
            native = drawn_natively(recording, folder / f"{name}.native.png")
            if native is not None:
                pictures["native"] = native
            rows.append(compared(name, pictures))
            figures = (f"{column} {value:.4f}" for column, value in rows[-1].likeness.items())
            print(f"{name:26} {'  '.join(figures)}", flush=True)
        browser.close()
    save_sheet(folder / "sheet.png", rows)
    save_page(folder / "index.html", rows)
    print("\n".join(means(rows)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:])
