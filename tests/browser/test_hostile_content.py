"""Whatever a server sends, nothing of it runs, loads or leaves its place."""

import shutil

import numpy as np
import pytest
import viser
import viser._messages as messages
from conftest import ROOT
from listener import listening
from scenes import vectors
from side_by_side import with_server
from viser import uplot

# Before the page's own scripts: what vectors call, and what the browser's policy has to stop.
WATCH = """
window.hits = [];
window.hit = (what) => { hits.push(String(what ?? new Error().stack)); };
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = window.hit;
window.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));
"""

# Everything that a user could do to each element. Links to pages are what they say, and are not
# followed here.
DO_EVERYTHING = """(place) => {
    const elements = [...document.querySelectorAll(place + " *")];
    addEventListener("click", (e) => {
        const link = e.target.closest?.("a[href]");
        if (link && /^(https?|mailto):$/.test(link.protocol)) e.preventDefault();
    }, true);
    const events = ["mouseover", "mouseenter", "mousedown", "mouseup", "click", "dblclick", "pointerdown",
        "pointerenter", "focus", "blur", "load", "error", "toggle", "animationstart", "transitionend", "begin",
        "submit", "input", "change", "close", "scroll", "wheel", "keydown", "drop", "paste"];
    const kinds = [[/key/, KeyboardEvent], [/mouse|click/, MouseEvent], [/pointer/, PointerEvent], [/wheel/, WheelEvent],
        [/drop/, DragEvent], [/./, Event]];
    const made = (event) => new (kinds.find(([name]) => name.test(event))[1])(event, { cancelable: true, key: "a" });
    for (const element of elements) {
        for (const event of events) element.dispatchEvent(made(event));
        element.focus?.();
        element.click?.();
    }
    return elements.length;
}"""

# What must not be in the page, whoever put it there.
LEFT = """(place) => {
    const bad = [];
    for (const element of document.querySelectorAll(place + " *")) {
        if (/^(script|style|iframe|object|embed|base|meta|link|form|template|math|foreignobject|animate|set|frame|portal)$/i
            .test(element.localName)) bad.push(element.localName);
        for (const { name, value } of element.attributes) {
            if (/^on|^srcdoc$|^formaction$|^is$|^name$|^class$|^ping$/i.test(name)) bad.push(name);
            if (/^(href|src|poster)$/.test(name) && /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(value))
                bad.push(value);
            if (name === "id" && !value.startsWith("content-")) bad.push("id " + value);
            if (name === "style" && /position|url\\((?!#content-)|transform|animation|@/i.test(value)) bad.push(value);
        }
    }
    return bad;
}"""


@pytest.fixture
def listener():
    with listening() as listener:
        yield listener


@pytest.fixture
def watched(open_viewer, scenecast_server):
    """A page of ours, with its policy, that notes what runs and what `evil.test` is asked for."""
    page_url = scenecast_server("scenecast", "demo", "--port", "0").url
    viewer = open_viewer("about:blank")
    viewer.asked = []
    # Pictures that are not there are pictures all the same.
    viewer.expect_error("Failed to load resource")
    viewer.page.add_init_script(WATCH)

    def refuse(route):
        viewer.asked.append(route.request.url)
        route.abort()

    viewer.page.context.route("http://*evil.test/**", refuse)
    viewer.show = lambda server: viewer.open(with_server(page_url, server.url))
    return viewer


def check(viewer, place, least):
    page = viewer.page
    page.wait_for_timeout(300)
    assert page.evaluate(LEFT, place) == []
    assert page.evaluate(DO_EVERYTHING, place) >= least
    page.wait_for_timeout(300)
    assert page.evaluate("hits") == []
    assert page.evaluate("violations") == []
    assert viewer.asked == []
    assert page.evaluate("document.querySelectorAll('#view, #gui, #loading').length") == 2
    assert page.evaluate("document.elementFromPoint(150, 300).id") == "view", "nothing covers the scene"
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_nothing_of_foreign_content_runs(watched, listener, kind):
    gui = listener.server.gui
    sources = vectors.HTML + (vectors.MARKDOWN if kind == "markdown" else [])
    for source in sources:
        gui.add_html(source) if kind == "html" else gui.add_markdown(source)
    # Together, too: what one leaves open is another's beginning.
    whole = "\n\n".join(sources)
    gui.add_html(whole) if kind == "html" else gui.add_markdown(whole)
    gui.add_markdown("**the end**")
    watched.show(listener)
    watched.page.locator("#gui strong", has_text="the end").wait_for()
    check(watched, "#gui .foreign", least=100)


def test_nothing_of_icons_runs(watched, listener):
    gui = listener.server.gui
    for source in vectors.ICONS:
        button = gui.add_button("button")
        # As a server that does not keep to the list of icons.
        button._icon_html = source
        upload = gui.add_upload_button("upload")
        upload._icon_html = source
    gui.add_markdown("**the end**")
    watched.show(listener)
    watched.page.locator("#gui strong", has_text="the end").wait_for()
    check(watched, "#gui .glyph", least=20)


class Figure:
    """What `add_plotly` needs of one."""

    def to_json(self):
        return '{"data": [], "layout": {}}'


def test_no_script_of_a_message_runs(watched, listener):
    gui = listener.server.gui
    gui._websock_interface.queue_message(messages.RunJavascriptMessage("hit()"))
    gui._websock_interface.queue_message(messages.RunJavascriptMessage("window.Plotly = {}"))
    gui._setup_plotly_js = True
    gui.add_plotly(Figure())
    gui.add_markdown("**the end**")
    watched.show(listener)
    watched.page.locator("#gui strong", has_text="the end").wait_for()
    watched.page.locator("#gui .trouble", has_text="Plotly").wait_for()
    assert watched.page.evaluate("typeof Plotly") == "undefined"
    assert watched.page.evaluate("hits") == []


def test_html_is_trusted_by_the_page_s_server_only(watched, listener):
    """What the page's own server says of trust is not another server's."""
    watched.page.route(
        "**/page.json", lambda route: route.fulfill(json={"trustHtml": True, "plotly": None})
    )
    listener.server.gui.add_html("<form class=mine><button onclick=hit()>press</button></form><b>end</b>")
    watched.show(listener)
    watched.page.locator("#gui b", has_text="end").wait_for()
    watched.page.wait_for_timeout(300)
    assert watched.page.locator("#gui form").count() == 0


def test_html_of_the_page_s_own_server_is_shown_as_it_is_if_it_says_so(open_viewer, monkeypatch, tmp_path):
    site = shutil.copytree(ROOT / "dist", tmp_path / "site")
    (site / "page.json").write_text('{"trustHtml": true, "plotly": null}')
    start = viser.infra.WebsockServer.__init__
    # A Python viser that serves our page.
    ours = lambda self, *args, **options: start(self, *args, **{**options, "http_server_root": site})
    monkeypatch.setattr(viser.infra.WebsockServer, "__init__", ours)
    with listening() as listener:
        listener.server.gui.add_html("<form class=mine><button>press</button></form><script>window.ran = 1</script>")
        viewer = open_viewer(listener.url + "/")
        viewer.page.locator("#gui form.mine").wait_for()
        assert viewer.page.evaluate("window.ran") is None


def test_the_tests_here_see_what_runs(watched, listener):
    watched.show(listener)
    watched.expect_error("Content Security Policy")
    watched.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit()>')")
    # Waiting inside of the page would evaluate text, which its policy forbids as well.
    watched.wait_for_value(
        lambda viewer: viewer.page.evaluate("hits.length + violations.length"),
        lambda count: count > 0,
        "something that ran, or a rule that was broken",
    )


def test_foreign_content_is_bounded(watched, listener):
    gui = listener.server.gui
    gui.add_html("<div>" * 5_000 + "deep")
    gui.add_html("<b>x</b>" * 60_000)
    # Ten billion circles, were each of them drawn.
    doubled = "".join(f"<g id=g{i + 1}>{f'<use href=#g{i} />' * 10}</g>" for i in range(10))
    gui.add_html(f"<svg><defs><circle id=g0 r=1 />{doubled}</defs><use href=#g10 /></svg>")
    gui.add_markdown("> " * 5_000 + "deep\n\n" + "![" * 5_000 + "\n\n**the end**")
    watched.show(listener)
    watched.page.locator("#gui strong", has_text="the end").wait_for()
    depth, most, names = watched.page.evaluate(
        """() => {
            const foreign = [...document.querySelectorAll("#gui .foreign")];
            const depth = (e) => 1 + Math.max(0, ...[...e.children].slice(0, 10).map(depth));
            return [Math.max(...foreign.map(depth)), Math.max(...foreign.map((f) => f.querySelectorAll("*").length)),
                [...document.querySelectorAll("#gui .foreign [id]")].map((e) => e.id)];
        }"""
    )
    assert depth <= 130 and 20_000 < most <= 50_000
    assert names == ["content-g0"]


def test_charts_with_hostile_options_leave_the_page_alive(watched, listener):
    gui = listener.server.gui
    x, y = np.linspace(0, 1, 10), np.linspace(0, 1, 10)
    series = (uplot.Series(label="<img src=x onerror=hit()>"), uplot.Series(label="<script>hit()</script>", stroke="red"))
    hostile = [
        dict(title="<img src=x onerror=hit()>"),
        dict(axes=({"incrs": [0.0, -1.0], "space": 0.0}, {"values": ["<b>"], "space": 1e-9, "incrs": [1e-300]})),
        dict(scales={"x": {"time": False, "range": (np.nan, np.inf)}, "__proto__": {"time": False}}),
        dict(scales={"y": {"distr": 3, "log": 1}}),
        dict(legend={"mount": "hit()"}, cursor={"bind": {"click": "hit()"}, "sync": {"key": "a", "match": ["hit"]}}),
        dict(height=10**9),
        dict(aspect=1e-12),
    ]
    for options in hostile:
        gui.add_uplot(data=(x, y), series=series, **options)
    gui.add_uplot(data=(x, y * np.nan), series=series)
    gui.add_uplot(data=(x[:0], y[:0]), series=series)
    gui.add_markdown("**the end**")
    watched.show(listener)
    watched.page.locator("#gui strong", has_text="the end").wait_for()
    watched.page.locator("#gui .u-over").first.wait_for()
    watched.page.wait_for_timeout(500)
    assert watched.page.evaluate("hits") == [] and watched.page.evaluate("({}).time") is None
    heights = watched.page.evaluate("[...document.querySelectorAll('#gui .plot')].map((p) => p.clientHeight)")
    assert max(heights) < 5000
