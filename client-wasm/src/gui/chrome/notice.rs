//! What the page says about the connection, or about what it plays, and the field for a token.

use scenecast_dom::*;
use web_sys::Element;
use web_sys::SubmitEvent;

use crate::gui::actions::Actions;
use crate::gui::store::Store;

/// The contents of `element`, whose style sheet shows and fades it by the attribute `data-level`.
pub(crate) fn view(element: Element) -> View {
    let store = expect_context::<Store>();
    let page = store.page;
    let element = StoredValue::new(element);
    effect(move || {
        let level = page.notice.with(|notice| notice.level.as_str());
        // An element's attributes can always be set.
        element.with_value(|element| drop(element.set_attribute("data-level", level)));
    });
    view! {
        <b>{move || page.notice.with(|notice| notice.title)}</b>
        <span>{move || page.notice.with(|notice| notice.detail.clone())}</span>
        {show(move || store.needs_token(), token)}
    }
}

fn token() -> View {
    let actions = expect_context::<Actions>();
    let field = NodeRef::<web_sys::HtmlInputElement>::new();
    let enter = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().map(|field| field.value());
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
}
