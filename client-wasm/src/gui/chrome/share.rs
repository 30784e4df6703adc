//! Sharing: a public address of the server, as text and for phones.

use scenecast_dom::*;
use scenecast_protocol::transfer::{ShareUrlDisconnect, ShareUrlRequest};

use super::dialog::dialog;
use super::icon::{CHECK, COPY, UNPLUG, icon};
use super::qr;
use crate::gui::actions::Actions;
use crate::gui::store::Store;
use crate::gui::store::page::Opened;

/// The dialog, while it is open.
pub(super) fn view() -> View {
    let store = expect_context::<Store>();
    let is_open = move || store.page.opened.get() == Some(Opened::Share) && store.is_connected();
    show(is_open, sheet)
}

fn sheet() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let page = store.page;
    let is_asked = RwSignal::new(false);
    // Whatever the answer is.
    effect(move || {
        store.share_url.track();
        is_asked.set(false);
    });
    let request = move |_| {
        is_asked.set(true);
        actions.send(&ShareUrlRequest {});
    };
    let body = move || match store.share_url.get() {
        Some(url) => shared(url),
        None if is_asked.get() => view! {
            <p role="status"><span class="dots"><i/><i/><i/></span>" Waiting for a public address…"</p>
        },
        None => view! {
            <p>"Ask the server for a public address, which opens this scene from anywhere."</p>
            <button type="button" class="button" on:click=request>"Request share URL"</button>
        },
    };
    let contents = view! { <h2>"Share"</h2>{body} };
    let close = Callback::new(move |()| page.close());
    dialog(
        "modal",
        Signal::stored("Share".to_owned()),
        Some(close),
        contents,
    )
}

fn shared(url: String) -> View {
    let actions = expect_context::<Actions>();
    let is_copied = RwSignal::new(false);
    let shows_code = RwSignal::new(false);
    let code = StoredValue::new(qr::draw(&url));
    let address = url.clone();
    let copy = move |_| {
        if let Some(window) = web_sys::window() {
            // Where it is refused, the text is there to be copied by hand.
            let _ = window.navigator().clipboard().write_text(&address);
            is_copied.set(true);
        }
    };
    let end = move |_| actions.send(&ShareUrlDisconnect {});
    let drawing = move || {
        let drawing = code.get_value().filter(|_| shows_code.get())?;
        let side = drawing.side;
        Some(view! {
            <svg class="code" role="img" aria-label="QR code of the address" viewBox=format!("0 0 {side} {side}")>
                <path d=drawing.path/>
            </svg>
        })
    };
    view! {
        <p>"Whoever has this address sees the scene."</p>
        <input type="text" class="wide" aria-label="Public address" readonly prop:value=url/>
        <div class="buttons">
            <button type="button" class="button" on:click=copy>
                {icon(move || if is_copied.get() { CHECK } else { COPY })}
                <span role="status">{move || if is_copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
            <button
                type="button"
                class="button"
                aria-expanded=move || shows_code.get().to_string()
                on:click=move |_| shows_code.update(|shows| *shows = !*shows)
            >
                "QR code"
            </button>
            <button type="button" class="button danger" on:click=end>
                {icon(UNPLUG)}
                "Disconnect"
            </button>
        </div>
        {drawing}
    }
}
