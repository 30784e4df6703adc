//! One chart of uPlot's.

use js_sys::{Array, Float64Array, Object, Reflect};
use scenecast_protocol::Value;
use scenecast_protocol::gui::Uplot;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::chart::{Pinned, Window, extent};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = uPlot)]
    type Chart;

    #[wasm_bindgen(constructor, js_class = "uPlot", catch)]
    fn new(options: &JsValue, data: &JsValue, place: &Element) -> Result<Chart, JsValue>;

    #[wasm_bindgen(method, js_name = setData, catch)]
    fn set_data(this: &Chart, data: &JsValue, resets_scales: bool) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = setScale, catch)]
    fn set_scale(this: &Chart, scale: &str, limits: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = setSize, catch)]
    fn set_size(this: &Chart, size: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Chart) -> Result<(), JsValue>;
}

/// A chart in the page; it goes when this is dropped.
pub(super) struct Drawing {
    chart: Chart,
    /// The x scale's name.
    scale: String,
    size: [f64; 2],
    xs: Vec<f64>,
    is_automatic: bool,
    // uPlot calls these for as long as the chart lives.
    _range: Closure<dyn Fn(JsValue, JsValue, JsValue) -> JsValue>,
    _unbound: Closure<dyn Fn() -> JsValue>,
    _reset: Closure<dyn Fn()>,
}

impl Drawing {
    /// A chart in the element `place`; `window` is what was seen of the one before it.
    pub(super) fn new(
        place: &Element,
        props: &Uplot,
        options: &Value,
        size: [f64; 2],
        window: Option<Window>,
    ) -> Result<Self, JsValue> {
        let xs = props.data.first().map(|xs| xs.to_vec()).unwrap_or_default();
        let pinned = Pinned::of(props);
        let scale = x_scale(props);
        let options = script_value(options);
        set(&options, "width", size[0])?;
        set(&options, "height", size[1])?;
        // What uPlot asks for where it would fit the data, or the user has chosen.
        let range = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> JsValue>::new(
            |_: JsValue, min: JsValue, max: JsValue| Array::of2(&min, &max).into(),
        );
        let unbound = Closure::<dyn Fn() -> JsValue>::new(|| JsValue::NULL);
        if pinned.is_some() {
            set(
                &member(&member(&options, "scales")?, "x")?,
                "range",
                range.as_ref(),
            )?;
            // A double click would fit the data.
            let bind = member(&member(&options, "cursor")?, "bind")?;
            set(&bind, "dblclick", unbound.as_ref())?;
        }
        place.set_text_content(None);
        let chart = Chart::new(&options, &data(props), place)?;
        let seen = pinned.and_then(|pinned| pinned.seen(&xs));
        let again: Chart = chart.clone().unchecked_into();
        let reset = Closure::<dyn Fn()>::new(move || {
            if let Some(seen) = seen {
                // It fails for charts that are gone.
                let _ = limits(seen).and_then(|limits| again.set_scale("x", &limits));
            }
        });
        if pinned.is_some()
            && let Ok(over) = Reflect::get(&chart, &"over".into())?.dyn_into::<Element>()
        {
            over.add_event_listener_with_callback("dblclick", reset.as_ref().unchecked_ref())?;
        }
        let automatic = props.scales.as_ref().and_then(|scales| scales.get(&scale));
        let is_automatic =
            pinned.is_none() && automatic.is_none_or(|scale| scale.auto != Some(false));
        let drawing = Self {
            chart,
            scale,
            size,
            xs,
            is_automatic,
            _range: range,
            _unbound: unbound,
            _reset: reset,
        };
        match (seen, window) {
            (Some(seen), _) => drawing.see(seen)?,
            (None, Some(window)) => drawing.see_share(window)?,
            (None, None) => {}
        }
        Ok(drawing)
    }

    /// Another size, CSS pixels.
    pub(super) fn resize(&mut self, size: [f64; 2]) -> Result<(), JsValue> {
        if self.size != size {
            self.size = size;
            let object = Object::new().into();
            set(&object, "width", size[0])?;
            set(&object, "height", size[1])?;
            self.chart.set_size(&object)?;
        }
        Ok(())
    }

    /// Shows other data. Where the user looks stays: at the same numbers of a scale that is given,
    /// at the same part of one that fits the data.
    pub(super) fn show(&mut self, props: &Uplot) -> Result<(), JsValue> {
        let window = self.window();
        self.xs = props.data.first().map(|xs| xs.to_vec()).unwrap_or_default();
        self.chart.set_data(&data(props), false)?;
        match window {
            Some(window) => self.see_share(window),
            None => Ok(()),
        }
    }

    /// Which part of the data is seen; `None` where the scale does not fit the data.
    pub(super) fn window(&self) -> Option<Window> {
        let extent = extent(&self.xs).filter(|_| self.is_automatic)?;
        let scales = Reflect::get(&self.chart, &"scales".into()).ok()?;
        let scale = Reflect::get(&scales, &self.scale.as_str().into()).ok()?;
        let side = |name: &str| Reflect::get(&scale, &name.into()).ok()?.as_f64();
        Some(Window::of([side("min")?, side("max")?], extent))
    }

    fn see_share(&self, window: Window) -> Result<(), JsValue> {
        match extent(&self.xs).filter(|_| self.is_automatic) {
            Some(extent) => self.see(window.within(extent)),
            None => Ok(()),
        }
    }

    fn see(&self, seen: [f64; 2]) -> Result<(), JsValue> {
        self.chart.set_scale(&self.scale, &limits(seen)?)
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        // Nobody can do anything about a chart that does not go.
        let _ = self.chart.destroy();
    }
}

/// The name of the scale that x values are on.
fn x_scale(props: &Uplot) -> String {
    let first = props.series.first().and_then(|series| series.scale.clone());
    first.unwrap_or_else(|| "x".to_owned())
}

fn limits([min, max]: [f64; 2]) -> Result<JsValue, JsValue> {
    let object = Object::new().into();
    set(&object, "min", min)?;
    set(&object, "max", max)?;
    Ok(object)
}

fn data(props: &Uplot) -> JsValue {
    let series = props.data.iter();
    series
        .map(|numbers| JsValue::from(Float64Array::from(&*numbers.as_slice())))
        .collect::<Array>()
        .into()
}

fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), &value.into()).map(drop)
}

/// A member of an object, made where it is missing.
fn member(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let known = Reflect::get(object, &name.into())?;
    if known.is_object() {
        return Ok(known);
    }
    let made = JsValue::from(Object::new());
    set(object, name, &made)?;
    Ok(made)
}

/// A value as JavaScript has it. There are no functions among values.
fn script_value(value: &Value) -> JsValue {
    match value {
        Value::Nil | Value::Bin(_) => JsValue::NULL,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value as f64).into(),
        Value::Uint(value) => (*value as f64).into(),
        Value::Float(value) => (*value).into(),
        Value::Str(text) => (&**text).into(),
        Value::Array(_) => JsValue::NULL,
        Value::List(items) => items.iter().map(script_value).collect::<Array>().into(),
        Value::Map(entries) => {
            let object = JsValue::from(Object::new());
            for (name, value) in entries {
                // An object of our own takes everything.
                let _ = set(&object, name, script_value(value));
            }
            object
        }
    }
}
