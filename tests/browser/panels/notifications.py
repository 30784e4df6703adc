"""Notes that go by themselves, and one that changes."""

import time


def build(server):
    @server.gui.add_button("Short note").on_click
    def _(event):
        event.client.add_notification("Short", "Gone in five seconds.", auto_close_seconds=5.0)

    @server.gui.add_button("Do some work").on_click
    def _(event):
        note = event.client.add_notification("Working", "", loading=True, with_close_button=False)
        for percent in (25, 50, 75, 100):
            time.sleep(0.2)
            note.body = f"{percent} %"
        note.title, note.loading, note.with_close_button, note.color = "Done", False, True, "green"
