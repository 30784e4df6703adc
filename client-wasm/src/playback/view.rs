//! What the player bar shows.

/// What the bar shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Which parts of it.
    pub mode: Mode,
    /// What positions are.
    pub unit: Unit,
    /// Where the player is.
    pub position: f64,
    /// The last position there is.
    pub end: f64,
    /// Whether it plays.
    pub is_playing: bool,
    /// How fast: as a multiple, or in frames per second.
    pub speed: f64,
    /// Whether it begins again after the end.
    pub loops: bool,
    /// What is being loaded, and how much of it is there, 0 to 1; `None` while that is unknown.
    pub loading: (String, Option<f64>),
    /// Whether there is a button that opens files.
    pub can_open: bool,
    /// Whether there is a button that ends the player.
    pub can_close: bool,
    /// Whether the timeline is not the one that others share.
    pub is_detached: bool,
}

/// What positions of a player are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    #[default]
    Seconds,
    /// Numbers of frames, from 0.
    Frames,
}

/// Which parts of the bar are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// None.
    #[default]
    Nothing,
    /// The buttons for files, in a corner.
    Files,
    /// Progress.
    Loading,
    /// Everything.
    Bar,
}

impl Mode {
    /// Its name in the page's style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Nothing => "nothing",
            Mode::Files => "files",
            Mode::Loading => "loading",
            Mode::Bar => "bar",
        }
    }
}

impl View {
    /// The position as its field shows it.
    pub fn position_text(&self) -> String {
        match self.unit {
            Unit::Seconds => format!("{:.2}", self.position),
            Unit::Frames => format!("{:.0}", self.position),
        }
    }

    /// How long it goes on.
    pub fn length_text(&self) -> String {
        match self.unit {
            Unit::Seconds => format!("/ {:.2} s", self.end),
            Unit::Frames => format!("/ {:.0}", self.end),
        }
    }

    /// Where the player is, for those who hear the page.
    pub fn spoken_position(&self) -> String {
        match self.unit {
            Unit::Seconds => format!("{:.1} of {:.1} seconds", self.position, self.end),
            Unit::Frames => format!("frame {:.0} of {:.0}", self.position, self.end),
        }
    }

    /// What is being loaded.
    pub fn loading_text(&self) -> String {
        let (name, progress) = &self.loading;
        match progress {
            Some(progress) => format!("{name} {:.0} %", progress * 100.0),
            None => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_it_in_words() {
        let view = View {
            position: 1.239,
            end: 10.0,
            loading: ("a.viser".to_owned(), Some(0.456)),
            ..View::default()
        };
        assert_eq!(view.position_text(), "1.24");
        assert_eq!(view.length_text(), "/ 10.00 s");
        assert_eq!(view.spoken_position(), "1.2 of 10.0 seconds");
        assert_eq!(view.loading_text(), "a.viser 46 %");
        let frames = View {
            unit: Unit::Frames,
            position: 7.0,
            end: 99.0,
            ..view
        };
        assert_eq!(frames.position_text(), "7");
        assert_eq!(frames.length_text(), "/ 99");
        assert_eq!(frames.spoken_position(), "frame 7 of 99");
    }
}
