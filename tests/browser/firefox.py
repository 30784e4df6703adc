"""Debian's Firefox, spoken to in WebDriver BiDi, which it understands without any other program."""

import itertools
import json
import os
import re
import shutil
import subprocess
import time

from websockets.sync.client import connect


class Firefox:
    """Runs Firefox on a screen that nobody sees, with a profile of its own, while the context
    lasts. Without any screen it has no WebGL.

    `said` lists what pages wrote to the console as errors or warnings, and their uncaught errors.
    """

    def __init__(self, profile):
        self.said = []
        self._ids = itertools.count(1)
        settings = {
            "webgl.force-enabled": True,
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.enabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
        }
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in settings.items())
        )
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1000x800x24", "-nolisten", "tcp"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        display = f":{self._screen.stdout.readline().strip()}"
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        command = [program, "--no-remote", "--profile", str(profile)]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env={**os.environ, "DISPLAY": display},
        )

    def __enter__(self):
        address = None
        for line in self._process.stderr:
            if match := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                address = match[1]
                break
        assert address, "Firefox ended without listening"
        self._socket = connect(f"{address}/session", max_size=None)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        [self._page] = [c["context"] for c in self.call("browsingContext.getTree")["contexts"]]
        return self

    def __exit__(self, *_):
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=20)
        self._process.stderr.close()
        self._screen.terminate()
        self._screen.wait(timeout=20)
        self._screen.stdout.close()

    def call(self, method, timeout_secs=60, **params):
        """A command of the protocol; returns its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        deadline = time.monotonic() + timeout_secs
        while True:
            message = json.loads(self._socket.recv(timeout=max(deadline - time.monotonic(), 0.01)))
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] in ("error", "warn"):
                    self.said.append(entry["text"])
            elif message.get("id") == number:
                assert message["type"] == "success", (method, message.get("message"))
                return message["result"]

    def open(self, url):
        """Loads a page up to its `load` event."""
        self.call("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def evaluate(self, expression):
        """The value of an expression in the page, promises awaited; through JSON."""
        text = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        target = {"context": self._page}
        result = self.call("script.evaluate", expression=text, target=target, awaitPromise=True)
        assert result["type"] == "success", result.get("exceptionDetails", {}).get("text")
        return json.loads(result["result"]["value"])

    def wait_for(self, expression, timeout_secs=60):
        """Waits until an expression is true."""
        deadline = time.monotonic() + timeout_secs
        while not self.evaluate(expression):
            assert time.monotonic() < deadline, f"{expression} does not come true: {self.said}"
            time.sleep(0.1)
