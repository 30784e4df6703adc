//! Colours of buttons and bars, and colours as people write them.

use scenecast_protocol::gui::{ColorName, GuiColor};

/// Channels of 0 to 255.
pub type Channels = [u8; 3];

/// The colour of something filled, and of text on it. Colours with which white text can be read
/// are so dark that it can be; on the others text is black.
pub fn filled(color: GuiColor) -> (Channels, Channels) {
    let back = match color {
        GuiColor::Rgb(channels) => channels.map(|channel| channel.clamp(0, 255) as u8),
        GuiColor::Named(name) => match name {
            ColorName::Dark => [0x2e, 0x2e, 0x2e],
            ColorName::Gray => [0x5f, 0x66, 0x6d],
            ColorName::Red => [0xe0, 0x31, 0x31],
            ColorName::Pink => [0xc2, 0x25, 0x5c],
            ColorName::Grape => [0x9c, 0x36, 0xb5],
            ColorName::Violet => [0x67, 0x41, 0xd9],
            ColorName::Indigo => [0x3b, 0x5b, 0xdb],
            ColorName::Blue => [0x19, 0x71, 0xc2],
            ColorName::Cyan => [0x15, 0xaa, 0xbf],
            ColorName::Green => [0x40, 0xc0, 0x57],
            ColorName::Lime => [0x82, 0xc9, 0x1e],
            ColorName::Yellow => [0xfa, 0xb0, 0x05],
            ColorName::Orange => [0xfd, 0x7e, 0x14],
            ColorName::Teal => [0x12, 0xb8, 0x86],
        },
    };
    let white = [255; 3];
    let text = match contrast(back, white) >= 4.5 {
        true => white,
        false => [0; 3],
    };
    (back, text)
}

/// How well one colour is seen on another, from 1 to 21, as the Web Content Accessibility
/// Guidelines define it.
pub fn contrast(a: Channels, b: Channels) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(channels: Channels) -> f64 {
    let [r, g, b] = channels.map(|channel| {
        let part = f64::from(channel) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// `#rrggbb`.
pub fn hex([r, g, b]: Channels) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// As viser's client shows a colour: `rgb(r, g, b)`, or with alpha `rgba(r, g, b, a)`, whose
/// alpha is between 0 and 1.
pub fn describe(channels: &[u8]) -> String {
    match *channels {
        [r, g, b, a] => {
            let alpha = super::number_text::format(f64::from(a) / 255.0, 4);
            format!("rgba({r}, {g}, {b}, {alpha})")
        }
        [r, g, b] => format!("rgb({r}, {g}, {b})"),
        _ => String::new(),
    }
}

/// Reads `#rgb`, `#rrggbb`, the same with alpha, with or without `#`, and `rgb(…)` and `rgba(…)`.
/// Alpha that is not given is 255.
pub fn parse(text: &str, number: impl Fn(&str) -> Option<f64>) -> Option<[u8; 4]> {
    let text = text.trim();
    let list = text
        .strip_prefix("rgba")
        .or_else(|| text.strip_prefix("rgb"))
        .and_then(|list| list.trim().strip_prefix('(')?.strip_suffix(')'));
    if let Some(list) = list {
        let mut channels = [255; 4];
        let parts: Vec<&str> = list
            .split([',', ' ', '/'])
            .filter(|p| !p.is_empty())
            .collect();
        if !(3..=4).contains(&parts.len()) {
            return None;
        }
        for (index, part) in parts.into_iter().enumerate() {
            let scale = if index == 3 { 255.0 } else { 1.0 };
            channels[index] = (number(part)? * scale).round().clamp(0.0, 255.0) as u8;
        }
        return Some(channels);
    }
    let digits: Option<Vec<u8>> = text
        .strip_prefix('#')
        .unwrap_or(text)
        .chars()
        .map(|c| c.to_digit(16).map(|digit| digit as u8))
        .collect();
    match *digits? {
        [r, g, b] => Some([r * 17, g * 17, b * 17, 255]),
        [r, g, b, a] => Some([r * 17, g * 17, b * 17, a * 17]),
        [r, s, g, h, b, c] => Some([r * 16 + s, g * 16 + h, b * 16 + c, 255]),
        [r, s, g, h, b, c, a, d] => Some([r * 16 + s, g * 16 + h, b * 16 + c, a * 16 + d]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_on_every_colour() {
        for name in ColorName::ALL {
            let (back, text) = filled((*name).into());
            assert!(contrast(back, text) >= 4.5, "{name:?}");
        }
        for channels in [[0, 0, 0], [255, 255, 255], [128, 128, 128], [255, 0, 0]] {
            let (back, text) = filled(channels.into());
            assert!(contrast(back, text) >= 4.5, "{channels:?}");
        }
        let wide = filled(GuiColor::Rgb([-5, 300, 7])).0;
        assert_eq!(wide, [0, 255, 7]);
    }

    #[test]
    fn colours_are_read_as_they_are_written() {
        let number = |text: &str| text.parse().ok();
        let read = |text: &str| parse(text, number);
        assert_eq!(read("#0f0"), Some([0, 255, 0, 255]));
        assert_eq!(read("00ff7f"), Some([0, 255, 127, 255]));
        assert_eq!(read("#0f08"), Some([0, 255, 0, 136]));
        assert_eq!(read("#00ff0080"), Some([0, 255, 0, 128]));
        assert_eq!(read(" rgb(1, 2, 3) "), Some([1, 2, 3, 255]));
        assert_eq!(read("rgba(1 2 300 / 0.5)"), Some([1, 2, 255, 128]));
        for wrong in [
            "",
            "#12345",
            "red",
            "rgb(1, 2)",
            "rgb(1,2,3,4,5)",
            "#ggg",
            "rgb(a,b,c)",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(describe(&[10, 120, 200, 120]), "rgba(10, 120, 200, 0.4706)");
        assert_eq!(
            read(&describe(&[10, 120, 200, 120])),
            Some([10, 120, 200, 120])
        );
        assert_eq!(describe(&[1, 2, 3]), "rgb(1, 2, 3)");
    }
}
