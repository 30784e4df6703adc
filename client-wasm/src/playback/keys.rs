//! Keys that command the player.

use super::Command;

/// How far the arrow keys skip with Shift held, seconds.
const SKIP_SECS: f64 = 1.0;

/// What a key wants; `code` names its place on the keyboard. The arrows step, as do comma
/// and full stop; with Shift the arrows skip.
pub fn command(code: &str, with_shift: bool) -> Option<Command> {
    Some(match (code, with_shift) {
        ("Space", _) => Command::Toggle,
        ("ArrowLeft" | "Comma", false) => Command::StepBack,
        ("ArrowRight" | "Period", false) => Command::StepForward,
        ("ArrowLeft", true) => Command::Skip(-SKIP_SECS),
        ("ArrowRight", true) => Command::Skip(SKIP_SECS),
        ("Home", _) => Command::Start,
        ("End", _) => Command::End,
        ("KeyG", false) => Command::GoTo,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_players() {
        assert_eq!(command("Space", false), Some(Command::Toggle));
        assert_eq!(command("ArrowLeft", false), Some(Command::StepBack));
        assert_eq!(command("ArrowRight", true), Some(Command::Skip(1.0)));
        assert_eq!(command("Home", false), Some(Command::Start));
        assert_eq!(command("Comma", false), Some(Command::StepBack));
        // The camera's.
        for code in ["KeyW", "ArrowUp", "ArrowDown"] {
            assert_eq!(command(code, false), None);
        }
    }
}
