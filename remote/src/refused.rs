//! Why a message changed nothing.

/// A message that was read but cannot be applied: says what was wrong and what would be right.
/// Whatever it was about is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

impl Refused {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}
