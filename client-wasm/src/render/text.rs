//! Labels: text that faces the camera, all of it in up to four draw calls.
//!
//! Glyphs are kept as signed distance fields, which stay sharp at any size. Where glyphs come
//! from is a [`GlyphSource`]'s business: the browser draws them with the page's font, so no font
//! is shipped.

use glam::Vec3;
use three_d::core::{Context, CoreError, Cull, DepthTest, RenderStates, vec2};

use super::instances::{InstanceTable, Row, Slot};
use super::pass::{Pass, transparent};
use super::stamp::{Primitive, Stamp};
use atlas::Atlas;

mod atlas;
#[cfg(target_arch = "wasm32")]
mod canvas;
mod distance;
mod layout;
mod source;
#[cfg(not(target_arch = "wasm32"))]
mod system;

#[cfg(target_arch = "wasm32")]
pub use canvas::CanvasGlyphs;
pub use layout::{Layout, PlacedGlyph, Rect, lay_out};
pub use source::{FontMetrics, GlyphBitmap, GlyphSource};
#[cfg(not(target_arch = "wasm32"))]
pub use system::{NoFont, SystemGlyphs};

/// Font size that glyphs are kept at, pixels.
pub const FONT_PX: f32 = 64.0;

/// Font size of labels whose size is on the screen, CSS pixels.
const SCREEN_PX: f32 = 12.0;

const COLUMNS: usize = 3;

/// One label, laid out.
pub(crate) struct LabelQuads {
    /// Whether nearer things hide it.
    pub(crate) depth_test: bool,
    /// Size of the text.
    pub(crate) size: LabelSize,
    background: Rect,
    /// Quads and where their glyphs are in the atlas.
    glyphs: Vec<(Rect, [f32; 4])>,
}

/// The size of a label's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LabelSize {
    /// Font size in scene units.
    Scene(f32),
    /// Font size as a multiple of 12 CSS pixels.
    Screen(f32),
}

/// Where a label's quads are while it is shown; the first is the background.
pub(crate) struct LabelSlots {
    depth_test: bool,
    background: Slot,
    glyphs: Vec<Slot>,
}

/// All labels.
pub(crate) struct TextLayer {
    source: Box<dyn GlyphSource>,
    atlas: Atlas,
    quad: Stamp<[f32; 2]>,
    /// Labels that are always on top, then labels that nearer things hide.
    backgrounds: [InstanceTable<COLUMNS>; 2],
    glyphs: [InstanceTable<COLUMNS>; 2],
}

impl TextLayer {
    pub(crate) fn new(context: &Context, source: Box<dyn GlyphSource>) -> Self {
        let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        Self {
            source,
            atlas: Atlas::new(),
            quad: Stamp::new(
                context,
                Primitive::Triangles,
                &corners,
                &[],
                &[0, 1, 2, 0, 2, 3],
            ),
            backgrounds: [InstanceTable::new(), InstanceTable::new()],
            glyphs: [InstanceTable::new(), InstanceTable::new()],
        }
    }

    /// Lays out a label and draws the glyphs that are new. Glyphs that find no room in the atlas
    /// are left out.
    pub(crate) fn label(
        &mut self,
        text: &str,
        anchor: [f32; 2],
        depth_test: bool,
        size: LabelSize,
    ) -> LabelQuads {
        let px = match size {
            LabelSize::Screen(scale) => SCREEN_PX * scale * self.source.pixel_ratio(),
            LabelSize::Scene(_) => FONT_PX,
        };
        let halvings = atlas::halvings(px);
        let layout = lay_out(
            text,
            anchor,
            FONT_PX / (1 << halvings) as f32,
            &mut *self.source,
        );
        let glyphs = layout.glyphs.iter().filter_map(|placed| {
            let cell = self
                .atlas
                .cell(&placed.cluster, halvings, &mut *self.source)?;
            let [x0, y0, x1, y1] = cell.texels.map(|t| t as f32);
            let [left, top] = cell.offset;
            let [width, height] = [x1 - x0, y1 - y0].map(|texels| texels * cell.step as f32);
            let rect = Rect {
                left: placed.pen[0] + left,
                bottom: placed.pen[1] + top - height,
                width,
                height,
            };
            Some((rect, [x0, y0, x1, y1]))
        });
        let glyphs = glyphs.collect();
        LabelQuads {
            depth_test,
            size,
            background: layout.background,
            glyphs,
        }
    }

    pub(crate) fn insert(&mut self, label: &LabelQuads, position: Vec3) -> LabelSlots {
        let layer = usize::from(label.depth_test);
        let place = place(label.size, position);
        let row = |rect: &Rect, texels: [f32; 4]| -> Row<COLUMNS> {
            [
                place,
                [rect.left, rect.bottom, rect.width, rect.height],
                texels,
            ]
        };
        let background = self.backgrounds[layer].insert(row(&label.background, [0.0; 4]));
        let table = &mut self.glyphs[layer];
        let glyphs = label
            .glyphs
            .iter()
            .map(|(rect, texels)| table.insert(row(rect, *texels)));
        LabelSlots {
            depth_test: label.depth_test,
            background,
            glyphs: glyphs.collect(),
        }
    }

    pub(crate) fn place(&mut self, slots: &LabelSlots, size: LabelSize, position: Vec3) {
        let layer = usize::from(slots.depth_test);
        let place = place(size, position);
        self.backgrounds[layer].set(slots.background, 0, &[place]);
        for slot in &slots.glyphs {
            self.glyphs[layer].set(*slot, 0, &[place]);
        }
    }

    pub(crate) fn remove(&mut self, slots: LabelSlots) {
        let layer = usize::from(slots.depth_test);
        self.backgrounds[layer].remove(slots.background);
        for slot in slots.glyphs {
            self.glyphs[layer].remove(slot);
        }
    }

    /// Draws all backgrounds, then all text.
    pub(crate) fn draw(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        // Backgrounds of all labels first, so that text is never behind another's.
        for layer in [1, 0] {
            if self.backgrounds[layer].is_empty() {
                continue;
            }
            let program = pass.programs.label_backgrounds()?;
            self.quad.draw(
                pass,
                program,
                states(layer),
                &mut self.backgrounds[layer],
                None,
            )?;
        }
        for layer in [1, 0] {
            if self.glyphs[layer].is_empty() {
                continue;
            }
            let program = pass.programs.label_glyphs()?;
            program.use_texture("atlas", self.atlas.texture(pass.context));
            let size = self.atlas.size() as f32;
            program.use_uniform("atlas_size", vec2(size, size));
            program.use_uniform("radius", atlas::RADIUS as f32);
            self.quad
                .draw(pass, program, states(layer), &mut self.glyphs[layer], None)?;
        }
        Ok(())
    }
}

/// Position, and the scene units of a pixel of the font; negative if it depends on the distance.
fn place(size: LabelSize, position: Vec3) -> [f32; 4] {
    let unit = match size {
        LabelSize::Scene(height) => height / FONT_PX,
        // The shader knows how large a pixel is.
        LabelSize::Screen(scale) => -SCREEN_PX * scale / FONT_PX,
    };
    position.extend(unit).to_array()
}

fn states(layer: usize) -> RenderStates {
    let depth_test = if layer == 1 {
        DepthTest::LessOrEqual
    } else {
        DepthTest::Always
    };
    RenderStates {
        depth_test,
        ..transparent(Cull::None, false)
    }
}
