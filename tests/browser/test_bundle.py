"""The bundle as any static server serves it."""

import gzip
import re

import pytest
from conftest import ROOT

DIST = ROOT / "dist"

# Index, glue, wasm and uPlot together, as a browser that takes gzip loads them.
MAX_GZIPPED_BYTES = 650_000


def test_starts_without_an_error(open_viewer, our_client):
    viewer = open_viewer("about:blank")
    # A static site has no scene to connect to, and does not say why.
    viewer.expect_error("WebSocket connection|scenecast.json")
    viewer.open(our_client)
    viewer.page.wait_for_selector("#loading", state="detached")


def test_says_on_the_page_why_it_cannot_start(open_viewer, our_client):
    viewer = open_viewer("about:blank")
    viewer.expect_error("ERR_FAILED|Failed to fetch")
    viewer.page.route("**/*.wasm", lambda route: route.abort())
    viewer.open(our_client)
    notice = viewer.page.locator("#loading")
    notice.filter(has_text="could not start").wait_for()


def test_every_file_that_the_page_names_is_there():
    page = (DIST / "index.html").read_text()
    names = set(re.findall(r"[\"']\./([^\"']+)[\"']", page))
    assert any(name.endswith(".wasm") for name in names)
    assert [name for name in names if not (DIST / name).exists()] == []


@pytest.mark.parametrize("path", sorted(DIST.glob("**/*.gz")), ids=lambda path: path.name)
def test_compressed_siblings_hold_their_file(path):
    assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
    assert path.with_suffix(".br").stat().st_size <= path.stat().st_size


def test_fits_its_budget():
    loaded = [DIST / "index.html", *DIST.glob("*.js"), *DIST.glob("*.wasm")]
    total = sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded)
    assert total < MAX_GZIPPED_BYTES
