"""A server that does exactly what a test says, byte for byte."""

import pathlib
import threading

from websockets.sync.server import serve

RECORDED = pathlib.Path(__file__).resolve().parents[2] / "shared/tests/fixtures/viser-1.1.1"


def recorded(name):
    """A window that Python viser once sent."""
    return (RECORDED / f"{name}.bin").read_bytes()


class Peer:
    """Calls `behave(connection)` for each viewer; `offers` lists the versions they asked for."""

    def __init__(self, behave, before_handshake=lambda: None):
        self.offers = []
        self.paths = []

        def select(_, offered):
            self.offers.append(offered[0])
            return offered[0]

        def handshake(_, request):
            self.paths.append(request.path)
            before_handshake()

        def handle(connection):
            behave(connection)
            # What a viewer sends is of no interest, but must be read.
            for _ in connection:
                pass

        self._server = serve(
            handle, "127.0.0.1", 0, select_subprotocol=select, process_request=handshake
        )
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        """Ends it."""
        self._server.shutdown()
