"""A connection in between that can be cut."""

import socket
import threading


class Cut:
    """Listens on a port of its own and passes everything on, until it is told to cut."""

    def __init__(self, port):
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._is_open = True
        self._sockets = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                ours, _ = self._listener.accept()
            except OSError:
                return
            if not self._is_open:
                ours.close()
                continue
            theirs = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [ours, theirs]
            for source, sink in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=_pass, args=(source, sink), daemon=True).start()

    def cut(self):
        """Ends all connections, and refuses new ones."""
        self._is_open = False
        for each in self._sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._sockets = []

    def mend(self):
        """Lets connections through again."""
        self._is_open = True

    def close(self):
        """Ends it for good."""
        self.cut()
        self._listener.close()


def _pass(source, sink):
    try:
        while data := source.recv(1 << 16):
            sink.sendall(data)
    except OSError:
        pass
    for each in (source, sink):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
