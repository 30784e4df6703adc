"""Folders, tabs that come and go, and a panel of its own."""


def build(server):
    gui = server.gui
    gui.set_panel_label("Layouts")
    with gui.add_folder("Camera"):
        gui.add_slider("Zoom", 1.0, 10.0, 0.1, 1.0)
        with gui.add_folder("Lens"):
            gui.add_slider("Aperture", 1.4, 22.0, 0.1, 1.4)
    with gui.add_folder("Folded", expand_by_default=False):
        gui.add_text("Notes", "")
    gui.add_divider()
    tabs = gui.add_tab_group()
    with tabs.add_tab("Scan"):
        gui.add_text("Name", "chair")
    extra = tabs.add_tab("Extra", "plus")
    with extra:
        gui.add_checkbox("Filter", False)

    @gui.add_button("Add a tab").on_click
    def _(_):
        with tabs.add_tab("Added"):
            gui.add_markdown("A tab like the others.")
        print("added true")

    @gui.add_button("Remove the extra tab").on_click
    def _(_):
        extra.remove()
        print("removed true")

    log = gui.add_panel()
    with log.add_tab("Log"):
        gui.add_markdown("Nothing *yet*.")
    log.float(x=15.0, y=-15.0, width=220.0)

    @gui.add_button("Dock the log").on_click
    def _(_):
        log.dock_left()
        print("docked true")
