"""Commands with and without keys."""


def build(server):
    save = server.gui.add_command(
        "Save the scan", description="Writes it to disk", hotkey="S", modifier="cmd/ctrl+shift", icon="device-floppy"
    )
    save.on_trigger(lambda _: print("saved"))
    greet = server.gui.add_command("Greet", hotkey="G")
    greet.on_trigger(lambda event: print(f"hello Some({event.client.client_id})"))
    allowed = server.gui.add_checkbox("Saving allowed", True)
    allowed.on_update(lambda _: setattr(save, "disabled", not allowed.value))
