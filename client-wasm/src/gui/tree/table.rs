//! The table of scene nodes in the page.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlElement, KeyboardEvent, ResizeObserver};

use super::rows::Step;
use super::{editor, line};
use crate::app::Sight;
use crate::gui::actions::Actions;
use crate::gui::store::Store;

/// Height of a line before it is known, pixels.
const LINE_HEIGHT: f64 = 26.0;

/// The table with its search field.
pub(crate) fn view() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let nodes = store.nodes;
    let viewport = NodeRef::<web_sys::HtmlElement>::new();
    let report = move || {
        if let Some(viewport) = viewport.get_untracked() {
            let sight = sight(&viewport, nodes.count.get_untracked());
            actions.ask(move |app| app.nodes_in_sight(sight));
        }
    };
    // What hides the table, and shows it, gives it another size.
    let resized = Closure::<dyn FnMut()>::new(report).into_js_value();
    let observer = ResizeObserver::new(resized.unchecked_ref()).ok();
    let observer = StoredValue::new(observer);
    effect(move || {
        if let Some(viewport) = viewport.get() {
            observer.with_value(|observer| {
                if let Some(observer) = observer {
                    observer.observe(&viewport);
                }
            });
        }
    });
    // Where the table gets shorter, another part of it comes into sight.
    effect(move || {
        nodes.count.track();
        report();
    });
    effect(move || {
        if let (Some(line), Some(viewport)) = (nodes.revealed.get(), viewport.get_untracked()) {
            scroll_to(&viewport, line, nodes.count.get_untracked());
        }
    });
    let released = listen(&window(), "mouseup", move |_: Event| {
        actions.ask(|app| app.end_paint());
    });
    on_cleanup(move || {
        drop(released);
        observer.with_value(|observer| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
        });
        actions.ask(|app| app.nodes_in_sight(None));
    });
    let point_at_active = move || {
        actions.ask(|app| {
            let active = app.active_node();
            app.point_at_node(active);
        });
    };
    let active_id = move || nodes.active.get().map(|(id, _)| line::id(id));
    let lines = move || nodes.lines.get();
    view! {
        <div class="tree">
            <h3>"Scene tree"</h3>
            <input
                type="search"
                placeholder="Find nodes"
                aria-label="Find nodes by name"
                on:input=move |event| {
                    let text = event_target_value(&event);
                    actions.ask(move |app| app.search_nodes(&text));
                }
                on:keydown=move |event| {
                    if event.key() == "ArrowDown" && let Some(viewport) = viewport.get_untracked() {
                        event.prevent_default();
                        // An element that is in the page can have the keyboard.
                        let _ = viewport.focus();
                    }
                }
            />
            <div
                class="lines"
                role="treegrid"
                aria-label="Scene nodes"
                tabindex="0"
                aria-rowcount=move || nodes.count.get()
                aria-activedescendant=active_id
                node_ref=viewport
                on:scroll=move |_| report()
                on:keydown=move |event| pressed(&event, actions)
                on:focus=move |_| point_at_active()
                on:blur=move |_| actions.ask(|app| app.point_at_node(None))
                on:mouseleave=move |_| actions.ask(|app| app.point_at_node(None))
            >
                <div role="rowgroup" style:height=move || format!("{}em", 2 * nodes.count.get())>
                    {keyed(lines, |line| line.name.clone(), line::view)}
                </div>
            </div>
            {move || {
                let is_searched = !nodes.search.with(|value| value.is_empty());
                (is_searched && nodes.count.get() == 0)
                    .then(|| view! { <p role="status">"No node is called that."</p> })
            }}
            {editor::view()}
        </div>
    }
}

/// The part of the table that is in sight; `None` where something hides it.
fn sight(viewport: &HtmlElement, count: usize) -> Option<Sight> {
    viewport.offset_parent()?;
    // Without lines it has no height yet.
    let page = window().inner_height().ok().and_then(|h| h.as_f64());
    Some(Sight {
        top: viewport.scroll_top().into(),
        height: page.unwrap_or(1000.0),
        line_height: line_height(viewport, count),
    })
}

fn line_height(viewport: &HtmlElement, count: usize) -> f64 {
    let rows = viewport.first_element_child();
    let height = rows.map_or(0.0, |rows| rows.get_bounding_client_rect().height());
    match height > 0.0 && count > 0 {
        true => height / count as f64,
        false => LINE_HEIGHT,
    }
}

/// Brings a line into sight.
fn scroll_to(viewport: &HtmlElement, line: usize, count: usize) {
    let line_height = line_height(viewport, count);
    let top = line as f64 * line_height;
    let (from, height) = (
        f64::from(viewport.scroll_top()),
        f64::from(viewport.client_height()),
    );
    if top < from {
        viewport.set_scroll_top(top as i32);
    } else if top + line_height > from + height {
        viewport.set_scroll_top((top + line_height - height).ceil() as i32);
    }
}

/// What keys do while the table has the keyboard.
fn pressed(event: &KeyboardEvent, actions: Actions) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let step = match event.key().as_str() {
        "ArrowDown" => Step::By(1),
        "ArrowUp" => Step::By(-1),
        "PageDown" => Step::By(10),
        "PageUp" => Step::By(-10),
        "Home" => Step::First,
        "End" => Step::Last,
        "ArrowRight" => Step::In,
        "ArrowLeft" => Step::Out,
        other => {
            let key = other.to_owned();
            if let " " | "Enter" | "f" | "F" | "Delete" | "Backspace" = other {
                event.prevent_default();
                event.stop_propagation();
                actions.ask(move |app| {
                    let Some(name) = app.active_node() else {
                        return;
                    };
                    match key.as_str() {
                        " " => app.flip_node(&name),
                        "Enter" => app.edit_node(&name),
                        "f" | "F" => app.look_at_node(&name),
                        _ => app.clear_override(&name),
                    }
                });
            }
            return;
        }
    };
    event.prevent_default();
    // Arrows move the camera elsewhere.
    event.stop_propagation();
    actions.ask(move |app| app.step_through_nodes(step));
}
