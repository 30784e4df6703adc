//! uPlot's options out of a message's, and which part of the x axis is seen.
//!
//! Messages carry options as data. What uPlot would call as a function, or never come to an end
//! over, is left out here; what no message says gets the page's colours.

mod window;

pub use window::{Pinned, Window, extent};

use scenecast_protocol::gui::Uplot;
use scenecast_protocol::value::Text;
use scenecast_protocol::{Value, Wire};

/// The tallest chart, CSS pixels.
const MAX_HEIGHT: f64 = 4_096.0;
/// Marks on an axis are at least this far apart, CSS pixels.
const MIN_SPACE: f64 = 4.0;

/// Options that uPlot takes functions for, or elements.
const FUNCTIONS: [&str; 5] = ["mount", "match", "filters", "filter", "bind"];

/// The height of a chart, CSS pixels.
pub fn height(props: &Uplot, width: f64) -> f64 {
    let height = match props.height {
        Some(height) => height as f64,
        None => width / props.aspect,
    };
    if height.is_finite() {
        height.clamp(1.0, MAX_HEIGHT)
    } else {
        width
    }
}

/// uPlot's options but for the size.
pub fn options(props: &Uplot, is_dark: bool) -> Value {
    let mut options = Vec::new();
    let mut add = |name: &'static str, value: Value| {
        if value != Value::Nil {
            options.push((Text::from(name), plain(value)));
        }
    };
    let title = props.title.clone().filter(|title| !title.is_empty());
    add("title", title.to_value());
    add(
        "mode",
        props.mode.filter(|mode| (1..=2).contains(mode)).to_value(),
    );
    add("series", props.series.to_value());
    add("cursor", props.cursor.to_value());
    add("bands", props.bands.to_value());
    add("scales", scales(props));
    add("axes", axes(props, is_dark));
    add("legend", props.legend.to_value());
    add("focus", props.focus.to_value());
    add("padding", props.padding.unwrap_or([0, 24, 0, 0]).to_value());
    Value::Map(options)
}

/// The x scale's range is not among them: see [`Pinned`].
fn scales(props: &Uplot) -> Value {
    let Some(scales) = &props.scales else {
        return Value::Nil;
    };
    let scales = scales.iter().map(|(name, scale)| {
        let mut scale = scale.clone();
        if name == "x" && Pinned::of(props).is_some() {
            scale.auto = Some(false);
            scale.range = None;
        }
        // Other bases are no logarithms that uPlot knows.
        scale.log = scale.log.filter(|log| matches!(log.as_i64(), Some(2 | 10)));
        (Text::from(name.clone()), scale.to_value())
    });
    Value::Map(scales.collect())
}

/// The axes with the page's colours where they have none of their own.
fn axes(props: &Uplot, is_dark: bool) -> Value {
    let (text, grid) = match is_dark {
        true => ("#adb5bd", "rgba(255, 255, 255, 0.03)"),
        false => ("#495057", "#e9ecef"),
    };
    let mut axes = props
        .axes
        .clone()
        .unwrap_or_else(|| vec![Default::default(); 2]);
    for axis in &mut axes {
        axis.stroke.get_or_insert_with(|| text.to_owned());
        let lines = axis.grid.get_or_insert_default();
        lines.stroke.get_or_insert_with(|| grid.to_owned());
        if props.axes.is_some() {
            let ticks = axis.ticks.get_or_insert_default();
            ticks.stroke.get_or_insert_with(|| text.to_owned());
        }
        axis.space = axis.space.map(|space| space.max(MIN_SPACE));
        if let Some(steps) = &mut axis.incrs {
            steps.retain(|step| *step > 0.0 && step.is_finite());
        }
        axis.incrs = axis.incrs.take().filter(|steps| !steps.is_empty());
    }
    axes.to_value()
}

/// Options that are data: no numbers that are none, and nothing in a function's place.
fn plain(value: Value) -> Value {
    match value {
        Value::Float(number) if !number.is_finite() => Value::Nil,
        Value::List(items) => Value::List(items.into_iter().map(plain).collect()),
        Value::Map(entries) => {
            let is_data = |(name, _): &(Text, Value)| {
                !FUNCTIONS.contains(&&**name) && !name.starts_with("__")
            };
            let entries = entries.into_iter().filter(is_data);
            let entries = entries.map(|(name, value)| (name, plain(value)));
            Value::Map(entries.filter(|(_, value)| *value != Value::Nil).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenecast_protocol::gui::uplot::{Axis, Cursor, CursorSync, Legend, Scale, Series};

    fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
        path.iter()
            .try_fold(value, |value, key| match (value, key.parse::<usize>()) {
                (Value::List(items), Ok(index)) => items.get(index),
                (value, _) => value.get(key),
            })
    }

    fn text(options: &Value, path: &[&str]) -> Option<String> {
        Some(at(options, path)?.as_str()?.to_owned())
    }

    #[test]
    fn what_is_not_said_is_left_out() {
        let options = options(&Uplot::default(), false);
        let Value::Map(entries) = &options else {
            panic!("{options:?}");
        };
        let names: Vec<&str> = entries.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["series", "axes", "padding"]);
        assert_eq!(
            text(&options, &["axes", "1", "stroke"]).as_deref(),
            Some("#495057")
        );
        assert_eq!(text(&options, &["axes", "0", "ticks", "stroke"]), None);
    }

    #[test]
    fn axes_keep_their_own_colours() {
        let axes = [Axis::default().stroke("red"), Axis::default()];
        let options = options(&Uplot::default().axes(axes.to_vec()), true);
        assert_eq!(
            text(&options, &["axes", "0", "stroke"]).as_deref(),
            Some("red")
        );
        assert_eq!(
            text(&options, &["axes", "1", "stroke"]).as_deref(),
            Some("#adb5bd")
        );
        assert_eq!(
            text(&options, &["axes", "1", "ticks", "stroke"]).as_deref(),
            Some("#adb5bd")
        );
        assert!(text(&options, &["axes", "0", "grid", "stroke"]).is_some());
    }

    #[test]
    fn a_pinned_x_scale_is_not_automatic() {
        let range = || Value::List(vec![Value::Int(0), Value::Nil]);
        let scales = [
            ("x".to_owned(), Scale::default().range(range())),
            ("y".to_owned(), Scale::default().range(range())),
        ];
        let props = Uplot::default().scales(std::collections::BTreeMap::from(scales));
        let options = options(&props, false);
        assert_eq!(
            at(&options, &["scales", "x", "auto"]),
            Some(&Value::Bool(false))
        );
        assert_eq!(at(&options, &["scales", "x", "range"]), None);
        assert_eq!(at(&options, &["scales", "y", "range"]), Some(&range()));
    }

    #[test]
    fn what_would_run_or_never_end_is_left_out() {
        let sync = CursorSync::default()
            .key("a")
            .match_(Value::List(vec![]))
            .filters(Value::Nil);
        let axis = Axis::default()
            .incrs([0.0, f64::NAN, -1.0])
            .space(0.0)
            .size(f64::INFINITY);
        let props = Uplot::default()
            .series([Series::default().width(f64::NAN)])
            .cursor(Cursor::default().sync(sync))
            .legend(Legend::default().mount(Value::Str("x".into())))
            .scales(std::collections::BTreeMap::from([
                ("__proto__".to_owned(), Scale::default()),
                ("y".to_owned(), Scale::default().log(Value::Int(1))),
            ]))
            .axes(vec![axis]);
        let options = options(&props, false);
        let sync = at(&options, &["cursor", "sync"]);
        assert_eq!(
            sync,
            Some(&Value::Map(vec![("key".into(), Value::Str("a".into()))]))
        );
        for path in [
            &["legend", "mount"][..],
            &["scales", "__proto__"],
            &["scales", "y", "log"],
            &["axes", "0", "incrs"],
            &["axes", "0", "size"],
            &["series", "0", "width"],
        ] {
            assert_eq!(at(&options, path), None, "{path:?}");
        }
        assert_eq!(
            at(&options, &["axes", "0", "space"]),
            Some(&Value::Float(4.0))
        );
    }

    #[test]
    fn charts_have_a_height() {
        let props = |aspect: f64| Uplot::default().aspect(aspect);
        assert_eq!(height(&props(2.0), 300.0), 150.0);
        assert_eq!(height(&props(2.0).height(80), 300.0), 80.0);
        assert_eq!(height(&props(0.0), 300.0), 300.0);
        assert_eq!(height(&props(1e-9), 300.0), MAX_HEIGHT);
        assert_eq!(height(&props(1.0).height(-5), 300.0), 1.0);
    }
}
