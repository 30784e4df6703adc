"""Tab groups in a dialog and in the scene."""


def build(server):
    def add_tabs(kind):
        tabs = server.gui.add_tab_group()
        for name in ["first", "second"]:
            with tabs.add_tab(f"{kind} {name}"):
                server.gui.add_text(f"{kind} {name} name", "ada")

    with server.scene.add_3d_gui_container("/card", position=(0.0, 0.0, 0.0)):
        add_tabs("Card")

    @server.gui.add_button("Ask").on_click
    def ask(_):
        with server.gui.add_modal("Question"):
            add_tabs("Dialog")
