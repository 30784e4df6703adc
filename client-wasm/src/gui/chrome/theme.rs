//! The page's colours: dark or light, and the brand's.

use scenecast_dom::*;
use web_sys::HtmlElement;

use super::colors::Brand;
use crate::gui::store::Store;

/// The style sheets' properties that a brand sets.
const PROPERTIES: [&str; 4] = [
    "--gui-primary",
    "--gui-primary-hover",
    "--gui-on-primary",
    "--gui-link",
];

/// Lets the page follow the server's theme, and what users set instead.
pub(crate) fn follow(root: HtmlElement) {
    let store = expect_context::<Store>();
    let page = store.page;
    let root = StoredValue::new(root);
    effect(move || {
        if let Some(theme) = store.theme.get() {
            page.is_dark.set(page.is_always_dark || theme.dark_mode);
            page.shows_logo.set(theme.show_logo);
        }
    });
    let mark = move |name: &str, value: Option<&str>| {
        root.with_value(|root| {
            // An element's attributes can always be set and removed.
            let _ = match value {
                Some(value) => root.set_attribute(name, value),
                None => root.remove_attribute(name),
            };
        });
    };
    effect(move || mark("data-theme", page.is_dark.get().then_some("dark")));
    // Without a connection the server's components are kept, but do nothing.
    effect(move || mark("data-offline", (!store.is_connected()).then_some("")));
    let brand = Memo::new(move || {
        let theme = store.theme.get()?;
        Brand::new(theme.colors.as_ref()?, page.is_dark.get())
    });
    effect(move || {
        let brand = brand.get();
        let values = brand
            .as_ref()
            .map(|b| [&*b.filled, &*b.hover, b.on_filled, &*b.text]);
        root.with_value(|root| {
            let style = root.style();
            for (index, property) in PROPERTIES.into_iter().enumerate() {
                // What is wrong is ignored.
                let _ = match &values {
                    Some(values) => style.set_property(property, values[index]),
                    None => style.remove_property(property).map(drop),
                };
            }
        });
    });
}
