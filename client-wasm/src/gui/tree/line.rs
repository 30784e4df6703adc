//! A line of the table of scene nodes.

use std::sync::Arc;

use scenecast_dom::*;
use web_sys::MouseEvent;

use super::property::kind_label;
use crate::gui::actions::Actions;
use crate::gui::marked::marked;
use crate::gui::store::Store;
use crate::gui::store::nodes::{Edited, Line};

const EYE: &str =
    "M2 12q4-6.5 10-6.5t10 6.5q-4 6.5-10 6.5t-10-6.5zM9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0";
const EYE_OFF: &str = "M3 3l18 18M6.5 6.8Q4 8.6 2 12q4 6.5 10 6.5 2.6 0 4.9-1.3M9.6 5.8Q10.8 5.5 12 5.5q6 0 10 6.5-1 1.7-2.3 3M10.2 10.3a2.5 2.5 0 0 0 3.5 3.5";
const EYE_X: &str = "M14 5.7Q13 5.5 12 5.5q-6 0-10 6.5 4 6.5 10 6.5h1M22 12q-.7-1.2-1.5-2.1M9.5 12a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M17 17l5 5M22 17l-5 5";
const LOOK: &str = "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M12 9.5v5M9.5 12h5";
const PENCIL: &str = "M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16zM13.5 6.5l4 4";

/// The identifier of the line of a node.
pub(super) fn id(node: u32) -> String {
    format!("tree-line-{node}")
}

/// The view of a line.
pub(super) fn view(Line { name, look }: Line) -> View {
    let actions = expect_context::<Actions>();
    let nodes = expect_context::<Store>().nodes;
    let name = StoredValue::new(name);
    let look = Signal::derive(move || look.get());
    let on_name = move |run: fn(&mut crate::app::App, &Arc<str>)| {
        let name = name.get_value();
        actions.ask(move |app| run(app, &name));
    };
    on_cleanup(move || on_name(|app, name| app.leave_node(name)));

    let is_open = move || look.get().row.is_open;
    let depth = Memo::new(move || look.get().row.depth);
    let line_id = move || look.get().row.id.index();
    let is_active = move || nodes.active.get().map(|(id, _)| id) == Some(line_id());
    let is_edited = move || {
        let is_it = |edited: &Edited| name.with_value(|name| edited.name == *name);
        nodes
            .edited
            .with(|edited| edited.as_ref().is_some_and(is_it))
    };
    let called = move |what: &str| name.with_value(|name| format!("{what} {name}"));
    let edit_hint = move || format!("{} props (Enter)", kind_label(look.get().kind));
    let label = move || {
        let search = nodes.search.get();
        name.with_value(|name| marked(search.highlighted(name)))
    };
    let local_hint = move || match look.get().is_virtual {
        true => "Stands in for a parent of nodes that only you see",
        false => "Only you see this node",
    };
    let local = move || view! { <span class="badge" title=local_hint>"local"</span> };
    view! {
        <div
            role="row"
            class="node"
            class:active=is_active
            class:edited=is_edited
            id=move || id(line_id())
            data-scene-node=move || name.get_value().to_string()
            aria-level=move || look.get().row.depth + 1
            aria-rowindex=move || look.get().line + 1
            aria-expanded=move || is_open().map(|is_open| is_open.to_string())
            aria-selected=move || is_active().to_string()
            style:top=move || format!("{}em", 2 * look.get().line)
            style:min-width=move || format!("calc({}em + 11em)", f64::from(look.get().row.depth) * 0.875)
            on:click=move |_| match is_open() {
                Some(_) => on_name(|app, name| app.toggle_node(name)),
                None => on_name(|app, name| app.activate_node(name)),
            }
            on:mouseenter=move |_| on_name(|app, name| {
                app.point_at_node(Some(name.clone()));
                app.paint(name);
            })
            on:mouseleave=move |_| on_name(|app, name| app.leave_node(name))
        >
            <span role="gridcell" class="indent">
                {move || (0..depth.get()).map(|_| view! { <i></i> }).collect::<Vec<_>>()}
                <svg viewBox="0 0 24 24" class="caret" class:open=move || is_open() == Some(true) class:none=move || is_open().is_none() aria-hidden="true">
                    <path d="M9.5 6.5v11l6-5.5z"/>
                </svg>
            </span>
            <span role="gridcell" class="eye" class:overridden=move || look.get().is_overridden class:unseen=move || !look.get().is_visible>
                <button
                    type="button"
                    tabindex="-1"
                    aria-label=move || called("Visibility of")
                    aria-pressed=move || look.get().is_shown.to_string()
                    title="Show or hide (Space)"
                    on:mousedown=move |event: MouseEvent| {
                        // Neither text is selected while the mouse is dragged, nor anything moved.
                        event.prevent_default();
                        on_name(|app, name| app.begin_paint(name));
                    }
                    on:click=move |event: MouseEvent| {
                        event.stop_propagation();
                        // Of the keyboard or of a screen reader: no mouse went down before.
                        if event.detail() == 0 {
                            on_name(|app, name| app.flip_node(name));
                        }
                    }
                >
                    {icon(move || if look.get().is_shown { EYE } else { EYE_OFF })}
                </button>
            </span>
            <span role="gridcell" class="name" class:virtual=move || look.get().is_virtual title=move || name.get_value().to_string()>
                <span>"/"</span>{label}
            </span>
            <span role="gridcell" class="acts">
                {show(move || look.get().is_local, local)}
                {show(move || look.get().is_overridden, move || {
                    let clear = move || on_name(|app, name| app.clear_override(name));
                    tool("overridden", EYE_X, called("Clear visibility override of"), "Clear visibility override (Delete)", clear)
                })}
                {tool("", LOOK, called("Look at"), "Look at this node (F)", move || on_name(|app, name| app.look_at_node(name)))}
                {tool("edit", PENCIL, called("Edit props for"), edit_hint, move || on_name(|app, name| app.edit_node(name)))}
            </span>
        </div>
    }
}

/// A button at the end of a line.
fn tool(
    class: &'static str,
    path: &'static str,
    label: String,
    hint: impl Binding,
    run: impl Fn() + 'static,
) -> View {
    view! {
        <button
            type="button"
            tabindex="-1"
            class=class
            aria-label=label
            title=hint
            on:click=move |event: MouseEvent| {
                event.stop_propagation();
                run();
            }
        >
            {icon(path)}
        </button>
    }
}

/// A drawing of lines.
pub(super) fn icon(path: impl Binding) -> View {
    view! { <svg viewBox="0 0 24 24" aria-hidden="true"><path d=path/></svg> }
}
