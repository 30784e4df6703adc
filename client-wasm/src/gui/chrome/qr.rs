//! QR codes, for phones.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around a code, without which readers do not find it.
const QUIET: i32 = 4;

/// A code as an SVG: its side in modules, and a path of its dark ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Width and height, quiet zone included.
    pub side: i32,
    /// The path's `d`.
    pub path: String,
}

/// Draws a text; `None` if it is too long, beyond 2331 bytes.
pub fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count() as i32;
            if length > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length + 1;
        }
    }
    Some(Drawing {
        side: code.size() + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that a path covers.
    fn is_dark(drawing: &Drawing) -> Vec<Vec<bool>> {
        let mut rows = vec![vec![false; drawing.side as usize]; drawing.side as usize];
        for part in drawing.path.split('M').skip(1) {
            let (x, rest) = part.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = length.parse().unwrap();
            rows[y][x..x + length].fill(true);
        }
        rows
    }

    #[test]
    fn a_reader_reads_what_was_drawn() {
        for text in [
            "https://a.example/?token=Zm9vYmFy",
            &format!("https://{}", "b".repeat(1000)),
        ] {
            let drawing = draw(text).unwrap();
            let rows = is_dark(&drawing);
            let side = drawing.side as usize;
            let mut picture =
                rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, |x, y| {
                    if rows[y / 4][x / 4] { 0 } else { 255 }
                });
            let grids = picture.detect_grids();
            assert_eq!(grids.len(), 1);
            assert_eq!(grids[0].decode().unwrap().1, text);
        }
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert_eq!(draw(&"a".repeat(3000)), None);
    }
}
