//! Pictures as files.

use super::options::{Background, RenderOptions};
use crate::cli::Failure;
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use scenecast::recording::WholeFile;
use scenecast_client::render::Snapshot;
use std::{
    io::BufWriter,
    path::{Path, PathBuf},
};

/// Of a hundred.
const JPEG_QUALITY: u8 = 90;

/// Where pictures go.
#[derive(Debug)]
pub(crate) struct Output {
    pattern: Pattern,
    is_jpeg: bool,
    background: Background,
}

/// A file name, with a place for a number if there are several files.
#[derive(Debug, PartialEq)]
enum Pattern {
    One(PathBuf),
    Many {
        before: String,
        digits: usize,
        after: String,
    },
}

impl Output {
    pub(crate) fn new(options: &RenderOptions) -> Result<Self, Failure> {
        let path = &options.output;
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let is_jpeg = match extension.to_str() {
            Some("png") => false,
            Some("jpg" | "jpeg") => true,
            Some(_) | None => {
                let text = format!("{}: expected a name in .png or .jpg", path.display());
                return Err(Failure::bad_input(text));
            }
        };
        let background = options.background();
        if is_jpeg && background.0.is_none() {
            let text = format!("{}: JPEG has no transparency; write .png", path.display());
            return Err(Failure::bad_input(text));
        }
        let pattern = match options.fps {
            None => Pattern::One(path.clone()),
            Some(_) => Pattern::many(path).ok_or_else(|| {
                let name = path.display();
                Failure::bad_input(format!(
                    "{name}: expected a place for the number, such as frame_%04d.png"
                ))
            })?,
        };
        Ok(Self {
            pattern,
            is_jpeg,
            background,
        })
    }

    /// Writes a picture; the first one has the number 0. The file is there whole or not at all.
    pub(crate) fn write(&self, number: usize, picture: &Snapshot) -> Result<(), Failure> {
        let path = self.pattern.path(number);
        let cannot_write = |error: &dyn std::fmt::Display| {
            Failure::bad_input(format!("cannot write {}: {error}", path.display()))
        };
        let mut file = WholeFile::create(&path).map_err(|error| cannot_write(&error))?;
        let (width, height) = (picture.width, picture.height);
        let (pixels, kind) = match self.background.0 {
            Some(color) => (picture.on_color(color.0), ExtendedColorType::Rgb8),
            None => (picture.straight(), ExtendedColorType::Rgba8),
        };
        let out = BufWriter::new(&mut file);
        let written = match self.is_jpeg {
            true => JpegEncoder::new_with_quality(out, JPEG_QUALITY)
                .write_image(&pixels, width, height, kind),
            false => PngEncoder::new(out).write_image(&pixels, width, height, kind),
        };
        written.map_err(|error| cannot_write(&error))?;
        file.finish().map_err(|error| cannot_write(&error))
    }
}

impl Pattern {
    /// A name with `%d`, or `%04d` for four digits.
    fn many(path: &Path) -> Option<Self> {
        let (before, rest) = path.to_str()?.split_once('%')?;
        let (digits, after) = rest.split_once('d')?;
        let digits = match digits.strip_prefix('0') {
            _ if digits.is_empty() => 0,
            Some(digits) => digits.parse().ok().filter(|digits| *digits <= 9)?,
            None => return None,
        };
        Some(Self::Many {
            before: before.to_owned(),
            digits,
            after: after.to_owned(),
        })
    }

    fn path(&self, number: usize) -> PathBuf {
        match self {
            Self::One(path) => path.clone(),
            Self::Many {
                before,
                digits,
                after,
            } => format!("{before}{number:0digits$}{after}").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_place_in_names() {
        let path = |pattern: &str| Some(Pattern::many(Path::new(pattern))?.path(7));
        assert_eq!(path("out/f_%04d.png"), Some("out/f_0007.png".into()));
        assert_eq!(path("f%d.jpg"), Some("f7.jpg".into()));
        for wrong in [
            "f.png",
            "f%.png",
            "f%4d.png",
            "f%0xd.png",
            "f%099d.png",
            "f%s.png",
        ] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
    }
}
