//! The options of `scenecast render`.

use super::camera::parse_camera;
use crate::cli::Failure;
use scenecast::{Rgb, Viewpoint};
use std::{ops::RangeInclusive, path::PathBuf, str::FromStr};

/// The most pictures of one run.
const MAX_FRAMES: f64 = 1e6;

/// Pictures of files: from when, from where, how large.
#[derive(Debug, clap::Args)]
pub(crate) struct RenderOptions {
    /// A recording (.viser), or 3D files, which are shown in one scene
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// The picture to write: .png, or .jpg. With --fps the pictures to write, such as
    /// frame_%04d.png
    #[arg(short, long, value_name = "PICTURE")]
    pub(crate) output: PathBuf,

    /// Width and height, pixels
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    pub(crate) size: Size,

    /// Where to look from, such as "position=3,3,2 look_at=0,0,0 up=0,0,1 fov=1.2", or wxyz=… instead
    /// of look_at; fov in radians, or 75deg. The address of a page, or what ?logCamera prints, does
    /// too. What is not said is as the file has it, or so that all of it is seen
    #[arg(long, value_parser = parse_camera, default_value = "", hide_default_value = true)]
    pub(crate) camera: Viewpoint,

    /// The recording's time, seconds; its start unless given
    #[arg(
        long,
        value_name = "SECONDS",
        allow_negative_numbers = true,
        conflicts_with = "fps"
    )]
    pub(crate) at: Option<f64>,

    /// Behind the scene: #rrggbb, or transparent (only .png)
    #[arg(long, value_name = "COLOR", default_value = "#ffffff")]
    pub(crate) background: Background,

    /// The same as --background transparent
    #[arg(long, conflicts_with = "background")]
    pub(crate) transparent: bool,

    /// Write so many pictures for each second of the recording
    #[arg(long)]
    pub(crate) fps: Option<f64>,

    /// The first picture's time, seconds
    #[arg(
        long,
        value_name = "SECONDS",
        allow_negative_numbers = true,
        requires = "fps"
    )]
    pub(crate) from: Option<f64>,

    /// The last picture's time, seconds
    #[arg(
        long,
        value_name = "SECONDS",
        allow_negative_numbers = true,
        requires = "fps"
    )]
    pub(crate) to: Option<f64>,
}

impl RenderOptions {
    /// The times of the pictures, in a recording that plays from and to there.
    pub(crate) fn times(
        &self,
        span: RangeInclusive<f64>,
    ) -> Result<impl ExactSizeIterator<Item = f64> + use<>, Failure> {
        let (first, last) = match self.fps {
            None => {
                let at = self.at.unwrap_or(*span.start());
                (at, at)
            }
            Some(_) => (
                self.from.unwrap_or(*span.start()),
                self.to.unwrap_or(*span.end()),
            ),
        };
        for time in [first, last] {
            if !(time >= 0.0 && time.is_finite()) {
                let text = format!("a time of {time} s, expected a number that is not negative");
                return Err(Failure::bad_input(text));
            }
        }
        let fps = self.fps.unwrap_or(1.0);
        // What rounding takes must not take the last picture.
        let steps = (((last - first) * fps) + 1e-6).floor();
        if !(fps > 0.0 && (0.0..MAX_FRAMES).contains(&steps)) {
            let text = format!(
                "{fps} pictures a second from {first} s to {last} s; expected 1 to {MAX_FRAMES} in all"
            );
            return Err(Failure::bad_input(text));
        }
        Ok((0..steps as usize + 1).map(move |frame| first + frame as f64 / fps))
    }

    /// What is behind the scene.
    pub(crate) fn background(&self) -> Background {
        match self.transparent {
            true => Background(None),
            false => self.background,
        }
    }
}

/// Width and height, pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size(pub(crate) [u32; 2]);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', 'X', '×']);
        let size = sides.and_then(|(width, height)| {
            Some([width.trim().parse().ok()?, height.trim().parse().ok()?])
        });
        let size = size.ok_or("expected a width and a height, such as 1280x720")?;
        scenecast::render::check_size(size).map_err(|error| error.to_string())?;
        Ok(Self(size))
    }
}

/// A colour, or nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Background(pub(crate) Option<Rgb>);

impl FromStr for Background {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "transparent" {
            return Ok(Self(None));
        }
        let digits = text.strip_prefix('#').unwrap_or(text);
        let number = u32::from_str_radix(digits, 16).ok();
        let number = number.filter(|_| digits.len() == 6 && !digits.starts_with('+'));
        let [_, rgb @ ..] = number
            .ok_or("expected #rrggbb, such as #ffffff, or transparent")?
            .to_be_bytes();
        Ok(Self(Some(Rgb(rgb))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        options: RenderOptions,
    }

    fn times(args: &[&str], span: RangeInclusive<f64>) -> Option<Vec<f64>> {
        let command = ["render", "a.viser", "-o", "a.png"].iter().chain(args);
        let command = Command::try_parse_from(command).ok()?;
        Some(command.options.times(span).ok()?.collect())
    }

    #[test]
    fn one_picture_is_at_its_time_and_many_are_at_theirs() {
        assert_eq!(times(&[], 0.5..=3.0), Some(vec![0.5]));
        assert_eq!(times(&["--at", "7"], 0.0..=3.0), Some(vec![7.0]));
        let all = times(&["--fps", "10"], 0.0..=0.3).unwrap();
        assert_eq!(all.len(), 4);
        assert!((all[3] - 0.3).abs() < 1e-9);
        let part = times(&["--fps", "2", "--from", "1", "--to", "2.2"], 0.0..=9.0);
        assert_eq!(part, Some(vec![1.0, 1.5, 2.0]));
        for wrong in [
            &["--at", "-1"][..],
            &["--at", "NaN"],
            &["--at", "inf"],
            &["--fps", "0"],
            &["--fps", "-5"],
            &["--fps", "1e9"],
            &["--fps", "5", "--from", "3", "--to", "2"],
            &["--to", "2"],
            &["--fps", "5", "--at", "2"],
        ] {
            assert_eq!(times(wrong, 0.0..=3.0), None, "{wrong:?}");
        }
    }

    #[test]
    fn sizes_and_colours_are_read_or_refused() {
        assert_eq!("640x480".parse(), Ok(Size([640, 480])));
        for wrong in [
            "",
            "640",
            "0x480",
            "640x",
            "-1x5",
            "16385x1",
            "16384x16384",
            "ax1",
        ] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
        assert_eq!("#0a141e".parse(), Ok(Background(Some(Rgb([10, 20, 30])))));
        assert_eq!("transparent".parse(), Ok(Background(None)));
        for wrong in ["", "#fff", "red", "#gggggg", "+12345"] {
            assert!(wrong.parse::<Background>().is_err(), "{wrong}");
        }
    }
}
