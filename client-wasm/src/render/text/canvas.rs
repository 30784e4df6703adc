//! Glyphs from the browser: drawn on a canvas of their own, in the page's font.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, TextMetrics};

use super::FONT_PX;
use super::source::{FontMetrics, GlyphBitmap, GlyphSource};

/// The system's sans-serif font, as the rest of the page.
const FONT_STACK: &str = "-apple-system, BlinkMacSystemFont, \"Segoe UI\", Roboto, \
    \"Helvetica Neue\", Arial, sans-serif";

/// The largest glyph that is drawn, pixels; what is beyond is cut off.
const MAX_EXTENT: f64 = 1024.0;

/// Draws glyphs with a 2D canvas.
pub struct CanvasGlyphs {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl CanvasGlyphs {
    /// A canvas that is not in the page.
    ///
    /// # Errors
    /// The browser has no 2D canvas.
    pub fn new() -> Result<Self, JsValue> {
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.ok_or_else(|| JsValue::from_str("no document"))?;
        let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
        // Glyphs are read back at once, which is slow from a canvas on the GPU.
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
        let context = canvas
            .get_context_with_context_options("2d", &options)?
            .ok_or_else(|| JsValue::from_str("no 2D canvas"))?
            .dyn_into::<CanvasRenderingContext2d>()?;
        let glyphs = Self { canvas, context };
        glyphs.use_font(FONT_PX);
        Ok(glyphs)
    }

    /// Resizing a canvas forgets its font.
    fn use_font(&self, px: f32) {
        self.context.set_font(&format!("{px}px {FONT_STACK}"));
        self.context.set_text_baseline("alphabetic");
    }

    fn measure(&self, text: &str) -> Option<TextMetrics> {
        self.context.measure_text(text).ok()
    }
}

impl GlyphSource for CanvasGlyphs {
    fn metrics(&mut self, px: f32) -> FontMetrics {
        self.use_font(px);
        let measured = self.measure("Mgj").map(|m| {
            [m.font_bounding_box_ascent(), m.font_bounding_box_descent()].map(|h| h as f32)
        });
        self.use_font(FONT_PX);
        match measured {
            Some([ascent, descent]) if ascent.is_finite() && descent.is_finite() => {
                FontMetrics { ascent, descent }
            }
            // Browsers that do not tell.
            _ => FontMetrics {
                ascent: 0.8 * px,
                descent: 0.25 * px,
            },
        }
    }

    fn advance(&mut self, text: &str) -> f32 {
        self.measure(text)
            .map_or(0.0, |metrics| metrics.width() as f32)
    }

    fn pixel_ratio(&self) -> f32 {
        web_sys::window().map_or(1.0, |window| window.device_pixel_ratio() as f32)
    }

    fn rasterize(&mut self, cluster: &str) -> Option<GlyphBitmap> {
        let metrics = self.measure(cluster)?;
        let extent = |length: f64| length.ceil().clamp(-MAX_EXTENT, MAX_EXTENT);
        let left = extent(metrics.actual_bounding_box_left());
        let right = extent(metrics.actual_bounding_box_right());
        let top = extent(metrics.actual_bounding_box_ascent());
        let bottom = extent(metrics.actual_bounding_box_descent());
        let (width, height) = (left + right, top + bottom);
        if !(width >= 1.0 && height >= 1.0) {
            return None;
        }
        if f64::from(self.canvas.width()) < width || f64::from(self.canvas.height()) < height {
            self.canvas.set_width(self.canvas.width().max(width as u32));
            self.canvas
                .set_height(self.canvas.height().max(height as u32));
            self.use_font(FONT_PX);
        }
        self.context.clear_rect(0.0, 0.0, width, height);
        self.context.fill_text(cluster, left, top).ok()?;
        let image = self.context.get_image_data(0.0, 0.0, width, height).ok()?;
        let pixels = image.data();
        Some(GlyphBitmap {
            left: -left as i32,
            top: top as i32,
            width: width as usize,
            height: height as usize,
            coverage: pixels
                .as_chunks::<4>()
                .0
                .iter()
                .map(|[.., alpha]| *alpha)
                .collect(),
        })
    }
}
