//! Which kinds of light there are.
//!
//! Shaders of what is lit have a variant for each combination, without the code for kinds that are
//! not there: programs that draw in place of a graphics card run all of it, whichever way its
//! conditions turn out.

use std::ops::BitOr;

/// What shaders call the kinds.
const DEFINES: [&str; 5] = [
    "PLACED",
    "RECTANGULAR",
    "SHADOWED_BY_SUN",
    "SHADOWED",
    "SHADOWED_BY_POINTS",
];

/// Combinations of kinds.
pub(super) const VARIANTS: usize = 1 << DEFINES.len();

/// Kinds of light: a bit for each of `DEFINES`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lighting(usize);

impl Lighting {
    /// Light from a point, in all directions or in a cone.
    pub(crate) const PLACED: Self = Self(1);
    pub(crate) const RECTANGULAR: Self = Self(1 << 1);
    /// One light casts shadows, from afar. With that known, shaders look up its maps only, and
    /// at places that their compilers know.
    pub(crate) const SHADOWED_BY_SUN: Self = Self(1 << 2);
    /// Other lights cast shadows.
    pub(crate) const SHADOWED: Self = Self(1 << 3);
    /// Light that a point sends in all directions casts shadows.
    pub(crate) const SHADOWED_BY_POINTS: Self = Self(1 << 4);

    /// Every combination that there can be.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let shadows = [
            Self::default(),
            Self::SHADOWED_BY_SUN,
            Self::SHADOWED,
            Self::SHADOWED | Self::SHADOWED_BY_POINTS,
        ];
        let shapes = (0..4).map(Self);
        shapes.flat_map(move |shape| shadows.map(|shadow| shape | shadow))
    }

    /// Less than [`VARIANTS`].
    pub(super) fn variant(self) -> usize {
        self.0
    }

    pub(super) fn defines(self) -> impl Iterator<Item = &'static str> {
        let named = DEFINES.into_iter().enumerate();
        named.filter_map(move |(bit, name)| (self.0 >> bit & 1 == 1).then_some(name))
    }
}

impl BitOr for Lighting {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
