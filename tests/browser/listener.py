"""A real Python viser in this process that keeps what viewers tell it."""

import contextlib
import time

import msgspec
import viser
import viser._messages as messages


class Listener:
    """A server, and every message of its viewers since the last `clear`."""

    def __init__(self):
        self.server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
        self.url = f"http://127.0.0.1:{self.server.get_port()}"
        self._heard = []

    def hear(self, message):
        """Keeps a message, as a dictionary without bytes."""
        self._heard.append(msgspec.msgpack.decode(message))

    def clear(self):
        """Forgets everything."""
        self._heard.clear()

    def heard(self, kind=""):
        """The messages whose type contains `kind`, cameras aside unless they are asked for."""
        return [
            message
            for message in list(self._heard)
            if kind in message["type"] and (kind or message["type"] != "ViewerCameraMessage")
        ]

    def wait_for_viewer(self, page, timeout_secs=30):
        """Waits until a viewer is connected and has told its camera; returns its handle."""
        deadline = time.monotonic() + timeout_secs
        while not self.server.get_clients():
            assert time.monotonic() < deadline, "no viewer connects"
            page.wait_for_timeout(50)
        return next(iter(self.server.get_clients().values()))

    def wait_until_alone(self, page, timeout_secs=10):
        """Waits until every viewer has gone."""
        deadline = time.monotonic() + timeout_secs
        while self.server.get_clients():
            assert time.monotonic() < deadline, "a viewer stays"
            page.wait_for_timeout(50)


@contextlib.contextmanager
def listening():
    """A `Listener` for as long as the context lasts."""
    listener = Listener()
    deserialize = messages.Message.deserialize.__func__

    def overheard(cls, message):
        listener.hear(bytes(message))
        return deserialize(cls, message)

    messages.Message.deserialize = classmethod(overheard)
    try:
        yield listener
    finally:
        messages.Message.deserialize = classmethod(deserialize)
        listener.server.stop()
