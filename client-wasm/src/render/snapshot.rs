//! Pictures to keep, of any size, beside the canvas.

use three_d::core::{Context, RenderTargetMultisample};

use super::{Camera, RenderError, Renderer, Target, Viewport};

/// The most pixels of a picture: 8K. Drawing takes at most 300 MB on the graphics card.
pub const MAX_PIXELS: u32 = 7680 * 4320;

/// Up to this many pixels, edges are smoothed with as many samples as browsers take: 4K.
const MAX_SMOOTH_PIXELS: u32 = 3840 * 2160;

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Red, green, blue and alpha from the top left, colours multiplied by alpha.
    pixels: Vec<[u8; 4]>,
}

impl Snapshot {
    /// The pixels with straight alpha: four bytes each.
    pub fn straight(&self) -> Vec<u8> {
        let straight = |[r, g, b, a]: [u8; 4]| {
            let divided = |c: u8| {
                let rounded = (u32::from(c) * 255 + u32::from(a) / 2) / u32::from(a.max(1));
                rounded.min(255) as u8
            };
            [divided(r), divided(g), divided(b), a]
        };
        self.pixels.iter().flat_map(|p| straight(*p)).collect()
    }

    /// The pixels before a white wall: four bytes each.
    pub fn on_white(&self) -> Vec<u8> {
        let opaque = |[r, g, b, a]: [u8; 4]| {
            let over = |c: u8| c.saturating_add(255 - a);
            [over(r), over(g), over(b), 255]
        };
        self.pixels.iter().flat_map(|p| opaque(*p)).collect()
    }

    /// The pixels before a wall of one colour: three bytes each.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn on_color(&self, wall: [u8; 3]) -> Vec<u8> {
        let over = |[r, g, b, a]: [u8; 4]| {
            let behind = |c: u8| ((u32::from(c) * u32::from(255 - a) + 127) / 255) as u8;
            let [wall_r, wall_g, wall_b] = wall.map(behind);
            [
                r.saturating_add(wall_r),
                g.saturating_add(wall_g),
                b.saturating_add(wall_b),
            ]
        };
        self.pixels.iter().flat_map(|p| over(*p)).collect()
    }
}

impl Renderer {
    /// Draws a picture over a transparent background. Everything that is measured in pixels is as
    /// large as on a screen of that size.
    ///
    /// # Errors
    /// The size is zero or too large, or the graphics driver refuses.
    pub fn snapshot(
        &mut self,
        camera: &Camera,
        width: u32,
        height: u32,
    ) -> Result<Snapshot, RenderError> {
        let pixels = width.saturating_mul(height);
        let max_side = max_side(&self.context);
        if pixels == 0 || pixels > MAX_PIXELS || width.max(height) > max_side {
            return Err(RenderError::Size {
                width,
                height,
                max_side,
            });
        }
        let samples = if pixels <= MAX_SMOOTH_PIXELS { 4 } else { 1 };
        let target = RenderTargetMultisample::new(&self.context, width, height, samples);
        let viewport = Viewport {
            width,
            height,
            pixel_ratio: 1.0,
        };
        let needs_redraw = self.needs_redraw;
        self.layers.splats.is_exact = true;
        let drawn = self.draw(Target::Multisampled(&target), camera, viewport);
        self.layers.splats.is_exact = false;
        drawn?;
        // The canvas has not been drawn.
        self.needs_redraw = needs_redraw;
        let pixels = target.resolve_color().as_color_target(None).read();
        self.context.error_check()?;
        Ok(Snapshot {
            width,
            height,
            pixels,
        })
    }
}

fn max_side(context: &Context) -> u32 {
    scenecast_gl::DataTexture::max_rows(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translucent_pixels_are_straight_or_over_white() {
        let snapshot = Snapshot {
            width: 3,
            height: 1,
            pixels: vec![[0; 4], [64, 0, 128, 128], [10, 20, 30, 255]],
        };
        let straight = [0, 0, 0, 0, 128, 0, 255, 128, 10, 20, 30, 255];
        assert_eq!(snapshot.straight(), straight);
        let on_white = [255, 255, 255, 255, 191, 127, 255, 255, 10, 20, 30, 255];
        assert_eq!(snapshot.on_white(), on_white);
        let white = snapshot.on_color([255; 3]);
        assert_eq!(white, [255, 255, 255, 191, 127, 255, 10, 20, 30]);
        let on_color = [0, 100, 200, 64, 50, 228, 10, 20, 30];
        assert_eq!(snapshot.on_color([0, 100, 200]), on_color);
    }
}
