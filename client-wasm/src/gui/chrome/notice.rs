//! What the page says about the connection, or about what it plays, and the field for a token.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::Element;

use crate::gui::actions::Actions;
use crate::gui::store::Store;

/// The contents of `element`, whose style sheet shows and fades it by the attribute `data-level`.
pub(crate) fn view(element: Element) -> AnyView {
    let store = expect_context::<Store>();
    let page = store.page;
    let element = StoredValue::new_local(element);
    Effect::new(move || {
        let level = page.notice.with(|notice| notice.level.as_str());
        // An element's attributes can always be set.
        element.with_value(|element| drop(element.set_attribute("data-level", level)));
    });
    view! {
        <b>{move || page.notice.with(|notice| notice.title)}</b>
        <span>{move || page.notice.with(|notice| notice.detail.clone())}</span>
        <Show when=move || store.needs_token()>{token}</Show>
    }
    .into_any()
}

fn token() -> AnyView {
    let actions = expect_context::<Actions>();
    let field = NodeRef::<Input>::new();
    let enter = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = field.with_untracked(|field| field.as_ref().map(|field| field.value()));
        let token = typed.unwrap_or_default().trim().to_owned();
        if !token.is_empty() {
            actions.ask(move |app| app.enter_token(&token));
        }
    };
    view! {
        <form class="token" on:submit=enter>
            <label for="token">"Token"</label>
            <input id="token" type="password" autocomplete="off" spellcheck="false" node_ref=field/>
            <button type="submit">"Connect"</button>
        </form>
    }
    .into_any()
}
