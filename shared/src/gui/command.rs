//! Commands.

use std::sync::Arc;

use crate::types::Modifier;
use crate::wire::Updates;

props! {
    /// An entry of the command palette.
    pub struct Command as "CommandProps" {
        /// Name in the palette.
        label: String = String::new(),
        /// Text under the name.
        description: Option<String> = None,
        /// Key that triggers it.
        hotkey: Option<Hotkey> = None,
        /// Keys held together with it.
        modifier: Option<Modifier> = None,
        /// Icon, as SVG.
        icon_html ("_icon_html"): Option<String> = None,
        /// Whether input is refused.
        disabled: bool = false,
    }
}

literal! {
    /// A key, without modifiers.
    Hotkey {
        /// A.
        A = "A",
        /// B.
        B = "B",
        /// C.
        C = "C",
        /// D.
        D = "D",
        /// E.
        E = "E",
        /// F.
        F = "F",
        /// G.
        G = "G",
        /// H.
        H = "H",
        /// I.
        I = "I",
        /// J.
        J = "J",
        /// K.
        K = "K",
        /// L.
        L = "L",
        /// M.
        M = "M",
        /// N.
        N = "N",
        /// O.
        O = "O",
        /// P.
        P = "P",
        /// Q.
        Q = "Q",
        /// R.
        R = "R",
        /// S.
        S = "S",
        /// T.
        T = "T",
        /// U.
        U = "U",
        /// V.
        V = "V",
        /// W.
        W = "W",
        /// X.
        X = "X",
        /// Y.
        Y = "Y",
        /// Z.
        Z = "Z",
        /// Digit0.
        Digit0 = "0",
        /// Digit1.
        Digit1 = "1",
        /// Digit2.
        Digit2 = "2",
        /// Digit3.
        Digit3 = "3",
        /// Digit4.
        Digit4 = "4",
        /// Digit5.
        Digit5 = "5",
        /// Digit6.
        Digit6 = "6",
        /// Digit7.
        Digit7 = "7",
        /// Digit8.
        Digit8 = "8",
        /// Digit9.
        Digit9 = "9",
        /// Space.
        Space = "space",
        /// Enter.
        Enter = "enter",
        /// Escape.
        Escape = "escape",
        /// Tab.
        Tab = "tab",
        /// Backspace.
        Backspace = "backspace",
        /// Delete.
        Delete = "delete",
        /// Insert.
        Insert = "insert",
        /// Home.
        Home = "home",
        /// End.
        End = "end",
        /// PageUp.
        PageUp = "pageup",
        /// PageDown.
        PageDown = "pagedown",
        /// ArrowUp.
        ArrowUp = "arrowup",
        /// ArrowDown.
        ArrowDown = "arrowdown",
        /// ArrowLeft.
        ArrowLeft = "arrowleft",
        /// ArrowRight.
        ArrowRight = "arrowright",
    }
}

message! {
    /// Adds a command.
    pub struct RegisterCommand as "RegisterCommandMessage" {
        /// Names the command.
        uuid: Arc<str>,
        /// Its properties.
        props: Command,
    }
}

message! {
    /// Changes properties of a command.
    pub struct CommandUpdate as "CommandUpdateMessage" {
        /// The command.
        uuid: Arc<str>,
        /// New values by property.
        updates: Updates,
    }
}

message! {
    /// Removes a command.
    pub struct RemoveCommand as "RemoveCommandMessage" {
        /// The command.
        uuid: Arc<str>,
    }
}

message! {
    /// A viewer triggers a command.
    pub struct CommandTrigger as "CommandTriggerMessage" {
        /// The command.
        uuid: Arc<str>,
    }
}
