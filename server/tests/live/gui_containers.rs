//! Containers: what is in them goes with them.

use super::{ClientSocket, next, server, with_viewer};
use scenecast::{
    Error,
    gui::{Button, Checkbox, Divider, Folder, Form, Panel, TabGroup, Text},
    scene::{Frame, Gui3D, Place},
};
use scenecast_protocol::Message;
use std::sync::{Arc, mpsc};

/// The components and dialogs that are removed next, in order.
fn removed(viewer: &mut ClientSocket, count: usize) -> Vec<String> {
    let removal = |message| match message {
        Message::GuiRemove(m) => Some(m.uuid.to_string()),
        Message::GuiCloseModal(_) => Some("modal".to_owned()),
        Message::GuiPanelRemove(_) => Some("panel".to_owned()),
        Message::RemoveSceneNode(m) => Some(m.name.to_string()),
        _ => None,
    };
    (0..count).map(|_| viewer.next(removal)).collect()
}

#[test]
fn a_container_goes_before_what_is_in_it() {
    let (server, mut viewer, _) = with_viewer();
    let gui = server.gui();
    let folder = gui.add(Folder::new("folder")).unwrap();
    let inside = folder.gui();
    let text = inside.add(Text::new("text")).unwrap();
    let tabs = inside.add(TabGroup::new()).unwrap();
    let tab = tabs.add_tab("tab", None).unwrap();
    let deep = tab.gui().add(Checkbox::new("deep")).unwrap();
    inside.add(Divider::new()).unwrap();
    viewer.read_until(|viewer| viewer.components.len() == 5);
    let uuids = viewer.components.clone();
    folder.remove().unwrap();
    assert_eq!(removed(&mut viewer, 5), uuids);
    assert!(text.is_removed() && tabs.is_removed() && tab.is_removed() && deep.is_removed());
    let gone = |error: Option<Error>| matches!(error, Some(Error::Removed { .. }));
    assert!(gone(inside.add(Text::new("late")).err()));
    assert!(gone(tab.gui().add(Text::new("late")).err()));
    assert!(gone(tabs.add_tab("late", None).err()));
    assert!(gone(tab.remove().err()) && gone(deep.set_visible(false).err()));
    let mut late = ClientSocket::join(server.port());
    late.replay();
    assert!(late.components.is_empty());
}

#[test]
fn tabs_come_and_go() {
    let (server, mut viewer, _) = with_viewer();
    let tabs = server.gui().add(TabGroup::new()).unwrap();
    let [a, b] = ["a", "b"].map(|label| tabs.add_tab(label, "cube").unwrap());
    let text = a.gui().add(Text::new("t")).unwrap();
    a.set_label("other").unwrap();
    a.set_icon(None).unwrap();
    assert!(a.set_icon(Some("no such icon")).is_err());
    let props = tabs.props().unwrap();
    assert_eq!(props.tab_labels, ["other", "b"]);
    assert!(props.tab_icons_html[0].is_none() && props.tab_icons_html[1].is_some());
    a.remove().unwrap();
    assert!(text.is_removed() && !b.is_removed());
    assert_eq!(tabs.props().unwrap().tab_container_ids.len(), 1);
    assert_eq!(removed(&mut viewer, 1).len(), 1);
}

#[test]
fn closures_return_what_they_make() {
    let server = server();
    let gui = server.gui();
    let (text, button) = gui
        .folder("folder", |gui| {
            Ok((gui.add(Text::new("t"))?, gui.add(Button::new("b"))?))
        })
        .unwrap();
    text.set_value("x").unwrap();
    button.set_value(true).unwrap();
    let refused = gui.form("outer", |gui, _| {
        gui.folder("between", |gui| gui.add(Form::new("inner")))
    });
    assert!(matches!(refused, Err(Error::InvalidValue { .. })));
    let shown = gui.modal("dialog", |gui, modal| {
        gui.form("in a dialog", |gui, _| gui.add(Text::new("t")))?;
        Ok(modal.clone())
    });
    let shown = shown.unwrap();
    assert!(shown.update(|p| p.title = "other".to_owned()).is_err());
    shown.close().unwrap();
    assert!(shown.close().is_err());
}

#[test]
fn removed_components_let_go_of_their_callbacks() {
    let server = server();
    let held = Arc::new(());
    let hold = || {
        let held = Arc::clone(&held);
        move || drop(Arc::clone(&held))
    };
    let folder = server.gui().add(Folder::new("f")).unwrap();
    let button = folder.gui().add(Button::new("b")).unwrap();
    let [click, keep] = [hold(), hold()];
    let _ = button.on_click(move |_| click());
    let _ = button.on_hold(10.0, move |_| keep()).unwrap();
    assert_eq!(Arc::strong_count(&held), 3);
    folder.remove().unwrap();
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn a_viewers_components_in_a_container_of_all_go_with_it() {
    let (server, mut viewer, client) = with_viewer();
    let folder = server.gui().add(Folder::new("folder")).unwrap();
    let guests = client.gui().within(&folder.gui()).unwrap();
    let nested = guests.add(Folder::new("nested")).unwrap();
    let text = nested.gui().add(Text::new("t")).unwrap();
    let error = server.gui().within(&nested.gui()).unwrap_err();
    assert!(
        error.to_string().contains("not the other way round"),
        "{error}"
    );
    viewer.read_until(|viewer| viewer.components.len() == 3);
    let mut expected = viewer.components.clone();
    folder.remove().unwrap();
    let mut gone = removed(&mut viewer, 3);
    expected.sort();
    gone.sort();
    assert_eq!(gone, expected);
    assert!(nested.is_removed() && text.is_removed());
    assert!(matches!(
        guests.add(Text::new("late")),
        Err(Error::Removed { .. })
    ));

    // When the viewer goes, what it had in there is forgotten.
    let folder = server.gui().add(Folder::new("folder")).unwrap();
    let text = client.gui().within(&folder.gui()).unwrap();
    let text = text.add(Text::new("t")).unwrap();
    let (said, gone) = mpsc::channel();
    let _ = server.on_client_disconnect(move |_| said.send(()).unwrap());
    drop(viewer);
    next(&gone);
    assert!(text.is_removed());
    folder.remove().unwrap();
}

#[test]
fn gui_in_the_scene_goes_before_its_node() {
    let (server, mut viewer, _) = with_viewer();
    let scene = server.scene();
    let sign = scene
        .add("/a/sign", Gui3D::default().at([0.0, 0.0, 1.0]))
        .unwrap();
    let gui = sign.gui().unwrap();
    let text = gui.add(Text::new("t")).unwrap();
    gui.folder("f", |gui| gui.add(Button::new("b"))).unwrap();
    viewer.read_until(|viewer| viewer.components.len() == 3);
    let mut expected = viewer.components.clone();
    expected.extend(["/a", "/a/sign"].map(str::to_owned));
    scene.remove_by_name("/a");
    assert_eq!(removed(&mut viewer, 5), expected);
    assert!(text.is_removed() && sign.gui().is_err());
    assert!(matches!(
        gui.add(Text::new("late")),
        Err(Error::Removed { .. })
    ));
    // A node of another kind in its place takes it away, too.
    let sign = scene.add("/sign", Gui3D::default()).unwrap();
    let text = sign.gui().unwrap().add(Text::new("t")).unwrap();
    scene.add("/sign", Frame::default()).unwrap();
    assert!(text.is_removed());
}

#[test]
fn reset_removes_everything_and_puts_the_panel_back() {
    let (server, mut viewer, client) = with_viewer();
    let gui = server.gui();
    let text = gui.folder("f", |gui| gui.add(Text::new("t"))).unwrap();
    let modal = gui.modal("m", |_, modal| Ok(modal.clone())).unwrap();
    let panel = gui.add(Panel::new()).unwrap();
    panel.tab("tab", |gui| gui.add(Divider::new())).unwrap();
    let command = gui.add(scenecast::gui::Command::new("c")).unwrap();
    let own = client.gui().add(Text::new("own")).unwrap();
    viewer.read_until(|viewer| viewer.components.len() == 4);
    gui.reset();
    assert!(text.is_removed() && modal.is_removed() && panel.is_removed());
    assert!(command.is_removed() && !own.is_removed());
    let panel_back = |message| match message {
        Message::GuiSetPanelCollapsed(m) => Some((m.uuid.to_string(), m.collapsed)),
        _ => None,
    };
    let back = viewer.next(panel_back);
    assert_eq!(back, ("viser-control-panel".to_owned(), false));
    client.gui().reset();
    assert!(own.is_removed());
    gui.add(Text::new("again")).unwrap();
}

#[test]
fn panels_refuse_places_that_make_no_sense() {
    use scenecast::gui::Float;
    let (server, _viewer, client) = with_viewer();
    let panel = server.gui().add(Panel::new()).unwrap();
    let theirs = client.gui().add(Panel::new()).unwrap();
    let main = server.gui().main_panel();
    panel.dock_below(&main).unwrap();
    assert!(panel.dock_above(&panel).is_err() && main.dock_above(&main).is_err());
    assert!(panel.dock_above(&theirs).is_err());
    theirs.dock_above(&main).unwrap();
    for pixels in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(panel.set_width(pixels).is_err() && main.set_height(pixels).is_err());
        assert!(panel.float(Float::default().width(pixels)).is_err());
    }
    assert!(panel.float(Float::default().y(f64::NAN)).is_err());
    theirs.remove().unwrap();
    panel.remove().unwrap();
    assert!(main.dock_below(&panel).is_err());
    assert!(panel.dock_left().is_err() && panel.minimize().is_err());
}
