"""A program that runs beside the test."""

import collections
import os
import re
import subprocess
import threading
import time


class Program:
    """Runs a command and reads what it prints."""

    def __init__(self, command):
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
        )
        self._name = command[0]
        self._printed = threading.Condition()
        self._lines = collections.deque(maxlen=200)
        self._at_end = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._printed:
                self._lines.append(line.rstrip("\n"))
                self._printed.notify_all()
        with self._printed:
            self._at_end = True
            self._printed.notify_all()

    def wait_for(self, pattern, timeout_secs=60):
        """Waits for a line that matches; returns its first group."""
        deadline = time.monotonic() + timeout_secs
        with self._printed:
            while True:
                for line in self._lines:
                    if match := re.search(pattern, line):
                        return match[1]
                left = deadline - time.monotonic()
                if self._at_end or left <= 0:
                    why = "ended" if self._at_end else f"ran for {timeout_secs} s"
                    printed = "\n".join(self._lines)
                    raise AssertionError(
                        f"{self._name} {why} without printing {pattern!r}; it printed:\n{printed}"
                    )
                self._printed.wait(left)

    def kill(self):
        """Ends the program at once, wherever it is, without a word to anybody."""
        self._process.kill()
        self._process.wait()

    def stop(self):
        """Ends the program and waits for its end; harmless when it has ended."""
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
