"""Dialogs for everyone, and for one viewer."""


def ask(gui, depth):
    with gui.add_modal(f"Dialog {depth}") as modal:
        gui.add_markdown("Who is there?")
        name = gui.add_text("Name", "")

        @gui.add_button(f"Greet {depth}").on_click
        def _(_):
            print("hello", name.value)
            modal.close()


def build(server):
    server.gui.add_button("Ask everyone").on_click(lambda _: ask(server.gui, 1))
    server.gui.add_button("Ask only me").on_click(lambda event: ask(event.client.gui, 2))
