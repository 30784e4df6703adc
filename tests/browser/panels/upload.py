"""A file that comes and is sent back."""


def build(server):
    gui = server.gui
    text = gui.add_markdown("No file yet.")
    upload = gui.add_upload_button("Upload", icon="upload")
    back = gui.add_button("Send it back", disabled=True)

    @upload.on_upload
    def _(_):
        file = upload.value
        print(f"got {file.name} with {len(file.content)} bytes")
        text.content = f"`{file.name}`: {len(file.content)} bytes"
        back.disabled = False

    @back.on_click
    def _(event):
        event.client.send_file_download(upload.value.name, upload.value.content, save_immediately=True)
        print("sent true")
