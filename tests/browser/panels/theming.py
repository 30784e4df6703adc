"""Colours, widths and a title bar."""

from viser.theme import TitlebarButton, TitlebarConfig

TITLEBAR = TitlebarConfig(
    buttons=(
        TitlebarButton(text="Documentation", icon="Description", href="https://viser.studio"),
        TitlebarButton(text="Source", icon="GitHub", href="https://viser.studio"),
    ),
    image=None,
)


def build(server):
    gui = server.gui
    bar = gui.add_checkbox("Title bar", True)
    dark = gui.add_checkbox("Dark", True)
    width = gui.add_dropdown("Width", ("small", "medium", "large"), initial_value="medium")
    brand = gui.add_rgb("Brand", (230, 180, 30))
    apply = gui.add_button("Apply", icon="check")
    gui.add_slider("In this colour", 0.0, 1.0, 0.1, 0.5)

    def show():
        gui.configure_theme(
            titlebar_content=TITLEBAR if bar.value else None,
            control_width=width.value,
            dark_mode=dark.value,
            show_logo=False,
            brand_color=brand.value,
        )

    @apply.on_click
    def _(_):
        show()
        print("applied true")

    show()
