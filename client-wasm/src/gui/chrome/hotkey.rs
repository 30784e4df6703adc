//! Keys of commands.

use scenecast_protocol::gui::Hotkey;
use scenecast_protocol::types::Modifier;

use crate::interaction::modifiers::modifier;

/// A key that is pressed, as the browser tells it.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// What it types, such as `a`, `A` or `Enter`.
    pub key: &'a str,
    /// Where it is on the keyboard, such as `KeyA` or `Digit1`.
    pub code: &'a str,
    /// Ctrl or Cmd is held.
    pub ctrl_or_meta: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
}

impl Press<'_> {
    /// Whether it is this hotkey, with exactly these modifiers.
    pub fn is(&self, hotkey: Hotkey, with: Option<Modifier>) -> bool {
        modifier(self.ctrl_or_meta, self.alt, self.shift) == with && self.is_key(hotkey.as_str())
    }

    /// Whether it opens the palette: Ctrl or Cmd with K, or with Shift and P.
    pub fn opens_palette(&self) -> bool {
        self.is(Hotkey::K, Some(Modifier::CmdCtrl))
            || self.is(Hotkey::P, Some(Modifier::CmdCtrlShift))
    }

    fn is_key(&self, name: &str) -> bool {
        let mut letters = name.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_digit() => {
                // Shift makes something else of digits, and so do keyboards of other countries.
                self.key == name || self.code.strip_prefix("Digit") == Some(name)
            }
            (Some(_), None) => {
                let types_letter = self.key.len() == 1 && self.key.is_ascii();
                match types_letter && self.key.chars().all(|c| c.is_ascii_alphabetic()) {
                    true => self.key.eq_ignore_ascii_case(name),
                    // Alt on a Mac, and keyboards of other scripts.
                    false => self.code.strip_prefix("Key") == Some(name),
                }
            }
            _ if name == "space" => self.key == " ",
            _ => self.key.eq_ignore_ascii_case(name),
        }
    }
}

/// A hotkey as it is shown: `Ctrl+Shift+K`, on a Mac `⌘⇧K`.
pub fn shown(hotkey: Hotkey, modifier: Option<Modifier>, is_mac: bool) -> String {
    let mut text = String::new();
    for part in modifier.map_or("", Modifier::as_str).split('+') {
        text.push_str(match (part, is_mac) {
            ("cmd/ctrl", true) => "⌘",
            ("cmd/ctrl", false) => "Ctrl+",
            ("shift", true) => "⇧",
            ("shift", false) => "Shift+",
            ("alt", true) => "⌥",
            ("alt", false) => "Alt+",
            _ => "",
        });
    }
    let name = hotkey.as_str();
    let (first, rest) = name.split_at(name.ceil_char_boundary(1));
    text.push_str(&crate::letters::uppercase(first));
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press<'a>(key: &'a str, code: &'a str, held: &str) -> Press<'a> {
        Press {
            key,
            code,
            ctrl_or_meta: held.contains('c'),
            alt: held.contains('a'),
            shift: held.contains('s'),
        }
    }

    #[test]
    fn modifiers_are_exact() {
        let s = |held| press("s", "KeyS", held);
        assert!(s("c").is(Hotkey::S, Some(Modifier::CmdCtrl)));
        assert!(!s("").is(Hotkey::S, Some(Modifier::CmdCtrl)));
        assert!(!s("cs").is(Hotkey::S, Some(Modifier::CmdCtrl)));
        assert!(!s("c").is(Hotkey::S, None));
        assert!(s("").is(Hotkey::S, None));
        assert!(s("cas").is(Hotkey::S, Some(Modifier::CmdCtrlAltShift)));
    }

    #[test]
    fn keys_are_known_by_what_they_type_or_where_they_are() {
        for (pressed, hotkey, modifier) in [
            (
                press("K", "KeyK", "cs"),
                Hotkey::K,
                Some(Modifier::CmdCtrlShift),
            ),
            // Where A is typed with the key of Q.
            (press("a", "KeyQ", ""), Hotkey::A, None),
            // Alt on a Mac.
            (
                press("\u{2202}", "KeyD", "a"),
                Hotkey::D,
                Some(Modifier::Alt),
            ),
            (press("\u{434}", "KeyL", ""), Hotkey::L, None),
            (
                press("!", "Digit1", "s"),
                Hotkey::Digit1,
                Some(Modifier::Shift),
            ),
            (press("7", "Numpad7", ""), Hotkey::Digit7, None),
            (press(" ", "Space", ""), Hotkey::Space, None),
            (press("Enter", "NumpadEnter", ""), Hotkey::Enter, None),
            (
                press("ArrowUp", "ArrowUp", "s"),
                Hotkey::ArrowUp,
                Some(Modifier::Shift),
            ),
            (press("PageDown", "PageDown", ""), Hotkey::PageDown, None),
        ] {
            assert!(pressed.is(hotkey, modifier), "{pressed:?}");
        }
        assert!(!press("a", "KeyQ", "").is(Hotkey::Q, None));
        assert!(!press("e", "KeyE", "").is(Hotkey::Enter, None));
    }

    #[test]
    fn hotkeys_are_shown_as_the_system_writes_them() {
        let all = Some(Modifier::CmdCtrlAltShift);
        assert_eq!(shown(Hotkey::K, all, false), "Ctrl+Alt+Shift+K");
        assert_eq!(shown(Hotkey::K, all, true), "⌘⌥⇧K");
        assert_eq!(shown(Hotkey::Space, None, false), "Space");
        assert_eq!(shown(Hotkey::Digit1, Some(Modifier::Alt), false), "Alt+1");
    }

    #[test]
    fn two_presses_open_the_palette() {
        assert!(press("k", "KeyK", "c").opens_palette());
        assert!(press("P", "KeyP", "cs").opens_palette());
        assert!(!press("k", "KeyK", "cs").opens_palette());
        assert!(!press("p", "KeyP", "c").opens_palette());
    }
}
