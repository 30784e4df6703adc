//! The bar over everything that a theme may have: an image, and buttons that lead elsewhere.

use scenecast_dom::*;
use scenecast_protocol::gui::theme::TitlebarIcon;
use scenecast_protocol::gui::{TitlebarButton, TitlebarConfig, TitlebarImage};

use super::icon::{DESCRIPTION, GITHUB, KEYBOARD, MENU, icon};
use super::link;
use crate::gui::store::Store;

/// The bar, where the theme has one.
pub(crate) fn view() -> View {
    let store = expect_context::<Store>();
    let contents = Memo::new(move || {
        store.theme.with(|theme| {
            theme
                .as_ref()
                .and_then(|theme| theme.titlebar_content.clone())
        })
    });
    (move || contents.get().map(bar)).into_view()
}

fn bar(config: TitlebarConfig) -> View {
    let shows_buttons = RwSignal::new(false);
    let buttons = config.buttons.unwrap_or_default();
    let has_buttons = !buttons.is_empty();
    let menu = has_buttons.then(|| {
        view! {
            <button
                type="button"
                class="tool burger"
                aria-label="Menu"
                aria-expanded=move || shows_buttons.get().to_string()
                aria-controls="titlebar-buttons"
                on:click=move |_| shows_buttons.update(|shows| *shows = !*shows)
            >
                {icon(MENU)}
            </button>
        }
    });
    let links = has_buttons.then(|| {
        view! {
            <nav id="titlebar-buttons" class:open=move || shows_buttons.get() aria-label="Links">
                {buttons.into_iter().map(button).collect::<Vec<_>>()}
            </nav>
        }
    });
    view! {
        <header class="titlebar">{config.image.map(image)}{menu}{links}</header>
    }
}

fn button(button: TitlebarButton) -> View {
    let picture = button.icon.map(|name| {
        icon(match name {
            TitlebarIcon::GitHub => GITHUB,
            TitlebarIcon::Description => DESCRIPTION,
            TitlebarIcon::Keyboard => KEYBOARD,
        })
    });
    let name = button
        .icon
        .filter(|_| button.text.is_none())
        .map(TitlebarIcon::as_str);
    let href = button
        .href
        .as_deref()
        .and_then(link::page)
        .map(str::to_owned);
    view! {
        <a href=href target="_blank" rel="noopener noreferrer" aria-label=name>
            {picture}
            {button.text}
        </a>
    }
}

fn image(image: TitlebarImage) -> View {
    let page = expect_context::<Store>().page;
    let (light, dark) = (image.image_url_light, image.image_url_dark);
    let source = move || match &dark {
        Some(dark) if page.is_dark.get() => dark.clone(),
        _ => light.clone(),
    };
    let picture = view! { <img src=source alt=image.image_alt/> };
    match image.href.as_deref().and_then(link::page) {
        Some(href) => view! { <a href=href.to_owned()>{picture}</a> },
        None => picture,
    }
}
