"""Fixtures: a browser, pages that notice errors, and the servers and clients to bring together.

Settings come from `cargo xtask test`, which builds everything first:
SCENECAST_CHROMIUM  the browser
SCENECAST_TSC       the TypeScript compiler
SCENECAST_AXE       axe-core, as a script
SCENECAST_PROGRAMS  the folder with `scenecast` and `examples/`
"""

import os
import pathlib
import shutil
import sys

import pytest
from playwright.sync_api import sync_playwright

import record
import viser
from program import Program
from static_site import StaticSite
from viewer import Viewer

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))

# Software rendering that is the same on every machine, and no talk with the browser's makers.
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    """The browser; every test opens pages of its own in it."""
    path = os.environ.get("SCENECAST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_viewer(chromium):
    """Opens a URL in a page of 800 by 600 pixels: `open_viewer(url) -> Viewer`.

    At the end of the test each page must have reported no error; a test that provokes one says so
    with `viewer.expect_error(pattern)`.
    """
    viewers = []

    def open_url(url):
        context = chromium.new_context(
            viewport={"width": 800, "height": 600}, device_scale_factor=1
        )
        viewers.append(Viewer(context.new_page()))
        viewers[-1].open(url)
        return viewers[-1]

    yield open_url
    unexpected = [error for viewer in viewers for error in viewer.unexpected_errors()]
    for viewer in viewers:
        viewer.page.context.close()
    assert not unexpected


@pytest.fixture(scope="session")
def our_client():
    """The address of our bundle on a static server that knows nothing of it."""
    with StaticSite(ROOT / "dist") as site:
        yield site.url


@pytest.fixture(scope="session")
def stock_client():
    """The address of viser's own client on a static server."""
    with StaticSite(pathlib.Path(viser.__file__).parent / "client/build") as site:
        yield site.url


@pytest.fixture(scope="session")
def recordings(tmp_path_factory):
    """Recordings of Python viser by name, each with `path` and `url`; made once."""
    folder = tmp_path_factory.mktemp("recordings")
    paths = record.all_into(folder)
    with StaticSite(folder, has_page=False) as site:
        yield {name: record.Recorded(path, site.url + path.name) for name, path in paths.items()}


@pytest.fixture
def start_program():
    """Starts a program and stops it with the test: `start_program([path, …]) -> Program`."""
    programs = []

    def start(command):
        programs.append(Program(command))
        return programs[-1]

    yield start
    for program in programs:
        program.stop()


@pytest.fixture
def viser_program(start_program):
    """Serves what a module builds with Python viser: `viser_program("panels.forms") -> Program`,
    with the address as its `url`."""

    def start(module):
        script = HERE / "serve_with_viser.py"
        program = start_program([sys.executable, str(script), module])
        program.url = program.wait_for(r"serving (http://\S+)")
        return program

    return start


@pytest.fixture
def viser_server(viser_program):
    """Serves a scene of `scenes/` with Python viser: `viser_server(name) -> "http://…"`."""
    return lambda scene: viser_program(f"scenes.{scene}").url


@pytest.fixture
def scenecast_server(start_program):
    """Runs a program of ours that serves: `scenecast_server("scenecast", "demo", …) -> Program`,
    with the printed address as its `url`. An example's name is `examples/NAME`."""

    def start(name, *arguments):
        program = start_program([str(PROGRAMS / name), *arguments])
        program.url = program.wait_for(r"(http://\S+)")
        return program

    return start
