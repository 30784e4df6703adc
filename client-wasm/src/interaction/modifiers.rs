//! Modifier keys as messages name them.

use scenecast_protocol::scene::DragBinding;
use scenecast_protocol::types::{Modifier, PointerButton};

/// The modifiers that are held; Ctrl and Cmd count as the same.
pub fn modifier(ctrl_or_meta: bool, alt: bool, shift: bool) -> Option<Modifier> {
    Some(match (ctrl_or_meta, alt, shift) {
        (false, false, false) => return None,
        (true, false, false) => Modifier::CmdCtrl,
        (false, true, false) => Modifier::Alt,
        (false, false, true) => Modifier::Shift,
        (true, true, false) => Modifier::CmdCtrlAlt,
        (true, false, true) => Modifier::CmdCtrlShift,
        (false, true, true) => Modifier::AltShift,
        (true, true, true) => Modifier::CmdCtrlAltShift,
    })
}

/// Whether Shift is among them.
pub fn has_shift(modifier: Option<Modifier>) -> bool {
    match modifier {
        Some(
            Modifier::Shift
            | Modifier::CmdCtrlShift
            | Modifier::AltShift
            | Modifier::CmdCtrlAltShift,
        ) => true,
        Some(Modifier::CmdCtrl | Modifier::Alt | Modifier::CmdCtrlAlt) | None => false,
    }
}

/// The button by its number in the browser's events.
pub fn button(number: i16) -> Option<PointerButton> {
    Some(match number {
        0 => PointerButton::Left,
        1 => PointerButton::Middle,
        2 => PointerButton::Right,
        _ => return None,
    })
}

/// A button pressed, and what is held with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// The button.
    pub button: PointerButton,
    /// The modifiers.
    pub modifier: Option<Modifier>,
}

impl Input {
    /// Whether one of these bindings is for exactly this.
    pub fn is_bound(self, bindings: &[DragBinding]) -> bool {
        bindings
            .iter()
            .any(|b| b.button == self.button && b.modifier == self.modifier)
    }
}
