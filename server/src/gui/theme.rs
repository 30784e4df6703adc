//! The look of viewers' pages.

use scenecast_protocol::gui::{
    ThemeConfiguration, TitlebarConfig,
    theme::{ControlLayout, ControlWidth},
};

/// The look of viewers' pages, for [`Gui::configure_theme`](super::Gui::configure_theme).
///
/// ```
/// use scenecast::gui::{ControlWidth, Theme};
/// let dark = Theme::default().dark_mode(true).brand_color([90, 120, 220]);
/// let dark = dark.control_width(ControlWidth::Large);
/// ```
#[derive(Debug, Clone)]
pub struct Theme {
    titlebar: Option<TitlebarConfig>,
    control_width: ControlWidth,
    dark_mode: bool,
    show_logo: bool,
    show_share_button: bool,
    brand_color: Option<[u8; 3]>,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            titlebar: None,
            control_width: ControlWidth::Medium,
            dark_mode: false,
            show_logo: true,
            show_share_button: true,
            brand_color: None,
        }
    }
}

impl Theme {
    /// A bar above the page, with an image and buttons; none unless set.
    #[must_use]
    pub fn titlebar(mut self, titlebar: TitlebarConfig) -> Self {
        self.titlebar = Some(titlebar);
        self
    }

    /// How wide the control panel is; medium unless set.
    #[must_use]
    pub fn control_width(mut self, width: ControlWidth) -> Self {
        self.control_width = width;
        self
    }

    /// Whether pages are dark; `false` unless set.
    #[must_use]
    pub fn dark_mode(mut self, dark: bool) -> Self {
        self.dark_mode = dark;
        self
    }

    /// Whether the logo shows; `true` unless set.
    #[must_use]
    pub fn show_logo(mut self, show: bool) -> Self {
        self.show_logo = show;
        self
    }

    /// Whether the share button shows; `true` unless set.
    #[must_use]
    pub fn show_share_button(mut self, show: bool) -> Self {
        self.show_share_button = show;
        self
    }

    /// The colour of buttons and sliders, channels of 0 to 255; blue unless set.
    #[must_use]
    pub fn brand_color(mut self, color: [u8; 3]) -> Self {
        self.brand_color = Some(color);
        self
    }

    pub(super) fn into_wire(self) -> ThemeConfiguration {
        ThemeConfiguration {
            titlebar_content: self.titlebar,
            control_layout: ControlLayout::Floating,
            control_width: self.control_width,
            show_logo: self.show_logo,
            show_share_button: self.show_share_button,
            dark_mode: self.dark_mode,
            colors: self.brand_color.map(shades),
        }
    }
}

/// Ten shades of a colour from light to dark, as `#rrggbb`, of which the ninth is the colour itself:
/// hue and saturation stay, the lightness falls evenly from 0.9 to the colour's own.
fn shades(color: [u8; 3]) -> [String; 10] {
    let (hue, lightness, saturation) =
        hls_from_rgb(color.map(|channel| f64::from(channel) / 255.0));
    let darkest = (lightness - 0.08).max(0.0);
    let lightest = 0.9;
    let lightness = lightness.min(lightest).max(darkest);
    std::array::from_fn(|i| {
        let l = match i {
            9 => darkest,
            _ => lightest + (lightness - lightest) * i as f64 / 8.0,
        };
        let [r, g, b] = rgb_from_hls(hue, l, saturation).map(|channel| {
            // Rounded, and within a byte: channels are 0 to 1.
            ((channel * 255.0).clamp(0.0, 255.0) + 0.5) as u8
        });
        format!("#{r:02x}{g:02x}{b:02x}")
    })
}

/// Hue, lightness and saturation, 0 to 1, by the usual formula for the double cone.
fn hls_from_rgb([r, g, b]: [f64; 3]) -> (f64, f64, f64) {
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    let (sum, range) = (max + min, max - min);
    let lightness = sum / 2.0;
    if range == 0.0 {
        return (0.0, lightness, 0.0);
    }
    let saturation = range / if lightness <= 0.5 { sum } else { 2.0 - sum };
    let [r, g, b] = [r, g, b].map(|channel| (max - channel) / range);
    let hue = match () {
        () if r == 0.0 => b - g,
        () if g == 0.0 => 2.0 + r - b,
        () => 4.0 + g - r,
    };
    ((hue / 6.0).rem_euclid(1.0), lightness, saturation)
}

/// The inverse of [`hls_from_rgb`].
fn rgb_from_hls(hue: f64, lightness: f64, saturation: f64) -> [f64; 3] {
    let high = if lightness <= 0.5 {
        lightness * (1.0 + saturation)
    } else {
        lightness + saturation - lightness * saturation
    };
    let low = 2.0 * lightness - high;
    [1.0 / 3.0, 0.0, -1.0 / 3.0].map(|offset| {
        let hue = (hue + offset).rem_euclid(1.0);
        match hue * 6.0 {
            h if h < 1.0 => low + (high - low) * h,
            h if h < 3.0 => high,
            h if h < 4.0 => low + (high - low) * (4.0 - h),
            _ => low,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninth_shade_is_the_colour() {
        for color in [[230, 180, 30], [0, 0, 0], [12, 99, 240], [128, 128, 128]] {
            let shades = shades(color);
            let [r, g, b] = color;
            assert_eq!(shades[8], format!("#{r:02x}{g:02x}{b:02x}"));
        }
        // As viser has them.
        let shades = shades([230, 180, 30]);
        assert_eq!(shades[0], "#faf0d1");
        assert_eq!(shades[9], "#c59916");
    }
}
