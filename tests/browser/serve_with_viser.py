"""Serves what a module builds with Python viser until it is ended: serve_with_viser.py scenes.lines"""

import importlib
import socket
import sys
import time

import viser


def free_port():
    """A port that nobody listens on: viser has no way to let the system choose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


server = viser.ViserServer(host="127.0.0.1", port=free_port(), verbose=False)
importlib.import_module(sys.argv[1]).build(server)
print(f"serving http://127.0.0.1:{server.get_port()}", flush=True)
while True:
    time.sleep(3600)
