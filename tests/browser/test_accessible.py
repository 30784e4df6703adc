"""Nothing of the page keeps people out: axe-core finds nothing serious or critical."""

import os
import pathlib

import pytest
from side_by_side import with_server

ROOT = pathlib.Path(__file__).resolve().parents[2]
AXE = ROOT / "target/xtask/axe-core/node_modules/axe-core/axe.min.js"

# Width and height, CSS pixels, and whether colours are dark.
LOOKS = {"light": (1280, 800, False), "dark": (1280, 800, True), "phone": (320, 640, False)}

# What is opened before axe looks: examples of the server, and clicks by accessible name.
PAGES = {
    "controls": ("basic_controls", []),
    "settings": ("basic_controls", ["Settings", "Dev Settings"]),
    "about": ("basic_controls", ["About Scenecast"]),
    "palette": ("commands", ["Commands"]),
    "dialog": ("modals", ["Ask only me"]),
    "notes": ("notifications", ["Do some work", "Short note"]),
    "share": ("basic_controls", ["Share"]),
    "title bar": ("theming", []),
    "markdown": ("markdown", []),
    "layouts": ("layouts", []),
    "forms": ("forms", []),
    "upload": ("upload", []),
    "chart": ("uplot", []),
    "image": ("plots_as_images", ["Expand"]),
    "in the scene": ("gui_in_scene", []),
    "tree": ("gui_callbacks", ["Settings", "Look at /frame"]),
    "props": ("gui_callbacks", ["Settings", "Edit props for /cloud"]),
}

THEMES = {False: "light", True: "dark"}


def findings(page):
    """What axe finds that is serious or critical, a line each."""
    page.evaluate(pathlib.Path(os.environ.get("SCENECAST_AXE", AXE)).read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then((results) => results.violations)")
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_people_out(open_viewer, our_client, scenecast_server, name):
    example, clicks = PAGES[name]
    server = scenecast_server(f"examples/{example}", "0")
    viewer = open_viewer(with_server(our_client, server.url))
    page = viewer.page
    page.wait_for_selector("#gui .state[data-level=fine]")
    # Colours on their way from one to another have no contrast of their own.
    page.emulate_media(reduced_motion="reduce")
    for click in clicks:
        page.get_by_label(click, exact=True).or_(
            page.get_by_role("button", name=click, exact=True)
        ).first.click()
    page.wait_for_timeout(300)
    found = []
    for look, (width, height, is_dark) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("(theme) => document.documentElement.dataset.theme = theme", THEMES[is_dark])
        page.wait_for_timeout(100)
        found += [f"{look}: {finding}" for finding in findings(page)]
    assert not found, "\n".join(found)
