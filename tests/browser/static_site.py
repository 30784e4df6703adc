"""A folder on a plain static web server."""

import functools
import http.server
import threading


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".js": "text/javascript",
    }

    def end_headers(self):
        # Clients of other sites may load recordings from here.
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_):
        """The test's output is for what the test says."""


class StaticSite:
    """Serves a folder on a free port of this machine while the context lasts."""

    def __init__(self, folder, has_page=True):
        if has_page and not (folder / "index.html").exists():
            raise FileNotFoundError(f"{folder} holds no index.html; run: cargo xtask bundle")
        handler = functools.partial(_Handler, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
