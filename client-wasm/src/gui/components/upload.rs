//! Buttons that ask for a file, which may be dropped on them as well.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event};
use web_sys::{File, HtmlInputElement};

use crate::gui::color;
use crate::gui::element::{Element, prop};
use crate::gui::icon::icon;
use crate::gui::store::Store;
use crate::gui::store::uploads::{Phase, ShownUpload};
use crate::requests::uploads::is_accepted;

pub(super) fn view(element: Element) -> View {
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let is_over = RwSignal::new(false);
    let refused = RwSignal::new(String::new());
    let uploads = expect_context::<Store>().uploads;
    let uuid = element.uuid();
    let upload = Memo::new(move || {
        uploads.with(|all| all.iter().find(|shown| shown.component == uuid).cloned())
    });
    let is_shown = Memo::new(move || upload.with(Option::is_some));
    let is_busy = move || upload.with(|upload| upload.as_ref().is_some_and(ShownUpload::is_busy));
    let is_off = move || element.is_disabled() || is_busy();
    let take = move |file: File| {
        let kinds = prop!(element, UploadButton.mime_type);
        let is_wanted = is_accepted(&kinds, &file.name(), &file.type_());
        refused.set(match is_wanted {
            true => String::new(),
            false => format!(
                "{} is not of the kind that is asked for: {kinds}",
                file.name()
            ),
        });
        if is_wanted {
            let uuid = element.uuid();
            element.actions.ask(move |app| app.upload(uuid, file));
        }
    };
    let chosen = move |event: Event| {
        let input = event
            .current_target()
            .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                take(file);
            }
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    // A file over the button is the button's, not the player's of recordings.
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        is_over.set(!is_off());
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        is_over.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)).filter(|_| !is_off()) {
            take(file);
        }
    };
    let style = move || {
        prop!(element, UploadButton.color).map(|color| {
            let (back, text) = color::filled(color);
            format!("--fill:{};--on-fill:{}", color::hex(back), color::hex(text))
        })
    };
    let ask = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <div
            class="upload"
            data-over=move || is_over.get().then_some("")
            on:dragenter=dragged
            on:dragover=dragged
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            <input
                type="file"
                hidden
                accept=move || prop!(element, UploadButton.mime_type)
                node_ref=input
                on:change=chosen
            />
            <button type="button" class="button" style=style disabled=is_off on:click=ask>
                {icon(move || prop!(element, UploadButton.icon_html))}
                {move || element.label()}
            </button>
            <div role="status">
                {move || is_shown.get().then(|| progress(element, upload))}
                <p class="trouble" hidden=move || refused.with(String::is_empty)>{refused}</p>
            </div>
        </div>
    }
}

/// How far a file is. It changes in place: its button can be pressed meanwhile.
fn progress(element: Element, upload: Memo<Option<ShownUpload>>) -> View {
    let said = Memo::new(move || upload.with(|upload| upload.as_ref().map(said)));
    let share = move || match upload.with(|upload| Some(upload.as_ref()?.phase.clone()))? {
        Phase::Sending(share) => Some(format!("{share:.3}")),
        Phase::Waiting | Phase::Done | Phase::Failed(_) => None,
    };
    let is_over = move || upload.with(|upload| !upload.as_ref().is_some_and(ShownUpload::is_busy));
    let end = move || if is_over() { "Close" } else { "Cancel" };
    let leave = move |_| {
        let uuid = element.uuid();
        element.actions.ask(move |app| app.cancel_upload(&uuid));
    };
    view! {
        <div class="sending">
            <span>{said}</span>
            <button type="button" aria-label=end title=end on:click=leave>"✕"</button>
            <progress max="1" value=share hidden=is_over aria-label="Uploaded so far"></progress>
        </div>
    }
}

fn said(upload: &ShownUpload) -> String {
    let label = &upload.label;
    match &upload.phase {
        Phase::Sending(_) => format!("Uploading {label}"),
        Phase::Waiting => format!("{label} waits for the connection"),
        Phase::Done => format!("Uploaded {label}"),
        Phase::Failed(why) => format!("{label} was not uploaded. {why}"),
    }
}
