//! Names of panels and tabs.

/// What a server names by a text: a panel, a tab, a tab group, or a run of its own. It is a hash of
/// that (64-bit FNV-1a), to be copied and compared at no cost. A server that makes two of its texts
/// collide has one tab where it wanted two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u64);

impl Name {
    /// The name for a text.
    pub const fn new(text: &str) -> Self {
        let text = text.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325;
        let mut index = 0;
        while index < text.len() {
            hash = (hash ^ text[index] as u64).wrapping_mul(0x100_0000_01b3);
            index += 1;
        }
        Self(hash)
    }

    /// As part of an element's identifier.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn number(self) -> u64 {
        self.0
    }
}
