//! Charts, drawn by uPlot.

mod drawing;

use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::gui::Component;

use super::measured::measured;
use crate::chart;
use crate::gui::element::{Element, prop};
use crate::gui::script::{Loading, script};
use crate::gui::store::Store;
use crate::gui::zoom::zoomable;
use drawing::Drawing;

/// The library, with the start of its hash in its name.
const UPLOT: &str = "./uplot-19c8d4c6ad88929a.js";

/// Properties that are options of uPlot's: when one changes, the chart is made anew.
const OPTIONS: [&str; 9] = [
    "title", "mode", "series", "bands", "scales", "axes", "legend", "cursor", "focus",
];

pub(super) fn view(element: Element) -> View {
    let title = move || prop!(element, Uplot.title).unwrap_or_default();
    let style = Signal::stored("width: min(90vw, 880px)".to_owned());
    zoomable(title, style, Arc::new(move || chart(element)))
}

fn chart(element: Element) -> View {
    let place = NodeRef::<web_sys::HtmlElement>::new();
    let width = measured(place);
    let drawing = StoredValue::new(None::<Drawing>);
    let trouble = RwSignal::new(None::<String>);
    let is_dark = expect_context::<Store>().page.is_dark;
    // The chart and what it shows.
    effect_with_last(move |before: Option<scenecast_protocol::Value>| {
        for option in OPTIONS.into_iter().chain(["padding", "data"]) {
            element.read(option, |_| ());
        }
        let component = element.component();
        let Component::Uplot(props) = &*component else {
            return scenecast_protocol::Value::Nil;
        };
        let options = chart::options(props, is_dark.get());
        let size = [width.get(), chart::height(props, width.get())];
        let (Loading::Done, Some(place)) = (script(UPLOT), place.get()) else {
            return scenecast_protocol::Value::Nil;
        };
        if width.get_untracked() < 1.0 {
            return scenecast_protocol::Value::Nil;
        }
        let outcome = drawing.try_update_value(|drawing| match drawing {
            Some(drawing) if before.as_ref() == Some(&options) => {
                drawing.resize(size)?;
                drawing.show(props)
            }
            _ => {
                let window = drawing.take().and_then(|drawing| drawing.window());
                *drawing = Some(Drawing::new(&place, props, &options, size, window)?);
                Ok(())
            }
        });
        let failed = outcome
            .and_then(Result::err)
            .map(|error| crate::app::describe(&error));
        trouble.set(failed.map(|why| format!("This chart cannot be drawn: {why}")));
        options
    });
    effect(move || {
        if script(UPLOT) == Loading::Failed {
            trouble.set(Some("uPlot could not be loaded.".to_owned()));
        }
    });
    view! {
        <div class="plot" node_ref=place></div>
        <p class="trouble" role="alert" hidden=move || trouble.with(Option::is_none)>
            {move || trouble.get()}
        </p>
    }
}
