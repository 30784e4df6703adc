//! Parts of a view that come and go.

use web_sys::Text;

use super::value::{ToText, ToValue, Value, for_texts};
use super::{View, append, insert_before, marker, remove_between};
use crate::effect::render_effect;
use crate::{Memo, RcSignal, RwSignal, Signal, untrack};

/// What can be part of a view: text, views, several of them or none, and functions that return
/// such a thing. Where a function's signals change, text is changed in its place; anything else is
/// made anew, so that what is to stay should not be in such a function.
pub trait IntoView: Sized {
    /// The view.
    fn into_view(self) -> View;

    /// The view of what a function returns, as it changes.
    fn follow(read: impl FnMut() -> Self + 'static) -> View {
        let mut read = read;
        region(Box::new(move || read().into_view()))
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::empty()
    }
}

impl IntoView for Vec<View> {
    fn into_view(self) -> View {
        let fragment = View::fragment();
        for view in &self {
            append(&fragment, view.node());
        }
        View(fragment)
    }
}

macro_rules! texts {
    ($($Type:ty),*) => {
        $(
            impl IntoView for $Type {
                fn into_view(self) -> View {
                    text(self.to_value())
                }

                fn follow(mut read: impl FnMut() -> Self + 'static) -> View {
                    following_text(Box::new(move || read().to_value()))
                }
            }

            impl IntoView for Option<$Type> {
                fn into_view(self) -> View {
                    text(self.to_value())
                }

                fn follow(mut read: impl FnMut() -> Self + 'static) -> View {
                    following_text(Box::new(move || read().to_value()))
                }
            }
        )*
    };
}

for_texts!(texts);

impl IntoView for Option<View> {
    fn into_view(self) -> View {
        self.unwrap_or_else(View::empty)
    }
}

impl<F: FnMut() -> V + 'static, V: IntoView> IntoView for F {
    fn into_view(self) -> View {
        V::follow(self)
    }
}

macro_rules! sources {
    ($($Source:ident),*) => {
        $(
            impl<T: ToText + Clone + PartialEq> IntoView for $Source<T> {
                fn into_view(self) -> View {
                    following_text(Box::new(move || self.get().to_value()))
                }
            }
        )*
    };
}

sources!(RwSignal, RcSignal, Memo, Signal);

fn text(value: Value) -> View {
    View(View::text(&value.to_text().unwrap_or_default()).into())
}

fn following_text(mut read: Box<dyn FnMut() -> Value>) -> View {
    let node: Text = View::text("");
    let view = View(node.clone().into());
    let mut shown = Value::None;
    render_effect(Box::new(move || {
        let value = read();
        if value != shown {
            node.set_data(&value.to_text().unwrap_or_default());
            shown = value;
        }
    }));
    view
}

/// A view between two marks, made anew whenever its signals change.
fn region(mut make: Box<dyn FnMut() -> View>) -> View {
    let [start, end] = [marker(), marker()];
    let fragment = View::fragment();
    append(&fragment, &start);
    append(&fragment, &end);
    render_effect(Box::new(move || {
        let view = make();
        remove_between(&start, &end);
        insert_before(&end, view.node());
    }));
    View(fragment)
}

/// A view that is there while a condition holds.
#[must_use]
pub fn show(
    condition: impl Fn() -> bool + 'static,
    mut make: impl FnMut() -> View + 'static,
) -> View {
    let is_shown = Memo::new(condition);
    region(Box::new(move || match is_shown.get() {
        true => untrack(&mut make),
        false => View::empty(),
    }))
}
