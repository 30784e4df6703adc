//! What this is, and which versions are at both ends.

use js_sys::futures::spawn_local;
use js_sys::{JSON, Reflect};
use scenecast_dom::*;
use scenecast_protocol::version::VISER_VERSION;

use super::dialog::dialog;
use super::logo;
use crate::app::inquiry;
use crate::connection::Status;
use crate::gui::actions::Actions;
use crate::gui::store::Store;
use crate::gui::store::page::Opened;

/// The dialog, while it is open.
pub(super) fn view() -> View {
    let page = expect_context::<Store>().page;
    let is_open = move || page.opened.get() == Some(Opened::About);
    show(is_open, sheet)
}

fn sheet() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let page = store.page;
    let scenecast = RwSignal::new(None::<String>);
    let graphics = RwSignal::new(None::<String>);
    actions.ask(move |app| {
        graphics.set(app.graphics());
        let (window, server) = app.whereabouts();
        spawn_local(async move {
            let about = inquiry::about(&window, &server).await;
            scenecast.set(about.ok().and_then(|about| version_in(&about)));
        });
    });
    let server = move || {
        let wire = match store.connection.get() {
            Status::Connected { other_version } => {
                other_version.unwrap_or_else(|| VISER_VERSION.to_owned())
            }
            Status::Mismatch { server, .. } => server,
            _ => return "not connected".to_owned(),
        };
        match scenecast.get() {
            Some(version) => format!("Scenecast {version} (viser's protocol {wire})"),
            None => format!("viser {wire}"),
        }
    };
    let client = concat!("Scenecast ", env!("CARGO_PKG_VERSION"));
    let contents = view! {
        <div class="about">
            {logo::picture()}
            <h2>"Scenecast"</h2>
            <p>"Live 3D scenes from a Rust program to any browser."</p>
            <dl>
                <dt>"This page"</dt>
                <dd>{format!("{client} (viser's protocol {VISER_VERSION})")}</dd>
                <dt>"Server"</dt>
                <dd>{server}</dd>
                <dt>"Address"</dt>
                <dd>{move || page.server.get()}</dd>
                <dt>"Graphics"</dt>
                <dd>{move || graphics.get().map_or_else(|| "unknown".to_owned(), described)}</dd>
            </dl>
            <p class="small">
                "Works with servers and clients of "
                <a href="https://viser.studio" target="_blank" rel="noopener noreferrer">"viser"</a>
                ". Icons: Tabler Icons, MIT."
            </p>
            <button type="button" class="button" on:click=move |_| page.close()>"Close"</button>
        </div>
    };
    let close = Callback::new(move |()| page.close());
    dialog(
        "modal",
        Signal::stored("About Scenecast".to_owned()),
        Some(close),
        contents,
    )
}

/// The version in what a server says of itself.
fn version_in(about: &str) -> Option<String> {
    let about = JSON::parse(about).ok()?;
    Reflect::get(&about, &"version".into()).ok()?.as_string()
}

/// Says of programs that draw in place of a graphics card what that means.
fn described(graphics: String) -> String {
    let name = graphics.to_ascii_lowercase();
    let programs = ["swiftshader", "llvmpipe", "softpipe", "software"];
    match programs.iter().any(|program| name.contains(program)) {
        true => format!("{graphics}: no graphics card, so pictures come slowly"),
        false => graphics,
    }
}
