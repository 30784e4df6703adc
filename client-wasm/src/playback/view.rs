//! What the player bar shows.

/// What the bar shows. Times are seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Which parts of it.
    pub mode: Mode,
    /// Where the player is.
    pub time_secs: f64,
    /// How long that goes on.
    pub duration_secs: f64,
    /// Whether it plays.
    pub is_playing: bool,
    /// How fast, as a multiple.
    pub speed: f64,
    /// Whether it begins again after the end.
    pub loops: bool,
    /// What is being loaded, and how much of it is there, 0 to 1; `None` while that is unknown.
    pub loading: (String, Option<f64>),
    /// Whether there is a button that opens files.
    pub can_open: bool,
    /// Whether there is a button that ends the player.
    pub can_close: bool,
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
    /// The time as the time field shows it.
    pub fn time_text(&self) -> String {
        format!("{:.2}", self.time_secs)
    }

    /// How long it goes on.
    pub fn length_text(&self) -> String {
        format!("/ {:.2} s", self.duration_secs)
    }

    /// Where the player is, for those who hear the page.
    pub fn spoken_time(&self) -> String {
        format!("{:.1} of {:.1} seconds", self.time_secs, self.duration_secs)
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
            time_secs: 1.239,
            duration_secs: 10.0,
            loading: ("a.viser".to_owned(), Some(0.456)),
            ..View::default()
        };
        assert_eq!(view.time_text(), "1.24");
        assert_eq!(view.length_text(), "/ 10.00 s");
        assert_eq!(view.spoken_time(), "1.2 of 10.0 seconds");
        assert_eq!(view.loading_text(), "a.viser 46 %");
    }
}
