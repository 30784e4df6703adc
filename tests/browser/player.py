"""Our page as a player of recordings."""

import base64
from urllib.parse import quote


def with_recording(client_url, recording_url, parameters=""):
    """The address of a client that is to play a recording."""
    return f"{client_url}?playbackPath={quote(recording_url, safe=':/')}{parameters}"


def state(viewer):
    """What the page tells programs about its player; `None` before it has started."""
    return viewer.page.evaluate("window.scenecast?.state ?? null")


def wait_for_state(viewer, condition, what, timeout_secs=20):
    """Waits until `condition(state)` holds; returns that state."""
    return viewer.wait_for_value(state, condition, what, timeout_secs)


def wait_until_ready(viewer):
    """Waits until there is something to play; returns the state."""
    return wait_for_state(viewer, lambda now: now["ready"], "ready")


def wait_until_still(viewer):
    """Waits until the player stands still; returns the state."""
    return wait_for_state(viewer, lambda now: not now["playing"], "still")


def drop(page, name, content):
    """Drops a file on the page."""
    page.evaluate(
        """([name, digits]) => {
            const bytes = Uint8Array.from(atob(digits), (digit) => digit.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name));
            for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, {
                    dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        [name, base64.b64encode(content).decode()],
    )
