"""The bundle as any static server serves it."""

import gzip
import re

import pytest
from conftest import ROOT
from static_site import StaticSite

DIST = ROOT / "dist"

# What people load: without the panel, which is too large so far.
PLAIN = ROOT / "target/xtask/plain"

# Index, glue and wasm together, as a browser that takes gzip loads them.
MAX_GZIPPED_BYTES = 650_000

# A page that carries everything, without the recording in it.
MAX_EXPORTED_BYTES = 900_000


def test_starts_without_an_error(open_viewer, our_client):
    viewer = open_viewer("about:blank")
    # A static site has no scene to connect to, and does not say why.
    viewer.expect_error("WebSocket connection|scenecast.json")
    viewer.open(our_client)
    viewer.page.wait_for_selector("#loading", state="detached")


def test_shows_a_scene_without_the_panel(open_viewer, viser_server):
    with StaticSite(PLAIN) as site:
        server = viser_server("primitives")
        viewer = open_viewer(f"{site.url}?websocket={server.replace('http', 'ws')}")
        viewer.wait_until_drawn()
        assert viewer.page.locator("#gui > *").count() == 0


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
    loaded = [PLAIN / "index.html", *PLAIN.glob("*.js"), *PLAIN.glob("*.wasm")]
    total = sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded)
    assert total < MAX_GZIPPED_BYTES


def test_exported_pages_fit_theirs():
    [client] = PLAIN.glob("scenecast-client*.wasm.gz")
    [glue] = PLAIN.glob("scenecast-client*.js")
    text = [PLAIN / "index.html", glue]
    base64_bytes = client.stat().st_size * 4 / 3
    assert base64_bytes + sum(path.stat().st_size for path in text) < MAX_EXPORTED_BYTES
