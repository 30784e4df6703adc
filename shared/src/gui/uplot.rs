//! uPlot charts. The options are uPlot's own, under its names: see its documentation. Those
//! that are JavaScript functions cannot travel and are left out.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use crate::array::Array;
use crate::value::Value;

props! {
    /// A chart drawn by uPlot.
    pub struct Uplot as "GuiUplotProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Series, x first; each `[K]`.
        data: Vec<Array<f64>> = Vec::new(),
        /// 1: shared x values; 2: facets.
        mode: Option<i64> = None,
        /// Heading.
        title: Option<String> = None,
        /// One entry for each series of `data`.
        series: Vec<Series> = Vec::new(),
        /// Areas between series.
        bands: Option<Vec<Band>> = None,
        /// Scales by name.
        scales: Option<BTreeMap<String, Scale>> = None,
        /// Axes.
        axes: Option<Vec<Axis>> = None,
        /// Legend.
        legend: Option<Legend> = None,
        /// Cursor.
        cursor: Option<Cursor> = None,
        /// Focus.
        focus: Option<Focus> = None,
        /// Width divided by height.
        aspect: f64 = 1.0,
        /// Height in pixels, instead of `aspect`.
        height: Option<i64> = None,
        /// Space above, right, below and left, pixels.
        padding: Option<[i64; 4]> = None,
        /// Whether it is shown.
        visible: bool = true,
    }
}

options! {
    /// uPlot's `Series` options.
    pub struct Series as "Series" {
        show: bool,
        class_name ("class"): String,
        scale: String,
        auto: bool,
        sorted: i64,
        span_gaps ("spanGaps"): bool,
        gaps: Vec<[f64; 2]>,
        px_align ("pxAlign"): Value,
        label: String,
        value: String,
        points: SeriesPoints,
        facets: Vec<SeriesFacet>,
        width: f64,
        stroke: String,
        fill: String,
        fill_to ("fillTo"): f64,
        dash: Vec<f64>,
        cap: String,
        alpha: f64,
        idxs: [f64; 2],
        min: f64,
        max: f64,
    }
}

options! {
    /// uPlot's `Series.Points` options.
    pub struct SeriesPoints as "Series_Points" {
        show: bool,
        filter: Value,
        size: f64,
        space: f64,
        width: f64,
        stroke: String,
        dash: Vec<f64>,
        cap: String,
        fill: String,
    }
}

options! {
    /// uPlot's `Series.Facet` options.
    pub struct SeriesFacet as "Series_Facet" {
        scale: String,
        auto: bool,
        sorted: i64,
    }
}

options! {
    /// uPlot's `Band` options.
    pub struct Band as "Band" {
        series: [f64; 2],
        fill: String,
        dir: Value,
    }
}

options! {
    /// uPlot's `Scale` options.
    pub struct Scale as "Scale" {
        time: bool,
        auto: bool,
        range: Value,
        from: String,
        distr: i64,
        log: Value,
        clamp: f64,
        asinh: f64,
        min: f64,
        max: f64,
        dir: Value,
        ori: Value,
        key: String,
    }
}

options! {
    /// uPlot's `Axis` options.
    pub struct Axis as "Axis" {
        show: bool,
        scale: String,
        side: i64,
        size: f64,
        gap: f64,
        font: String,
        line_gap ("lineGap"): f64,
        stroke: String,
        label: String,
        label_size ("labelSize"): f64,
        label_gap ("labelGap"): f64,
        label_font ("labelFont"): String,
        space: f64,
        incrs: Vec<f64>,
        splits: Vec<f64>,
        values: Value,
        rotate: f64,
        align: i64,
        align_to ("alignTo"): i64,
        grid: AxisGrid,
        ticks: AxisTicks,
        border: AxisBorder,
    }
}

options! {
    /// uPlot's `Axis.Grid` options.
    pub struct AxisGrid as "Axis_Grid" {
        show: bool,
        stroke: String,
        width: f64,
        dash: Vec<f64>,
        cap: String,
    }
}

options! {
    /// uPlot's `Axis.Ticks` options.
    pub struct AxisTicks as "Axis_Ticks" {
        show: bool,
        stroke: String,
        width: f64,
        dash: Vec<f64>,
        cap: String,
        size: f64,
    }
}

options! {
    /// uPlot's `Axis.Border` options.
    pub struct AxisBorder as "Axis_Border" {
        show: bool,
        stroke: String,
        width: f64,
        dash: Vec<f64>,
        cap: String,
    }
}

options! {
    /// uPlot's `Legend` options.
    pub struct Legend as "Legend" {
        show: bool,
        live: bool,
        isolate: bool,
        markers: LegendMarkers,
        mount: Value,
        idx: Option<f64>,
        idxs: Vec<Option<f64>>,
        values: Vec<String>,
    }
}

options! {
    /// uPlot's `Legend.Markers` options.
    pub struct LegendMarkers as "Legend_Markers" {
        show: bool,
        width: f64,
        stroke: String,
        fill: String,
        dash: String,
    }
}

options! {
    /// uPlot's `Cursor` options.
    pub struct Cursor as "Cursor" {
        show: bool,
        x: bool,
        y: bool,
        left: f64,
        top: f64,
        idx: Option<f64>,
        idxs: Vec<Option<f64>>,
        points: CursorPoints,
        drag: CursorDrag,
        sync: CursorSync,
        focus: CursorFocus,
        hover: CursorHover,
        lock: bool,
    }
}

options! {
    /// uPlot's `Cursor.Points` options.
    pub struct CursorPoints as "Cursor_Points" {
        show: bool,
        one: bool,
        size: f64,
        width: f64,
        stroke: String,
        fill: String,
    }
}

options! {
    /// uPlot's `Cursor.Drag` options.
    pub struct CursorDrag as "Cursor_Drag" {
        set_scale ("setScale"): bool,
        x: bool,
        y: bool,
        dist: f64,
        uni: f64,
        click: Value,
    }
}

options! {
    /// uPlot's `Cursor.Sync` options.
    pub struct CursorSync as "Cursor_Sync" {
        key: String,
        set_series ("setSeries"): bool,
        scales: [Option<String>; 2],
        match_ ("match"): Value,
        filters: Value,
        values: [f64; 2],
    }
}

options! {
    /// uPlot's `Cursor.Focus` options.
    pub struct CursorFocus as "Cursor_Focus" {
        prox: f64,
        bias: i64,
        dist: Value,
    }
}

options! {
    /// uPlot's `Cursor.Hover` options.
    pub struct CursorHover as "Cursor_Hover" {
        prox: Value,
        bias: i64,
        skip: Vec<Value>,
    }
}

options! {
    /// uPlot's `Focus` options.
    pub struct Focus as "Focus" {
        alpha: f64,
    }
}
